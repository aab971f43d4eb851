namespace TaximeterAgent.Cli.Output;

/// <summary>What came of <c>pay test</c>. Amounts are minor units.</summary>
internal sealed record PayTestReport
{
    /// <summary>True if the payment was approved and nothing of it is left.</summary>
    public required bool Passed { get; init; }

    /// <summary>
    /// <c>approved</c>, <c>refused</c>, <c>expired</c>, <c>cancelled</c>, <c>not-answered</c> (in time), <c>interrupted</c>, <c>not-created</c> (the service refused, or was not
    /// reached), <c>uncertain</c> (whether it was created is not known), <c>not-captured</c>.
    /// </summary>
    public required string Result { get; init; }

    /// <summary>True only if it was checked that nothing is reserved and nothing is kept.</summary>
    public required bool NothingLeft { get; init; }

    public required string Reference { get; init; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    /// <summary>Masked.</summary>
    public required string Phone { get; init; }

    public required string Service { get; init; }

    public required string MerchantSerialNumber { get; init; }

    /// <summary>As last read: <c>created</c>, <c>authorized</c>, <c>aborted</c>, <c>expired</c>, <c>terminated</c>; missing if it never could be read.</summary>
    public string? State { get; init; }

    public long Authorized { get; init; }

    public long Captured { get; init; }

    public long Refunded { get; init; }

    public long Cancelled { get; init; }

    /// <summary>The calls in their order.</summary>
    public required IReadOnlyList<PayCallReport> Calls { get; init; }
}

/// <summary>One call of <c>pay test</c>.</summary>
internal sealed record PayCallReport
{
    /// <summary><c>create</c>, <c>get</c>, <c>force-approve</c>, <c>capture</c>, <c>cancel</c>, <c>refund</c>.</summary>
    public required string Call { get; init; }

    /// <summary><c>done</c>, <c>refused</c>, <c>not-sent</c> or <c>unknown</c>.</summary>
    public required string Outcome { get; init; }

    public required long Milliseconds { get; init; }

    /// <summary>The service's own code, or the HTTP status; missing where there was no answer, or nothing to say.</summary>
    public int? Code { get; init; }

    public string? TraceId { get; init; }
}
