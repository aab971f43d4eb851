namespace TaximeterAgent.EPayment;

/// <summary>What the server said was wrong. Its texts are bounded, on one line, and without full phone numbers: they may be logged; decisions use only <see cref="Status"/> and <see cref="ErrorCode"/>.</summary>
/// <param name="Status">The HTTP status, 400-599.</param>
public sealed record Problem(int Status)
{
    /// <summary>The domain's error code (<see cref="EPaymentErrorCode"/>), or null: a malformed body, another API than ePayment, or a gateway's answer has none.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>What kind of problem, at most 200 characters.</summary>
    public string? Title { get; init; }

    /// <summary>About this occurrence, at most 200 characters.</summary>
    public string? Detail { get; init; }

    /// <summary>What the publisher's support asks for, at most 100 characters.</summary>
    public string? TraceId { get; init; }

    /// <summary>The fields that were not accepted, at most 10.</summary>
    public IReadOnlyList<InvalidField> InvalidFields { get; init; } = [];

    /// <summary>How long the server asks to wait (<c>Retry-After</c>, as seconds or as a date), 0 to 1 hour; null if it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the body was a problem object; false for a gateway's HTML or an empty body.</summary>
    public bool IsStructured { get; init; }
}

/// <summary>A field that the server did not accept.</summary>
/// <param name="Name">Its name, at most 100 characters.</param>
/// <param name="Reason">Why, at most 200 characters.</param>
public sealed record InvalidField(string Name, string? Reason);
