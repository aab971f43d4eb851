namespace TaximeterAgent.Sync;

/// <summary>How patiently the payment service is called.</summary>
internal sealed record DispatchOptions
{
    public TimeSpan PollFirst { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan BackoffMost { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>In this time at most <see cref="RateMaximum"/> modifying calls of one kind are made for a reference.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>One less than the service allows.</summary>
    public int RateMaximum { get; init; } = 4;

    /// <summary>Calls on their way at the same time.</summary>
    public int InFlightMaximum { get; init; } = 8;

    /// <summary>What no try exceeds, whatever the network does: its own limit, twice where it makes two calls, and a margin.</summary>
    public TimeSpan TryBound { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan Backoff(int failures, double fraction) => Sync.Backoff.Of(BackoffFirst, BackoffMost, failures, fraction);
}
