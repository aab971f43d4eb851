using System.Globalization;

namespace TaximeterAgent.Driver.Devices;

/// <summary>
/// Which of the kernel's key codes is which key of the driver's: <see cref="KeyCodes"/>, and before it what the configuration says of this pad, as
/// <c>KEY_F1=Menu, 183=Enter, KEY_KPDOT=None</c>.
/// </summary>
public sealed class Keymap
{
    /// <summary>More changes than any pad has keys.</summary>
    public const int EntriesMaximum = 128;

    /// <summary>What <see cref="TryParse"/> takes, in words for a message.</summary>
    public const string Form = "CODE=KEY, parted by commas; CODE a name such as KEY_F1 or a number from 1 to 767, KEY one of 0 to 9, Enter, Back, Clear, Menu, "
        + "Up, Down, A, B, C, D, None";

    private readonly Dictionary<ushort, Key?> _changes;

    private Keymap(Dictionary<ushort, Key?> changes) => _changes = changes;

    /// <summary>The keys as they are printed on common pads.</summary>
    public static Keymap Standard { get; } = new([]);

    /// <summary>Reads changes to the standard map; none for an empty text. False if there is a mistake in it, or a code twice.</summary>
    public static bool TryParse(string text, out Keymap keymap)
    {
        ArgumentNullException.ThrowIfNull(text);
        keymap = Standard;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        var changes = new Dictionary<ushort, Key?>();
        foreach (var entry in text.Split(','))
        {
            if (entry.Split('=') is not [var left, var right] || !TryCode(left.Trim(), out var code) || !TryKey(right.Trim(), out var key) || !changes.TryAdd(code, key))
                return false;
        }

        keymap = new Keymap(changes);
        return changes.Count <= EntriesMaximum;
    }

    /// <summary>The key that this code stands for, or null for none.</summary>
    public Key? Find(ushort code) => _changes.TryGetValue(code, out var key) ? key : KeyCodes.Find(code);

    private static bool TryCode(string text, out ushort code) =>
        KeyNames.Codes.TryGetValue(text, out code)
        || (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 1 and <= KeyNames.HighestCode);

    private static bool TryKey(string text, out Key? key)
    {
        key = null;
        foreach (var one in Enum.GetValues<Key>())
        {
            if (NameOf(one) == text)
                key = one;
        }

        return key is not null || text == "None";
    }

    private static string NameOf(Key key) => key.Digit() is { } digit ? digit.ToString(CultureInfo.InvariantCulture) : key.ToString();
}
