using System.Threading.Channels;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Cli.Meter;

/// <summary>What comes over a line, in its order, for whoever waits for it; bounded.</summary>
internal sealed class LineEvents(TimeProvider time) : ISerialEvents
{
    /// <summary>Pieces that may wait; what does not fit is lost to this look at the line only.</summary>
    private const int Waiting = 4096;

    private readonly Channel<(byte[]? Bytes, DeviceStatus? Status)> _events = Channel.CreateBounded<(byte[]?, DeviceStatus?)>(Waiting);

    void ISerialEvents.Received(ReadOnlySpan<byte> bytes) => _events.Writer.TryWrite((bytes.ToArray(), null));

    void ISerialEvents.Changed(DeviceStatus status) => _events.Writer.TryWrite((null, status));

    /// <summary>The next of them; null if none comes until a monotonic timestamp.</summary>
    public async Task<(byte[]? Bytes, DeviceStatus? Status)?> NextAsync(long due, CancellationToken stop)
    {
        if (_events.Reader.TryRead(out var next))
            return next;
        var left = time.GetElapsedTime(time.GetTimestamp(), due);
        if (left <= TimeSpan.Zero)
            return null;
        using var limit = new CancellationTokenSource(left + TimeSpan.FromMilliseconds(1), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await _events.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }

        return _events.Reader.TryRead(out next) ? next : null;
    }
}
