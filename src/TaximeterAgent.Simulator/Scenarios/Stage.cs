using System.ComponentModel;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Builds a world for a run, plays the script in it, and judges.</summary>
internal sealed class Stage(StageSettings settings, Transcript transcript, TimeProvider time)
{
    public Transcript Transcript { get; } = transcript;

    public WorldOptions Options(string name) => new()
    {
        Name = name,
        Seed = settings.Seed,
        Pace = settings.Pace,
        AgentCommand = settings.AgentCommand,
        ForeignAgent = settings.ForeignAgent,
        Keep = settings.Keep,
        Cloud = settings.Cloud,
        Carrier = settings.Carrier,
        Store = settings.Store,
        SerialDriver = settings.SerialDriver,
    };

    public async Task<Outcome> PlayAsync(WorldOptions options, Func<World, Task<Expectation>> script, CancellationToken cancellation)
    {
        Transcript.Line($"== {options.Name}");
        World world;
        try
        {
            world = await World.CreateAsync(options, Transcript, options.Calendar ?? time, settings.Wire);
        }
        catch (Exception error) when (error is IOException or Win32Exception or UnauthorizedAccessException)
        {
            return new Outcome(options.Name, ["the world could not be made: " + error.Message], null, null);
        }

        await using (world)
        {
            var faults = new List<string>();
            try
            {
                Expectation expectation = await script(world).WaitAsync(cancellation);
                await world.SettleAsync(expectation, world.Pace.Patience / 4);
                await world.StopAgentAsync();
                faults.AddRange(Checker.Check(world.Evidence(), expectation));
            }
            catch (ScenarioFailed failed)
            {
                faults.Add(failed.Message);
                // What was broken until then is often why.
                Evidence evidence = world.Evidence();
                faults.AddRange(Invariants.Always.SelectMany(rule => rule(evidence)));
            }
            catch (ScenarioSkipped skipped)
            {
                return new Outcome(options.Name, [], skipped.Message, null);
            }
            catch (Win32Exception error)
            {
                faults.Add($"the agent could not be started: {error.Message}");
            }

            return new Outcome(options.Name, faults, null, ScenarioLedger.Of(world));
        }
    }
}

/// <summary>What all runs of one call have in common.</summary>
internal sealed record StageSettings(int Seed, Pace Pace, IReadOnlyList<string> AgentCommand, string? Keep, WireLog? Wire, bool ForeignAgent = false)
{
    /// <summary>The fleet's cloud side; null: the car is alone.</summary>
    public RunCloud? Cloud { get; init; }

    /// <summary>How the server is reached; null: over plain HTTP.</summary>
    public CarrierOptions? Carrier { get; init; }

    /// <summary>What keeps the agent's outbox; null: what does by itself.</summary>
    public string? Store { get; init; }

    /// <summary>What drives the meter's line; null: the agent's default.</summary>
    public string? SerialDriver { get; init; }
}
