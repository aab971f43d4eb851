using System.CommandLine;
using System.Globalization;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent trips</c>: the trips, newest first.</summary>
internal static class TripsCommand
{
    // A car has one meter: where there is little room its name stays away.
    private static readonly Column[] s_columns =
    [
        new("learnt"), new("trip", Flows: true), new("meter", From: 100), new("total", Right: true), new("captured", Right: true), new("refunded", Right: true), new("state", Flows: true), new("phone"),
    ];

    /// <summary>What is said of a <c>--since</c> that is neither.</summary>
    internal const string SinceExpected = "--since needs a date, a time as in RFC 3339, or a while such as 90m, 12h or 7d.";

    public static Command Build(Option<string> file)
    {
        var open = new Option<bool>("--open") { Description = "Only trips that are not finished." };
        var failed = new Option<bool>("--failed") { Description = "Only trips that a person has to look at." };
        var since = new Option<string?>("--since") { Description = "Only trips learnt since then: a date, a time as in RFC 3339, or a while such as 90m, 12h or 7d.", HelpName = "TIME" };
        var limit = new Option<int?>("--limit") { Description = "At most so many, 1 to 1000; 100 if not given.", HelpName = "N" };
        since.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !TrySince(text, DateTimeOffset.UnixEpoch.AddYears(200), out _))
                result.AddError(SinceExpected);
        });
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000))
                result.AddError("--limit needs a number from 1 to 1000.");
        });
        var command = AgentCommand.Build("trips", "Lists trips, newest first.", file, async (parsed, client, report, stop) =>
        {
            DateTimeOffset? from = parsed.GetValue(since) is { } text && TrySince(text, TimeProvider.System.GetUtcNow(), out var time) ? time : null;
            var query = new TripQuery(parsed.GetValue(open) ? true : null, parsed.GetValue(failed) ? true : null, from, parsed.GetValue(limit) ?? TripQuery.LimitDefault);
            var (list, json) = await client.GetAsync(PathOf(query), ControlJson.Default.TripListReport, copy => copy.TripsAsync(query, stop), stop);
            if (report.Json)
                await report.WriteJsonAsync(json);
            else
                await report.WriteTableAsync("", s_columns, [.. list.Trips.Select(trip => Row(trip, report))]);
            return ExitCode.Ok;
        });
        command.Add(open);
        command.Add(failed);
        command.Add(since);
        command.Add(limit);
        return command;
    }

    private static string PathOf(TripQuery query)
    {
        var words = new List<string> { string.Create(CultureInfo.InvariantCulture, $"limit={query.Limit}") };
        if (query.Open == true)
            words.Add("open=true");
        if (query.Failed == true)
            words.Add("failed=true");
        if (query.Since is { } from)
            words.Add("since=" + Uri.EscapeDataString(from.ToString("O", CultureInfo.InvariantCulture)));
        return "/v1/trips?" + string.Join('&', words);
    }

    /// <summary>A time, or a while before <paramref name="now"/>.</summary>
    internal static bool TrySince(string text, DateTimeOffset now, out DateTimeOffset since)
    {
        since = default;
        if (text.Length is >= 2 and <= 6 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            TimeSpan? while_ = text[^1] switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' when count <= 36_500 => TimeSpan.FromDays(count),
                _ => null,
            };
            since = while_ is { } ago && ago < now - DateTimeOffset.MinValue ? now - ago : default;
            return while_ is not null;
        }

        // A year first, so that 3/4/2026 is not read one way or the other.
        return text.Length >= 10 && text[4] == '-' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since);
    }

    private static string[] Row(TripReport trip, Report report) =>
    [
        report.AtTerminal ? Text.ShortTime(trip.LearntAt) : Text.Time(trip.LearntAt),
        trip.Trip ?? trip.Booking ?? "",
        trip.Meter ?? "",
        Text.Money(trip.Total, trip.Currency),
        Text.Money(trip.Captured),
        Text.Money(trip.Refunded),
        Text.Standing(trip),
        trip.Phone ?? "",
    ];
}
