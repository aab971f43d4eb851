using System.CommandLine;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Cli;

/// <summary>The simulator's command line. Exit codes: 0 all well, 1 a scenario failed, 2 called wrongly.</summary>
internal static class CommandLine
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    private const string DefaultScenario = "manual-entry";
    private const string DriveName = "drive";
    private const string RunName = "run";

    /// <param name="arguments">What was typed.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="errors">Standard error.</param>
    /// <param name="cancellation">Ends what runs.</param>
    /// <param name="terminal">True: a person sits at standard input and output.</param>
    public static async Task<int> RunAsync(
        string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellation = default, bool terminal = false)
    {
        RootCommand root = Build(output, errors, terminal);
        // Nothing said is the shortest way to a first payment: by hand where somebody can press keys, else to see one being made.
        ParseResult parsed = root.Parse(arguments.Length > 0 ? arguments : terminal ? [DriveName] : ["run", DefaultScenario]);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                await errors.WriteLineAsync(error.Message);
            await errors.WriteLineAsync("'--help' says how it is called.");
            return Usage;
        }

        var invocation = new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false };
        // The car sees to its signals itself: it has a terminal to give back and files to remove, and is not to be ended in the middle of that.
        if (parsed.CommandResult.Command.Name == DriveName)
            invocation.ProcessTerminationTimeout = null;
        // Broker and database are ended in order, and one that is just being started is waited for: what was begun must not be left behind.
        else if (parsed.CommandResult.Command.Name == RunName)
            invocation.ProcessTerminationTimeout = TimeSpan.FromMinutes(2);
        return await parsed.InvokeAsync(invocation, cancellation);
    }

    private static RootCommand Build(TextWriter output, TextWriter errors, bool terminal)
    {
        var root = new RootCommand("The world around the taximeter agent: meter, keypad, display, mobile network, Vipps MobilePay, customers. "
            + $"Without arguments: {DriveName} on a terminal, else run {DefaultScenario}")
        {
            DriveCommandLine(output, errors, terminal),
            RunCommand(output, errors),
            ListCommand(output),
            ServeCommand(output, errors),
            MeasureCommand(output),
        };
        return root;
    }

    private static Command DriveCommandLine(TextWriter output, TextWriter errors, bool terminal)
    {
        var keep = new Option<string?>("--keep")
        {
            Description = "Keeps the car's files (configuration, outbox, logs, transcript) in a folder of its own under DIR",
            HelpName = "DIR",
        };
        var agent = new Option<string?>("--agent") { Description = "Another agent: COMMAND, to which 'run --config FILE' is appended", HelpName = "COMMAND" };
        var command = new Command(DriveName, "A car to drive, on the terminal: keys for meter, keypad, customer, network and ignition") { keep, agent };
        command.SetAction(parsed => DriveAsync(parsed.GetValue(keep), parsed.GetValue(agent), output, errors, terminal));
        return command;
    }

    private static async Task<int> DriveAsync(string? keep, string? agent, TextWriter output, TextWriter errors, bool terminal)
    {
        if (!terminal)
        {
            await errors.WriteLineAsync($"{DriveName} wants a terminal at its input and output; 'run {DefaultScenario}' needs none.");
            return Usage;
        }

        try
        {
            await Drive.DriveCommand.RunAsync(agent is null ? AgentCommand.BuiltWithUs() : CommandWords.Split(agent), keep, output);
            return Fine;
        }
        catch (FormatException error)
        {
            await errors.WriteLineAsync("--agent: " + error.Message);
            return Usage;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Drive.CannotNow)
        {
            await errors.WriteLineAsync(error.Message);
            return Usage;
        }
    }

    private static Command MeasureCommand(TextWriter output)
    {
        var seconds = new Option<int>("--seconds") { Description = "What is counted; 15 more pass before", DefaultValueFactory = _ => 30 };
        seconds.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int number) && (number < 1 || number > 3600))
                result.AddError($"--seconds: found {text}, expected 1-3600");
        });
        var watchdog = new Option<int>("--watchdog") { Description = "WatchdogSec= of the unit that it runs under; 0 for none", DefaultValueFactory = _ => 60 };
        watchdog.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int number) && (number < 0 || number > 3600))
                result.AddError($"--watchdog: found {text}, expected 0-3600");
        });
        var threads = new Option<bool>("--threads") { Description = "Lists the threads that were woken, also if all is well" };
        var idle = new Command("idle", "Counts how often an agent with nothing to do is woken, beside an empty host") { seconds, watchdog, threads };
        idle.SetAction(async (parsed, cancellation) =>
            await new Measure.IdleMeasurement(output, Car.AgentCommand.BuiltWithUs(), TimeProvider.System).RunAsync(
                TimeSpan.FromSeconds(parsed.GetValue(seconds)), TimeSpan.FromSeconds(parsed.GetValue(watchdog)), parsed.GetValue(threads), cancellation)
                ? Fine
                : Failed);
        var empty = new Command(Measure.EmptyHost.Verb, "What the agent is compared with") { Hidden = true };
        empty.SetAction(async (_, cancellation) =>
        {
            await Measure.EmptyHost.RunAsync(cancellation);
            return Fine;
        });
        return new Command("measure", "Measures the agent") { idle, empty };
    }

    private static Command ServeCommand(TextWriter output, TextWriter errors)
    {
        var port = new Option<int>("--port") { Description = "On 127.0.0.1; 0 takes a free one", Required = true };
        port.Validators.Add(result =>
        {
            // What is no number at all is told by the parser.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int number) && (number < 0 || number > 65535))
                result.AddError($"--port: found {text}, expected 0-65535");
        });
        var command = new Command("serve", "Serves the four APIs alone, for any client") { port };
        command.SetAction((parsed, cancellation) => Server.ServeCommand.RunAsync(parsed.GetRequiredValue(port), output, errors, cancellation: cancellation));
        return command;
    }

    private static Command ListCommand(TextWriter output)
    {
        var command = new Command("list", "Names the scenarios");
        command.SetAction(_ =>
        {
            foreach (Scenario scenario in AllScenarios.All)
                output.WriteLine($"{scenario.Name,-24} {scenario.Description}{(scenario.NeedsRelay ? " (--relay)" : "")}");
            return Fine;
        });
        return command;
    }

    private static Command RunCommand(TextWriter output, TextWriter errors)
    {
        var scenarios = new Argument<string[]>("scenario") { Description = "Names as 'list' has them, or 'all'", Arity = ArgumentArity.OneOrMore };
        var seed = new Option<int>("--seed") { Description = "What trip and phone numbers are drawn from", DefaultValueFactory = _ => 1 };
        var ledger = new Option<string?>("--ledger") { Description = "Writes what payments, meter and display came to, as JSON", HelpName = "FILE" };
        var wire = new Option<string?>("--wire") { Description = "Writes every request to the four APIs, as JSON lines", HelpName = "FILE" };
        var keep = new Option<string?>("--keep") { Description = "Keeps each run's files (configuration, outbox, logs) in a folder of its own under DIR", HelpName = "DIR" };
        var realTime = new Option<bool>("--real-time") { Description = "Waiting times as in a car; otherwise both sides are given short ones" };
        var agent = new Option<string?>("--agent") { Description = "Another agent: COMMAND, to which 'run --config FILE' is appended", HelpName = "COMMAND" };
        var driver = new Option<string?>("--serial-driver") { Description = "What drives the meter's line: termios, or system-io-ports in an agent that was built with it", HelpName = "DRIVER" };
        var relay = new Option<bool>("--relay") { Description = "Puts the fleet's cloud side around the car: broker, database, relay, app (needs Debian's rabbitmq-server and postgresql)" };
        var store = new Option<string?>("--store") { Description = "What keeps the agent's outbox: litedb, of an agent that is built with it; otherwise what does by itself", HelpName = "STORE" };
        store.AcceptOnlyFromAmong("litedb");
        var command = new Command(RunName, "Plays scenarios against the agent, each in a world of its own") { scenarios, seed, ledger, wire, keep, realTime, agent, driver, relay, store };
        command.SetAction((parsed, cancellation) => new RunAction(output, errors).RunAsync(
            new RunRequest(
                parsed.GetRequiredValue(scenarios),
                parsed.GetValue(seed),
                parsed.GetValue(ledger),
                parsed.GetValue(wire),
                parsed.GetValue(keep),
                parsed.GetValue(realTime),
                parsed.GetValue(agent),
                parsed.GetValue(relay),
                parsed.GetValue(store),
                parsed.GetValue(driver)),
            cancellation));
        return command;
    }
}
