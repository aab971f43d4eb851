namespace TaximeterAgent.IotBindings.Gpio;

/// <summary>How the inputs stand, of which one may be asked that they cannot be read.</summary>
internal delegate bool ReadInputs(out ulong bits);

/// <summary>Debounce, which System.Device.Gpio does not have: once the inputs have not moved for so long, what differs from before is told.</summary>
internal sealed class Settling : IDisposable
{
    private readonly TimeSpan _still;
    private readonly ReadInputs _read;
    private readonly Action<int, bool> _edge;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private ulong _settled;

    /// <param name="still">How long they must stand still.</param>
    /// <param name="read">Reads them.</param>
    /// <param name="edge">Told what has settled.</param>
    /// <param name="time">How time passes.</param>
    public Settling(TimeSpan still, ReadInputs read, Action<int, bool> edge, TimeProvider time)
    {
        (_still, _read, _edge) = (still, read, edge);
        _timer = time.CreateTimer(_ => Settled(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Reset(ulong bits)
    {
        lock (_gate)
            _settled = bits;
    }

    public void Moved() => _timer.Change(_still, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();

    private void Settled()
    {
        if (!_read(out var bits))
            return;
        ulong differs;
        lock (_gate)
        {
            differs = bits ^ _settled;
            _settled = bits;
        }

        for (var line = 0; differs != 0; line++, differs >>= 1)
        {
            if ((differs & 1) != 0)
                _edge(line, (bits >> line & 1) != 0);
        }
    }
}
