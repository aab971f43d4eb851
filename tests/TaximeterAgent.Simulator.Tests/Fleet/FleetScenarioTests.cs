using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Fleet;

/// <summary>With a real broker and a real database: a relay and a car that are right pass, and one that is wrong is found out.</summary>
public sealed class FleetScenarioTests(FleetScenarioTests.Shared shared) : IClassFixture<FleetScenarioTests.Shared>
{
    [FleetFact]
    public async Task Relay_and_car_as_they_are_pass()
    {
        Outcome outcome = await PlayAsync("booking-by-app");
        Assert.True(outcome.Faults.Count == 0, string.Join('\n', outcome.Faults));
    }

    [FleetFact]
    public async Task A_relay_that_takes_what_somebody_else_signed_fails()
    {
        Outcome outcome = await PlayAsync("relay-forged", relay: "gullible");
        Assert.Contains(outcome.Faults, found => found.Contains("one signed with another secret was answered 200", StringComparison.Ordinal));
    }

    [FleetFact]
    public async Task A_relay_that_forgets_what_it_has_taken_fails()
    {
        Outcome outcome = await PlayAsync("relay-restart", relay: "forgetful");
        Assert.Contains(outcome.Faults, found => found.Contains("the reservation for taken", StringComparison.Ordinal));
    }

    [FleetFact]
    public async Task A_car_that_does_not_read_its_queues_fails()
    {
        Outcome outcome = await PlayAsync("relay-hint", WrongCar("deaf"));
        Assert.Contains(outcome.Faults, found => found.Contains("the car's connection to the broker", StringComparison.Ordinal));
    }

    [FleetFact]
    public async Task A_car_that_writes_its_password_into_its_log_fails()
    {
        Outcome outcome = await PlayAsync("relay-hint", WrongCar("telltale"));
        Assert.Contains(outcome.Faults, found => found.Contains("the car's password at the broker stands in agent-1.err", StringComparison.Ordinal));
    }

    private static string[] WrongCar(string fault) => ["bash", Script("wrong-car.sh"), fault, .. AgentCommand.BuiltWithUs()];

    private async Task<Outcome> PlayAsync(string scenario, IReadOnlyList<string>? agent = null, string? relay = null)
    {
        shared.Cloud.Relay = relay is null ? FleetPlaces.Relay() : ["bash", Script("wrong-relay.sh"), relay, .. FleetPlaces.Relay()];
        // What never comes of a fault is not waited for any longer than this; what comes is waited for on a machine that others use as well.
        Pace pace = Pace.Shortened with { Patience = TimeSpan.FromSeconds(relay is null && agent is null ? 60 : 25) };
        var stage = new Stage(
            new StageSettings(Seed: 1, pace, agent ?? AgentCommand.BuiltWithUs(), Keep: null, Wire: null) { Cloud = shared.Cloud }, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System);
        return Assert.Single(await AllScenarios.Find(scenario)!.RunAsync(stage, CancellationToken.None));
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Fleet", name);

    /// <summary>One broker and one database for all of them.</summary>
    public sealed class Shared : IAsyncLifetime
    {
        internal RunCloud Cloud { get; } = new([]);

        public Task InitializeAsync() => Task.CompletedTask;

        public Task DisposeAsync() => Cloud.DisposeAsync().AsTask();
    }
}

/// <summary>Skipped with the reason where Debian's packages are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FleetFactAttribute : FactAttribute
{
    public FleetFactAttribute() => Skip = DebianPackages.Missing;
}
