using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.State;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Control;

/// <summary>What a technician orders for a trip: try now, hold, release, resolve. Each is answered once it is stored, and stands in the trip's history.</summary>
internal sealed class TechnicianOrders(AgentParts parts, TripArchive archive)
{
    public Task<Answer<HoldReport>> HoldAsync(string id, bool hold, string caller, CancellationToken cancellationToken) => OrderAsync(
        id,
        (engine, key, state) =>
        {
            if (hold && state.Stopped is not null)
                return Stopped;
            if (hold && !state.Busy && !state.Unpaid)
                return Problem.NotPossible("nothing-due", "Nothing is due for this trip, so there is nothing to hold.");
            if (state.Held == hold)
                return null;
            Note(engine, key, hold ? "hold" : "release", hold ? $"{caller} holds the trip: nothing new is sent for it" : $"{caller} releases the trip: its payments are read, then it goes on");
            engine.Book.Take(key, (at, input) => hold ? new Input.Held { At = at, Id = input } : new Input.Released { At = at, Id = input });
            return null;
        },
        now => now.Held == hold,
        (engine, key, before, now) => new HoldReport(Reporting.IdOf(now), now.Held, before.Held != hold, OnTheirWay(engine, key), engine.NextOf(now)),
        cancellationToken);

    public Task<Answer<ResolveReport>> ResolveAsync(string id, bool giveUp, string note, string caller, CancellationToken cancellationToken) => OrderAsync(
        id,
        (engine, key, state) =>
        {
            if (IsDone(state, giveUp))
                return null;
            if (giveUp && CannotGiveUp(engine, state) is { } why)
                return why;
            var masked = TechnicianNote.Masked(note);
            if (giveUp)
                Note(engine, key, "give-up", $"{caller} closes the trip, though this may still be out there: {What(state)}. Note: {masked}");
            else
                Note(engine, key, "resolve", $"{caller} says that it was paid otherwise: nothing of ours is kept{(state.Stopped is null ? "" : "; the trip was stopped, and is read anew")}. Note: {masked}");
            engine.Book.Take(key, (at, input) => new Input.Resolved(giveUp) { At = at, Id = input });
            return null;
        },
        now => IsDone(now, giveUp),
        (engine, _, before, now) => new ResolveReport
        {
            Trip = Reporting.IdOf(now),
            New = !IsDone(before, giveUp),
            GivenUp = now.GivenUp,
            Held = now.Held,
            Currency = (now.Fare?.Total.Currency ?? now.Booking?.Currency)?.ToString(),
            Captured = now.Attempts.Sum(attempt => attempt.Captured),
            Refunded = now.Attempts.Sum(attempt => attempt.Refunded),
            Left = Leftover.Of(now),
            Next = engine.NextOf(now),
        },
        cancellationToken);

    /// <param name="id">The trip; null for all.</param>
    /// <param name="caller">Who orders it.</param>
    /// <param name="cancellationToken">The asker went away.</param>
    public Task<Answer<RetryReport>> RetryAsync(string? id, string caller, CancellationToken cancellationToken)
    {
        var moved = 0;
        if (id is null)
        {
            List<long> keys = [];
            return EngineQuestion.AskAsync<RetryReport>(
                parts.Engine(),
                engine =>
                {
                    if (Busy(engine) is { } problem)
                        return problem;
                    keys = [.. engine.Book.Trips.Where(trip => trip.Value is { Busy: true, Held: false }).Select(trip => trip.Key).Order()];
                    foreach (var key in keys)
                        moved += Retry(engine, key, caller);
                    return null;
                },
                engine => new RetryReport(moved, [.. keys.Select(engine.InMemory).OfType<TripState>().Take(StatusLimits.Waiting).Select(state => Waiting(engine, state))]),
                changes: true,
                parts.Time,
                cancellationToken);
        }

        return OrderAsync(
            id,
            (engine, key, state) =>
            {
                if (state.Stopped is not null)
                    return Stopped;
                if (state.Held)
                    return Problem.NotPossible("held", "A technician holds this trip: release it first.");
                moved = Retry(engine, key, caller);
                return null;
            },
            _ => true,
            (engine, _, _, now) => new RetryReport(moved, [Waiting(engine, now)]),
            cancellationToken);
    }

    private static Problem Stopped { get; } =
        Problem.NotPossible("stopped", "The trip is stopped because its state cannot be: nothing is sent for it. Look at it, then resolve it.");

    private async Task<Answer<T>> OrderAsync<T>(
        string id, Func<Engine, long, TripState, Problem?> take, Func<TripState, bool> isStored, Func<Engine, long, TripState, TripState, T> report, CancellationToken cancellationToken)
        where T : class
    {
        if (!archive.Find(id).Succeeded(out var problem, out var trip))
            return problem;
        TripState? before = null;
        return await EngineQuestion.AskAsync<T>(
            parts.Engine(),
            engine =>
            {
                if (Busy(engine) is { } problem)
                    return problem;
                before = engine.InMemory(trip.Key) ?? parts.Load(trip.Key);
                return before is null ? Problem.UnknownTrip(id) : take(engine, trip.Key, before);
            },
            engine =>
            {
                // A round that the store had no room for has not happened.
                if (!engine.StoreWritable)
                    return Problem.StoreFull;
                var now = engine.InMemory(trip.Key) ?? parts.Load(trip.Key);
                return now is null || !isStored(now) ? Problem.NotCertain : report(engine, trip.Key, before!, now);
            },
            changes: true,
            parts.Time,
            cancellationToken);
    }

    private static Problem? Busy(Engine engine) => !engine.StoreWritable ? Problem.StoreFull : engine.Stopping ? Problem.Starting : null;

    private static bool IsDone(TripState state, bool giveUp) => giveUp ? state.GivenUp : state.IsResolved;

    // Money that is merely on its way back is not given up.
    private static Problem? CannotGiveUp(Engine engine, TripState state) => state switch
    {
        { CanBeGivenUp: true } => null,
        { IsResolved: true } when !state.Unsettled.Any() => Problem.NotPossible("nothing-left", "Nothing of this trip is left: it closes by itself."),
        { IsResolved: true } => Problem.NotPossible("still-under-way", $"The undoing is still under way: {engine.NextOf(state).Text}. Only what was tried and has failed can be given up."),
        _ => Problem.NotPossible("not-resolved", "First resolve it without giving up: what can be undone is undone. Give up only what then fails."),
    };

    private static string What(TripState state) => string.Join("; ", new[] { state.Stopped, Leftover.Line(state) }.Where(text => text is { Length: > 0 }));

    private int Retry(Engine engine, long key, string caller)
    {
        var moved = engine.Book.Hasten(key);
        if (moved > 0)
            Note(engine, key, "retry", $"{caller} wants what waits for its time to be tried now: {moved} {(moved == 1 ? "call" : "calls")}");
        return moved;
    }

    private static WaitingReport Waiting(Engine engine, TripState state) => new(Reporting.IdOf(state), engine.NextOf(state));

    private static int OnTheirWay(Engine engine, long key) => engine.Dispatcher.Queue().Count(queued => queued.Stored.TripKey == key && queued.State == QueueState.OnItsWay);

    private void Note(Engine engine, long key, string what, string text) => engine.Book.Note(new HistoryLine(key, parts.Time.GetUtcNow(), "technician", what, text));
}
