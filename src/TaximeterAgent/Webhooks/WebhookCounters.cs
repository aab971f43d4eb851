using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Webhooks;

/// <summary>What came to the webhook listener since the agent started. From any thread.</summary>
internal sealed class WebhookCounters(TimeProvider time)
{
    private long _received;
    private long _accepted;
    private long _forged;
    private long _stale;
    private long _malformed;
    private long _unknownPayment;
    private long _throttled;
    private long _lastAccepted;
    private volatile bool _listening;

    public bool Listening
    {
        get => _listening;
        set => _listening = value;
    }

    public void Received() => Interlocked.Increment(ref _received);

    public void Accepted()
    {
        Interlocked.Increment(ref _accepted);
        Interlocked.Exchange(ref _lastAccepted, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    public void Forged() => Interlocked.Increment(ref _forged);

    public void Stale() => Interlocked.Increment(ref _stale);

    public void Malformed() => Interlocked.Increment(ref _malformed);

    public void UnknownPayment() => Interlocked.Increment(ref _unknownPayment);

    public void Throttled() => Interlocked.Increment(ref _throttled);

    public WebhookReport Report() => new()
    {
        Listening = _listening,
        Received = Interlocked.Read(ref _received),
        Accepted = Interlocked.Read(ref _accepted),
        Forged = Interlocked.Read(ref _forged),
        Stale = Interlocked.Read(ref _stale),
        Malformed = Interlocked.Read(ref _malformed),
        UnknownPayment = Interlocked.Read(ref _unknownPayment),
        Throttled = Interlocked.Read(ref _throttled),
        LastAccepted = Interlocked.Read(ref _lastAccepted) is > 0 and var at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
    };
}
