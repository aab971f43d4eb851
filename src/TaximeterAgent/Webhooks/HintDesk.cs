using TaximeterAgent.Core.Payments;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Webhooks;

/// <summary>
/// Takes a hint to the trip that it is about, or to one of its own. It decides nothing: the payment is read at once instead of at its next poll. Of hints of one payment that come in
/// quick succession the first is taken at once and the rest together a little later, so that nobody can make the agent poll faster than it may by repeating an
/// old delivery, and the one that matters is not lost behind one that did not.
/// </summary>
internal sealed class HintDesk(Func<Engine?> engine, WebhookCounters counters, TimeProvider time)
{
    /// <summary>At least so long between two hints of one payment.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Payments that are remembered; more than a car has open.</summary>
    private const int Remembered = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<Reference, Recent> _recent = [];

    public void Take(Reference reference)
    {
        switch (Judge(reference))
        {
            case Passage.Now:
                Post(reference);
                break;
            case Passage.Never:
                counters.Throttled();
                break;
        }
    }

    private void Post(Reference reference)
    {
        if (engine() is not { } running || !running.Post(() => Hint(running, reference)))
            counters.Throttled();
    }

    private void Hint(Engine running, Reference reference)
    {
        // While the store has no room nothing is begun that it would have to remember.
        if (!running.StoreWritable)
            counters.Throttled();
        else if (running.Unknown.Take(reference) is not Hinted.Read)
            counters.UnknownPayment();
    }

    private Passage Judge(Reference reference)
    {
        lock (_lock)
        {
            if (_recent.TryGetValue(reference, out var recent) && time.GetElapsedTime(recent.Last) is var passed && passed < Pause)
            {
                if (recent.Following is not null)
                    return Passage.Never;
                recent.Following = time.CreateTimer(_ => Follow(reference), null, Pause - passed, Timeout.InfiniteTimeSpan);
                return Passage.Later;
            }

            if (recent is null && _recent.Count >= Remembered)
                Tidy();
            if (recent is null && _recent.Count >= Remembered)
                return Passage.Never;
            if (recent is null)
                _recent[reference] = recent = new Recent();
            recent.Last = time.GetTimestamp();
            return Passage.Now;
        }
    }

    private void Follow(Reference reference)
    {
        lock (_lock)
        {
            if (!_recent.TryGetValue(reference, out var recent))
                return;
            recent.Following?.Dispose();
            recent.Following = null;
            recent.Last = time.GetTimestamp();
        }

        Post(reference);
    }

    private void Tidy()
    {
        foreach (var (reference, _) in _recent.Where(entry => entry.Value.Following is null && time.GetElapsedTime(entry.Value.Last) >= Pause).ToList())
            _recent.Remove(reference);
    }

    private enum Passage
    {
        Now,
        Later,
        Never,
    }

    private sealed class Recent
    {
        public long Last { get; set; }

        /// <summary>Takes what came within the pause, at its end.</summary>
        public ITimer? Following { get; set; }
    }
}
