namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// The box between meter, agent and printer: a relay that the DTR of the agent's port to the meter holds. While it is up, meter and printer are each connected to a
/// port of the agent's; when it falls, because the port is closed, to each other. DTR is seen by the hang-up of a pseudo terminal. A coil takes its time to pull.
/// </summary>
internal sealed class BypassRelay : IDisposable
{
    /// <summary>What the contacts of a small relay take to move.</summary>
    public static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan PullsIn = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly int _meter;
    private readonly int _printer;
    private readonly TimeProvider _time;
    private readonly List<byte> _atMeter = [];
    private readonly List<byte> _atPrinter = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long? _since;
    private long? _moved;
    private bool _held;

    public BypassRelay(TimeProvider time)
    {
        _time = time;
        (_meter, MeterPort) = Open();
        (_printer, PrinterPort) = Open();
        _thread = new Thread(Run) { IsBackground = true, Name = "bypass" };
        _thread.Start();
    }

    /// <summary>The agent's port to the meter.</summary>
    public string MeterPort { get; }

    /// <summary>The agent's port to the printer.</summary>
    public string PrinterPort { get; }

    /// <summary>True while the agent is in the line.</summary>
    public bool Held
    {
        get
        {
            lock (_gate)
            {
                Look();
                return _held;
            }
        }
    }

    /// <summary>For so long after it falls the contacts are on their way, and what the meter sends is lost.</summary>
    public TimeSpan Falling { get; init; }

    /// <summary>Bytes of the meter's that were sent while the contacts were on their way.</summary>
    public long LostInMotion { get; private set; }

    /// <summary>How often the relay has changed over.</summary>
    public int Changes { get; private set; }

    /// <summary>Bytes of the meter's that went by the bypass.</summary>
    public long Bypassed { get; private set; }

    /// <summary>What the printer has got.</summary>
    public byte[] AtPrinter
    {
        get
        {
            lock (_gate)
                return [.. _atPrinter];
        }
    }

    /// <summary>What the meter has got.</summary>
    public byte[] AtMeter
    {
        get
        {
            lock (_gate)
                return [.. _atMeter];
        }
    }

    /// <summary>The meter sends.</summary>
    public void FromMeter(ReadOnlySpan<byte> bytes) => Send(bytes, _meter, _atPrinter, fromMeter: true);

    /// <summary>The printer sends.</summary>
    public void FromPrinter(ReadOnlySpan<byte> bytes) => Send(bytes, _printer, _atMeter, fromMeter: false);

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        Posix.Close(_meter);
        Posix.Close(_printer);
        _stop.Dispose();
    }

    private static (int Master, string Path) Open()
    {
        int master = Posix.OpenTerminalMaster();
        string path = Posix.TerminalName(master);
        // Only a terminal that was open once says that it is closed.
        Posix.Close(Posix.Open(path, Posix.ReadWrite | Posix.NoControllingTerminal));
        return (master, path);
    }

    private void Send(ReadOnlySpan<byte> bytes, int agent, List<byte> direct, bool fromMeter)
    {
        while (bytes.Length > 0)
        {
            lock (_gate)
            {
                Look();
                if (!_held)
                {
                    if (fromMeter && _moved is { } moved && _time.GetElapsedTime(moved) < Falling)
                    {
                        LostInMotion += bytes.Length;
                        return;
                    }

                    direct.AddRange(bytes);
                    Bypassed += fromMeter ? bytes.Length : 0;
                    return;
                }

                int count = Posix.Write(agent, bytes);
                if (count > 0)
                    bytes = bytes[count..];
            }

            if (bytes.Length > 0)
                _stop.Wait(Glance); // no faster than it is taken
        }
    }

    private void Run()
    {
        while (!_stop.Wait(Glance))
        {
            lock (_gate)
                Look();
        }
    }

    private void Look()
    {
        Take(_printer, _atPrinter);
        Take(_meter, _atMeter);
        if (Posix.HasHungUp(_meter))
        {
            // What the agent had given to its ports before is on the wire.
            if (_held)
            {
                TakeToTheEnd(_printer, _atPrinter);
                TakeToTheEnd(_meter, _atMeter);
            }

            Change(false);
            _since = null;
            return;
        }

        _since ??= _time.GetTimestamp();
        Change(_time.GetElapsedTime(_since.Value) >= PullsIn);
    }

    private void Change(bool held)
    {
        if (_held == held)
            return;
        _held = held;
        _moved = held ? null : _time.GetTimestamp();
        Changes++;
    }

    /// <summary>What is there; the error that says why there is no more.</summary>
    private static int Take(int master, List<byte> into)
    {
        Span<byte> buffer = stackalloc byte[4096];
        int count;
        while ((count = Posix.Read(master, buffer)) > 0)
            into.AddRange(buffer[..count]);
        return count;
    }

    // The kernel hands bytes over in its own time; only that the other end is closed says that none are left.
    private void TakeToTheEnd(int master, List<byte> into)
    {
        long begun = _time.GetTimestamp();
        while (Take(master, into) == -Posix.TryAgain && _time.GetElapsedTime(begun) < Closing)
            _stop.Wait(Glance);
    }
}
