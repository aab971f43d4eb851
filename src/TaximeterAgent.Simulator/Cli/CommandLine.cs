using System.CommandLine;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Cli;

/// <summary>The simulator's command line. Exit codes: 0 all well, 1 a scenario failed, 2 called wrongly.</summary>
internal static class CommandLine
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    private const string DefaultScenario = "manual-entry";

    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        RootCommand root = Build(output, errors);
        // Nothing said is the shortest way to see a fare being paid.
        ParseResult parsed = root.Parse(arguments.Length == 0 ? ["run", DefaultScenario] : arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors)
                await errors.WriteLineAsync(error.Message);
            await errors.WriteLineAsync("'--help' says how it is called.");
            return Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false }, cancellation);
    }

    private static RootCommand Build(TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("The world around the taximeter agent: meter, keypad, display, mobile network, Vipps MobilePay, customers. Without arguments: run " + DefaultScenario)
        {
            RunCommand(output, errors),
            ListCommand(output),
        };
        return root;
    }

    private static Command ListCommand(TextWriter output)
    {
        var command = new Command("list", "Names the scenarios");
        command.SetAction(_ =>
        {
            foreach (Scenario scenario in AllScenarios.All)
                output.WriteLine($"{scenario.Name,-24} {scenario.Description}");
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
        var command = new Command("run", "Plays scenarios against the agent, each in a world of its own") { scenarios, seed, ledger, wire, keep, realTime, agent };
        command.SetAction((parsed, cancellation) => new RunAction(output, errors).RunAsync(
            new RunRequest(
                parsed.GetRequiredValue(scenarios),
                parsed.GetValue(seed),
                parsed.GetValue(ledger),
                parsed.GetValue(wire),
                parsed.GetValue(keep),
                parsed.GetValue(realTime),
                parsed.GetValue(agent)),
            cancellation));
        return command;
    }
}
