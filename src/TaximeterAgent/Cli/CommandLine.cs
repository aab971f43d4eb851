using System.CommandLine;
using System.CommandLine.Invocation;
using TaximeterAgent.Cli.Completion;
using TaximeterAgent.Cli.Configure;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Control.Status;
using TaximeterAgent.Cli.Devices;
using TaximeterAgent.Cli.Logs;
using TaximeterAgent.Cli.Meter;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Cli.Setup;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Cli;

/// <summary>The commands of <c>taximeter-agent</c>.</summary>
internal static class CommandLine
{
    public const string Name = "taximeter-agent";

    private const string FileOption = "--config";

    /// <summary>Does what the arguments say, and gives the exit code, one of <see cref="ExitCode"/>.</summary>
    public static async Task<int> InvokeAsync(string[] args, RunAgent run, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        // As the service is started: the meter waits, and all the other commands need not be made.
        if (args is [RunCommand.Name] or [RunCommand.Name, FileOption, not ("" or ['-', ..])])
            return await RunCommand.RunAsync(args is [_, _, var named] ? named : ConfigurationLoader.DefaultFile, run, error, stop);

        // An argument that begins with @ is a name like any other, not a file of more arguments.
        var parsed = Build(run).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var mistake in Mistakes(parsed))
                await error.WriteLineAsync($"{Name}: {mistake}");
            await error.WriteLineAsync($"{Name}: --help lists the commands");
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        // The host itself listens for SIGTERM: a limit of two seconds set here would cut its clean stop short. Every other command ends as it can at Ctrl+C.
        if (parsed.CommandResult.Command.Name == RunCommand.Name)
            invocation.ProcessTerminationTimeout = null;
        else if (parsed.CommandResult.Parent is System.CommandLine.Parsing.CommandResult { Command.Name: Pay.PayCommand.Name })
            invocation.ProcessTerminationTimeout = Pay.PayCommand.TimeToUndo;
        return await parsed.InvokeAsync(invocation, stop);
    }

    // A misspelled command is not a missing one too, though the parser says both.
    private static IEnumerable<string> Mistakes(ParseResult parsed) => parsed.UnmatchedTokens.Count > 0
        ? parsed.UnmatchedTokens.Select(token => $"unknown command or argument {Shown.Quoted(token)}")
        : parsed.Errors.Select(mistake => Shown.Plain(mistake.Message));

    /// <summary>The commands, with what <c>run</c> runs.</summary>
    internal static RootCommand Build(RunAgent run)
    {
        var file = new Option<string>(FileOption)
        {
            Description = "The configuration file.",
            HelpName = "FILE",
            Recursive = true,
            DefaultValueFactory = _ => ConfigurationLoader.DefaultFile,
        };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }])
                result.AddError("--config needs the name of a file.");
        });
        return new RootCommand("Settles taxi fares with Vipps MobilePay from a board in the car.")
        {
            file,
            RunCommand.Build(file, run),
            SetupCommand.Build(file),
            ConfigCommand.Build(file),
            StatusCommand.Build(file),
            Doctor.DoctorCommand.Build(file),
            Bundle.SupportBundleCommand.Build(file),
            TripsCommand.Build(file),
            TripCommand.Build(file),
            RefundCommand.Build(file),
            OutboxCommand.Build(file),
            ResolveCommand.Build(file),
            GpioCommand.Build(file),
            Network.NetworkCommand.Build(file),
            Pay.PayCommand.Build(file),
            KeypadCommand.Build(file),
            DisplayCommand.Build(file),
            PrinterCommand.Build(file),
            MeterCommand.Build(file),
            LogsCommand.Build(file),
            CompletionCommand.Build(),
            CompleteCommand.Build(file),
            ManCommand.Build(),
            SchemaCommand.Build(),
        };
    }
}
