using System.CommandLine;
using System.Text.Json;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Cli.Control;

/// <summary><c>taximeter-agent outbox quarantine</c>: sets a database aside that cannot be used any more, and begins a new one. Needs the agent stopped.</summary>
internal static class QuarantineCommand
{
    public static Command Build(Option<string> file)
    {
        var force = new Option<bool>("--force") { Description = "Also a database with which nothing is wrong, or that a newer agent has written." };
        var yes = Consent.Yes();
        var json = new Option<bool>("--json") { Description = "What was done as JSON." };
        var command = new Command("quarantine", "Sets a database aside that cannot be used, keeps it, and begins a new one; only while the agent is stopped.") { force, yes, json };
        command.SetAction((parsed, stop) => LocalCommand.GuardAsync(parsed, json, async report =>
        {
            try
            {
                return await RunAsync(ConfiguredKey.Of(parsed, file, Keys.OutboxDirectory), ConfiguredKey.Of(parsed, file, Keys.OutboxStoreKind), parsed.GetValue(force), parsed.GetValue(yes), report, stop);
            }
            catch (OutboxUnusableException e)
            {
                throw Unusable(e);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                throw new CommandFailedException(ExitCode.InputOutput, $"the database cannot be set aside: {e.Message}", inner: e);
            }
        }, stop));
        return command;
    }

    private static async Task<int> RunAsync(string directory, OutboxStore store, bool force, bool yes, Report report, CancellationToken stop)
    {
        using var quarantine = Look(directory, store, report, stop);
        if (!quarantine.Broken && !force)
        {
            throw new CommandFailedException(
                ExitCode.NotPossible,
                quarantine.Fault is { } fault ? $"{fault} It was not set aside; --force does that all the same" : $"{quarantine.Database}: nothing is wrong with it, so it was not set aside; --force does that all the same");
        }

        await Consent.RequireAsync(yes, "outbox quarantine", () => Task.FromResult(Question(quarantine)), report, stop);
        var caller = Caller.Here();
        var place = quarantine.SetAside(caller);
        var done = new QuarantineReport(quarantine.Database, quarantine.Fault, place, caller, [.. quarantine.Unfinished.Select(Reporting.IdOf)]);
        if (report.Json)
            await report.WriteJsonAsync(JsonSerializer.Serialize(done, AnswerJson.Context.QuarantineReport));
        else
            await report.WriteFactsAsync(Facts(done));
        return ExitCode.Ok;
    }

    private static Quarantine Look(string directory, OutboxStore store, Report report, CancellationToken stop)
    {
        using var patience = Waiting.Tell(report.Error, $"looking at the database in {directory}", TimeProvider.System);
        return Quarantine.Open(directory, TimeProvider.System, stop, store);
    }

    private static string Question(Quarantine quarantine)
    {
        var unfinished = quarantine.Unfinished.Count == 0 ? "" : $"\nTrips that are not finished in it, of which the new one knows nothing: {string.Join(", ", quarantine.Unfinished.Select(Reporting.IdOf).Select(Text.Line))}.";
        return $"{Text.Line(quarantine.Fault ?? $"{quarantine.Database}: nothing is wrong with it.")}{unfinished}\nSet it aside in {Text.Line(Quarantine.Folder)}/ and begin a new one?";
    }

    private static IEnumerable<(string Name, string Value)> Facts(QuarantineReport done)
    {
        if (done.Fault is { } fault)
            yield return ("fault", fault);
        yield return ("kept in", done.KeptIn);
        yield return ("begun anew", done.Database);
        yield return ("by", done.By);
        foreach (var trip in done.Unfinished)
            yield return ("not finished", trip);
        yield return ("next", $"start the agent: systemctl start {CommandLine.Name}");
        yield return ("next", "a fare or booking that the meter sends again is looked for by its reference before anything is requested");
        yield return ("next", "what the old database had acknowledged and not finished is known to it alone: keep it, and look for its payments in the portal of Vipps MobilePay");
    }

    /// <summary>An outbox that cannot be changed as it is, as a command says it that needs the agent stopped.</summary>
    public static CommandFailedException Unusable(OutboxUnusableException e) => e.Trouble switch
    {
        OutboxTrouble.InUse => new CommandFailedException(ExitCode.TryAgain, $"{e.Message} Stop it with: systemctl stop {CommandLine.Name}. Nothing was changed", inner: e),
        OutboxTrouble.Missing => new CommandFailedException(ExitCode.NotFound, e.Message, inner: e),
        _ => WithoutAgent.Unusable(e, e.Message),
    };
}
