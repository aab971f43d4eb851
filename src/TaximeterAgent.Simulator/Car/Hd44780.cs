namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// The HD44780 display controller at its pins, as the datasheet has it: commands in four or eight bits, how long each takes, its memories, and what it
/// shows. Only its upper four data lines are connected. What comes while it is busy it does not take.
/// </summary>
/// <remarks>Not safe for use from several threads at once.</remarks>
internal sealed class Hd44780
{
    /// <summary>Characters that one line of its memory holds.</summary>
    public const int LineLength = 40;

    private const int LowerLine = 0x40;
    private const int Cells = 2 * LineLength;
    private const int MaximumFaults = 100;
    private const double DatasheetClock = 270_000;

    // In clock cycles of the 270 kHz that the datasheet's times are for.
    private static readonly TimeSpan CommonTime = TimeSpan.FromMicroseconds(37);
    private static readonly TimeSpan LongTime = TimeSpan.FromMilliseconds(1.52);
    private static readonly TimeSpan PowerUpTime = TimeSpan.FromMilliseconds(40);

    private readonly double _slower;
    private readonly byte[] _cells = new byte[Cells];
    private readonly byte[] _glyphs = new byte[64];
    private readonly List<string> _faults = [];
    private TimeSpan _now;
    private TimeSpan _busyUntil;
    private (bool RegisterSelect, bool Read, bool Enable) _pins;
    private bool _registerAtRise;
    private bool _readAtRise;
    private bool _eightBits = true;
    private bool _twoLines;
    private byte? _upper;
    private int _address;
    private bool _inGlyphs;
    private bool _increment = true;
    private bool _shiftsDisplay;
    private int _shift;

    /// <param name="clock">Its oscillator in hertz: 190 000 to 350 000.</param>
    public Hd44780(double clock = DatasheetClock)
    {
        _slower = DatasheetClock / clock;
        PowerOn();
    }

    /// <summary>Raised before everything that is shown is wiped.</summary>
    public event Action? Leaving;

    public bool DisplayOn { get; private set; }

    public bool CursorOn { get; private set; }

    public bool BlinkOn { get; private set; }

    public bool TwoLines => _twoLines;

    public bool EightBits => _eightBits;

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Power comes (back): eight bits, one line, nothing shown, and for a while it hears nothing. Its glyphs are whatever they happen to be.</summary>
    public void PowerOn()
    {
        _cells.AsSpan().Fill((byte)' ');
        _glyphs.AsSpan().Fill(0x15);
        (_eightBits, _twoLines, _upper) = (true, false, null);
        (DisplayOn, CursorOn, BlinkOn) = (false, false, false);
        (_increment, _shiftsDisplay, _shift) = (true, false, 0);
        (_address, _inGlyphs) = (0, false);
        (_pins, _registerAtRise, _readAtRise) = ((true, true, true), true, true); // all up, as everything around it is
        _busyUntil = _now + PowerUpTime;
    }

    public void Pass(TimeSpan time) => _now += time;

    /// <summary>Sets its pins. A command is taken when E falls.</summary>
    /// <param name="registerSelect">RS: data, not a command.</param>
    /// <param name="read">R/W.</param>
    /// <param name="enable">E.</param>
    /// <param name="lines">D7 to D4.</param>
    public void Set(bool registerSelect, bool read, bool enable, byte lines)
    {
        if (enable && !_pins.Enable)
        {
            // RS and R/W need 40 ns before E rises: what changes with it is too late.
            if (registerSelect != _pins.RegisterSelect || read != _pins.Read)
                Fault("RS or R/W changed together with the rise of E");
            (_registerAtRise, _readAtRise) = (_pins.RegisterSelect, _pins.Read);
        }

        if (!enable && _pins.Enable)
            Strobe((byte)(lines & 0xF));
        _pins = (registerSelect, read, enable);
    }

