using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Tests.Payments.Script;

/// <summary>What the customer does with a request.</summary>
public enum Customer
{
    Approves,
    Refuses,
    DoesNothing,
}

/// <summary>One payment as the service holds it. Amounts in minor units.</summary>
internal sealed class ServerPayment
{
    public required Reference Reference { get; init; }

    public required SalesUnit SalesUnit { get; init; }

    public required long Amount { get; init; }

    public required Currency Currency { get; init; }

    public string? Trip { get; init; }

    public string? Booking { get; init; }

    public string? Car { get; init; }

    public PaymentState State { get; set; } = PaymentState.Created;

    public long Authorized { get; set; }

    public long Captured { get; set; }

    public long Cancelled { get; set; }

    public long Refunded { get; set; }

    public DateTimeOffset? GuaranteedUntil { get; set; }

    /// <summary>What its receipt sums to; a receipt is posted once.</summary>
    public long? Receipt { get; set; }

    public long? ReceiptOffset { get; set; }

    /// <summary>What its code says; null for a push message.</summary>
    public string? Link { get; init; }

    /// <summary>Every capture that was made, with its key.</summary>
    public List<(string Key, long Amount)> Captures { get; } = [];

    /// <summary>The bank has let go of the reservation; the amounts do not show it.</summary>
    public bool Gone { get; set; }

    public long Remaining => State == PaymentState.Authorized && !Gone ? Authorized - Captured - Cancelled : 0;

    /// <summary>Money of the customer's is reserved, or can be at any moment.</summary>
    public bool Live => State == PaymentState.Created || Remaining > 0;

    public void Approve()
    {
        if (State != PaymentState.Created)
            return;
        State = PaymentState.Authorized;
        Authorized = Amount;
    }

    public void Refuse() => State = State == PaymentState.Created ? PaymentState.Aborted : State;

    public void Expire() => State = State == PaymentState.Created ? PaymentState.Expired : State;
}

/// <summary>
/// The payment service, as strict as a decider needs it: idempotency by key, a reference for ever, aggregates, refusals of what cannot be. Knows no network; see
/// <see cref="TripScript"/> for what gets lost on the way.
/// </summary>
internal sealed class PaymentServer
{
    private readonly Dictionary<(Reference, string), (OperationKind Kind, long? Amount, TryOutcome Outcome)> _remembered = [];
    private readonly List<(OperationKind Kind, Refusal Refusal)> _refusals = [];

    public List<ServerPayment> Payments { get; } = [];

    /// <summary>What the service would have to complain about to our developers.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>The driver may ask for codes; otherwise a create without a number is a mistake.</summary>
    public bool Codes { get; set; }

    /// <summary>The service gives no code for a payment that needs one, neither at once nor when it is read.</summary>
    public bool HidesLinks { get; set; }

    /// <summary>What a new payment is guaranteed for.</summary>
    public TimeSpan? Guarantee { get; set; }

    public ServerPayment Single => Assert.Single(Payments);

    public long Kept => Payments.Sum(p => p.Captured - p.Refunded);

    public ServerPayment? Find(Reference reference) => Payments.SingleOrDefault(p => p.Reference == reference);

    /// <summary>The next call of this kind is refused so and changes nothing.</summary>
    public void RefuseNext(OperationKind kind, Refusal refusal, int times = 1)
    {
        for (var i = 0; i < times; i++)
            _refusals.Add((kind, refusal));
    }

    public void RefuseNoMore() => _refusals.Clear();

    /// <summary>Carries out one call.</summary>
    /// <param name="operation">The call.</param>
    /// <param name="describe">Metadata for a create: trip, booking, car.</param>
    /// <param name="now">The service's clock.</param>
    public TryOutcome Execute(Operation operation, (string? Trip, string? Booking, string Car) describe, DateTimeOffset now)
    {
        var planned = _refusals.FindIndex(r => r.Kind == operation.Kind);
        if (planned >= 0)
        {
            var refusal = _refusals[planned].Refusal;
            _refusals.RemoveAt(planned);
            return new TryOutcome.Refused(refusal);
        }

        if (operation.Kind == OperationKind.Query)
            return Find(operation.Reference) is { } found ? Read(found, now) : new TryOutcome.Refused(Refusal.NotFound);
        if (operation.Kind == OperationKind.PostReceipt)
            return PostReceipt(operation);
        if (_remembered.TryGetValue((operation.Reference, operation.Id), out var before))
        {
            if (before.Kind != operation.Kind || before.Amount != operation.Amount?.MinorUnits)
                Violations.Add($"key {operation.Id} with another body");
            // A success is repeated as it stands now; a refusal as it was.
            return before.Outcome is TryOutcome.Read ? Read(Find(operation.Reference)!, now) : before.Outcome;
        }

        var outcome = Carry(operation, describe, now);
        _remembered.Add((operation.Reference, operation.Id), (operation.Kind, operation.Amount?.MinorUnits, outcome));
        return outcome;
    }

