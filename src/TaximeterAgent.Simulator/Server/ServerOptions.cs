namespace TaximeterAgent.Simulator.Server;

/// <summary>How the simulated server behaves. The defaults are what is documented; a test shortens the times or narrows the limits.</summary>
public sealed record ServerOptions
{
    public IReadOnlyList<SalesUnit> SalesUnits { get; init; } = [ServerDefaults.SalesUnit, ServerDefaults.OtherSalesUnit];

    /// <summary>How long an access token is good for.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Characters of an access token. The real one is a signed JWT of some 1,000 to 1,300.</summary>
    public int TokenLength { get; init; } = 186;

    /// <summary>More valid tokens than this for one set of keys at a time mean that the client does not cache them.</summary>
    public int MostLiveTokens { get; init; } = 3;

    /// <summary>How long the customer has to approve.</summary>
    public TimeSpan PaymentLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after the approval a capture is sure to work.</summary>
    public TimeSpan CaptureGuarantee { get; init; } = TimeSpan.FromDays(7);

    /// <summary>After this the reservation lapses and a capture is refused with 6100. Null: 180 days for NOK, 14 days for DKK and EUR.</summary>
    public TimeSpan? CaptureDeadline { get; init; }

    /// <summary>After this, counted from the approval, a refund is refused with 6220.</summary>
    public TimeSpan RefundDeadline { get; init; } = TimeSpan.FromDays(365);

    /// <summary>The window in which calls of one reference are counted.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Creates, captures, cancels and refunds, each for itself, per reference and window.</summary>
    public int WritesPerWindow { get; init; } = 5;

    /// <summary>Gets and event lists, each for itself, per reference and window.</summary>
    public int ReadsPerWindow { get; init; } = 120;

    /// <summary>A body above this many bytes is refused with 413.</summary>
    public int LargestBody { get; init; } = 64 * 1024;

    /// <summary>Beyond this many payments a create is answered 503: a bound, not a rule of the real service.</summary>
    public int MostPayments { get; init; } = 100_000;

    /// <summary>Whether a 4xx answer with that status and error code is remembered for its idempotency key.</summary>
    public Func<int, string?, bool> RemembersRefusal { get; init; } = DefinitelyRefused;

    /// <summary>
    /// False: the same key after a definite refusal is not noted as a violation; a client that was killed before it stored the answer may do so, and one whose
    /// earlier request was lost on its way here has to.
    /// </summary>
    public bool RefusedKeyIsViolation { get; init; } = true;

    /// <summary>Retries of a webhook delivery come after these times; the last one repeats until <see cref="WebhookGivesUpAfter"/>.</summary>
    public IReadOnlyList<TimeSpan> WebhookRetries { get; init; } = WebhookSchedule.Documented;

    /// <summary>A delivery that fails for so long is dropped.</summary>
    public TimeSpan WebhookGivesUpAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A registration whose deliveries fail for so long is deleted.</summary>
    public TimeSpan WebhookDeletedAfter { get; init; } = TimeSpan.FromDays(14);

    /// <summary>What tokens, trace ids and secrets are derived from: the same seed and the same requests give the same answers.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Definite: it will be refused again. 401, 423 and 429 say nothing about the operation, and 6160, 6260 and 6280 ask for the same again.</summary>
    public static bool DefinitelyRefused(int status, string? code) =>
        status is >= 400 and < 500 and not (401 or 423 or 429) && code is not ("6160" or "6260" or "6280");

    internal SalesUnit? Unit(string? msn) => SalesUnits.FirstOrDefault(u => u.Msn == msn);
}
