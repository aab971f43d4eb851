using System.Security.Cryptography;
using System.Text;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Meter.Print.Reading;

/// <summary>
/// Reads a print by a template. A total is taken for what is due only if the receipt says it twice, in so many words or as the sum of its parts; everything that
/// does not fit together is a doubt, and a doubt is a question to the driver.
/// </summary>
internal static class ReceiptReader
{
    public static ReceiptReading Read(PrintedText print, ReceiptTemplate template)
    {
        var lines = Fit(print.Lines, template);
        var doubts = new SortedSet<ReadingDoubt>();
        var values = new ReceiptValues(lines, template.Formats);
        var kind = Shape(print, lines, template, doubts);
        if (kind == PrintKind.Report)
            return new ReceiptReading { Kind = kind, Doubts = [], Lines = lines, Hash = Hash(lines), Print = print };
        var sums = ReceiptSums.Of(values, doubts);
        var times = ReceiptTimes.Of(values, template, doubts);
        if (doubts.Remove(ReadingDoubt.Unrecognised))
            doubts = [ReadingDoubt.Unrecognised];
        if (kind == PrintKind.Fare && doubts.Count > 0)
            kind = PrintKind.Doubtful;
        return new ReceiptReading
        {
            Kind = kind,
            Doubts = [.. doubts],
            Lines = lines,
            Total = sums.Total,
            FareAmount = sums.Fare,
            Supplements = sums.Supplements,
            Tip = sums.Tip,
            Vat = values.One(ReceiptField.Vat) is { } vat ? template.Formats.Rate(vat) : null,
            SupplementsVat = values.One(ReceiptField.SupplementsVat) is { } other ? template.Formats.Rate(other) : null,
            Trip = values.One(ReceiptField.Trip),
            Start = times.Start,
            Finish = times.Finish,
            Distance = values.One(ReceiptField.Distance) is { } distance ? template.Formats.Distance(distance) : null,
            Tariff = values.One(ReceiptField.Tariff),
            Hash = Hash(lines),
            Print = print,
        };
    }

    private static List<ReadLine> Fit(IReadOnlyList<string> lines, ReceiptTemplate template)
    {
        var read = new List<ReadLine>();
        for (var at = 0; at < lines.Count;)
        {
            var (pattern, values) = First(lines, at, template);
            var height = pattern?.Height ?? 1;
            read.Add(new ReadLine(string.Join($" {LinePattern.Below} ", lines.Skip(at).Take(height)), pattern, pattern is null ? [] : [.. pattern.Fields.Zip(values)]));
            at += height;
        }

        return read;
    }

    private static (LinePattern? Pattern, IReadOnlyList<string> Values) First(IReadOnlyList<string> lines, int at, ReceiptTemplate template)
    {
        foreach (var pattern in template.Patterns)
        {
            if (pattern.Match(lines, at) is { } values)
                return (pattern, values);
        }

        return (null, []);
    }

    // Whether it is whole, and one thing; and what it says it is.
    private static PrintKind Shape(PrintedText print, List<ReadLine> lines, ReceiptTemplate template, SortedSet<ReadingDoubt> doubts)
    {
        if (print.TooLong)
            doubts.Add(ReadingDoubt.TooLong);
        if (print.Damaged > 0 || print.Unknown is not null)
            doubts.Add(ReadingDoubt.Damaged);
        if (print.CutShort)
            doubts.Add(ReadingDoubt.Torn);
        var kinds = lines.Where(line => line.Pattern is not null).Select(line => line.Pattern!.Kind).ToList();
        if (kinds.Count == 0)
            doubts.Add(ReadingDoubt.Unrecognised);
        var reports = kinds.Contains(PatternKind.Report);
        var begins = kinds.Count(kind => kind == PatternKind.Begin);
        if (reports && begins == 0)
            return PrintKind.Report;
        var ends = kinds.Count(kind => kind == PatternKind.End);
        if (ends == 0 || (begins == 0 && template.HasBegin))
            doubts.Add(ReadingDoubt.Torn);
        if (begins > 1 || ends > 1 || reports || !InOrder(lines, template))
            doubts.Add(ReadingDoubt.Mixed);
        return kinds.Contains(PatternKind.Copy) ? PrintKind.Copy : PrintKind.Fare;
    }

    private static bool InOrder(List<ReadLine> lines, ReceiptTemplate template)
    {
        var last = 0;
        foreach (var line in lines)
        {
            if (line.Pattern is not { Kind: PatternKind.Begin or PatternKind.Line or PatternKind.End } pattern)
                continue;
            var first = pattern.Kind == PatternKind.Begin;
            var over = last == int.MaxValue;
            // What is read before the beginning or behind the end belongs to something else, whatever the order within.
            if (over || (first && last > 0) || (!template.AnyOrder && pattern.Number < last))
                return false;
            last = pattern.Kind == PatternKind.End ? int.MaxValue : template.AnyOrder ? 1 : pattern.Number;
        }

        return true;
    }

    private static string Hash(List<ReadLine> lines)
    {
        var text = string.Join('\n', lines.Where(line => line.Pattern?.Kind is not (PatternKind.Ignore or PatternKind.Copy)).Select(line => Squeezed(line.Text)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
