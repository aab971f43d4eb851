using System.Device.Gpio;
using TaximeterAgent.IotBindings.Work;

namespace TaximeterAgent.IotBindings.Gpio;

/// <summary>Lines through System.Device.Gpio that are opened again whenever they are lost.</summary>
internal sealed class KeptLines : DeviceWorker<OpenLines>, IGpioLineSet
{
    /// <summary>Edges that wait to be told; more are not: then the levels are read anew, as after the kernel's own buffer has run over.</summary>
    private const int EdgesMaximum = 1024;

    /// <summary>The library says nothing of a chip that is gone, its events just end: a read shows it.</summary>
    private static readonly TimeSpan s_checkEvery = TimeSpan.FromSeconds(10);

    private readonly string _name;
    private readonly LinePlan _plan;
    private readonly IGpioChips _chips;
    private readonly IGpioLineEvents _events;
    private readonly ITimer _check;
    private readonly Settling? _settling;
    private readonly Lock _gate = new();
    private readonly Lock _edgesGate = new();
    private readonly Queue<(int Line, bool Active)> _edges = new();
    private OpenLines? _lines;
    private bool _anew;
    private volatile bool _broken;

    public KeptLines(string name, LinePlan plan, IGpioChips chips, IGpioLineEvents events, TimeProvider time)
        : base(name, events.Changed, time)
    {
        (_name, _plan, _chips, _events) = (name, plan, chips, events);
        _settling = plan.Debounce > TimeSpan.Zero && plan.Inputs.Count > 0 ? new Settling(plan.Debounce, TryRead, Put, time) : null;
        _check = time.CreateTimer(_ => Use(lines => lines.Check()), null, s_checkEvery, s_checkEvery);
    }

    /// <inheritdoc/>
    public bool TryRead(out ulong bits)
    {
        var read = 0ul;
        var done = Use(lines => read = lines.Read());
        bits = read;
        return done;
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong mask, ulong bits) => Use(lines => lines.Write(mask & _plan.OutputMask, bits));

    /// <inheritdoc/>
    void IDisposable.Dispose()
    {
        _check.Dispose();
        _settling?.Dispose();
        Dispose();
    }

    protected override OpenLines? Open(out DeviceStatus status)
    {
        if (_chips.Open(_name, _plan.Chip, _plan.All, out var offsets, out status) is not { } driver)
            return null;
        lock (_edgesGate)
        {
            _edges.Clear();
            _anew = true;
        }

        var lines = new OpenLines(new GpioController(driver), _plan, offsets, Edge);
        _settling?.Reset(lines.Read());
        lock (_gate)
        {
            _broken = false;
            _lines = lines;
        }

        return lines;
    }

    protected override void Work(OpenLines open)
    {
        if (_broken)
            throw Gone();
        while (!Stopped && TryTake(out var edge, out var anew))
        {
            if (!anew)
                _events.Edge(edge.Line, edge.Active);
            else if (_plan.Inputs.Count > 0 && TryRead(out ulong bits))
                _events.Levels(bits);
        }
    }

    protected override void Closed()
    {
        lock (_gate)
            _lines = null;
    }

    private bool TryTake(out (int Line, bool Active) edge, out bool anew)
    {
        lock (_edgesGate)
        {
            anew = _anew;
            _anew = false;
            edge = default;
            return anew || _edges.TryDequeue(out edge);
        }
    }

    // On a thread of the library's.
    private void Edge(int line, bool active)
    {
        if (_settling is { } settling)
            settling.Moved();
        else
            Put(line, active);
    }

    private void Put(int line, bool active)
    {
        lock (_edgesGate)
        {
            if (_edges.Count >= EdgesMaximum)
            {
                _edges.Clear();
                _anew = true;
            }
            else
            {
                _edges.Enqueue((line, active));
            }
        }

        Wake();
    }

    private bool Use(Action<OpenLines> use)
    {
        lock (_gate)
        {
            if (_lines is not { } lines || _broken)
                return false;
            try
            {
                use(lines);
                return true;
            }
            catch (Exception)
            {
                // The library's exceptions are its drivers'; whichever it is, the chip does not answer.
                _broken = true;
            }
        }

        Wake();
        return false;
    }
}
