namespace TaximeterAgent.Driver.Devices;

/// <summary>The kernel's codes (linux/input-event-codes.h) and what they mean to the driver, whatever kind of pad it is: number pad, keyboard, telephone keys.</summary>
internal static class KeyCodes
{
    public static Key? Find(ushort code) => code switch
    {
        >= 2 and <= 10 => Key.Digit1 + (code - 2), // KEY_1..9
        11 or 82 or 0x200 => Key.Digit0, // KEY_0, KEY_KP0, KEY_NUMERIC_0
        >= 79 and <= 81 => Key.Digit1 + (code - 79), // KEY_KP1..3
        >= 75 and <= 77 => Key.Digit4 + (code - 75), // KEY_KP4..6
        >= 71 and <= 73 => Key.Digit7 + (code - 71), // KEY_KP7..9
        >= 0x201 and <= 0x209 => Key.Digit1 + (code - 0x201), // KEY_NUMERIC_1..9
        28 or 96 or 0x160 or 0x20B => Key.Enter, // KEY_ENTER, KEY_KPENTER, KEY_OK, KEY_NUMERIC_POUND
        14 or 74 or 83 or 105 => Key.Back, // KEY_BACKSPACE, KEY_KPMINUS, KEY_KPDOT, KEY_LEFT
        1 or 55 or 111 or 223 or 0x163 or 0x20A => Key.Clear, // KEY_ESC, KEY_KPASTERISK, KEY_DELETE, KEY_CANCEL, KEY_CLEAR, KEY_NUMERIC_STAR
        15 or 98 or 139 => Key.Menu, // KEY_TAB, KEY_KPSLASH, KEY_MENU
        103 => Key.Up, // KEY_UP
        78 or 108 => Key.Down, // KEY_KPPLUS, KEY_DOWN
        30 or 59 or 0x20C => Key.A, // KEY_A, KEY_F1, KEY_NUMERIC_A
        48 or 60 or 0x20D => Key.B,
        46 or 61 or 0x20E => Key.C,
        32 or 62 or 0x20F => Key.D,
        _ => null,
    };
}
