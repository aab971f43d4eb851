using System.CommandLine;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli.Control;

/// <summary>A command that does its work itself, whether or not an agent runs: <c>--json</c>, the ways to fail and their exit codes.</summary>
internal static class LocalCommand
{
    /// <summary>Does the command's work; gives the exit code.</summary>
    public delegate Task<int> Work(ParseResult parsed, Report report, CancellationToken stop);

    public static Command Build(string name, string description, Work work)
    {
        var json = new Option<bool>("--json") { Description = "What was found, as JSON." };
        var command = new Command(name, description) { json };
        command.SetAction((parsed, stop) => GuardAsync(parsed, json, report => work(parsed, report, stop), stop));
        return command;
    }

    /// <summary>The configuration; all that is wrong with it is said if it cannot be used.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="needsKeys">True if it is of no use without the payment service's keys, without which the agent itself runs.</param>
    public static AgentOptions OptionsOf(string file, bool needsKeys)
    {
        var report = ConfigurationLoader.Load(file);
        var problems = needsKeys ? report.Problems : report.Faults;
        return report.Options is { } options && problems.IsEmpty
            ? options
            : throw new CommandFailedException(ExitCode.Configuration, "the configuration is wrong:", [.. problems.Select(fault => fault.ToString())]);
    }

    /// <summary>Does a command's work; turns the ways to fail into a line for people and an exit code.</summary>
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
}
