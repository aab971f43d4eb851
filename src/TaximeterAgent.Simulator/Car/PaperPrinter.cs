namespace TaximeterAgent.Simulator.Car;

/// <summary>What can be wrong with a printer.</summary>
internal enum PaperFault
{
    None,

    /// <summary>Switched off: what it is sent is lost, and it answers nothing.</summary>
    Off,

    /// <summary>It keeps what it is sent, and prints it when there is paper again.</summary>
    NoPaper,

    /// <summary>As without paper.</summary>
    CoverOpen,
}

/// <summary>
/// A receipt printer on a serial line. It answers at once when it is asked how it stands (<c>DLE EOT</c>), whatever else it does, and prints the rest in the order in
/// which it came.
/// </summary>
internal sealed class PaperPrinter : IDisposable
{
    private const byte Real = 0x10;
    private const byte Ask = 0x04;
    private const byte Answer = 0x12;

    private readonly Lock _gate = new();
    private readonly SerialCable _cable;
    private readonly PaperRoll _roll;
    private readonly List<byte> _kept = [];
    private readonly List<byte> _question = [];
    private readonly Func<TimeSpan, bool> _pause;
    private readonly ManualResetEventSlim _gone = new();
    private PaperFault _fault;
    private int _told;

    /// <param name="path">The name under which the agent finds the port: a symbolic link.</param>
    /// <param name="columns">Characters a line.</param>
    /// <param name="dots">Dots across the paper.</param>
    public PaperPrinter(string path, int columns = 32, int dots = 384)
    {
        _roll = new PaperRoll { Columns = columns, Dots = dots };
        _pause = _gone.Wait;
        _cable = new SerialCable(path);
        _cable.Received += Received;
    }

    /// <summary>A slip was cut off. On the printer's thread.</summary>
    public event Action<PaperSlip>? Printed;

    public string Path => _cable.Path;

    /// <summary>False for one that has no wire back: it answers nothing.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Bytes a second that it prints; 0 for as fast as they come. What it has not printed waits in the line.</summary>
    public int Speed { get; set; }

    public PaperFault Fault
    {
        get
        {
            lock (_gate)
                return _fault;
        }

        set
        {
            lock (_gate)
            {
                _fault = value;
                if (value == PaperFault.Off)
                    _kept.Clear();
                PrintKept();
            }

            Tell();
        }
    }

    /// <summary>Slips that were cut off, oldest first.</summary>
    public IReadOnlyList<PaperSlip> Slips
    {
        get
        {
            lock (_gate)
                return [.. _roll.Slips];
        }
    }

    /// <summary>What hangs out of the printer.</summary>
    public PaperSlip Hanging
    {
        get
        {
            lock (_gate)
                return _roll.Hanging;
        }
    }

    /// <summary>What it was sent that it does not understand.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
                return [.. _roll.Faults];
        }
    }

    /// <summary>Links of the codes that it drew itself, oldest first.</summary>
    public IReadOnlyList<string> Links => [.. Slips.SelectMany(slip => slip.Links)];

    /// <summary>As if somebody else had begun to print, and was broken off.</summary>
    public void Interrupt(ReadOnlySpan<byte> begun)
    {
        lock (_gate)
            _roll.Write(begun);
    }

    public void Unplug() => _cable.Pull();

    public void Plug() => _cable.Plug();

    /// <summary>As after a reboot of the board: the next process finds the port free.</summary>
    public void ReadyForNextHolder() => _cable.ReadyForNextHolder();

    public void Dispose()
    {
        _gone.Set();
        _cable.Dispose();
        _gone.Dispose();
    }

    private void Received(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            foreach (byte unit in bytes.Span)
                Sort(unit);
            PrintKept();
        }

        Tell();
        if (Speed > 0)
            _pause(TimeSpan.FromSeconds((double)bytes.Length / Speed));
    }

    // A question is answered out of turn, even in the midst of a picture.
    private void Sort(byte unit)
    {
        if (_fault == PaperFault.Off)
            return;
        _question.Add(unit);
        switch (_question)
        {
            case [Real]:
            case [Real, Ask]:
                return;
            case [Real, Ask, var part and >= 1 and <= 4]:
                if (Answers)
                    _cable.Write([Status(part)]);
                break;
            default:
                _kept.AddRange(_question);
                break;
        }

        _question.Clear();
    }

    private byte Status(byte part) => (byte)(Answer | (part, _fault) switch
    {
        (1, not PaperFault.None) => 0x08,
        (2, PaperFault.CoverOpen) => 0x04,
        (2, PaperFault.NoPaper) => 0x20,
        (4, PaperFault.NoPaper) => 0x60,
        _ => 0,
    });

    private void PrintKept()
    {
        if (_fault != PaperFault.None)
            return;
        _roll.Write([.. _kept]);
        _kept.Clear();
    }

    private void Tell()
    {
        List<PaperSlip> fresh;
        lock (_gate)
        {
            fresh = [.. _roll.Slips.Skip(_told)];
            _told = _roll.Slips.Count;
        }

        foreach (PaperSlip slip in fresh)
            Printed?.Invoke(slip);
    }
}
