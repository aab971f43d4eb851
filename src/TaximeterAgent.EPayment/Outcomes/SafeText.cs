using System.Text;

namespace TaximeterAgent.EPayment;

/// <summary>Makes text that came from outside fit for logs, history and displays: one line, bounded, no control characters, no full phone number.</summary>
internal static class SafeText
{
    private const int ShownDigits = 2;

    /// <summary>Control, format and broken characters become spaces; what is longer than <paramref name="most"/> is cut and ends in an ellipsis.</summary>
    internal static string Bounded(string text, int most)
    {
        var result = new StringBuilder(Math.Min(text.Length, most));
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length + rune.Utf16SequenceLength > most - 1 && result.Length < text.Length - rune.Utf16SequenceLength)
            {
                result.Append('…');
                break;
            }

            if (IsPlain(rune)) result.Append(rune);
            else result.Append(' ');
        }

        return result.ToString().Trim();
    }

    /// <summary><see cref="Bounded"/>, and runs of eight digits or more (a problem's text may repeat the phone number it complains about) show only their last
    /// two.</summary>
    internal static string? Prose(string? text, int most = 200)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        // Masked before it is cut: a cut must not make a phone number too short to be recognised.
        var bounded = Bounded(MaskNumbers(text.Length > 4096 ? text[..4096] : text), most);
        return bounded.Length == 0 ? null : bounded;
    }

    /// <summary>An identifier that is kept only if it is one: letters, digits and <c>-_.:|</c>, at most 100, and not digits alone, which may be somebody's number.</summary>
    internal static string? Identifier(string? text)
    {
        if (text is not { Length: > 0 and <= 100 } || (text.Length > 6 && !text.Any(char.IsAsciiLetter))) return null;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':' or '|')) return null;
        }

        return text;
    }

    private static bool IsPlain(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not
        (System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.OtherNotAssigned or System.Globalization.UnicodeCategory.Surrogate);

    private static string MaskNumbers(string text)
    {
        var result = new StringBuilder(text.Length);
        var run = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsDigit(text[i]))
            {
                run++;
                continue;
            }

            if (run >= 8) result.Append("••••").Append(text, i - ShownDigits, ShownDigits);
            else result.Append(text, i - run, run);
            run = 0;
            if (i < text.Length) result.Append(text[i]);
        }

        return result.ToString();
    }
}
