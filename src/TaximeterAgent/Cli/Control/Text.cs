using System.Globalization;
using System.Text;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary>What the agent says, as people read it.</summary>
internal static class Text
{
    /// <summary>One line without control characters: a meter's or a service's words must not paint on the terminal.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            line.Append(Rune.IsControl(rune) || rune.Value is (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069) ? "?" : rune.ToString());
        return line.ToString();
    }

    /// <summary><c>345.00</c>, with the currency if there is one.</summary>
    public static string Money(long? minorUnits, string? currency = null)
    {
        if (minorUnits is not { } amount)
            return "";
        var text = string.Create(CultureInfo.InvariantCulture, $"{amount / 100}.{amount % 100:00}");
        return currency is null ? text : $"{text} {currency}";
    }

    /// <summary>The car's time, to the second, in UTC: the board has no other.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z";

    /// <summary>The same without the year, for a table that has little room.</summary>
    public static string ShortTime(DateTimeOffset time) => time.UtcDateTime.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z";

    /// <summary>The car's time to the minute, in UTC.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + "Z";

    public static string Duration(long seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return time.Days > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {time.Hours} h")
            : time.Hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Hours} h {time.Minutes} min") : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s");
    }

    /// <summary>How a trip stands, in a word or two.</summary>
    public static string Standing(TripReport trip)
    {
        if (trip.Stopped is not null)
            return "stopped";
        var word = trip.Word switch
        {
            { Kind: "unpaid", Reason: { } reason } => $"unpaid, {reason}",
            { } said => said.Kind,
            null => trip.Unpaid ? "unpaid" : trip.Total is null ? "booked" : "closed",
        };
        return trip.Open && trip.Word is null ? "open" : word;
    }
}
