using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>A meter without a serial line.</summary>
internal sealed class NoSerialLine : ISerialLine
{
    public DeviceStatus? Status => null;

    public SerialTraffic Traffic => new();

    public void Start(ISerialEvents events)
    {
        // Nothing will be heard.
    }

    public bool Write(ReadOnlySpan<byte> frame) => false;

    public void Dispose()
    {
        // Nothing is open.
    }
}
