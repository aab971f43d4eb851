using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>Two that look on.</summary>
internal sealed class TripWitnesses(ITripWitness first, ITripWitness second) : ITripWitness
{
    public void Decided(long key, Input input, TripState before, TripState after)
    {
        first.Decided(key, input, before, after);
        second.Decided(key, input, before, after);
    }

    public void Committed(OutboxBatch batch, long began)
    {
        first.Committed(batch, began);
        second.Committed(batch, began);
    }

    public void Stored(long key, TripState? before, TripState after)
    {
        first.Stored(key, before, after);
        second.Stored(key, before, after);
    }

    public void Calling(StoredOperation operation)
    {
        first.Calling(operation);
        second.Calling(operation);
    }

    public void Called(StoredOperation operation, CallReport report)
    {
        first.Called(operation, report);
        second.Called(operation, report);
    }

    public void Forgotten()
    {
        first.Forgotten();
        second.Forgotten();
    }
}
