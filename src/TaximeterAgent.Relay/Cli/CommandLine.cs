using System.CommandLine;
using System.CommandLine.Invocation;
using Npgsql;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Cli;

/// <summary>The commands of <c>taximeter-relay</c>.</summary>
internal static class CommandLine
{
    public const string Name = "taximeter-relay";

    public static async Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Build().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var mistake in parsed.Errors)
                await error.WriteLineAsync($"{Name}: {mistake.Message}");
            await error.WriteLineAsync($"{Name}: --help lists the commands");
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        // The host listens for SIGTERM itself.
        if (parsed.CommandResult.Command.Name == RunCommand.Name)
            invocation.ProcessTerminationTimeout = null;
        return await parsed.InvokeAsync(invocation);
    }

    /// <summary>What every command's work has in common: the options, or what is wrong with them, and the ways to fail.</summary>
    internal static void SetWork(Command command, Option<string> file, Func<ParseResult, RelayOptions, CancellationToken, Task<int>> work) => command.SetAction(async (parsed, stop) =>
    {
        var error = parsed.InvocationConfiguration.Error;
        var options = OptionsLoader.Load(parsed.GetRequiredValue(file), out var faults);
        foreach (var fault in faults)
            await error.WriteLineAsync($"{Name}: {fault}");
        if (faults.Count > 0)
            return ExitCode.Configuration;
        try
        {
            return await work(parsed, options, stop);
        }
        catch (InvalidDataException e)
        {
            await error.WriteLineAsync($"{Name}: {e.Message}");
            return ExitCode.Configuration;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            await error.WriteLineAsync($"{Name}: the database does not answer as it should: {e.Message}");
            return ExitCode.Unavailable;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{Name}: {e.Message}");
            return ExitCode.InputOutput;
        }
    });

    private static RootCommand Build()
    {
        var file = new Option<string>("--config")
        {
            Description = "The configuration file.",
            HelpName = "FILE",
            Recursive = true,
            DefaultValueFactory = _ => OptionsLoader.DefaultFile,
        };
        return new RootCommand("Brings webhooks and bookings to the cars of a fleet.") { file, RunCommand.Build(file), ClientsCommand.Build(file), WebhooksCommand.Build(file) };
    }
}
