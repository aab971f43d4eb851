namespace TaximeterAgent.Simulator.Drive;

/// <summary>
/// Makes keys of a terminal's bytes. What is no key of ours (other escape sequences, letters beyond ASCII) is passed over as a whole, so that its pieces are
/// not taken for keys.
/// </summary>
internal sealed class KeyReader
{
    /// <summary>Longer than any sequence that a key sends.</summary>
    private const int LongestSequence = 16;

    private readonly List<char> _sequence = [];

    public IReadOnlyList<char> Take(ReadOnlySpan<byte> bytes)
    {
        var keys = new List<char>();
        foreach (byte unit in bytes)
        {
            if (_sequence.Count == 0)
                TakeFirst(unit, keys);
            else
                TakeNext(unit, keys);
        }

        return keys;
    }

    /// <summary>Nothing has come for a while: an escape that nothing follows is the key itself, and half a sequence is given up.</summary>
    public IReadOnlyList<char> Pause()
    {
        bool escape = _sequence.Count == 1;
        _sequence.Clear();
        return escape ? [DriveKeys.Escape] : [];
    }

    private void TakeFirst(byte unit, List<char> keys)
    {
        switch (unit)
        {
            case (byte)DriveKeys.Escape:
                _sequence.Add(DriveKeys.Escape);
                break;
            case (byte)'\r' or (byte)'\n':
                keys.Add(DriveKeys.Enter);
                break;
            case 0x7F or (byte)DriveKeys.Back:
                keys.Add(DriveKeys.Back);
                break;
            case (byte)DriveKeys.Tab or (byte)DriveKeys.Interrupt or (>= 0x20 and < 0x7F):
                keys.Add((char)unit);
                break;
        }
    }

    private void TakeNext(byte unit, List<char> keys)
    {
        if (_sequence.Count == 1 && unit is not ((byte)'[' or (byte)'O'))
        {
            // The escape key, and another key right behind it.
            _sequence.Clear();
            keys.Add(DriveKeys.Escape);
            TakeFirst(unit, keys);
            return;
        }

        _sequence.Add((char)unit);
        bool ended = _sequence.Count > 2 && unit is >= 0x40 and <= 0x7E;
        if (!ended && _sequence.Count < LongestSequence)
            return;
        if (_sequence.Count == 3 && Meant(_sequence[1], (char)unit) is { } key)
            keys.Add(key);
        _sequence.Clear();
    }

    /// <summary>The arrows, and the number block as it is while a terminal is in its application mode.</summary>
    private static char? Meant(char introducer, char last) => (introducer, last) switch
    {
        (_, 'A') => DriveKeys.Up,
        (_, 'B') => DriveKeys.Down,
        ('O', >= 'p' and <= 'y') => (char)('0' + last - 'p'),
        ('O', 'M') => DriveKeys.Enter,
        ('O', 'j') => '*',
        _ => null,
    };
}
