namespace TaximeterAgent.Cli.Output;

/// <summary>What <c>network test</c> found.</summary>
internal sealed record NetworkTestReport
{
    /// <summary>True if the payment service was reached and took the keys, and nothing on the way is broken.</summary>
    public required bool Passed { get; init; }

    /// <summary>The step at fault; missing if none is.</summary>
    public string? Broken { get; init; }

    /// <summary>The configured service, scheme and port included.</summary>
    public required string Service { get; init; }

    /// <summary>In their order; a step that is skipped is there too.</summary>
    public required IReadOnlyList<NetworkStepReport> Steps { get; init; }
}

/// <summary>One step of <c>network test</c>.</summary>
internal sealed record NetworkStepReport
{
    /// <summary><c>modem</c>, <c>link</c>, <c>address</c>, <c>route</c>, <c>dns</c>, <c>tcp</c>, <c>tls</c>, <c>clock</c>, <c>token</c> or <c>epayment</c>.</summary>
    public required string Step { get; init; }

    /// <summary><c>ok</c>, <c>broken</c> or <c>skipped</c>.</summary>
    public required string State { get; init; }

    /// <summary>How long it took; 0 for a step that was skipped.</summary>
    public required long Milliseconds { get; init; }

    /// <summary>What was seen; of a step that was skipped, why.</summary>
    public required string Text { get; init; }

    /// <summary>Of a step that is broken: why, in one line.</summary>
    public string? Cause { get; init; }

    /// <summary>Of a step that is broken: what to do, in one line.</summary>
    public string? Cure { get; init; }

    /// <summary>The step that is really at fault, where it is another than this one.</summary>
    public string? Because { get; init; }

    /// <summary>Of <c>modem</c>: each modem that ModemManager knows.</summary>
    public IReadOnlyList<ModemReport>? Modems { get; init; }

    /// <summary>Of <c>dns</c> and <c>tcp</c>: each address.</summary>
    public IReadOnlyList<NetworkAddressReport>? Addresses { get; init; }

    /// <summary>Of <c>tls</c>: what the server showed.</summary>
    public CertificateReport? Certificate { get; init; }

    /// <summary>Of <c>clock</c>: the two clocks.</summary>
    public ClockSkewReport? Clock { get; init; }

    /// <summary>Of <c>token</c> and <c>epayment</c>: the status of the answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>What the service's support asks for.</summary>
    public string? TraceId { get; init; }
}

/// <summary>An address of the payment service.</summary>
internal sealed record NetworkAddressReport
{
    public required string Address { get; init; }

    /// <summary><c>ipv4</c> or <c>ipv6</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Until the connection stood; missing where there was none.</summary>
    public long? Milliseconds { get; init; }

    /// <summary>Why there was no connection.</summary>
    public string? Error { get; init; }
}

/// <summary>The certificate that the server showed.</summary>
internal sealed record CertificateReport
{
    public required string Subject { get; init; }

    public required string Issuer { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    public required DateTimeOffset ValidTo { get; init; }

    /// <summary>
    /// What is wrong with it: <c>wrong-name</c>, <c>not-yet-valid</c>, <c>expired</c>, <c>self-signed</c>, <c>unknown-issuer</c>, <c>incomplete-chain</c>,
    /// <c>revoked</c>, or a chain status of the platform's in lower case with hyphens.
    /// </summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The version of TLS that was agreed.</summary>
    public required string Protocol { get; init; }
}

/// <summary>The car's clock against the server's.</summary>
internal sealed record ClockSkewReport
{
    public required DateTimeOffset Car { get; init; }

    public required DateTimeOffset Server { get; init; }

    /// <summary>How far the car is ahead; negative if it is behind.</summary>
    public required long AheadSeconds { get; init; }
}

/// <summary>A modem, as ModemManager tells of it.</summary>
internal sealed record ModemReport
{
    public required string Name { get; init; }

    /// <summary>ModemManager's word: <c>connected</c>, <c>registered</c>, <c>searching</c>, <c>disabled</c>, <c>locked</c>, <c>failed</c>, …</summary>
    public required string State { get; init; }

    /// <summary>ModemManager's word: <c>home</c>, <c>roaming</c>, <c>searching</c>, <c>denied</c>, <c>idle</c>, …</summary>
    public string? Registration { get; init; }

    public string? Operator { get; init; }

    /// <summary>Per cent.</summary>
    public int? Signal { get; init; }

    /// <summary>Such as <c>lte</c>.</summary>
    public string? Technology { get; init; }

    /// <summary>The PIN or PUK that the SIM waits for.</summary>
    public string? Lock { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Failure { get; init; }
}
