namespace TaximeterAgent.Control.Wire;

/// <summary><c>GET /v1/outbox</c>.</summary>
/// <param name="Operations">The operations that are not finished, those that are tried next first.</param>
/// <param name="Held">The trips that a technician holds, also those for which nothing is to be sent.</param>
internal sealed record OutboxListReport(IReadOnlyList<OperationReport> Operations, IReadOnlyList<string> Held)
{
    /// <summary>Missing in the agent's own answers.</summary>
    public SourceReport? Source { get; init; }
}

/// <summary>One call that is to be made.</summary>
internal sealed record OperationReport
{
    /// <summary>The trip's id.</summary>
    public required string Trip { get; init; }

    /// <summary>Its kind, such as <c>capture</c>.</summary>
    public required string What { get; init; }

    public required string Reference { get; init; }

    /// <summary>Minor units; missing where the call names none.</summary>
    public long? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>When it was made. Its idempotency key and bytes are of then and never change.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>When it is tried next, by the car's clock; missing while it has no time.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Seconds until then; the clock may be set meanwhile.</summary>
    public double? InSeconds { get; init; }

    /// <summary>Tries in a row that did not get through or were refused, of this payment.</summary>
    public required int Failures { get; init; }

    /// <summary><c>turn</c>, <c>time</c>, <c>network</c>, <c>answer</c>, <c>reading</c>, <c>technician</c> or <c>agent</c>.</summary>
    public required string WaitsFor { get; init; }

    /// <summary>A technician holds its trip.</summary>
    public required bool Held { get; init; }

    /// <summary>For people.</summary>
    public required string Text { get; init; }
}
