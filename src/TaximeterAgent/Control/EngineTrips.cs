using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Control;

/// <summary>Trips that the engine has in memory, looked at without taking them up: looking changes nothing.</summary>
internal static class EngineTrips
{
    /// <summary>The trip's state; null for one that is not open.</summary>
    public static TripState? InMemory(this Engine engine, long key)
    {
        foreach (var (open, state) in engine.Book.Trips)
        {
            if (open == key)
                return state;
        }

        return null;
    }

    /// <summary>What comes next for a trip.</summary>
    public static Wire.NextReport NextOf(this Engine engine, TripState state) => NextStep.OfTrip(state, engine.Dispatcher.DueIn, engine.Dispatcher.Online);
}
