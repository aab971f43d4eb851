using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.PowerCuts.Kills;

/// <summary>What came of some kills.</summary>
/// <param name="Kills">How often the agent was killed.</param>
/// <param name="Fares">How many fares the meter has finished.</param>
/// <param name="Faults">What is wrong; empty if all is well.</param>
/// <param name="Folder">Where the agent's logs and its store are, if something is wrong.</param>
internal sealed record KillResult(int Kills, int Fares, IReadOnlyList<string> Faults, string? Folder);

/// <summary>
/// The real agent in its own process, killed at any moment while fares come, and started again; at the end every fare is settled and charged once by the server's
/// ledger. A kill is no power cut (what was written stays written), but here everything is real: line, calls, clock, threads.
/// </summary>
internal static class KillRun
{
    /// <summary>After so many kills a world ends and is judged.</summary>
    private const int KillsOfAWorld = 20;

    /// <summary>As many fares may wait for their end at a time; a meter keeps its unanswered ones, but not without bound.</summary>
    private const int FaresAtOnce = 20;

    private const string TooManyTokens = "too-many-tokens:";

    private static readonly Pace s_pace = Pace.Shortened with
    {
        // A customer who is asked once must not be asked again only because the machine has much to do.
        PaymentLifetime = TimeSpan.FromMinutes(10),
        OfflineMaxAge = TimeSpan.FromMinutes(10),
        Patience = TimeSpan.FromMinutes(2),
    };

    /// <summary>What must hold in the end. The display is left out: it shows one fare of several that come at once.</summary>
    private static readonly IReadOnlyList<Func<Evidence, IEnumerable<string>>> s_rules =
    [
        .. Invariants.Always,
        Invariants.EveryFareHasALastWord,
        Invariants.KeptIsWhatWasSaid,
        Invariants.KeptIsAtMostWhatIsDue,
        Invariants.NothingIsKeptWithoutAFare,
        Invariants.NoRequestIsLeftOpen,
        Invariants.NothingIsLeftReserved,
        Invariants.EveryCaptureHasItsReceipt,
    ];

    public static async Task<KillResult> RunAsync(int seed, int kills, TextWriter? output, OutboxStore store = OutboxStore.Sqlite)
    {
        var (done, fares) = (0, 0);
        for (var world = 0; done < kills; world++)
        {
            var result = await PlayAsync(seed, world, Math.Min(KillsOfAWorld, kills - done), output, store);
            (done, fares) = (done + result.Kills, fares + result.Fares);
            output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"kills: {done} of {kills}, {fares} fares"));
            if (result.Faults.Count > 0)
                return result with { Kills = done, Fares = fares };
        }

        return new KillResult(done, fares, [], null);
    }

    private static async Task<KillResult> PlayAsync(int seed, int number, int kills, TextWriter? output, OutboxStore store)
    {
        var folder = Directory.CreateTempSubdirectory("taximeter-kills-").FullName;
        var time = TimeProvider.System;
        await using var log = new StreamWriter(Path.Combine(folder, "transcript"));
        var options = new WorldOptions { Name = $"world-{number}", Seed = seed + number, Pace = s_pace, AgentCommand = AgentCommand.BuiltWithUs(), Keep = folder, Store = store == OutboxStore.LiteDb ? "litedb" : null };
        var fares = new List<(TripFare Fare, Customer Customer)>();
        var faults = new List<string>();
        await using (var world = await World.CreateAsync(options, new Transcript(TextWriter.Synchronized(log), time), time, null))
        {
            try
            {
                await KillAsync(world, new Chance((seed * 1_000L) + number), kills, fares, time);
                await world.WaitAsync(() => fares.TrueForAll(known => world.Meter.Paid.Any(paid => paid.Key == known.Fare.Key)), "PAID for every fare");
                await world.SettleAsync(Expected(fares), world.Pace.Patience / 4);
                await world.StopAgentAsync();
            }
            catch (ScenarioFailed failed)
            {
                faults.Add(failed.Message);
            }

            var evidence = world.Evidence();
            // An agent that was killed has lost its token with its memory and asks for another; twenty within a token's life are no fault of its.
            evidence = evidence with { Violations = [.. evidence.Violations.Where(violation => !violation.StartsWith(TooManyTokens, StringComparison.Ordinal))] };
            faults.AddRange(s_rules.SelectMany(rule => rule(evidence)));
            faults.AddRange(Checker.AsExpected(evidence, Expected(fares)));
        }

        if (faults.Count > 0)
            return new KillResult(kills, fares.Count, faults, folder);
        await log.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        return new KillResult(kills, fares.Count, faults, null);
    }

    private static Expectation Expected(List<(TripFare Fare, Customer Customer)> fares) => new()
    {
        Trips = [.. fares.Select(known => new ExpectedTrip(known.Fare.Key, Verdict.Paid, known.Fare.Total, Payments: 1, known.Customer.Msisdn, Captures: 1))],
        KeysPressed = false,
    };

    private static async Task KillAsync(World world, Chance chance, int kills, List<(TripFare Fare, Customer Customer)> fares, TimeProvider time)
    {
        world.Meter.SwitchOn();
        for (var kill = 1; kill <= kills; kill++)
        {
            var hellos = world.Meter.AgentHellos;
            world.StartAgent();
            var (lives, why) = await LivesForAsync(world, chance, hellos, time);
            for (var end = time.GetUtcNow() + lives; end - time.GetUtcNow() is { Ticks: > 0 } rest;)
            {
                if (fares.Count - world.Meter.Paid.Select(paid => paid.Key).Distinct().Count() < FaresAtOnce && chance.Of(0.5))
                    AddFare(world, fares);
                // Rounded up: a delay of less than a millisecond is none.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(chance.Between(20, 250), rest.TotalMilliseconds))), time);
            }

            await world.KillAgentAsync(string.Create(CultureInfo.InvariantCulture, $"kill {kill} of {kills}, {why}"));
        }

        AddFare(world, fares);
        world.StartAgent();
    }

    // One in five does not live to see its own start; the others are at work for a while: a fare from ACK to PAID takes about a second.
    private static async Task<(TimeSpan Lives, string Why)> LivesForAsync(World world, Chance chance, int hellos, TimeProvider time)
    {
        if (chance.Of(0.2))
            return (TimeSpan.FromMilliseconds(chance.Between(10, 900)), "perhaps before it was up");
        await world.WaitAsync(() => world.Meter.AgentHellos > hellos, "the agent's HELLO to the meter");
        return (TimeSpan.FromMilliseconds(chance.Between(0, 1_500)), "at work");
    }

    private static void AddFare(World world, List<(TripFare Fare, Customer Customer)> fares)
    {
        var customer = world.NewCustomer();
        var fare = world.NewTrip() with { Phone = customer.National };
        fares.Add((fare, customer));
        world.Meter.Finish(fare);
    }
}
