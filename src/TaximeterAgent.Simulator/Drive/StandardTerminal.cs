using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>The terminal at standard input and output.</summary>
internal sealed class StandardTerminal : ITerminal, IDisposable
{
    // The shell's screen is kept aside; no cursor; no wrapping, so that nothing ever scrolls; arrows and number block as on a keyboard, whatever .NET's own
    // console has set them to.
    private const string Taken = "\e[?1049h\e[?25l\e[?7l\e[?1l\e>\e[0m\e[2J";
    private const string Given = "\e[0m\e[2J\e[?7h\e[?25h\e[?1049l";

    /// <summary>More than anybody types between two looks; a paste is cut there.</summary>
    private const int MostTyped = 4096;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _bell = new(0);
    private readonly List<byte> _typed = [];
    private readonly byte[] _settings;
    private readonly DescriptorReader _reader;
    private bool _taken;
    private bool _rung;
    private bool _gone;

    public StandardTerminal()
    {
        _settings = TerminalCalls.Settings(TerminalCalls.Input);
        _reader = new DescriptorReader(TerminalCalls.Duplicate(TerminalCalls.Input), "keyboard", Take);
    }

    /// <summary>Whether a person can look at it and type: both ends are a terminal, and one that knows more than lines.</summary>
    public static bool IsThere =>
        TerminalCalls.IsTerminal(TerminalCalls.Input)
        && TerminalCalls.IsTerminal(TerminalCalls.Output)
        && Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } and not "dumb";

    public (int Columns, int Rows)? Size
    {
        get
        {
            lock (_gate)
            {
                if (_gone)
                    return null;
            }

            return TerminalCalls.Size(TerminalCalls.Output);
        }
    }

    public void Enter()
    {
        lock (_gate)
        {
            _taken = true;
            TerminalCalls.Set(TerminalCalls.Input, TerminalCalls.Raw(_settings));
            Put(Taken);
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (!_taken)
                return;
            _taken = false;
            Put(Given);
            TerminalCalls.Set(TerminalCalls.Input, _settings);
        }
    }

    public void Write(string text)
    {
        lock (_gate)
        {
            if (_taken)
                Put(text);
        }
    }

    public byte[] Typed()
    {
        lock (_gate)
        {
            byte[] typed = [.. _typed];
            _typed.Clear();
            return typed;
        }
    }

    public async Task WaitAsync(TimeSpan atMost)
    {
        await _bell.WaitAsync(atMost);
        lock (_gate)
            _rung = _bell.CurrentCount > 0;
    }

    public void Wake()
    {
        lock (_gate)
        {
            if (_rung)
                return;
            _rung = true;
            _bell.Release();
        }
    }

    public void Dispose()
    {
        Leave();
        _reader.Dispose();
    }

    private void Put(string text) => _gone |= !TerminalCalls.Write(TerminalCalls.Output, Encoding.UTF8.GetBytes(text));

    private void Take(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
            _typed.AddRange(bytes.Span[..Math.Min(bytes.Length, MostTyped - _typed.Count)]);
        Wake();
    }
}
