using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Cli;

/// <summary>What <c>run</c> was asked for.</summary>
internal sealed record RunRequest(string[] Scenarios, int Seed, string? Ledger, string? Wire, string? Keep, bool RealTime, string? Agent, bool Relay, string? Store = null, string? SerialDriver = null);

/// <summary><c>run</c>: plays the scenarios one after the other and says how each ended.</summary>
internal sealed class RunAction(TextWriter output, TextWriter errors)
{
    public async Task<int> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<Scenario> scenarios = Chosen(request.Scenarios, request.Relay);
            IReadOnlyList<string> agent = request.Agent is null ? AgentCommand.BuiltWithUs() : CommandWords.Split(request.Agent);
            // Opened before anything is played: a file that cannot be written is better known now.
            await using StreamWriter? ledger = Create(request.Ledger);
            await using StreamWriter? wireFile = Create(request.Wire);
            var wire = wireFile is null ? null : new WireLog(wireFile);
            await using var cloud = request.Relay && DebianPackages.Missing is null ? new RunCloud(FleetPlaces.Relay()) : null;
            var settings = new StageSettings(request.Seed, request.RealTime ? Pace.RealTime : Pace.Shortened, agent, request.Keep, wire, ForeignAgent: request.Agent is not null) { Cloud = cloud, Store = request.Store, SerialDriver = request.SerialDriver };
            var stage = new Stage(settings, new Transcript(output, TimeProvider.System), TimeProvider.System);
            var outcomes = new List<(Scenario Scenario, IReadOnlyList<Outcome> Runs)>();
            foreach (Scenario scenario in scenarios)
                outcomes.Add((scenario, WhyNot(scenario, request.Relay) is { } why ? [new Outcome(scenario.Name, [], why, null)] : await scenario.RunAsync(stage, cancellation)));
            if (ledger is not null)
                await LedgerFile.WriteAsync(ledger, outcomes.SelectMany(outcome => outcome.Runs).Select(run => run.Ledger).OfType<ScenarioLedger>());
            return Report(outcomes);
        }
        catch (UsageException error)
        {
            await errors.WriteLineAsync(error.Message);
            return CommandLine.Usage;
        }
        catch (FormatException error)
        {
            await errors.WriteLineAsync("--agent: " + error.Message);
            return CommandLine.Usage;
        }
        catch (FileNotFoundException error)
        {
            await errors.WriteLineAsync(error.Message);
            return CommandLine.Usage;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("interrupted");
            return CommandLine.Failed;
        }
    }

    private static string? WhyNot(Scenario scenario, bool relay) => relay ? DebianPackages.Missing : scenario.NeedsRelay ? "it needs --relay" : null;

    // 'all' are all that can be played as it was called; one that is named is at least said to be left out.
    internal static Scenario[] Chosen(string[] names, bool relay)
    {
        var chosen = new List<Scenario>();
        foreach (string name in names)
        {
            if (name == "all")
                chosen.AddRange(AllScenarios.All.Where(scenario => relay || !scenario.NeedsRelay));
            else
                chosen.Add(AllScenarios.Find(name) ?? throw new UsageException(
                    $"there is no scenario '{name}'; there are: {string.Join(", ", AllScenarios.All.Select(scenario => scenario.Name))}, all"));
        }

        return [.. chosen.Distinct()];
    }

    private static StreamWriter? Create(string? path)
    {
        if (path is null)
            return null;
        try
        {
            return new StreamWriter(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be written: {error.Message}");
        }
    }

    private int Report(IReadOnlyList<(Scenario Scenario, IReadOnlyList<Outcome> Runs)> outcomes)
    {
        bool failed = false;
        foreach ((Scenario scenario, IReadOnlyList<Outcome> runs) in outcomes)
        {
            // A sub-run's faults are told with its name: crash/7: …
            string[] faults = [.. runs.SelectMany(run => run.Faults.Select(fault => run.Name == scenario.Name ? fault : $"{run.Name}: {fault}"))];
            string? skipped = runs.Select(run => run.Skipped).FirstOrDefault(why => why is not null);
            failed |= faults.Length > 0;
            output.WriteLine(faults.Length > 0 ? $"FAIL {scenario.Name}: {string.Join("; ", faults.Select(OneLine))}"
                : skipped is not null ? $"SKIP {scenario.Name}: {OneLine(skipped)}"
                : $"PASS {scenario.Name}");
        }

        return failed ? CommandLine.Failed : CommandLine.Fine;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

/// <summary>The call cannot be meant as it is; the message says what is wrong.</summary>
internal sealed class UsageException(string why) : Exception(why);
