using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Masking;

namespace TaximeterAgent.Hosting.Logging;

/// <summary>What one message looks like. An exception follows in lines of its own, each marked as belonging to the message.</summary>
internal static class LogLine
{
    /// <summary>The longest line, in characters; journald would cut at 48 KiB, a reader gives up before.</summary>
    public const int Longest = 4096;

    /// <summary>The most lines that an exception takes.</summary>
    public const int MostExceptionLines = 50;

    /// <summary>Writes the whole, line breaks included. Masked before it is cut, so that no half of a secret stays.</summary>
    public static string Write(LogFormat format, DateTimeOffset at, LogLevel level, string category, string message, Exception? exception, Redaction redaction)
    {
        var head = format == LogFormat.Journal
            ? $"<{Severity(level)}>"
            : string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}Z ");
        var text = new StringBuilder(head);
        if (format == LogFormat.Console)
            text.Append(Word(level)).Append(' ');
        text.Append(Short(category)).Append(": ").Append(OneLine(redaction.Mask(message))).Append('\n');
        if (exception is null)
            return text.ToString();
        var continued = format == LogFormat.Journal ? head + "  " : "  ";
        // It may quote whatever came from outside, a customer's number too; what a message says of itself has been masked where it was put in.
        foreach (var line in PhoneText.Any.Mask(redaction.Mask(exception.ToString())).Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(MostExceptionLines))
            text.Append(continued).Append(OneLine(line.TrimEnd())).Append('\n');
        return text.ToString();
    }

    // A line break or escape in a message that quotes the outside could forge a line of its own.
    private static string OneLine(string text)
    {
        var cut = text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
        return string.Create(cut.Length, cut, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
                line[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
        });
    }

    private static ReadOnlySpan<char> Short(string category) => category.AsSpan(category.LastIndexOf('.') + 1);

    // The severities of syslog(3).
    private static int Severity(LogLevel level) => level switch
    {
        LogLevel.Critical => 2,
        LogLevel.Error => 3,
        LogLevel.Warning => 4,
        LogLevel.Information => 6,
        _ => 7,
    };

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error   ",
        LogLevel.Warning => "warning ",
        LogLevel.Information => "info    ",
        LogLevel.Debug => "debug   ",
        _ => "trace   ",
    };
}
