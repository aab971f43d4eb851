using System.Globalization;

namespace TaximeterAgent.Configuration;

/// <summary>The few kinds of values that keys have. Each makes a key whose <see cref="ConfigurationKey.Expected"/> and parser say the same.</summary>
internal static class KeyShapes
{
    private const int LongestPath = 1024;
    private const int ShortestSecret = 4;
    public const int LongestSecret = 512;

    public static ConfigurationKey<string> Text(string name, string? standard, string expected, Func<string, bool> accepts, string description) => new()
    {
        Name = name,
        Shape = ValueShape.Text,
        Default = standard,
        Expected = expected,
        Description = description,
        Parser = (string text, out string value) => accepts(value = text),
    };

    /// <summary>A file or device by its full name, so that it does not depend on where the agent was started.</summary>
    public static ConfigurationKey<string> Path(string name, string? standard, string description) =>
        Text(name, standard, "an absolute path", IsPath, description);

    /// <summary>Empty, or a file or device by its full name.</summary>
    public static ConfigurationKey<string> OptionalPath(string name, string standard, string description) =>
        Text(name, standard, "an absolute path, or empty for none", text => text.Length == 0 || IsPath(text), description);

    /// <summary>A GPIO chip. By its number it may be another one after the next start of the board; by its label it is not.</summary>
    public static ConfigurationKey<string> Chip(string name, string description) =>
        Text(name, "gpiochip0", "a GPIO chip: /dev/gpiochipN, gpiochipN or its label", text => IsGpioName(text) || IsPath(text), description);

    /// <summary>A GPIO line, or none.</summary>
    public static ConfigurationKey<string> Line(string name, string description) =>
        Text(name, "", "a GPIO line by number or name, or empty for none", text => text.Length == 0 || IsGpioName(text), description);

    /// <summary>Several GPIO lines in order, or none.</summary>
    public static ConfigurationKey<string> Lines(string name, int least, int most, string description) =>
        Text(
            name, "", $"{(least == most ? "" : $"{least} or ")}{most} different GPIO lines by number or name, with commas between, or empty",
            text => text.Length == 0 || (text.Split(',') is { } lines && lines.Length >= least && lines.Length <= most && lines.All(IsGpioName) && lines.Distinct().Count() == lines.Length),
            description);

    /// <summary>Printable characters without a blank, because secrets travel in HTTP headers.</summary>
    public static ConfigurationKey<string> Secret(string name, string credential, string description) =>
        Text(name, null, $"{ShortestSecret} to {LongestSecret} printable ASCII characters without a blank", IsSecret, description)
        with { Credential = credential };

    public static ConfigurationKey<TimeSpan> Duration(string name, string standard, string least, string most, string description)
    {
        var (low, high) = (Constant(least), Constant(most));
        return new()
        {
            Name = name,
            Shape = ValueShape.Text,
            Default = standard,
            Unit = "[d.]hh:mm:ss[.fff]",
            Expected = $"a duration from {least} to {most}, written [d.]hh:mm:ss[.fff]",
            Description = description,
            Parser = (string text, out TimeSpan value) => TryDuration(text, out value) && value >= low && value <= high,
        };
    }

    public static ConfigurationKey<int> Integer(string name, int standard, int least, int most, string unit, string description) => new()
    {
        Name = name,
        Shape = ValueShape.Number,
        Default = standard.ToString(CultureInfo.InvariantCulture),
        Unit = unit,
        Expected = $"a whole number from {least} to {most}",
        Description = description,
        Parser = (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
    };

    /// <summary>A number out of a list.</summary>
    public static ConfigurationKey<int> OneOf(string name, int standard, int[] allowed, string unit, string description) => new()
    {
        Name = name,
        Shape = ValueShape.Number,
        Default = standard.ToString(CultureInfo.InvariantCulture),
        Unit = unit,
        Expected = $"one of {string.Join(", ", allowed)}",
        Description = description,
        Parser = (string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && allowed.Contains(value),
    };

    public static ConfigurationKey<bool> Boolean(string name, bool standard, string description) => new()
    {
        Name = name,
        Shape = ValueShape.Boolean,
        Default = standard ? "true" : "false",
        Expected = "true or false",
        Description = description,
        Parser = (string text, out bool value) => (value = text == "true") || text == "false",
    };

    /// <summary>A word out of a list, letter by letter.</summary>
    public static ConfigurationKey<T> Choice<T>(string name, string? standard, string description, params (string Word, T Value)[] words)
    {
        var known = new string[words.Length];
        for (var i = 0; i < known.Length; i++)
            known[i] = words[i].Word;
        return new()
        {
            Name = name,
            Shape = ValueShape.Text,
            Default = standard,
            Expected = known.Length == 1 ? Shown.Quoted(known[0]) : $"one of {string.Join(", ", known.Select(Shown.Quoted))}",
            Description = description,
            Parser = (string text, out T value) =>
            {
                var at = Array.IndexOf(known, text);
                value = words[Math.Max(at, 0)].Value;
                return at >= 0;
            },
        };
    }

    public static bool IsPath(string text) => text is ['/', ..] && text.Length <= LongestPath && !text.Any(char.IsControl);

    // What the kernel has room for; it ends names with a zero.
    private static bool IsGpioName(string text) => text.Length is >= 1 and <= 31 && text.Trim() == text && text.All(c => c is >= ' ' and <= '~' and not ',' and not '/');

    public static bool IsSecret(string text) => text.Length is >= ShortestSecret and <= LongestSecret && text.All(c => c is > ' ' and <= '~');

    /// <summary><c>NAME=VALUE</c>.</summary>
    public static bool IsHeader(string text) =>
        text.IndexOf('=') is > 0 and var end && end < text.Length - 1 && text[..end].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    // TimeSpan alone reads "5" as five days; who writes 5 means seconds.
    private static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        return IsDuration(text) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value);
    }

    // By hand: every start reads dozens of them, and a regular expression would bring its whole library into memory.
    private static bool IsDuration(ReadOnlySpan<char> text)
    {
        if (text.IndexOf(':') is not (>= 2 and var colon) || text.Length < colon + 6 || text[colon + 3] != ':')
            return false;
        var days = text[..(colon - 2)];
        var fraction = text[(colon + 6)..];
        return AreDigits(text[(colon - 2)..colon]) && AreDigits(text[(colon + 1)..(colon + 3)]) && AreDigits(text[(colon + 4)..(colon + 6)])
            && (days.IsEmpty || (days is [.. var number, '.'] && number.Length is >= 1 and <= 5 && AreDigits(number)))
            && (fraction.IsEmpty || (fraction is ['.', .. var part] && part.Length is >= 1 and <= 7 && AreDigits(part)));
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static TimeSpan Constant(string text) =>
        TryDuration(text, out var value) ? value : throw new ArgumentException($"{text} is not a duration.", nameof(text));
}
