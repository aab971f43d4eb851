namespace TaximeterAgent.EPayment;

/// <summary>
/// A token per sales unit, fetched once for all who need it at the same time, kept for its life and renewed a little early. No semaphore: callers share the
/// task of the fetch under way, so that everything can complete inline on one thread.
/// </summary>
internal sealed class TokenCache(Func<SalesUnit, Task<TokenResult>> fetch, TimeProvider time)
{
    /// <summary>Sales units that are remembered at once; beyond it the one longest unused is forgotten and fetched anew when needed.</summary>
    internal const int MostUnits = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<SalesUnit, Entry> _entries = [];
    private long _uses;

    internal async ValueTask<TokenResult> GetAsync(SalesUnit unit, CancellationToken cancellationToken)
    {
        TaskCompletionSource<TokenResult>? mine = null;
        Entry entry;
        Task<TokenResult> flight;
        lock (_gate)
        {
            entry = EntryOf(unit);
            if (entry.Token is { } token && !token.IsDueForRenewal(time)) return new TokenResult(token, null);
            if (entry.Flight is null)
            {
                // Its continuations run inline, outside of the lock.
                mine = new TaskCompletionSource<TokenResult>();
                entry.Flight = mine.Task;
            }

            flight = entry.Flight;
        }

        // Not awaited: the fetch belongs to all who wait for it, and must not end because this caller gives up.
        if (mine is not null) _ = FetchAsync(unit, entry, mine);
        // Each waits on a task of its own, which WaitAsync makes for a token that can be cancelled. Awaiting the shared one would let only the first continue
        // inline: the platform sends the others to the thread pool.
        return await flight.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets a token that the API refused; not its successor, if another call has fetched one in the meantime.</summary>
    internal void Reject(SalesUnit unit, AccessToken token)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(unit, out var entry) && ReferenceEquals(entry.Token, token)) entry.Token = null;
        }
    }

    /// <summary>How it stands with a sales unit's token, without fetching one and without its value.</summary>
    internal TokenState StateOf(SalesUnit unit)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(unit, out var entry)) return new TokenState(null, null);
            var left = entry.Token?.Left(time) is { } life && life > TimeSpan.Zero ? life : (TimeSpan?)null;
            return new TokenState(left, entry.Failure is { } failure ? failure with { Ago = time.GetElapsedTime(entry.FailedAt) } : null);
        }
    }

    private async Task FetchAsync(SalesUnit unit, Entry entry, TaskCompletionSource<TokenResult> waiting)
    {
        TokenResult result;
        try
        {
            result = await fetch(unit).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            // The fetch itself turns every failure into a result; if it does not, those who wait must still not wait for ever.
            result = new TokenResult(null, new RawResult.NotSent(NotSentKind.TokenUnavailable, "token: " + error.GetType().Name));
        }

        lock (_gate)
        {
            entry.Flight = null;
            if (result.Failure is { } failure)
            {
                entry.FailedAt = time.GetTimestamp();
                entry.Failure = new TokenFailure(failure.Kind, failure.Detail, TimeSpan.Zero) { Status = failure.TokenProblem?.Status, TraceId = failure.TokenProblem?.TraceId };
            }

            if (result.Token is not null) entry.Token = result.Token;
            // An early renewal that failed is no harm while the old one lives.
            else if (entry.Token is { } old && old.IsAlive(time)) result = new TokenResult(old, null);
            else entry.Token = null;
        }

        waiting.SetResult(result);
    }

    private Entry EntryOf(SalesUnit unit)
    {
        if (!_entries.TryGetValue(unit, out var entry))
        {
            if (_entries.Count >= MostUnits) _entries.Remove(_entries.MinBy(e => e.Value.LastUse).Key);
            _entries[unit] = entry = new Entry();
        }

        entry.LastUse = ++_uses;
        return entry;
    }

    private sealed class Entry
    {
        internal AccessToken? Token { get; set; }

        internal Task<TokenResult>? Flight { get; set; }

        internal long LastUse { get; set; }

        internal TokenFailure? Failure { get; set; }

        internal long FailedAt { get; set; }
    }
}
