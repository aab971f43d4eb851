using TaximeterAgent.Core.Payments;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulation;

/// <summary>
/// A technician over SSH, at random moments: holds a trip and releases it some time later, has what waits tried now, says that a trip was paid otherwise. What is
/// true for the judge is what a technician was answered, which is said only once it is stored. In a healthy world everything is released.
/// </summary>
internal sealed class Technician(World world)
{
    // Its own, so that a day without a technician is as it was.
    private readonly Chance _chance = new(world.Seed ^ 0x7ec4);

    public void Start() => world.Clock.After(_chance.Seconds(20, 600), Look);

    private void Look()
    {
        if (world.Boot is { } boot)
            boot.Engine.Post(() => Act(boot));
        world.Clock.After(world.Weather.IsHealthy ? _chance.Seconds(30, 90) : _chance.Seconds(10, 400), Look);
    }

    // On the engine's thread, as an order through the control socket.
    private void Act(Boot boot)
    {
        if (!boot.Engine.StoreWritable)
            return;
        var trips = boot.Engine.Book.Trips.Where(trip => trip.Value.Trip is not null).OrderBy(trip => trip.Key).ToList();
        if (trips.Count == 0)
            return;
        if (world.Weather.IsHealthy)
        {
            foreach (var (key, state) in trips.Where(trip => trip.Value.Held))
                Release(boot, key, Truth(state));
            return;
        }

        var (chosen, standing) = trips[_chance.Between(0, trips.Count)];
        if (Truth(standing) is not { } truth)
            return;
        var what = _chance.Fraction();
        if (standing.Held)
        {
            if (what < 0.6)
                Release(boot, chosen, truth);
        }
        else if (what < 0.45)
        {
            Hold(boot, chosen, truth);
        }
        else if (what < 0.6)
        {
            Resolve(boot, chosen, truth);
        }
        else
        {
            world.Tally.Count(FaultKind.TriedNow);
            foreach (var (key, _) in trips)
                boot.Engine.Book.Hasten(key);
        }
    }

    private void Hold(Boot boot, long key, TripTruth truth)
    {
        world.Tally.Count(FaultKind.Held);
        boot.Engine.Book.Take(key, (at, id) => new Input.Held { At = at, Id = id });
        OnceStored(boot, () => truth.HeldSince = boot.Engine.Book.Find(key) is { Held: true } ? world.Clock.Now : null);
    }

    private void Release(Boot boot, long key, TripTruth? truth)
    {
        // From the order on it may go on, whether or not that is stored.
        if (truth is not null)
            truth.HeldSince = null;
        boot.Engine.Book.Take(key, (at, id) => new Input.Released { At = at, Id = id });
    }

    private void Resolve(Boot boot, long key, TripTruth truth)
    {
        world.Tally.Count(FaultKind.Resolved);
        truth.ResolveOrdered = true;
        boot.Engine.Book.Take(key, (at, id) => new Input.Resolved { At = at, Id = id });
        OnceStored(boot, () => truth.ResolvedAt ??= boot.Engine.Book.Find(key) is { IsResolved: true } ? world.Clock.Now : null);
    }

    private static void OnceStored(Boot boot, Action then)
    {
        boot.Engine.Settled += Once;

        void Once()
        {
            boot.Engine.Settled -= Once;
            then();
        }
    }

    private TripTruth? Truth(TripState state) =>
        state.Trip is { } trip ? world.Judge.Trips.FirstOrDefault(truth => truth.Key == new TripKey(trip.Meter, trip.Trip, trip.Start)) : null;
}
