using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Gpio;

/// <summary>Keeps the lines of a plan: asks for them, again every second while they are not to be had, and tells their edges.</summary>
internal sealed class GpioDevice : IGpioLineSet, IDeviceEvents
{
    /// <summary>A driver that does not come back from a call keeps its thread; nobody else waits for it without end.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly string _name;
    private readonly LinePlan _plan;
    private readonly IGpioSource _source;
    private readonly IGpioLineEvents _events;
    private readonly GpioEvents _reader = new();
    private readonly DeviceThread _device;
    private readonly Action<uint, bool> _edge;
    private readonly Lock _gate = new();
    private IGpioLines? _lines;

    /// <param name="name">What the lines are for: <c>The meter's contacts</c>.</param>
    /// <param name="plan">Which lines, and how they are set up.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="events">Who is told.</param>
    /// <param name="time">When to try again.</param>
    public GpioDevice(string name, LinePlan plan, IGpioSource source, IGpioLineEvents events, TimeProvider time)
    {
        _name = name;
        _plan = plan;
        _source = source;
        _events = events;
        _edge = Edge;
        _device = new DeviceThread(name, reads: true, Open, _ => Closing(), output: null, this, time);
    }

    public DeviceStatus? Status => _device.Status;

    public void Start() => _device.Start();

    public void Dispose() => _device.Dispose();

    /// <inheritdoc/>
    public bool TryRead(out ulong bits)
    {
        bits = 0;
        if (!_gate.TryEnter(s_patience))
            return false;
        try
        {
            return _lines is not null && _lines.TryRead(_plan.InputMask, out bits);
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong mask, ulong bits)
    {
        if (!_gate.TryEnter(s_patience))
            return false;
        try
        {
            return _lines is not null && _lines.TryWrite(mask & _plan.OutputMask, bits & _plan.OutputMask);
        }
        finally
        {
            _gate.Exit();
        }
    }

    void IDeviceEvents.Received(ReadOnlySpan<byte> bytes)
    {
        if (!_reader.Read(bytes, _edge))
            TellLevels();
    }

    void IDeviceEvents.Changed(DeviceStatus status)
    {
        _events.Changed(status);
        if (status.State == DeviceState.Open)
            TellLevels();
    }

    private DeviceOpening Open()
    {
        var opening = _source.Open(_name, _plan, out var lines);
        _reader.Reset();
        lock (_gate)
            _lines = opening.Descriptor >= 0 ? lines : null;
        return opening;
    }

    // Behind the gate: nobody reads or sets levels through a descriptor that is closed, and perhaps somebody else's by now.
    private void Closing()
    {
        lock (_gate)
            _lines = null;
    }

    private void Edge(uint offset, bool active)
    {
        IGpioLines? lines;
        lock (_gate)
            lines = _lines;
        if (lines?.IndexOf(offset) is { } line and >= 0)
            _events.Edge(line, active);
    }

    private void TellLevels()
    {
        if (_plan.Inputs.Count > 0 && TryRead(out var bits))
            _events.Levels(bits);
    }
}
