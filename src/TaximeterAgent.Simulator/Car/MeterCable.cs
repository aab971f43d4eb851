namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// The cable between a meter and its own printer, with the box in it that the agent sits in: what the meter prints goes out at the line's speed. What the printer says
/// is the meter's, and no message to it.
/// </summary>
internal sealed class MeterCable(BypassRelay box) : ISerialLine, IDisposable
{
    private const byte LineFeed = 0x0A;

    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(60);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _gone = new();
    private readonly List<byte> _sent = [];
    private readonly List<int> _prints = [];
    private readonly List<int> _stalls = [];
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();

    public event Action<ReadOnlyMemory<byte>>? Received
    {
        add { }
        remove { }
    }

    /// <summary>Bytes a second: 9600 baud.</summary>
    public int Speed { get; init; } = 960;

    /// <summary>A meter that thinks before each line.</summary>
    public TimeSpan BeforeLine { get; set; }

    /// <summary>All that the meter has sent.</summary>
    public byte[] Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _sent.Count;
        }
    }

    /// <summary>Where each print begins in <see cref="Sent"/>.</summary>
    public IReadOnlyList<int> Prints
    {
        get
        {
            lock (_gate)
                return [.. _prints];
        }
    }

    /// <summary>Where in <see cref="Sent"/> the meter wanted to go on and had no processor for a while.</summary>
    public IReadOnlyList<int> Stalls
    {
        get
        {
            lock (_gate)
                return [.. _stalls];
        }
    }

    /// <summary>A print begins with the next byte.</summary>
    public void Begin()
    {
        lock (_gate)
            _prints.Add(_sent.Count);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (byte one in bytes)
        {
            box.FromMeter([one]);
            lock (_gate)
                _sent.Add(one);
            TimeSpan due = _clock.Elapsed + (one == LineFeed ? BeforeLine + ByteTime : ByteTime);
            if (due - _clock.Elapsed is var left && left > TimeSpan.Zero)
                _gone.Wait(left);
            if (_clock.Elapsed - due <= Stall)
                continue;
            lock (_gate)
                _stalls.Add(_sent.Count);
        }
    }

    public void Dispose() => _gone.Set();

    private TimeSpan ByteTime => TimeSpan.FromSeconds(1.0 / Speed);
}
