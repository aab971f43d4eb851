using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Webhooks;

/// <summary>
/// Takes a hint to the trip that it is about. It decides nothing: the payment is read at once instead of at its next poll. Hints of one payment that come
/// faster than polls are left out, so that nobody can make the agent poll faster than it may by repeating an old delivery.
/// </summary>
internal sealed class HintDesk(Func<Engine?> engine, WebhookCounters counters, TimeProvider time)
{
    /// <summary>At least so long between two hints of one payment; its next poll comes about as soon.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Payments that are remembered; more than a car has open.</summary>
    private const int Remembered = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<Reference, long> _last = [];

    public void Take(Reference reference)
    {
        if (!Passes(reference) || engine() is not { } running || !running.Post(() => Hint(running, reference)))
            counters.Throttled();
    }

    private void Hint(Engine running, Reference reference)
    {
        foreach (var (key, state) in running.Book.Trips)
        {
            if (!state.Attempts.Any(attempt => attempt.Reference == reference))
                continue;
            running.Book.Take(key, (at, id) => new Input.PaymentHint(reference) { At = at, Id = id });
            return;
        }

        counters.UnknownPayment();
    }

    private bool Passes(Reference reference)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(reference, out var last) && time.GetElapsedTime(last) < Pause)
                return false;
            if (_last.Count >= Remembered)
                Tidy();
            if (_last.Count >= Remembered)
                return false;
            _last[reference] = time.GetTimestamp();
            return true;
        }
    }

    private void Tidy()
    {
        foreach (var (reference, _) in _last.Where(entry => time.GetElapsedTime(entry.Value) >= Pause).ToList())
            _last.Remove(reference);
    }
}
