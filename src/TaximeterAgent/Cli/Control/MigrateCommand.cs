using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.Carrying;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent outbox migrate</c>: carries the outbox over from one store to another. Needs the agent stopped.</summary>
internal static class MigrateCommand
{
    private const string Sqlite = "sqlite";
    private const string LiteDb = "litedb";

    public static Command Build(Option<string> file)
    {
        var from = Store("--from", "What keeps the trips now: sqlite or litedb.");
        var to = Store("--to", "What shall keep them: the other one.");
        var json = new Option<bool>("--json") { Description = "What was done as JSON." };
        var command = new Command("migrate", "Carries the trips over from one store to another, compares both, and keeps the old one; only while the agent is stopped.") { from, to, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(from) is { } one && one == result.GetValue(to))
                result.AddError($"--from and --to are both {one}.");
        });
        command.SetAction((parsed, stop) => LocalCommand.GuardAsync(parsed, json, async report =>
        {
            var (one, other) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(to));
            try
            {
                return await RunAsync(ConfiguredKey.Of(parsed, file, Keys.OutboxDirectory), one, other, report, stop);
            }
            catch (OutboxUnusableException e)
            {
                throw QuarantineCommand.Unusable(e);
            }
            catch (ContentDiffersException e)
            {
                throw new CommandFailedException(ExitCode.NotPossible, e.Message, inner: e);
            }
            catch (OperationCanceledException e) when (stop.IsCancellationRequested)
            {
                throw new CommandFailedException(ExitCode.Interrupted, "nothing was changed", inner: e);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException or OutboxFullException or OutboxFailedException)
            {
                throw new CommandFailedException(ExitCode.InputOutput, $"the trips cannot be carried over: {e.Message}. Nothing is lost; the same command can be given again", inner: e);
            }
        }, stop));
        return command;
    }

    private static Option<string> Store(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = "STORE", Required = true };
        option.AcceptOnlyFromAmong(Sqlite, LiteDb);
        return option;
    }

    private static async Task<int> RunAsync(string directory, string from, string to, Report report, CancellationToken stop)
    {
        CarriedOver done;
        using (Waiting.Tell(report.Error, $"carrying the trips in {directory} over to {to}, and comparing", TimeProvider.System))
            done = new CarryingOver(directory, Kind(from), Kind(to), TimeProvider.System).Run(stop);
        var count = done.Count;
        var told = new MigrationReport(
            from, to, done.Database, done.KeptIn, done.Finished, count.Trips, count.Operations, count.Timers, count.HistoryLines, count.Identities, count.Settings);
        if (report.Json)
            await report.WriteJsonAsync(JsonSerializer.Serialize(told, AnswerJson.Context.MigrationReport));
        else
            await report.WriteFactsAsync(Facts(told));
        return ExitCode.Ok;
    }

    private static OutboxStore Kind(string name) => name == LiteDb ? OutboxStore.LiteDb : OutboxStore.Sqlite;

    private static IEnumerable<(string Name, string Value)> Facts(MigrationReport done)
    {
        yield return ("carried over", string.Create(
            CultureInfo.InvariantCulture,
            $"{done.Trips} trips, {done.Operations} calls to be made, {done.Timers} timers, {done.HistoryLines} lines of history, {done.Identities} identities, {done.Settings} settings"));
        yield return ("compared", "both hold the same");
        yield return ("database", done.Database);
        yield return ("kept in", done.KeptIn);
        yield return ("next", $"set {Keys.OutboxStoreKind.Name} to \"{done.To}\" in the configuration: with the old value no agent starts");
        yield return ("next", $"start the agent: systemctl start {CommandLine.Name}");
        yield return ("next", $"remove {done.KeptIn} once all is well: it holds whole phone numbers, and goes by itself only when its history would");
    }
}
