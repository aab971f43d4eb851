namespace TaximeterAgent.Driver.Devices;

/// <summary>What a display is to be sent. What is being written is written to its end; of what waits behind it only the newest picture is kept.</summary>
internal sealed class PictureOutput(IPainter painter) : IDeviceOutput
{
    private readonly Lock _gate = new();
    private byte[] _current = [];
    private int _offset;
    private byte[]? _picture;
    private byte[]? _waiting;
    private bool _reset;

    /// <returns>False if the picture is the one that is shown already.</returns>
    public bool Show(IReadOnlyList<string> lines)
    {
        var picture = painter.Draw(lines);
        lock (_gate)
        {
            if (_picture is not null && _picture.AsSpan().SequenceEqual(picture))
                return false;
            _picture = picture;
            _waiting = picture;
            return true;
        }
    }

    public void Reset()
    {
        lock (_gate)
            _reset = true;
    }

    public void Opened()
    {
        lock (_gate)
        {
            _current = [];
            _offset = 0;
            _reset = true;
        }
    }

    public ReadOnlyMemory<byte> Next()
    {
        lock (_gate)
        {
            if (_offset == _current.Length)
                Take();
            return _current.AsMemory(_offset);
        }
    }

    public void Written(int count)
    {
        lock (_gate)
            _offset += count;
    }

    private void Take()
    {
        _offset = 0;
        if (_reset)
            _current = [.. painter.SetUp(), .. _picture ?? []];
        else
            _current = _waiting ?? [];
        _reset = false;
        _waiting = null;
    }
}

/// <summary>How a display is talked to.</summary>
internal interface IPainter
{
    /// <summary>What makes a display of unknown state ready and blank.</summary>
    byte[] SetUp();

    /// <summary>A whole picture, whatever stood there.</summary>
    byte[] Draw(IReadOnlyList<string> lines);
}