    private TryOutcome Carry(Operation operation, (string? Trip, string? Booking, string Car) describe, DateTimeOffset now)
    {
        var payment = Find(operation.Reference);
        if (operation.Kind == OperationKind.Create)
            return payment is null ? Create(operation, describe, now) : new TryOutcome.Refused(Refusal.Exists);
        if (payment is null)
            return new TryOutcome.Refused(Refusal.NotFound);
        switch (operation.Kind)
        {
            case OperationKind.Cancel or OperationKind.CancelUnapproved:
                return Cancel(payment, operation.Kind == OperationKind.CancelUnapproved, now);
            case OperationKind.Capture:
                return Capture(payment, operation.Id, operation.Amount!.Value.MinorUnits, now);
            default:
                return Refund(payment, operation.Amount!.Value.MinorUnits, now);
        }
    }

    private TryOutcome Create(Operation operation, (string? Trip, string? Booking, string Car) describe, DateTimeOffset now)
    {
        var amount = operation.Amount!.Value;
        if (amount.MinorUnits < amount.Currency.MinimumPayment() || amount.MinorUnits > Currencies.MaximumPayment || (operation.Phone is null && !Codes))
        {
            Violations.Add($"a create that cannot be: {amount}");
            return new TryOutcome.Refused(Refusal.BadRequest);
        }

        var payment = new ServerPayment
        {
            Reference = operation.Reference,
            SalesUnit = operation.SalesUnit,
            Amount = amount.MinorUnits,
            Currency = amount.Currency,
            Trip = describe.Trip,
            Booking = describe.Booking,
            Car = describe.Car,
            GuaranteedUntil = Guarantee is { } guarantee ? now + guarantee : null,
            Link = operation.Phone is null && !HidesLinks ? $"https://qr.example/{operation.Reference}" : null,
        };
        Payments.Add(payment);
        return new TryOutcome.Done(payment.Link);
    }

    private static TryOutcome Cancel(ServerPayment payment, bool onlyUnapproved, DateTimeOffset now)
    {
        switch (payment.State)
        {
            case PaymentState.Created:
                payment.State = PaymentState.Terminated;
                payment.Cancelled = payment.Amount;
                return Read(payment, now);
            case PaymentState.Authorized when payment.Gone:
                return new TryOutcome.Refused(Refusal.CancelTooLate);
            case PaymentState.Authorized when onlyUnapproved:
                return new TryOutcome.Refused(Refusal.Approved);
            case PaymentState.Authorized when payment.Remaining > 0:
                payment.Cancelled += payment.Remaining;
                return Read(payment, now);
            default:
                return new TryOutcome.Refused(Refusal.ReadAgain);
        }
    }

    private TryOutcome Capture(ServerPayment payment, string key, long amount, DateTimeOffset now)
    {
        if (payment.Gone)
            return new TryOutcome.Refused(Refusal.CaptureTooLate);
        if (payment.State != PaymentState.Authorized || payment.Remaining == 0)
            return new TryOutcome.Refused(Refusal.ReadAgain);
        if (amount > payment.Remaining)
        {
            Violations.Add($"{payment.Reference}: capture of {amount} with {payment.Remaining} left");
            return new TryOutcome.Refused(Refusal.CaptureTooHigh);
        }

        payment.Captured += amount;
        payment.Captures.Add((key, amount));
        return Read(payment, now);
    }

    private TryOutcome Refund(ServerPayment payment, long amount, DateTimeOffset now)
    {
        if (amount > payment.Captured - payment.Refunded)
        {
            Violations.Add($"{payment.Reference}: refund of {amount} with {payment.Captured - payment.Refunded} left");
            return new TryOutcome.Refused(Refusal.RefundImpossible);
        }

        payment.Refunded += amount;
        return Read(payment, now);
    }

    private TryOutcome PostReceipt(Operation operation)
    {
        if (Find(operation.Reference) is not { } payment)
            return new TryOutcome.Refused(Refusal.NotFound);
        var amount = operation.Amount!.Value.MinorUnits;
        if (payment.Receipt is { } posted)
            return posted == amount && payment.ReceiptOffset == operation.ReceiptOffset ? new TryOutcome.Done() : new TryOutcome.Refused(Refusal.ReceiptDiffers);
        (payment.Receipt, payment.ReceiptOffset) = (amount, operation.ReceiptOffset);
        return new TryOutcome.Done();
    }

    private static TryOutcome Read(ServerPayment p, DateTimeOffset now) => new TryOutcome.Read(new PaymentReading
    {
        State = p.State,
        Amount = p.Amount,
        Currency = p.Currency.ToString(),
        Authorized = p.Authorized,
        Captured = p.Captured,
        Cancelled = p.Cancelled,
        Refunded = p.Refunded,
        GuaranteedUntil = p.GuaranteedUntil,
        ServerTime = now,
        Link = p.Link,
        Trip = p.Trip,
        Booking = p.Booking,
        Car = p.Car,
    });
}
