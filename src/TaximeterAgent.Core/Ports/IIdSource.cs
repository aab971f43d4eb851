namespace TaximeterAgent.Core.Ports;

/// <summary>Where ids and chance come from, so that a simulation can decide both.</summary>
public interface IIdSource
{
    /// <summary>A new id: 32 letters and digits, never given before.</summary>
    string NewId();

    /// <summary>A number from 0 up to but not including 1; spreads retries of many cars.</summary>
    double NextFraction();
}
