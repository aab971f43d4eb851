namespace TaximeterAgent.Control.Wire;

/// <summary>A part of the car, graded: how it is, a word why, and what to do about it.</summary>
/// <param name="Name">
/// <c>service</c>, <c>meter</c>, <c>keypad</c>, <c>display</c>, <c>network</c>, <c>token</c>, <c>epayment</c>, <c>outbox</c>, <c>trips</c>, <c>clock</c>, <c>disk</c>, <c>version</c>, and where
/// the configuration has them <c>contacts</c>, <c>ignition</c>, <c>signals</c>, <c>webhooks</c>. Without the agent <c>configuration</c> too.
/// </param>
/// <param name="Level"><c>green</c>: well. <c>yellow</c>: worth a look. <c>red</c>: payments do not work, or will not for long. <c>unknown</c>: cannot be known from here.</param>
/// <param name="Why">For people.</param>
/// <param name="Cure">What to do, for people; missing where nothing is to be done.</param>
internal sealed record PartReport(string Name, string Level, string Why, string? Cure = null);

/// <summary>The access token for the configured sales unit. Never the token itself.</summary>
internal sealed record TokenReport
{
    /// <summary>True if the agent has one that lives.</summary>
    public required bool Valid { get; init; }

    /// <summary>By the car's clock.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The last fetch that failed, however many succeeded since.</summary>
    public TokenFailureReport? LastFailure { get; init; }
}

/// <summary>A token that could not be had.</summary>
/// <param name="Kind"><c>token-refused</c>: the keys are wrong. Else what kept it away: <c>token-unavailable</c>, <c>name-resolution</c>, <c>connect</c>, <c>tls</c>.</param>
/// <param name="Code">The HTTP status, if there was an answer.</param>
internal sealed record TokenFailureReport(DateTimeOffset At, string Kind, string Text, string? Code, string? TraceId);

/// <summary>The last calls to the payment service since the agent started.</summary>
internal sealed record EPaymentReport
{
    /// <summary>The last that was answered as asked.</summary>
    public ServiceCallReport? LastSuccess { get; init; }

    /// <summary>The last that failed, however many succeeded since.</summary>
    public ServiceCallReport? LastFailure { get; init; }
}

/// <summary>A call.</summary>
/// <param name="At">When it ended, by the car's clock.</param>
/// <param name="What">The operation: <c>create</c>, <c>query</c>, …</param>
/// <param name="Failure"><c>unreachable</c>, <c>no-token</c>, <c>no-answer</c>, <c>keys-refused</c> or <c>refused</c>; missing if it succeeded.</param>
/// <param name="Code">HTTP status and error code.</param>
/// <param name="TraceId">What the service's support asks for.</param>
internal sealed record ServiceCallReport(DateTimeOffset At, string What, string? Failure, string? Code, string? TraceId, double? DurationMs);

/// <summary>How the sending of metrics and traces goes. Counts are since the agent started.</summary>
internal sealed record TelemetryReport
{
    /// <summary>Where they are sent.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Sendings that were taken.</summary>
    public long Sent { get; init; }

    public DateTimeOffset? LastSent { get; init; }

    /// <summary>Sendings that failed; metrics go with the next, and traces are kept until one is taken.</summary>
    public long Failed { get; init; }

    public DateTimeOffset? LastFailed { get; init; }

    /// <summary>Why the last one failed, for people; missing if it did not.</summary>
    public string? Why { get; init; }

    /// <summary>Sendings of traces that were given up, because too many waited.</summary>
    public long Dropped { get; init; }
}

/// <summary>The disk that the outbox is on.</summary>
/// <param name="Directory">The outbox's directory.</param>
/// <param name="FreeBytes">What the agent's user may still use.</param>
/// <param name="FreeInodes">Files that can still be made; missing where the file system has no such limit.</param>
/// <param name="OutboxBytes">What the outbox's own files take, its reserve left out.</param>
internal sealed record DiskReport(string Directory, long FreeBytes, long TotalBytes, long? FreeInodes, long? TotalInodes, long OutboxBytes)
{
    /// <summary>What the outbox keeps for when the disk is full; not among the free bytes.</summary>
    public long ReserveBytes { get; init; }

    /// <summary>True: nothing can be written there.</summary>
    public bool ReadOnly { get; init; }
}

/// <summary>The line that senses the ignition.</summary>
/// <param name="On">False while it is off and nothing new is begun.</param>
/// <param name="State">As a device's.</param>
internal sealed record IgnitionReport(bool On, string State, string? Message);
