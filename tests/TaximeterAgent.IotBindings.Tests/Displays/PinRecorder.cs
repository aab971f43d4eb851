using System.Buffers.Binary;
using System.Device.I2c;
using System.Diagnostics;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.IotBindings.Tests.Displays;

/// <summary>Writes each change of a display's pins, with the time at which it came, to a FIFO; waits while nobody reads on, as for a bus that is stuck.</summary>
internal sealed class PinRecorder : IDisposable
{
    /// <summary>Bytes of a change: a time in ticks of the stopwatch, and the pins as a backpack has them.</summary>
    public const int Size = sizeof(long) + 1;

    private readonly int _descriptor;
    private volatile bool _closed;

    private PinRecorder(int descriptor) => _descriptor = descriptor;

    /// <exception cref="IOException">The display is away.</exception>
    public static PinRecorder Open(string fifo)
    {
        var descriptor = Libc.Open(fifo, Libc.WriteOnly | Libc.NonBlocking | Libc.CloseOnExec, 0);
        return descriptor >= 0 ? new PinRecorder(descriptor) : throw new IOException("Nobody answers.");
    }

    /// <exception cref="IOException">The display is gone.</exception>
    public void Put(byte pins)
    {
        Span<byte> change = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(change, Stopwatch.GetTimestamp());
        change[^1] = pins;
        while (Libc.Write(_descriptor, change, Size) != Size)
        {
            if (_closed || Libc.Error != Libc.EAGAIN)
                throw new IOException("Nobody answers.");
            Span<Libc.PollFd> polled = [new() { Descriptor = _descriptor, Events = Libc.PollOut }];
            Libc.Poll(polled, 1, 100);
        }
    }

    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        Libc.Close(_descriptor);
    }
}

/// <summary>A PCF8574 that a test stands in for.</summary>
/// <param name="fifo">Where its pins go.</param>
internal sealed class RecordedExpander(string fifo) : I2cDevice
{
    private readonly PinRecorder _recorder = PinRecorder.Open(fifo);

    public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x27);

    public override void WriteByte(byte value) => _recorder.Put(value);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        foreach (var value in buffer)
            WriteByte(value);
    }

    public override void Read(Span<byte> buffer) => throw new NotSupportedException();

    public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();

    protected override void Dispose(bool disposing) => _recorder.Dispose();
}
