using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control;

/// <summary>What can be read of an outbox: from the running agent, or where none answers from a copy of its database. Never throws for the state it is in.</summary>
internal interface IOutboxView
{
    Task<Answer<TripListReport>> TripsAsync(TripQuery query, CancellationToken cancellationToken);

    Task<Answer<TripDetailReport>> TripAsync(string id, CancellationToken cancellationToken);

    /// <summary>The operations that are not finished.</summary>
    Task<Answer<OutboxListReport>> OutboxAsync(CancellationToken cancellationToken);
}
