namespace TaximeterAgent.Meter.Tfp;

/// <summary>Times as the meter writes them: RFC 3339 with an offset, <c>2026-11-20T10:24:10Z</c> or <c>2026-11-20T11:24:10.5+01:00</c>.</summary>
public static class Rfc3339
{
    private const int SecondsEnd = 19;
    private const int FractionMaximum = 9;

    /// <summary>Reads a time; a leap second counts as the second before it.</summary>
    /// <param name="text">What the meter wrote.</param>
    /// <param name="utc">The moment, offset zero, to a tenth of a microsecond.</param>
    public static bool TryParse(string text, out DateTimeOffset utc)
    {
        utc = default;
        if (text.Length <= SecondsEnd || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':')
            return false;
        if (!Number(text, 0, 4, 1, 9999, out var year) || !Number(text, 5, 2, 1, 12, out var month)
            || !Number(text, 8, 2, 1, DateTime.DaysInMonth(year, month), out var day)
            || !Number(text, 11, 2, 0, 23, out var hour) || !Number(text, 14, 2, 0, 59, out var minute) || !Number(text, 17, 2, 0, 60, out var second))
            return false;
        var offsetAt = SecondsEnd;
        if (!Fraction(text, ref offsetAt, out var fraction) || !Offset(text, offsetAt, out var offset))
            return false;
        var ticks = new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc).Ticks + fraction - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        utc = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool Fraction(string text, ref int at, out long ticks)
    {
        ticks = 0;
        if (text[at] != '.')
            return true;
        var first = ++at;
        for (var weight = TimeSpan.TicksPerSecond / 10; at < text.Length && char.IsAsciiDigit(text[at]); at++, weight /= 10)
            ticks += (text[at] - '0') * weight;
        return at - first is >= 1 and <= FractionMaximum;
    }

    private static bool Offset(string text, int at, out TimeSpan offset)
    {
        offset = default;
        if (at >= text.Length)
            return false;
        if (text[at] is 'Z' or 'z')
            return at == text.Length - 1;
        if (text[at] is not ('+' or '-') || text.Length != at + 6 || text[at + 3] != ':'
            || !Number(text, at + 1, 2, 0, 23, out var hours) || !Number(text, at + 4, 2, 0, 59, out var minutes))
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (text[at] == '-')
            offset = -offset;
        return true;
    }

    private static bool Number(string text, int at, int digits, int least, int most, out int number)
    {
        number = 0;
        foreach (var digit in text.AsSpan(at, digits))
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        return number >= least && number <= most;
    }
}
