namespace TaximeterAgent.EPayment;

/// <summary>Reads <c>Retry-After</c> in both of its forms.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Most = TimeSpan.FromHours(1);

    internal static TimeSpan? Read(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        if (header?.Delta is { } delta) return Limit(delta);
        // Against the server's own clock: the car's may be years off.
        if (header?.Date is { } date) return Limit(date - (response.Headers.Date ?? time.GetUtcNow()));
        return null;
    }

    private static TimeSpan Limit(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Most ? Most : wait;
}
