using System.CommandLine;
using System.Globalization;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Hosting.Logging;

namespace TaximeterAgent.Cli.Logs;

/// <summary><c>taximeter-agent logs</c>: the service's log, from the journal, masked once more.</summary>
internal static class LogsCommand
{
    private const string Journal = "journalctl";
    private const int Standard = 100;
    private const int LinesMaximum = 10_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(2);

    public static Command Build(Option<string> file)
    {
        var since = new Option<string?>("--since") { Description = "Only what was logged since then: a date, a time as in RFC 3339, or a while such as 90m, 12h or 7d.", HelpName = "TIME" };
        var trip = new Option<string?>("--trip") { Description = "Only lines about this trip, by its number, its whole name or its payments' references.", HelpName = "TRIP" };
        var level = new Option<string?>("--level") { Description = $"Only this level and worse: {string.Join(", ", LogLevels.Words)}.", HelpName = "LEVEL" };
        var lines = new Option<int?>("--lines") { Description = $"At most so many, the newest; {Standard} if neither this nor --since is given.", HelpName = "N" };
        var follow = new Option<bool>("--follow") { Description = "Goes on with what is logged from now on, until Ctrl+C." };
        since.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !TripsCommand.TrySince(text, DateTimeOffset.UnixEpoch.AddYears(200), out _))
                result.AddError(TripsCommand.SinceExpected);
        });
        level.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && LogLevels.SeverityOf(word) is null)
                result.AddError($"--level needs one of {string.Join(", ", LogLevels.Words)}.");
        });
        lines.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LinesMaximum))
                result.AddError($"--lines needs a number from 1 to {LinesMaximum}.");
        });
        trip.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--trip needs a trip.");
        });
        var command = AgentCommand.Build("logs", "Shows the service's log, from the journal.", file, async (parsed, client, report, stop) =>
        {
            var from = parsed.GetValue(since) is { } text && TripsCommand.TrySince(text, TimeProvider.System.GetUtcNow(), out var time) ? time : (DateTimeOffset?)null;
            var words = parsed.GetValue(trip) is { } wanted ? await WordsAsync(wanted, client, report, stop) : null;
            var most = parsed.GetValue(lines) ?? (from is null ? Standard : null);
            var mask = new LogMask(new Redaction(ConfigurationLoader.Load(parsed.GetRequiredValue(file)).Secrets));
            // While it goes on it would not say that nothing may be read.
            if (parsed.GetValue(follow) && await SystemTool.RunAsync(Journal, Arguments(null, null, lines: 1, follow: false), s_patience, stop) is { } first)
                Demand(first.Error);
            var writer = new LogWriter(report, mask, words, words is null || parsed.GetValue(follow) ? null : most);
            return await ReadAsync(Arguments(from, parsed.GetValue(level), words is null ? most : null, parsed.GetValue(follow)), writer, report.Error, stop);
        });
        command.Add(since);
        command.Add(trip);
        command.Add(level);
        command.Add(lines);
        command.Add(follow);
        return command;
    }

    /// <summary>What journalctl is asked, argument by argument.</summary>
    /// <param name="since">Null for the beginning.</param>
    /// <param name="level">A word of <see cref="LogLevels"/>; null for all.</param>
    /// <param name="lines">The newest so many; null for all.</param>
    /// <param name="follow">Goes on.</param>
    internal static IReadOnlyList<string> Arguments(DateTimeOffset? since, string? level, int? lines, bool follow)
    {
        var arguments = new List<string> { $"--unit={SystemdUnit.Name}", "--output=json", "--no-pager" };
        if (since is { } time)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--since=@{time.ToUnixTimeSeconds()}"));
        if (level is not null && LogLevels.SeverityOf(level) is { } severity)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--priority={severity}"));
        if (lines is { } most)
            arguments.Add(string.Create(CultureInfo.InvariantCulture, $"--lines={most}"));
        else if (follow)
            arguments.Add("--no-tail");
        if (follow)
            arguments.Add("--follow");
        return arguments;
    }

    private static async Task<int> ReadAsync(IReadOnlyList<string> arguments, LogWriter writer, TextWriter error, CancellationToken stop)
    {
        await writer.BeginAsync();
        var reading = SystemTool.StreamAsync(Journal, arguments, writer.TakeAsync, stop);
        if (await Task.WhenAny(reading, Task.Delay(s_silence, TimeProvider.System, stop)) != reading && !writer.HasSeen)
            await error.WriteLineAsync($"{CommandLine.Name}: reading the journal …");
        if (await reading is not { } end)
        {
            throw new CommandFailedException(
                ExitCode.Unavailable, $"there is no {Journal} here, so no journal to read; where the agent was started by hand its log is that terminal's, or the file its error stream went to");
        }

        await writer.EndAsync();
        Demand(end.Error);
        if (end.ExitCode != 0)
            throw new CommandFailedException(ExitCode.Unavailable, $"{Journal} failed with {end.ExitCode.ToString(CultureInfo.InvariantCulture)}: {end.Error}");
        if (writer.Written == 0)
            await error.WriteLineAsync($"{CommandLine.Name}: the journal has no such line of {SystemdUnit.Name}");
        return ExitCode.Ok;
    }

    // By journalctl's own words: its exit code is 0 for a reader who is shown nothing.
    private static void Demand(string said)
    {
        if (said.Contains("insufficient permissions", StringComparison.OrdinalIgnoreCase) || said.Contains("not seeing messages", StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandFailedException(
                ExitCode.NoPermission, "you may not read the service's log; run this as root, or join the group systemd-journal (usermod -aG systemd-journal USER) and log in anew");
        }

        if (said.Contains("No journal files were found", StringComparison.OrdinalIgnoreCase))
            throw new CommandFailedException(ExitCode.Unavailable, "there is no journal on this machine: systemd-journald does not run, or keeps nothing; see Storage= in journald.conf(5)");
    }

    // The running agent knows a trip's references. Without it the name as it was given has to do.
    private static async Task<TripWords> WordsAsync(string trip, AgentClient client, Report report, CancellationToken stop)
    {
        try
        {
            var (found, _) = await client.GetAsync(AgentCommand.PathOf(trip), ControlJson.Default.TripDetailReport, stop);
            return new TripWords(trip, found.Summary);
        }
        catch (CommandFailedException e) when (e.ExitCode is ExitCode.Unavailable or ExitCode.NotFound or ExitCode.TryAgain or ExitCode.NoPermission)
        {
            await report.Error.WriteLineAsync($"{CommandLine.Name}: {Text.Line(e.Message)}; looking for the name {Text.Line(trip)} only");
            return new TripWords(trip, null);
        }
    }
}
