using System.Text;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Control;

/// <summary>
/// A person's words for the history: one line, bounded, and without what must not stand there. Digits that could be a phone number go, however they are grouped, and
/// so does every word that looks like a key. Rather too much than too little: whoever wrote it knows it.
/// </summary>
internal static class TechnicianNote
{
    /// <summary>Characters that a note may have.</summary>
    public const int Maximum = 200;

    // Masked before it is cut: a cut must not make a number too short to be known for one. What is longer than this is cut all the same.
    private const int Longest = 4_096;

    // A trip's number or an amount stays; the shortest phone numbers have eight digits, and seven are no loss.
    private const int DigitsMaximum = 6;

    // Words of people are shorter, or have no digits in them.
    private const int KeyMinimum = 16;

    private const string LeftOut = "…";

    /// <summary>What of it goes into the history.</summary>
    public static string Masked(string note) => Shown.Plain(WithoutKeys(WithoutNumbers(note.Length > Longest ? note[..Longest] : note)).Trim(), Maximum - 1);

    private static string WithoutNumbers(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length;)
        {
            var end = index;
            var last = index;
            var digits = 0;
            while (end < text.Length && (char.IsDigit(text[end]) || (digits > 0 && IsBetween(text[end]))))
            {
                if (char.IsDigit(text[end]))
                {
                    digits++;
                    last = end + 1;
                }

                end++;
            }

            if (digits > DigitsMaximum)
            {
                result.Append(LeftOut);
                index = last;
            }
            else
            {
                result.Append(text, index, Math.Max(last - index, 1));
                index = Math.Max(last, index + 1);
            }
        }

        return result.ToString();
    }

    private static bool IsBetween(char c) => char.IsWhiteSpace(c) || c is '-' or '.' or '/' or '(' or ')' or '+' or '\u2011';

    private static string WithoutKeys(string text) =>
        string.Join(' ', text.Split(' ').Select(word => word.Length >= KeyMinimum && word.Any(char.IsDigit) && word.Any(char.IsLetter) && !word.Contains('…', StringComparison.Ordinal) ? LeftOut : word));
}
