namespace TaximeterAgent.Simulator.Car;

/// <summary>The driver's display: a FIFO in place of <c>/dev/lcd</c> or of an I2C bus, and the history of what stood on it.</summary>
internal sealed class Display : IDisposable
{
    /// <summary>More than any scenario shows; the oldest go first.</summary>
    private const int MaximumHistory = 10_000;

    /// <summary>What stops up the FIFO of a display that does not read: no writer sends it, and it shows nothing.</summary>
    private const byte Stopper = 0xFE;

    private readonly Lock _gate = new();
    private readonly Func<IDisplayPicture> _new;
    private readonly List<string> _earlierFaults = [];
    private readonly List<Screen> _whole = [];
    private readonly TimeProvider _time;
    private readonly List<Screen> _history = [];
    private DescriptorReader? _fifo;
    private IDisplayPicture _picture;
    private int _stopped = -1;

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="columns">Characters a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="time">The time in the history.</param>
    public Display(string path, int columns, int rows, TimeProvider time)
        : this(path, () => new LcdPicture(columns, rows), time)
    {
    }

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="picture">What makes a picture of the bytes, as it is when power has just come.</param>
    /// <param name="time">The time in the history.</param>
    public Display(string path, Func<IDisplayPicture> picture, TimeProvider time)
    {
        Path = path;
        _time = time;
        _new = picture;
        _picture = NewPicture();
        _history.Add(new Screen(time.GetUtcNow(), _picture.Lines()));
        Plug();
    }

    /// <summary>Another picture stands on the display; raised on the reader's thread, without the lock.</summary>
    public event Action<Screen>? Changed;

    public string Path { get; }

    public Screen Current => History[^1];

    /// <summary>Every picture that differed from the one before it, oldest first; the first is the blank one.</summary>
    public IReadOnlyList<Screen> History
    {
        get
        {
            lock (_gate)
                return [.. _history];
        }
    }

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
                return [.. _earlierFaults, .. _picture.Faults];
        }
    }

    /// <summary>The display goes dark and, with power, starts blank.</summary>
    public void LosePower()
    {
        lock (_gate)
        {
            _earlierFaults.AddRange(_picture.Faults);
            _picture = NewPicture();
            Add(new Screen(_time.GetUtcNow(), _picture.Lines()));
        }
    }

    /// <summary>The display is there (again), as it is when power has just come.</summary>
    public void Plug()
    {
        if (_fifo is not null)
            return;
        Posix.MakeFifo(Path);
        Read();
    }

    /// <summary>Its plug comes off: it is dark, and nobody answers where it was.</summary>
    public void Unplug()
    {
        ReadAgain();
        if (_fifo is null)
            return;
        File.Delete(Path);
        _fifo.Dispose();
        _fifo = null;
        LosePower();
    }

    /// <summary>The display hangs: it keeps what it shows and takes nothing that is written any more.</summary>
    public void StopReading()
    {
        if (_fifo is null || _stopped >= 0)
            return;
        _stopped = Posix.Open(Path, Posix.ReadWrite | Posix.NonBlocking);
        _fifo.Dispose();
        Posix.MakePipeSmall(_stopped);
        byte[] one = [Stopper];
        while (Posix.Write(_stopped, one) > 0)
        {
        }
    }

    /// <summary>The display takes what waits for it.</summary>
    public void ReadAgain()
    {
        if (_stopped < 0)
            return;
        Read();
        Posix.Close(_stopped);
        _stopped = -1;
    }

    public void Dispose()
    {
        ReadAgain();
        _fifo?.Dispose();
    }

    // Held open in both directions: the display sees no end of file when an agent goes.
    private void Read() => _fifo = new DescriptorReader(Posix.Open(Path, Posix.ReadWrite | Posix.NonBlocking), "display", Take);

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        Screen[] shown;
        lock (_gate)
        {
            _whole.Clear();
            _picture.Write(bytes.Span.Contains(Stopper) ? bytes.ToArray().Where(unit => unit != Stopper).ToArray() : bytes.Span);
            KeepPicture();
            shown = [.. _whole];
        }

        foreach (Screen screen in shown)
            Changed?.Invoke(screen);
    }

    /// <summary>Several pictures may arrive in one piece: none is lost.</summary>
    private void KeepPicture()
    {
        var screen = new Screen(_time.GetUtcNow(), _picture.Lines());
        if (Add(screen))
            _whole.Add(screen);
    }

    private IDisplayPicture NewPicture()
    {
        IDisplayPicture picture = _new();
        picture.Leaving += KeepPicture;
        return picture;
    }

    private bool Add(Screen screen)
    {
        if (screen.SameAs(_history[^1]))
            return false;
        if (_history.Count == MaximumHistory)
            _history.RemoveAt(0);
        _history.Add(screen);
        return true;
    }
}
