
namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>A serial line that is kept open as long as there is one.</summary>
public interface ISerialLine : IDisposable
{
    /// <summary>The last status that was reported; null before the first.</summary>
    DeviceStatus? Status { get; }

    /// <summary>What has gone over the line so far; from any thread.</summary>
    SerialTraffic Traffic { get; }

    /// <summary>Begins to open the line, and to open it again whenever it is lost. Once.</summary>
    void Start(ISerialEvents events);

    /// <summary>Queues a whole frame; never waits.</summary>
    /// <returns>False if the frame was dropped: the line is not open, or it does not drain.</returns>
    bool Write(ReadOnlySpan<byte> frame);
}

/// <summary>What happens on a line. Called on the line's own thread: must return soon, must not throw.</summary>
public interface ISerialEvents
{
    /// <summary>Bytes came; valid during the call.</summary>
    void Received(ReadOnlySpan<byte> bytes);

    /// <summary>The line's state has changed; the first call says how the first try went.</summary>
    void Changed(DeviceStatus status);
}

/// <summary>The parity bit.</summary>
public enum Parity
{
    None,
    Even,
    Odd,
}

/// <summary>Which line, and how it runs: eight data bits, one stop bit, no flow control.</summary>
public sealed record SerialLineOptions
{
    /// <summary>The device, <c>/dev/ttyUSB0</c> or better <c>/dev/serial/by-id/…</c>.</summary>
    public required string Port { get; init; }

    /// <summary>Bits a second, 50 to 4000000.</summary>
    public int BaudRate { get; init; } = 19_200;

    public Parity Parity { get; init; } = Parity.None;

    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Port);
        ArgumentOutOfRangeException.ThrowIfLessThan(BaudRate, 50);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BaudRate, 4_000_000);
        if (!Enum.IsDefined(Parity))
            throw new ArgumentOutOfRangeException(nameof(Parity), Parity, "The parity is None, Even or Odd.");
    }
}
