namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>A display whose light the driver can switch.</summary>
public interface ISwitchableLight
{
    /// <summary>Switches it. Never waits: a display that is slow or gone does it when it can. It is on after a start.</summary>
    void Light(bool on);
}