    /// <summary>What one cell of its memory shows.</summary>
    /// <param name="line">0 or 1: the memory's upper or lower line.</param>
    /// <param name="column">0 to 39, before any shift of the display.</param>
    public char Shown(int line, int column)
    {
        if (!DisplayOn || (line == 1 && !_twoLines))
            return ' ';
        byte code = _cells[(line * LineLength) + ((column + _shift) % LineLength)];
        return code < 0x10 ? CharacterRom.Read(_glyphs.AsSpan((code & 7) * 8, 8)) : CharacterRom.A00(code);
    }

    private void Strobe(byte nibble)
    {
        // Whether it is read or written, four bits are half of it.
        if (_readAtRise)
        {
            _upper = _eightBits || _upper is not null ? null : (byte)0;
            return;
        }

        if (_eightBits)
        {
            Take((byte)((nibble << 4) | 0xF)); // the lower four lines are open, and pulled up inside
            return;
        }

        if (_upper is not { } upper)
        {
            _upper = nibble;
            return;
        }

        _upper = null;
        Take((byte)((upper << 4) | nibble));
    }

    private void Take(byte value)
    {
        if (_now < _busyUntil)
        {
            Fault($"0x{value:X2} came while it was busy");
            return;
        }

        TimeSpan takes = _registerAtRise ? Write(value) : Do(value);
        _busyUntil = _now + (takes * _slower);
    }

    private TimeSpan Write(byte value)
    {
        if (_inGlyphs)
            _glyphs[_address] = (byte)(value & 0x1F);
        else if (Index() is { } index)
            _cells[index] = value;
        else
            Fault($"a character for address 0x{_address:X2}, which has no memory");
        Step(_increment ? 1 : -1);
        if (_shiftsDisplay && !_inGlyphs)
            _shift = (_shift + (_increment ? 1 : LineLength - 1)) % LineLength;
        return CommonTime;
    }

    private TimeSpan Do(byte command)
    {
        switch (command)
        {
            case >= 0x80:
                (_address, _inGlyphs) = (command & 0x7F, false);
                break;
            case >= 0x40:
                (_address, _inGlyphs) = (command & 0x3F, true);
                break;
            case >= 0x20:
                _eightBits = (command & 0x10) != 0;
                _twoLines = (command & 0x08) != 0;
                _upper = null;
                break;
            case >= 0x10:
                int by = (command & 0x04) != 0 ? 1 : -1;
                if ((command & 0x08) != 0)
                    _shift = (_shift - by + LineLength) % LineLength;
                else
                    Step(by);
                break;
            case >= 0x08:
                (DisplayOn, CursorOn, BlinkOn) = ((command & 4) != 0, (command & 2) != 0, (command & 1) != 0);
                break;
            case >= 0x04:
                (_increment, _shiftsDisplay) = ((command & 2) != 0, (command & 1) != 0);
                break;
            case >= 0x02:
                Home();
                return LongTime;
            case 0x01:
                Leaving?.Invoke();
                _cells.AsSpan().Fill((byte)' ');
                _increment = true;
                Home();
                return LongTime;
        }

        return CommonTime;
    }

    private void Home() => (_address, _inGlyphs, _shift) = (0, false, 0);

    private int? Index()
    {
        if (!_twoLines)
            return _address < Cells ? _address : null;
        int column = _address & 0x3F;
        return column < LineLength ? ((_address / LowerLine) * LineLength) + column : null;
    }

    private void Step(int by)
    {
        _address += by;
        if (_inGlyphs)
            _address &= 0x3F;
        else if (!_twoLines)
            _address = (_address + Cells) % Cells;
        else
            _address = _address switch
            {
                LineLength => LowerLine,
                LowerLine - 1 => LineLength - 1,
                LowerLine + LineLength => 0,
                -1 => LowerLine + LineLength - 1,
                _ => _address & 0x7F,
            };
    }

    private void Fault(string what)
    {
        if (_faults.Count < MaximumFaults)
            _faults.Add(what);
    }
}
