namespace TaximeterAgent.Core.Payments;

/// <summary>When an operation is due; the dispatcher turns it into a time.</summary>
public abstract record When
{
    private When()
    {
    }

    /// <summary>As soon as the reference and its rate allow.</summary>
    public static When Now { get; } = new AtOnce();

    /// <summary>As soon as the reference and its rate allow.</summary>
    public sealed record AtOnce : When;

    /// <summary>The first poll after a request was sent.</summary>
    public sealed record FirstPoll : When;

    /// <summary>The next poll.</summary>
    public sealed record NextPoll : When;

    /// <summary>After failures in a row, 1 or more: exponential with jitter, capped.</summary>
    public sealed record Backoff(int Failures) : When;
}
