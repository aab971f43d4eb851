using System.CommandLine;
using System.Text.Json;
using TaximeterAgent.Cli.Control;

namespace TaximeterAgent.Cli.Setup;

/// <summary><c>taximeter-agent setup</c>: makes or changes the configuration and the credentials of a car, and looks whether all is well.</summary>
internal static class SetupCommand
{
    private const string Name = "setup";
    private const int StandardInput = 0;

    public static Command Build(Option<string> file)
    {
        var from = new Option<string?>("--from") { Description = "Takes the values from a file of the same form as the configuration, secrets included, and asks nothing.", HelpName = "FILE" };
        var yes = Consent.Yes();
        var restart = new Option<bool>("--restart") { Description = "Starts a running agent anew, without asking, if something has changed." };
        var root = new Option<string?>("--root") { Description = "Writes into the tree of an image instead; its devices are not looked at.", HelpName = "DIR" };
        var credentials = new Option<string?>("--credentials") { Description = "How secrets are kept: files, or systemd-creds (encrypted for this board alone). Without it as they are, files at first.", HelpName = "KIND" };
        credentials.AcceptOnlyFromAmong("files", "systemd-creds");
        root.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && !Directory.Exists(path))
                result.AddError("--root needs a directory that is there.");
        });
        var json = new Option<bool>("--json") { Description = "What was done and found, as JSON." };
        var command = new Command(Name, "Asks for everything that a car needs, writes configuration and credentials, and checks them.") { from, yes, restart, root, credentials, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(root) is { Length: > 0 } && result.GetValue(credentials) == "systemd-creds")
                result.AddError("--root takes no --credentials systemd-creds: this machine's key would encrypt, and the car's board could not read it. Run setup on the board.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var places = new Places(parsed.GetRequiredValue(file), parsed.GetValue(root) ?? "");
            VaultKind? kind = parsed.GetValue(credentials) switch
            {
                "files" => VaultKind.Files,
                "systemd-creds" => VaultKind.Encrypted,
                _ => null,
            };
            var setup = new SetupRun(places, new SetupSession(places, kind, TimeProvider.System), new Report(output, error, parsed.GetValue(json)));
            if (parsed.GetValue(from) is { } given)
                return await setup.FromFileAsync(given, parsed.GetValue(yes), parsed.GetValue(restart), stop);
            if (Console.IsInputRedirected)
            {
                await error.WriteLineAsync($"{CommandLine.Name}: {Name} asks, and there is no terminal to ask at; give the values with --from FILE");
                return ExitCode.Usage;
            }

            return await setup.AtTerminalAsync(new AskingTerminal(StandardInput, error), parsed.GetValue(restart), stop);
        });
        return command;
    }
}

/// <summary>The two ways through <c>setup</c>, their messages and exit codes.</summary>
internal sealed class SetupRun(Places places, SetupSession session, Report report)
{
    /// <summary>Asks a person for everything.</summary>
    public Task<int> AtTerminalAsync(AskingTerminal terminal, bool restart, CancellationToken stop) => GuardedAsync(async () =>
    {
        await session.ReadAsync(stop);
        session.Ask(terminal, stop);
        var plan = await session.PlanAsync(stop);
        if (!plan.IsNothing)
        {
            Summary(plan).ForEach(terminal.Say);
            if (terminal.Ask("Write this? [y/N] ", stop) is not ("y" or "Y" or "yes"))
                throw new CommandFailedException(ExitCode.Declined, "nothing was changed");
        }

        return await FinishAsync(plan, () => restart || terminal.Ask("The agent runs with what it read at its start. A payment that is open goes on after a restart. Restart it now? [y/N] ", stop) is "y" or "Y" or "yes", stop);
    }, stop);

    /// <summary>Takes a file.</summary>
    public Task<int> FromFileAsync(string file, bool yes, bool restart, CancellationToken stop) => GuardedAsync(async () =>
    {
        await session.ReadAsync(stop);
        session.Take(file);
        var plan = await session.PlanAsync(stop);
        if (!plan.IsNothing)
            await Consent.RequireAsync(yes, "setup", () => Task.FromResult(string.Join('\n', [.. Summary(plan), "Write this?"])), report, stop);
        return await FinishAsync(plan, () => restart, stop);
    }, stop);

    private List<string> Summary(Writing.Plan plan)
    {
        var lines = new List<string>();
        if (plan.Config is not null)
            lines.Add($"The configuration {places.Config} is {(File.Exists(places.Config) ? "changed; the old one is kept beside it" : "new")}.");
        lines.AddRange(plan.Secrets.Select(secret => $"{secret.Path} is written."));
        lines.AddRange(session.Moved.Select(name => $"{name} leaves the configuration and becomes a credential."));
        lines.AddRange(plan.Outdated.Select(path => $"{path} is deleted."));
        if (plan.WrongAccess)
            lines.Add("Owner and mode of files are put right.");
        return lines;
    }

    private async Task<int> FinishAsync(Writing.Plan plan, Func<bool> restart, CancellationToken stop)
    {
        // From here on Ctrl+C waits: what was begun is brought to its end.
        var changed = plan.IsNothing ? [] : session.Write(plan);
        var checks = await session.CheckAsync(report.Error, stop);
        var runs = places.IsThisBoard && await AgentService.IsActiveAsync(stop);
        var restarted = runs && changed.Count > 0 && restart();
        if (restarted)
            await AgentService.RestartAsync(stop);
        var wrong = checks.Any(check => check.State == "wrong");
        var next = (wrong, runs, restarted, changed.Count) switch
        {
            (true, _, _, _) => "mend what is wrong, and run this again",
            (_, _, true, _) => $"{CommandLine.Name} status",
            (_, true, _, > 0) => AgentService.Restart,
            (_, true, _, _) => $"nothing: {CommandLine.Name} status says how it is",
            _ when !places.IsThisBoard => "nothing here: the agent of the image starts with it",
            _ => $"systemctl enable --now {CommandLine.Name}",
        };
        var result = new SetupReport(changed, checks, restarted, next);
        if (report.Json)
        {
            await report.WriteJsonAsync(JsonSerializer.Serialize(result, SetupJson.Default.SetupReport));
        }
        else
        {
            await report.WriteFactsAsync(
            [
                .. changed.Count == 0 ? [("files", "nothing has changed")] : changed.Select(path => ("changed", path)),
                .. checks.Select(check => (check.What, $"{check.State}: {check.Text}")),
                ("next", next),
            ]);
        }

        return wrong ? ExitCode.Unavailable : ExitCode.Ok;
    }

    private async Task<int> GuardedAsync(Func<Task<int>> work, CancellationToken stop)
    {
        try
        {
            return await work();
        }
        catch (SetupFaultsException wrong)
        {
            foreach (var fault in wrong.Faults)
                await report.Error.WriteLineAsync(session.Redacted(fault.ToString()));
            return ExitCode.Configuration;
        }
        catch (CommandFailedException fault)
        {
            await report.Error.WriteLineAsync($"{CommandLine.Name}: {session.Redacted(Text.Line(fault.Message))}");
            return fault.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await report.Error.WriteLineAsync();
            return ExitCode.Interrupted;
        }
        catch (IOException fault)
        {
            await report.Error.WriteLineAsync($"{CommandLine.Name}: {session.Redacted(Text.Line(fault.Message))}");
            return ExitCode.InputOutput;
        }
    }
}
