using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.State;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Control;

/// <summary>What the control socket would say, from a copy of the outbox: the same reports, with their source. Nothing runs, so nothing is due at any time.</summary>
internal sealed class CopiedOutbox : IOutboxView, IDisposable
{
    // Only to foresee what is done with payments that are there; no payment is made with it.
    private static readonly PaymentPolicy s_foresight = new() { Prefix = "copy", Car = "copy", SalesUnit = new SalesUnit("https://copy.invalid", "0") };

    private readonly OutboxCopy _copy;

    /// <param name="copy">From now on this object's to dispose of.</param>
    public CopiedOutbox(OutboxCopy copy)
    {
        _copy = copy;
        Archive = new TripArchive(() => copy.Reader);
        Source = new SourceReport("copy", copy.Database, copy.MadeAt);
    }

    /// <summary>Where the copy is, for its owner only; it goes with this.</summary>
    public string Place => _copy.Place;

    /// <summary>For each report that is made of it.</summary>
    public SourceReport Source { get; }

    public TripArchive Archive { get; }

    /// <summary>A trip's state; null if there is none.</summary>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    public TripState? Load(long key) => _copy.Load(key);

    /// <summary>What comes next for a stored trip, once an agent takes it up.</summary>
    public static NextReport Next(TripState state) => NextStep.OfTrip(TakenUp(state), NotYet, online: true);

    /// <summary>How outbox and trips stand; no counts if they cannot be read.</summary>
    public (OutboxReport Outbox, TripCountsReport? Trips) Standing()
    {
        var lists = TripLists.Of(Archive);
        try
        {
            var trips = _copy.LoadOpen();
            return (lists.Outbox(trips.Select(trip => KeyValuePair.Create(trip.Key, trip.State)), Next), lists.Trips(trips.Select(trip => trip.State)));
        }
        catch (TripStateUnreadableException e)
        {
            return (new TripLists(null, [], [], e.Message).Outbox([], Next), null);
        }
    }

    public Task<Answer<TripListReport>> TripsAsync(TripQuery query, CancellationToken cancellationToken) => Task.FromResult(Trips(query));

    public Task<Answer<TripDetailReport>> TripAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Trip(id));

    public Task<Answer<OutboxListReport>> OutboxAsync(CancellationToken cancellationToken) => Task.FromResult(Operations());

    public void Dispose()
    {
        Archive.Dispose();
        _copy.Dispose();
    }

    private Answer<TripListReport> Trips(TripQuery query) =>
        Archive.Trips(query).Succeeded(out var problem, out var list) ? list with { Source = Source } : problem;

    private Answer<TripDetailReport> Trip(string id)
    {
        if (!Archive.Find(id).Succeeded(out var problem, out var trip)
            || !Archive.History(trip.Key, TripDetailReport.HistoryMaximum).Succeeded(out problem, out var history))
            return problem;
        try
        {
            if (Load(trip.Key) is not { } state)
                return Problem.UnknownTrip(id);
            var takenUp = TakenUp(state);
            var report = Reporting.Of(trip, state, history, NotYet, online: true);
            return report with
            {
                Next = NextStep.OfTrip(takenUp, NotYet, online: true),
                Attempts = [.. report.Attempts.Select(attempt => attempt with { Next = Next(takenUp, attempt) })],
                Source = Source,
            };
        }
        catch (TripStateUnreadableException e)
        {
            return Problem.Unreadable(e.Message);
        }
    }

    private Answer<OutboxListReport> Operations()
    {
        try
        {
            var trips = _copy.LoadOpen().Select(trip => (trip.State, trip.Operations.Select(stored => new QueuedOperation(stored, QueueState.Resting, null, false))));
            return OutboxListing.Of(trips, Source.At, running: false) with { Source = Source };
        }
        catch (TripStateUnreadableException e)
        {
            return Problem.Unreadable(e.Message);
        }
    }

    private static NextReport Next(TripState takenUp, AttemptReport attempt) =>
        takenUp.Attempts.FirstOrDefault(taken => taken.Reference.ToString() == attempt.Reference) is { } taken ? NextStep.OfAttempt(takenUp, taken, NotYet, online: true) : attempt.Next;

    private static TimeSpan? NotYet(string operation) => NextStep.OnceAnAgentRuns;

    // A query is not stored, because a start makes it anew; so what comes next is what a start would make of the trip.
    private static TripState TakenUp(TripState state) =>
        state.Busy ? TripPayment.Decide(state, new Input.Restarted { At = DateTimeOffset.UnixEpoch, Id = "copy" }, s_foresight).State : state;
}
