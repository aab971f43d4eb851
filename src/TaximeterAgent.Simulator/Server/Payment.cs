namespace TaximeterAgent.Simulator.Server;

public enum PaymentState
{
    Created,
    Authorized,
    Aborted,
    Expired,
    Terminated,
}

/// <summary>An entry of a payment's event log.</summary>
internal sealed record PaymentEvent(string Name, long Amount, DateTimeOffset At, string? IdempotencyKey, bool Success, string PspReference);

/// <summary>One payment. Only its own methods move money, and each leaves it balanced or throws.</summary>
internal sealed class Payment(SalesUnit unit, CreateBody asked, DateTimeOffset createdAt, DateTimeOffset expiresAt, string pspReference)
{
    private readonly List<PaymentEvent> _events = [];

    public SalesUnit Unit { get; } = unit;
    public CreateBody Asked { get; } = asked;
    public string Reference => Asked.Reference;
    public string PspReference { get; } = pspReference;
    public DateTimeOffset CreatedAt { get; } = createdAt;
    public DateTimeOffset ExpiresAt { get; } = expiresAt;

    public PaymentState State { get; private set; } = PaymentState.Created;
    public long Authorized { get; private set; }
    public long Captured { get; private set; }
    public long Cancelled { get; private set; }
    public long Refunded { get; private set; }

    public DateTimeOffset? AuthorizedAt { get; private set; }
    public DateTimeOffset? CaptureGuaranteedUntil { get; private set; }
    public DateTimeOffset? CaptureDeadline { get; private set; }

    /// <summary>While the customer has the request open and is approving it, it cannot be cancelled.</summary>
    public (DateTimeOffset From, DateTimeOffset Until)? Approving { get; set; }

    /// <summary>What the customer is going to do.</summary>
    public CustomerPlan? Plan { get; set; }

    public Receipt? Receipt { get; set; }
    public IReadOnlyList<PaymentEvent> Events => _events;

    /// <summary>What is reserved and neither captured nor released.</summary>
    public long Reserved => State == PaymentState.Authorized ? Authorized - Captured - Cancelled : 0;

    /// <summary>True while the customer can still be charged for it by nobody's further request than a capture.</summary>
    public bool IsLive => State == PaymentState.Created || Reserved > 0;

    /// <summary>Where the customer goes on with it; null for a push message, which brings the customer there.</summary>
    public string? RedirectUrl => Asked switch
    {
        { UserFlow: "PUSH_MESSAGE" } => null,
        { UserFlow: "QR", QrFormat: "TEXT/TARGETURL" } => "https://qr.vipps.no/payment?token=" + PspReference,
        { UserFlow: "QR" } => "https://qr-image.vipps.no/v1?token=" + PspReference,
        _ => "https://landing.vipps.no?token=" + PspReference,
    };

    /// <summary>What it is for, by its metadata.</summary>
    public string? Trip { get; } = Call.TripKey(asked.Metadata.GetValueOrDefault("trip"), asked.Metadata.GetValueOrDefault("booking"));

    public string StateName => State.ToString().ToUpperInvariant();

    public bool IsApproving(DateTimeOffset now) => State == PaymentState.Created && Approving is { } window && now >= window.From && now < window.Until;

    public void Note(string name, long amount, DateTimeOffset at, string? key, string psp, bool success = true)
    {
        _events.Add(new PaymentEvent(name, amount, at, key, success, psp));
        AssertBalanced();
    }

    public void Authorize(DateTimeOffset at, DateTimeOffset guaranteedUntil, DateTimeOffset deadline)
    {
        Leave(PaymentState.Created, PaymentState.Authorized);
        Authorized = Asked.Amount;
        AuthorizedAt = at;
        CaptureGuaranteedUntil = guaranteedUntil;
        CaptureDeadline = deadline;
    }

    public void Abort() => Leave(PaymentState.Created, PaymentState.Aborted);

    public void Expire() => Leave(PaymentState.Created, PaymentState.Expired);

    public void Terminate()
    {
        Leave(PaymentState.Created, PaymentState.Terminated);
        Cancelled = Asked.Amount;
    }

    public void Capture(long amount) => Captured += amount;

    public void Refund(long amount) => Refunded += amount;

    /// <summary>Releases the whole rest; how much that was.</summary>
    public long ReleaseRest()
    {
        var rest = Reserved;
        Cancelled += rest;
        return rest;
    }

    private void Leave(PaymentState from, PaymentState to)
    {
        if (State != from)
            throw new InvalidOperationException($"A payment that is {State} cannot become {to}.");
        State = to;
    }

    private void AssertBalanced()
    {
        var sound = State == PaymentState.Authorized
            ? Authorized == Asked.Amount && Captured >= 0 && Cancelled >= 0 && Captured + Cancelled <= Authorized && Refunded >= 0 && Refunded <= Captured
            : Authorized == 0 && Captured == 0 && Refunded == 0 && Cancelled == (State == PaymentState.Terminated ? Asked.Amount : 0);
        if (!sound)
            throw new InvalidOperationException($"The simulated server has lost count of {Reference}.");
    }
}
