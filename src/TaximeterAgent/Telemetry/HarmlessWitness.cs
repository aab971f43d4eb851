using Microsoft.Extensions.Logging;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Telemetry;

/// <summary>
/// Keeps whoever looks on from touching a payment. It is called on the engine's thread, in the midst of commits: a mistake in a figure would end the agent there, and at every start
/// again, for as long as the trip is open that brings it about. So the first one is told to the log, and figures end there until the agent is started anew.
/// </summary>
/// <param name="inner">Who looks on.</param>
/// <param name="logger">Where its failure is told.</param>
internal sealed partial class HarmlessWitness(ITripWitness inner, ILogger<HarmlessWitness> logger) : ITripWitness
{
    private bool _failed;

    public void Decided(long key, Input input, TripState before, TripState after) => Look(() => inner.Decided(key, input, before, after));

    public void Committed(OutboxBatch batch, long began) => Look(() => inner.Committed(batch, began));

    public void Stored(long key, TripState? before, TripState after) => Look(() => inner.Stored(key, before, after));

    public void Calling(StoredOperation operation) => Look(() => inner.Calling(operation));

    public void Called(StoredOperation operation, CallReport report) => Look(() => inner.Called(operation, report));

    public void Forgotten() => Look(inner.Forgotten);

    private void Look(Action look)
    {
        if (_failed)
            return;
        try
        {
            look();
        }
#pragma warning disable CA1031 // Whatever it is, payments go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failed = true;
            Failed(logger, inner.GetType().Name, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Witness} has failed and counts nothing any more until the agent is started anew; payments go on.")]
    private static partial void Failed(ILogger logger, string witness, Exception exception);
}
