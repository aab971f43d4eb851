using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Logs;
using TaximeterAgent.Cli.Meter.Replay;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Hosting.Logging;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Cli.Meter.Learn;

/// <summary><c>taximeter-agent meter learn &lt;capture&gt;</c>: what a template reads from a meter's print, and what it misses.</summary>
internal static class LearnCommand
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(3);

    private static readonly LogMask s_mask = new(new Redaction([]));

    public static Command Build()
    {
        var capture = new Argument<string>("capture") { Description = "The bytes of the printer's line, as they are or as lines of meter watch --raw; - for standard input." };
        var template = new Option<string?>("--template") { Description = "A template by its name or file; without it all that come with the agent are tried.", HelpName = "FILE" };
        var command = LocalCommand.Build("learn", "Shows what a receipt template reads from a captured print, and what it misses. Changes nothing.", async (parsed, report, stop) =>
        {
            var templates = Templates(parsed.GetValue(template));
            var name = parsed.GetRequiredValue(capture);
            await using var stream = CaptureFile.Open(name);
            var file = new CaptureFile(name, stream, CapturedPrints.Longest);
            var found = Read(await CapturedPrints.ReadAsync(file, s_quiet, stop), templates) with { Cut = file.Cut };
            if (found.Prints.Count == 0)
                throw new CommandFailedException(ExitCode.NotPossible, $"{Shown.Plain(name)} has nothing in it that would be printed");
            if (report.Json)
                await report.WriteJsonAsync(JsonSerializer.Serialize(found, CliAnswer.Context.LearnOutput));
            else
                await TellAsync(report, found);
            return ExitCode.Ok;
        });
        command.Add(capture);
        command.Add(template);
        return command;
    }

    /// <summary>Reads all prints in the pieces of a capture.</summary>
    internal static LearnOutput Read(IReadOnlyList<byte[]> pieces, IReadOnlyList<ReceiptTemplate> templates)
    {
        var prints = new List<LearnPrint>();
        foreach (var piece in pieces)
        {
            // Where a template does not know a command it may see more prints than another.
            var count = templates.Min(template => EscPosReader.ReadAll(piece, template.Printer).Count);
            for (var print = 0; print < count; print++)
                prints.Add(Describe(prints.Count + 1, BestReading.Of(piece, print, templates)));
        }

        return new LearnOutput { Bytes = pieces.Sum(piece => (long)piece.Length), Cut = false, Prints = prints };
    }

    private static IReadOnlyList<ReceiptTemplate> Templates(string? name)
    {
        if (name is null)
            return [.. ShippedTemplates.All];
        var report = TemplateFile.Read(name);
        return report.Template is { } template
            ? [template]
            : throw new CommandFailedException(ExitCode.Configuration, $"the template {Shown.Plain(name)} is wrong:", [.. report.Faults.Select(fault => fault.ToString())]);
    }

    private static LearnPrint Describe(int number, IReadOnlyList<(ReceiptTemplate Template, ReceiptReading Reading)> tried)
    {
        var (template, reading) = tried[0];
        var read = reading.Lines.SelectMany(line => line.Values).Select(value => value.Field).ToHashSet();
        var money = reading.Total is not null;
        return new LearnPrint
        {
            Number = number,
            Bytes = reading.Print.Bytes,
            Template = template.Id,
            Kind = Kebab.Of(reading.Kind),
            Doubts = [.. reading.Doubts.Select(Kebab.Of)],
            Currency = template.Currency.ToString(),
            Total = reading.Total,
            Fare = money ? reading.FareAmount : null,
            Supplements = money ? reading.Supplements : null,
            Tip = money ? reading.Tip : null,
            Vat = reading.Vat,
            Trip = reading.Trip,
            Start = Time(reading.Start),
            Finish = Time(reading.Finish),
            Distance = reading.Distance,
            Tariff = reading.Tariff,
            Lines = [.. reading.Lines.Select(Describe)],
            Missed = [.. template.Fields.Where(field => !read.Contains(field)).Order().Select(Kebab.Of)],
            Tried = [.. tried.Select(one => new LearnTry(one.Template.Id, BestReading.Known(one.Reading), Kebab.Of(one.Reading.Kind)))],
        };
    }

    // What no pattern has asked for may be anything, a customer's number too.
    private static LearnLine Describe(ReadLine line) => line.Pattern is not { } pattern
        ? new LearnLine(s_mask.Apply(line.Text))
        : new LearnLine(line.Text)
        {
            As = Kebab.Of(pattern.Kind),
            Pattern = pattern.Number,
            Values = line.Values.Count == 0 ? null : [.. line.Values.Select(value => new LearnValue(Kebab.Of(value.Field), value.Value))],
        };

    private static async Task TellAsync(Report report, LearnOutput found)
    {
        foreach (var print in found.Prints)
        {
            await report.WriteLineAsync($"print {print.Number} of {found.Prints.Count}: {print.Bytes} bytes, read by template {print.Template}");
            var width = print.Lines.Max(line => Math.Min(line.Text.Length, EscPosReader.LineMaximum)) + 2;
            foreach (var line in print.Lines)
                await report.WriteLineAsync($"  {line.Text.PadRight(width)}{Meaning(line)}");
            await report.WriteLineAsync($"  {Summary(print)}");
            if (print.Missed.Count > 0)
                await report.WriteLineAsync($"  not on it: {string.Join(", ", print.Missed)}");
            await report.WriteLineAsync($"  {Verdict(print)}");
            if (print.Tried.Count > 1)
                await report.WriteLineAsync($"  lines known to the templates: {string.Join(", ", print.Tried.Select(one => $"{one.Template} {one.Lines}"))}");
        }

        if (found.Cut)
            await report.WriteLineAsync($"the rest, beyond {CapturedPrints.Longest / 1024} KiB, was not looked at");
    }

    private static string Meaning(LearnLine line) => line switch
    {
        { As: null } => "-",
        { Values: { } values } => string.Join(", ", values.Select(value => $"{value.Field} {value.Value}")),
        _ => line.As,
    };

    private static string Summary(LearnPrint print)
    {
        var parts = new List<string>();
        if (print.Total is not null)
            parts.Add($"total {Text.Money(print.Total, print.Currency)} = fare {Text.Money(print.Fare)} + supplements {Text.Money(print.Supplements)} + tip {Text.Money(print.Tip)}");
        if (print.Vat is { } vat)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"VAT {vat / 100m:0.##} %"));
        if (print.Trip is { } trip)
            parts.Add($"trip {trip}");
        if (print.Start is { } start)
            parts.Add($"start {start}");
        if (print.Finish is { } finish)
            parts.Add($"finish {finish}");
        if (print.Distance is { } distance)
            parts.Add($"{distance} m");
        return parts.Count == 0 ? "nothing was read" : string.Join("; ", parts);
    }

    private static string Verdict(LearnPrint print)
    {
        var why = DoubtWords.Of(print.Doubts.Select(doubt => Enum.GetValues<ReadingDoubt>().First(known => Kebab.Of(known) == doubt)));
        return print.Kind switch
        {
            "fare" => $"a fare of {Text.Money(print.Total, print.Currency)}",
            "copy" => $"a copy of an earlier receipt{(why.Length > 0 ? $": {why}" : "")}",
            "report" => "a report: nothing is due for it",
            _ => $"doubtful, the driver is asked: {why}",
        };
    }

    private static string? Time(DateTime? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
