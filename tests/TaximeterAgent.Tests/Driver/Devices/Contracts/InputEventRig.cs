using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices.Contracts;

/// <summary>What a kernel would answer of the input devices of a test, which are pseudo terminals.</summary>
internal sealed class FakeInputCalls : IInputCalls
{
    private readonly Lock _gate = new();
    private readonly Queue<string> _names = [];

    /// <summary>0, or the kernel's refusal.</summary>
    public int GrabError { get; set; }

    public int Grabs { get; private set; }

    public int NumLockLit { get; private set; }

    /// <summary>The names of the devices, in the order in which they are asked for.</summary>
    public void Names(params string[] names)
    {
        lock (_gate)
        {
            foreach (var name in names)
                _names.Enqueue(name);
        }
    }

    public HashSet<ushort> Down { get; } = [];

    public int Grab(int descriptor)
    {
        Grabs++;
        return GrabError;
    }

    public bool TryName(int descriptor, out string name)
    {
        lock (_gate)
            return _names.TryDequeue(out name!);
    }

    public bool TryKeysDown(int descriptor, Span<byte> bits)
    {
        bits.Clear();
        foreach (var code in Down)
            bits[code / 8] |= (byte)(1 << (code % 8));
        return true;
    }

    public void LightNumLock(int descriptor) => NumLockLit++;
}

/// <summary>A pad of input events at a pseudo terminal, under a name that stays.</summary>
internal sealed class InputEventRig : IKeypadRig
{
    private static readonly Dictionary<Key, ushort> s_codes = new()
    {
        [Key.Digit0] = 82, [Key.Digit1] = 79, [Key.Digit2] = 80, [Key.Digit3] = 81, [Key.Digit4] = 75, [Key.Digit5] = 76, [Key.Digit6] = 77,
        [Key.Digit7] = 71, [Key.Digit8] = 72, [Key.Digit9] = 73, [Key.Enter] = 96, [Key.Back] = 14, [Key.Clear] = 1,
    };

    private readonly TestFiles _files = new();
    private readonly string _link;
    private TestTerminal? _terminal;

    public InputEventRig(TimeProvider time, IInputCalls? calls)
    {
        _link = _files.Path("keypad");
        Return();
        var options = new InputEventOptions(_link, AllowFifo: calls is null, Keymap.Standard);
        Pad = calls is null ? new InputEventKeypad(options, time) : new InputEventKeypad(options, new InputDevices(calls), time);
    }

    public IKeypad Pad { get; }

    public bool Has(Key key) => s_codes.ContainsKey(key);

    public void Press(Key key)
    {
        Hold(key, down: true);
        Hold(key, down: false);
    }

    public void Hold(Key key, bool down) => TestFiles.Write(
        _terminal!.Master, [.. InputEventTests.Event(4, 4, 0x70059), .. InputEventTests.Event(InputEventTests.KeyEvent, s_codes[key], down ? 1 : 0), .. InputEventTests.Event(0, 0, 0)]);

    public void Lose()
    {
        File.Delete(_link);
        _terminal!.HangUp();
        _terminal = null;
    }

    public void Return()
    {
        _terminal = new TestTerminal();
        _terminal.MakeRaw();
        File.CreateSymbolicLink(_link, _terminal.Path);
    }

    public void Dispose()
    {
        Pad.Dispose();
        _terminal?.Dispose();
        _files.Dispose();
    }
}

/// <summary>Input events through a terminal that was asked for, as scenarios have them.</summary>
public sealed class InputEventStreamContract : KeypadContract
{
    private protected override IKeypadRig Make(ManualTime time) => new InputEventRig(time, calls: null);
}

/// <summary>Input events of a device that can be grabbed and asked.</summary>
public sealed class InputEventDeviceContract : KeypadContract
{
    private protected override IKeypadRig Make(ManualTime time) => new InputEventRig(time, new FakeInputCalls());
}
