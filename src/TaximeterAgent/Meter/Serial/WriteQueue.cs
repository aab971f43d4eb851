using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Meter.Serial;

/// <summary>Frames that wait for the line; bounded. A line that was opened anew begins with an empty one: old answers answer nobody any more.</summary>
internal sealed class WriteQueue : IDeviceOutput
{
    /// <summary>Bytes that may wait: some eight seconds of 19200 baud.</summary>
    public const int Capacity = 16 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<byte[]> _frames = new();
    private int _bytes;
    private int _offset;
    private bool _open;
    private long _dropped;
    private long _written;

    public long Dropped
    {
        get
        {
            lock (_gate)
                return _dropped;
        }
    }

    /// <summary>Bytes that the line took.</summary>
    public long Written
    {
        get
        {
            lock (_gate)
                return _written;
        }
    }

    public bool TryAdd(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (!_open || _bytes + frame.Length > Capacity)
            {
                _dropped++;
                return false;
            }

            if (frame.IsEmpty)
                return true;
            _frames.Enqueue(frame.ToArray());
            _bytes += frame.Length;
            return true;
        }
    }

    public void Close()
    {
        lock (_gate)
            Clear(open: false);
    }

    public void Opened()
    {
        lock (_gate)
            Clear(open: true);
    }

    public ReadOnlyMemory<byte> Next()
    {
        lock (_gate)
            return _frames.TryPeek(out var frame) ? frame.AsMemory(_offset) : default;
    }

    void IDeviceOutput.Written(int count)
    {
        lock (_gate)
        {
            if (!_frames.TryPeek(out var frame))
                return;
            _written += count;
            _offset += count;
            _bytes -= count;
            if (_offset < frame.Length)
                return;
            _frames.Dequeue();
            _offset = 0;
        }
    }

    private void Clear(bool open)
    {
        _dropped += _frames.Count;
        _frames.Clear();
        _bytes = 0;
        _offset = 0;
        _open = open;
    }
}
