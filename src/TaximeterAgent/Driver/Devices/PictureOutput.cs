namespace TaximeterAgent.Driver.Devices;

/// <summary>What a display is to be sent. What is being written is written to its end; of what waits behind it only the newest picture is kept.</summary>
/// <param name="painter">How the display is talked to.</param>
/// <param name="most">Bytes in one write at most.</param>
internal sealed class PictureOutput(IPainter painter, int most = int.MaxValue) : IDeviceOutput
{
    private static readonly string[] s_blank = [];

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _written = new();
    private byte[] _current = [];
    private int _offset;
    private string[]? _picture;
    private string[]? _drawn;
    private bool _reset;
    private bool _check;

    /// <returns>False if the picture is the one that is shown already.</returns>
    public bool Show(IReadOnlyList<string> lines)
    {
        var picture = lines.ToArray();
        var whole = painter.Draw(null, picture);
        lock (_gate)
        {
            // Lines that differ in what the display cuts off are the same picture.
            if (_picture is not null && painter.Draw(null, _picture).AsSpan().SequenceEqual(whole))
                return false;
            _picture = picture;
            _written.Reset();
            return true;
        }
    }

    /// <summary>Waits until the newest picture has been taken by the device; at most so long.</summary>
    public void WaitUntilWritten(TimeSpan most) => _written.Wait(most);

    public void Reset()
    {
        lock (_gate)
            _reset = true;
    }

    /// <summary>Writes something that changes nothing, if nothing else is to be written: whether the display is still there.</summary>
    public void Check()
    {
        lock (_gate)
            _check = true;
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
            if (_current.Length == 0 && ReferenceEquals(_picture, _drawn))
                _written.Set();
            return _current.AsMemory(_offset, Math.Min(most, _current.Length - _offset));
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
            _current = [.. painter.SetUp(), .. _picture is null ? [] : painter.Draw(s_blank, _picture)];
        else if (!ReferenceEquals(_picture, _drawn))
            _current = painter.Draw(_drawn ?? s_blank, _picture!);
        else
            _current = _check ? painter.Check() : [];
        _drawn = _picture;
        _reset = false;
        _check = false;
    }
}

/// <summary>How a display is talked to.</summary>
internal interface IPainter
{
    /// <summary>What makes a display of unknown state ready and blank.</summary>
    byte[] SetUp();

    /// <summary>What makes one picture of another: all of it or, for a display that is slow, what differs.</summary>
    /// <param name="from">What stands there, an empty list for a blank display; null if anything may stand there.</param>
    /// <param name="to">What shall stand there; what is longer than a line is cut, what is missing is blank.</param>
    byte[] Draw(IReadOnlyList<string>? from, IReadOnlyList<string> to);

    /// <summary>Something that changes nothing, but fails if the display is gone; empty if there is no such thing.</summary>
    byte[] Check() => [];
}
