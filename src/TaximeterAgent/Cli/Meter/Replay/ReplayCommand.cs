using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary><c>taximeter-agent meter replay &lt;capture&gt;</c>: what this agent makes of what a meter has said.</summary>
internal static class ReplayCommand
{
    public static Command Build(Option<string> file)
    {
        var capture = new Argument<string>("capture") { Description = "Lines of meter watch --json or --raw, or the plain bytes of the line; - for standard input." };
        var meter = new Option<string?>("--meter") { Description = "The only meter that is listened to; without it the configured one, else any.", HelpName = "ID" };
        var currency = new Option<string?>("--currency") { Description = "The sales unit's; without it the configured one, else NOK." };
        currency.AcceptOnlyFromAmong([.. Enum.GetNames<Currency>()]);
        var country = new Option<string?>("--country") { Description = "Whose national numbers need no code; without it the configured one, else NO." };
        country.AcceptOnlyFromAmong([.. Enum.GetNames<Country>()]);
        var command = LocalCommand.Build("replay", "Feeds a capture of the meter's line to the agent's own reader. Changes nothing.", async (parsed, report, stop) =>
        {
            var configured = ConfigurationLoader.Load(parsed.GetRequiredValue(file)).Options;
            var options = LineProbe.Speaking(
                "meter-replay",
                parsed.GetValue(meter) ?? configured?.Meter.Id ?? "",
                parsed.GetValue(country) is { } home ? Enum.Parse<Country>(home) : configured?.Car.Country ?? Country.NO,
                parsed.GetValue(currency) is { } money ? Enum.Parse<Currency>(money) : configured?.Car.Currency ?? Currency.NOK);
            if (configured is not null)
                options = options with { HeartbeatLost = configured.Meter.HeartbeatLost };
            var name = parsed.GetRequiredValue(capture);
            await using var stream = CaptureFile.Open(name);
            await new MeterReplay(options, line => TellAsync(report, line)).RunAsync(new CaptureFile(name, stream, CaptureWriter.LongestCapture), stop);
            return ExitCode.Ok;
        });
        command.Add(capture);
        command.Add(meter);
        command.Add(currency);
        command.Add(country);
        return command;
    }

    private static Task TellAsync(Report report, ReplayLine line) => report.Json
        ? report.WriteJsonAsync(JsonSerializer.Serialize(line, CliAnswer.Context.ReplayLine))
        : report.WriteLineAsync(Describe(line));

    private static string Describe(ReplayLine line) => line.What switch
    {
        "frame" when line.From == "agent" => $"{Where(line)}  <- agent  {line.Text}  (as captured: {line.Meaning})",
        "frame" => $"{Where(line)}  meter ->  {line.Text}  ({line.Meaning})  {Outcome(line)}",
        "dropped" => $"{Where(line)}  dropped: {line.Reason}",
        "outside" => $"{Where(line)}  {line.Count} bytes in no frame",
        "gap" => string.Create(CultureInfo.InvariantCulture, $"{Where(line)}  silence for {line.Seconds:0.#} s"),
        "lost" => $"{Where(line)}  {line.Count} frames are not in the capture",
        _ => Describe(line.Summary!),
    };

    private static string Outcome(ReplayLine line) =>
        (line.Answer is null ? "not answered" : line.Reason is null ? line.Answer : $"{line.Answer} {line.Reason}")
            + (line.RepeatOf is { } repeat ? $", again as frame {repeat}" : "")
            + (line.ConflictsWith is { } first ? $", frame {first} said otherwise and stands" : "");

    private static string Describe(ReplaySummary summary) =>
        $"{summary.Frames} frames in {summary.Bytes} bytes: {summary.Acknowledged} acknowledged, {summary.Refused} refused, {summary.Repeats} again, {summary.Conflicts} conflicts; "
            + $"{summary.Dropped} dropped, {summary.BytesOutside} bytes in no frame, {summary.Gaps} silences"
            + (summary.Cut ? $"; the rest, beyond {CaptureWriter.LongestCapture / 1024 / 1024} MiB, was not looked at" : "");

    // The time if there is one, else the place; and the number, which repeats and conflicts name.
    private static string Where(ReplayLine line)
    {
        var place = line.At is { } at ? at.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) : line.Offset is { } offset ? $"@{offset}" : "";
        return $"{line.Number?.ToString(CultureInfo.InvariantCulture) ?? "",5} {place,-12}";
    }
}
