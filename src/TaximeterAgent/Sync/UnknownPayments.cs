using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Sync;

/// <summary>What has become of a hint.</summary>
internal enum Hinted
{
    /// <summary>The payment is read at once.</summary>
    Read,

    /// <summary>The payment of a trip that is settled: there is nothing to do.</summary>
    Settled,

    /// <summary>No trip has it: it is looked at as an earlier store's.</summary>
    Orphan,

    /// <summary>Another car's, or somebody else's.</summary>
    NotOurs,
}

/// <summary>
/// Finds what a hint is about. Hints come late more often than not, when the trip is settled: that costs a look into the store, no call and no record. A payment
/// that nobody here knows was made by an earlier store, and is looked at by a trip of its own.
/// </summary>
internal sealed class UnknownPayments(TripBook book)
{
    /// <summary>Payments found to be nobody's that are remembered, so that the next hint of one does not begin anew. Forgotten all at once when there are more.</summary>
    private const int Remembered = 64;

    private readonly Dictionary<Reference, long> _looked = [];

    public Hinted Take(Reference reference)
    {
        foreach (var (key, state) in book.Trips)
        {
            if (state.Attempts.Any(attempt => attempt.Reference == reference))
                return Read(key, reference);
        }

        var (prefix, car) = (book.Policy.Prefix, book.Policy.Car);
        if (!reference.TryTakeApart(prefix, car, out var parts))
            return Hinted.NotOurs;
        foreach (var known in book.FindByCheck(parts.Check))
        {
            // One whose history is pruned was settled long ago.
            if (book.Find(known.Key) is not { } state)
                return Hinted.Settled;
            if (state.Attempts.FirstOrDefault(attempt => attempt.Reference == reference) is { } attempt)
                // Given up as never made, and there it is.
                return attempt is { State: PaymentState.None, Ending: not (null or Ending.Foreign) } ? Read(known.Key, reference) : Hinted.Settled;
            if (IsOf(state, prefix, car, reference, parts.Attempt))
                return Look(known.Key, reference, parts);
        }

        if (_looked.TryGetValue(reference, out var looked) && book.Find(looked) is { Orphan: { } before } again)
            return before.NotOurs && again.Attempts.IsEmpty ? Hinted.NotOurs : Hinted.Settled;
        if (_looked.Count >= Remembered)
            _looked.Clear();
        return Look(_looked[reference] = book.NewTrip(), reference, parts);
    }

    private static bool IsOf(TripState state, string prefix, string car, Reference reference, int attempt) =>
        (state.Trip is { } trip && Reference.OfTrip(prefix, car, trip, attempt) == reference)
        || ((state.Booking?.Id ?? state.Fare?.Booking ?? state.Orphan?.Booking) is { } booking && Reference.OfBooking(prefix, car, booking, attempt) == reference);

    private Hinted Read(long key, Reference reference)
    {
        book.Take(key, (at, id) => new Input.PaymentHint(reference) { At = at, Id = id });
        return Hinted.Read;
    }

    private Hinted Look(long key, Reference reference, ReferenceParts parts)
    {
        book.Take(key, (at, id) => new Input.OrphanHinted(reference, parts.Kind, parts.Attempt) { At = at, Id = id });
        return Hinted.Orphan;
    }
}
