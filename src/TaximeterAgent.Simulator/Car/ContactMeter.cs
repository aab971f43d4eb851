namespace TaximeterAgent.Simulator.Car;

/// <summary>A taximeter that says no amount: three contacts on the lines of a GPIO chip.</summary>
internal sealed class ContactMeter : IDisposable
{
    public const int HiredLine = 4;
    public const int StoppedLine = 5;
    public const int PaidLine = 6;

    private readonly GpioWires _wires;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<ContactRide> _rides = [];

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="id">What the meter is called in the agent's configuration.</param>
    /// <param name="time">The time in the events.</param>
    public ContactMeter(string path, string id, TimeProvider time)
    {
        Id = id;
        _time = time;
        _wires = new GpioWires(path, [], time);
    }

    public event Action<string>? Moved;

    public string Path => _wires.Path;

    public string Id { get; }

    /// <summary>The rides that were begun, oldest first.</summary>
    public IReadOnlyList<ContactRide> Rides
    {
        get
        {
            lock (_gate)
                return [.. _rides];
        }
    }

    /// <summary>The passenger gets in. The contact bounces, as contacts do.</summary>
    public void Hired()
    {
        lock (_gate)
            _rides.Add(new ContactRide(_time.GetUtcNow()));
        Move("hired", (HiredLine, true), (HiredLine, false), (HiredLine, true));
    }

    public void Stopped() => Move("stopped", (StoppedLine, true), (StoppedLine, false), (StoppedLine, true), (HiredLine, false));

    public void ForHire() => Move("for hire", (HiredLine, false), (StoppedLine, false), (PaidLine, false));

    /// <summary>The fare was closed at the meter; until <see cref="ForHire"/>.</summary>
    public void Paid() => Move("paid", (PaidLine, true));

    /// <inheritdoc cref="GpioWires.Forget"/>
    public void Forget()
    {
        lock (_gate)
            _wires.Forget();
    }

    public void Dispose() => _wires.Dispose();

    private void Move(string what, params ReadOnlySpan<(int Line, bool Active)> steps)
    {
        Moved?.Invoke(what);
        lock (_gate)
        {
            foreach ((int line, bool active) in steps)
                _wires.Set(line, active);
        }
    }
}

/// <param name="Hired">When the passenger got in.</param>
internal sealed record ContactRide(DateTimeOffset Hired);
