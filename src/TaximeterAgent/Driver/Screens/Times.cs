using System.Globalization;

namespace TaximeterAgent.Driver.Screens;

/// <summary>Times as the display shows them.</summary>
internal static class Times
{
    private const string Marks = ".oOo";

    /// <summary>The time of day: <c>14:32</c>.</summary>
    public static string Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What is left, <c>9:41</c>; 0:00 once it is over.</summary>
    public static string Left(TimeSpan left)
    {
        var seconds = Math.Max(0, (long)Math.Floor(left.TotalSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    /// <summary>A mark that is another one every second: something goes on. By the second of the minute, which no clock that stands wrong makes negative.</summary>
    public static string Mark(DateTimeOffset now) => Marks[now.Second % Marks.Length].ToString();

    /// <summary>A time as the meter writes it; null for one that cannot be read.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
