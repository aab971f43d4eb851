namespace TaximeterAgent.Meter.Serial;

/// <summary>
/// Bytes on their way from the line's thread to the one that reads frames. However small the pieces in which they come, one piece of work takes them all: a line
/// that delivers byte by byte cannot fill the engine's queue.
/// </summary>
internal sealed class ReceivedBytes
{
    /// <summary>Some five seconds of 115200 baud. What does not fit is dropped and counted; the meter says it again.</summary>
    public const int Capacity = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<byte> _bytes = [];
    private bool _announced;
    private long _dropped;

    public long Dropped
    {
        get
        {
            lock (_gate)
                return _dropped;
        }
    }

    /// <summary>Adds bytes.</summary>
    /// <returns>True if nobody has been told yet that there are any: then whoever adds them tells.</returns>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var room = Math.Min(bytes.Length, Capacity - _bytes.Count);
            _dropped += bytes.Length - room;
            _bytes.AddRange(bytes[..room]);
            var tell = !_announced;
            _announced = true;
            return tell;
        }
    }

    /// <summary>Nobody could be told: the next bytes try again.</summary>
    public void NotTaken()
    {
        lock (_gate)
            _announced = false;
    }

    /// <summary>All that has come.</summary>
    public byte[] Take()
    {
        lock (_gate)
        {
            byte[] all = [.. _bytes];
            _bytes.Clear();
            _announced = false;
            return all;
        }
    }
}
