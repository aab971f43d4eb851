using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Coverage;

/// <summary>How often each kind of input met each kind of state.</summary>
internal sealed class PairCounts
{
    private readonly long[,] _counts = new long[Places.Count, Happening.Names.Length];

    public long this[Place place, int happening] => _counts[(int)place, happening];

    public void Count(TripState state, Input input, bool repeated) => _counts[(int)Places.Of(state), Happening.Of(input, repeated)]++;
}
