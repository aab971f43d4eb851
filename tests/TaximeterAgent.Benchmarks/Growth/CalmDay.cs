using TaximeterAgent.Simulation;

namespace TaximeterAgent.Benchmarks.Growth;

/// <summary>A long day of the deterministic simulation on which nothing goes wrong, so that two runs of it differ in nothing but their outbox.</summary>
internal static class CalmDay
{
    /// <summary>A day with bookings, voids, refusals and second requests among its rides, and no fault.</summary>
    private static readonly int s_seed = Enumerable.Range(1, 1_000).First(seed => new Recipe(new Chance(seed)) is { Trouble: 0, Booked: > 0, Busy: false, SmallRoom: false });

    /// <summary>Drives it, from the agent's start to its rest.</summary>
    /// <returns>How many trips were driven.</returns>
    /// <exception cref="InvalidOperationException">The day broke a promise: its figures say nothing.</exception>
    public static long Drive(int trips, IDisk disk)
    {
        using var world = new World(s_seed, new Saboteur(), () => disk, trips: trips);
        return world.Run() is { } broken ? throw new InvalidOperationException($"seed {s_seed}: {broken.How}: {broken.What}") : world.Tally.Trips;
    }
}
