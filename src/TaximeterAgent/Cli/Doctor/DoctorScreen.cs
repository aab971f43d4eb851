using System.Globalization;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Control.Status;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Cli.Doctor;

/// <summary>What the doctor found as a screen: a number and what it is, and below it what was seen, why, and what to do. Pure: a report and a width in, lines out.</summary>
internal static class DoctorScreen
{
    private const int NameWidth = 7;

    private const int Indent = 3;

    /// <summary>Where a terminal is so narrow that nothing can be put beside a name, it spills.</summary>
    private const int LeastWidth = 40;

    public static IEnumerable<ScreenLine> Lines(DoctorReport found, int width)
    {
        width = Math.Max(width, LeastWidth);
        foreach (var line in found.Findings.SelectMany(finding => Lines(finding, width)))
            yield return line;
        foreach (var unseen in found.Unseen.GroupBy(one => one.Why))
        {
            foreach (var line in StatusScreen.Wrap(Text.Line(NotLooked(unseen)), width))
                yield return new ScreenLine("", line);
        }

        yield return new ScreenLine("", Summary(found));
    }

    /// <summary>For programs: names, a row for each finding, then what was not looked at, then the counts.</summary>
    public static IEnumerable<string[]> Rows(DoctorReport found) =>
    [
        ["number", "level", "part", "finding", "seen", "cause", "cure"],
        .. found.Findings.Select(one => new[] { Number(one), one.Level, one.Part, one.Kind, one.Seen, one.Cause, one.Cure }),
        .. found.Unseen.GroupBy(one => one.Why).Select(unseen => new[] { NotLooked(unseen) }),
        [Summary(found)],
    ];

    private static IEnumerable<ScreenLine> Lines(FindingReport finding, int width)
    {
        var level = finding.Level == Kebab.Of(Level.Red) ? Level.Red : Level.Yellow;
        yield return new ScreenLine($"{Number(finding).PadRight(Indent)}{StatusScreen.Word(level).PadRight(NameWidth)}", $"{finding.Part}: {finding.Kind}", level);
        foreach (var (name, text) in new[] { ("seen", finding.Seen), ("cause", finding.Cause), ("cure", finding.Cure) })
        {
            var before = name;
            foreach (var line in StatusScreen.Wrap(Text.Line(text), width - NameWidth - Indent))
            {
                yield return new ScreenLine("", $"{new string(' ', Indent)}{before.PadRight(NameWidth)}{line}");
                before = "";
            }
        }
    }

    private static string Number(FindingReport finding) => finding.Number.ToString(CultureInfo.InvariantCulture);

    private static string NotLooked(IGrouping<string, UnseenReport> unseen) => $"not looked at: {string.Join(", ", unseen.Select(one => one.Part))}: {unseen.Key}";

    private static string Summary(DoctorReport found)
    {
        var red = found.Findings.Count(one => one.Level == Kebab.Of(Level.Red));
        var counts = string.Create(CultureInfo.InvariantCulture, $"{red} red, {found.Findings.Count - red} yellow");
        return !found.Healthy ? counts : found.Unseen.Count == 0 ? $"{counts}: nothing is wrong" : $"{counts}: nothing is wrong with what was looked at";
    }
}
