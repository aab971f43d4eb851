using System.CommandLine;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Control;

/// <summary>
/// What all commands that talk to the running agent have in common: <c>--socket</c>, <c>--json</c>, the ways to fail and their exit codes. A command is its
/// arguments and one function.
/// </summary>
internal static class AgentCommand
{
    /// <summary>Does the command's work with a client; gives the exit code.</summary>
    public delegate Task<int> Work(ParseResult parsed, AgentClient client, Report report, CancellationToken stop);

    public static Command Build(string name, string description, Option<string> file, Work work)
    {
        var socket = SocketPath.Option();
        var json = new Option<bool>("--json") { Description = "The agent's answer as JSON." };
        var command = new Command(name, description) { socket, json };
        command.SetAction((parsed, stop) => GuardAsync(parsed, json, async report =>
        {
            using var client = new AgentClient(SocketPath.Of(parsed, socket, file), report.Error) { WithoutAgent = Offline(parsed, socket, file, report.Error) };
            return await work(parsed, client, report, stop);
        }, stop));
        return command;
    }

    /// <summary>Does a command's work, and says in a line how it failed.</summary>
    public static async Task<int> GuardAsync(ParseResult parsed, Option<bool> json, Func<Report, Task<int>> work, CancellationToken stop)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            return await work(new Report(parsed.InvocationConfiguration.Output, error, parsed.GetValue(json)));
        }
        catch (CommandFailedException e)
        {
            await error.WriteLineAsync($"{CommandLine.Name}: {Text.Line(e.Message)}");
            foreach (var candidate in e.Candidates)
                await error.WriteLineAsync($"  {Text.Line(candidate)}");
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException e)
        {
            // Whoever read our output has gone, as head does.
            await error.WriteLineAsync($"{CommandLine.Name}: the output cannot be written: {Text.Line(e.Message)}");
            return ExitCode.InputOutput;
        }
    }

    // A socket that was named belongs to an agent whose database only a configuration that was named too can tell.
    private static WithoutAgent? Offline(ParseResult parsed, Option<string?> socket, Option<string> file, TextWriter error) =>
        parsed.GetValue(socket) is null || ConfiguredKey.IsNamed(parsed, file)
            ? new WithoutAgent(() => ConfiguredKey.Of(parsed, file, Keys.OutboxDirectory), error, TimeProvider.System)
            : null;

    /// <summary>An argument that names a trip.</summary>
    public static Argument<string> Trip() => new("trip") { Description = "The meter's trip number if it is unique, else meter/trip/start; or a booking's name." };

    /// <summary>The path of a trip.</summary>
    public static string PathOf(string trip) => $"/v1/trips/{Uri.EscapeDataString(trip)}";
}
