namespace TaximeterAgent.Simulator.Car;

/// <summary>What stands on a display, made of the bytes that its device was sent.</summary>
internal interface IDisplayPicture
{
    /// <summary>Raised before the picture is wiped or begun anew at its top: what stands there was one whole picture.</summary>
    event Action? Leaving;

    /// <summary>What the writer did that no careful writer does.</summary>
    IReadOnlyList<string> Faults { get; }

    /// <summary>The lines as the driver sees them, each in the full width.</summary>
    string[] Lines();

    void Write(ReadOnlySpan<byte> bytes);
}
