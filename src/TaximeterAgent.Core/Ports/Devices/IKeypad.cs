namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>What a driver can press. What a pad has beyond this does nothing.</summary>
public enum Key
{
    Digit0,
    Digit1,
    Digit2,
    Digit3,
    Digit4,
    Digit5,
    Digit6,
    Digit7,
    Digit8,
    Digit9,

    /// <summary>Confirm: Enter, OK, <c>#</c>.</summary>
    Enter,

    /// <summary>Takes the last digit back: Backspace, <c>-</c> or <c>.</c> of a number pad, left.</summary>
    Back,

    /// <summary>Away with the entry, or no: Escape, <c>*</c>, Clear, Cancel, Delete.</summary>
    Clear,

    /// <summary>Menu, Tab, <c>/</c> of a number pad.</summary>
    Menu,

    Up,

    /// <summary>Down, <c>+</c> of a number pad.</summary>
    Down,

    A,
    B,
    C,
    D,
}

/// <summary>The driver's keys.</summary>
public interface IKeypad : IDisposable
{
    /// <summary>The last status that was reported; null before the first.</summary>
    DeviceStatus? Status { get; }

    /// <summary>Begins to listen, and to open the pad again whenever it is lost. Once.</summary>
    void Start(IKeypadEvents events);
}

/// <summary>What happens on a keypad. Called on the pad's own thread: must return soon, must not throw.</summary>
public interface IKeypadEvents
{
    void Pressed(Key key);

    void Changed(DeviceStatus status);
}

/// <summary>Digits as numbers.</summary>
public static class KeyDigits
{
    /// <summary>0 to 9, or null for a key that is no digit.</summary>
    public static int? Digit(this Key key) => key is >= Key.Digit0 and <= Key.Digit9 ? key - Key.Digit0 : null;
}
