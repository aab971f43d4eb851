namespace TaximeterAgent.Simulator.Car;

/// <summary>The driver's display: a FIFO in place of <c>/dev/lcd</c>, and the history of what stood on it.</summary>
internal sealed class Display : IDisposable
{
    /// <summary>More than any scenario shows; the oldest go first.</summary>
    private const int MaximumHistory = 10_000;

    private readonly Lock _gate = new();
    private readonly int _columns;
    private readonly int _rows;
    private readonly List<string> _earlierFaults = [];
    private readonly List<Screen> _whole = [];
    private readonly TimeProvider _time;
    private readonly List<Screen> _history = [];
    private readonly DescriptorReader _fifo;
    private LcdPicture _picture;

    /// <param name="path">Where the FIFO is made; must not exist.</param>
    /// <param name="columns">Characters a line.</param>
    /// <param name="rows">Lines.</param>
    /// <param name="time">The time in the history.</param>
    public Display(string path, int columns, int rows, TimeProvider time)
    {
        Path = path;
        _time = time;
        _columns = columns;
        _rows = rows;
        _picture = NewPicture();
        _history.Add(new Screen(time.GetUtcNow(), _picture.Lines()));
        Posix.MakeFifo(path);
        // Held open in both directions: the display sees no end of file when an agent goes.
        _fifo = new DescriptorReader(Posix.Open(path, Posix.ReadWrite | Posix.NonBlocking), "display", Take);
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

    public void Dispose() => _fifo.Dispose();

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        Screen[] shown;
        lock (_gate)
        {
            _whole.Clear();
            _picture.Write(bytes.Span);
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

    private LcdPicture NewPicture()
    {
        var picture = new LcdPicture(_columns, _rows);
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
