using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>
/// The payment service, as strict as a decider needs it: idempotency by key, a reference for ever, amounts that add up, refusals of what cannot be. A function on
/// the world's payments; what it would have to complain about to our developers is a violation.
/// </summary>
internal static class PaymentService
{
    /// <summary>Carries out one call that has arrived.</summary>
    public static TryOutcome Execute(World world, Scenario scenario, Operation operation)
    {
        if (operation.Kind == OperationKind.Query)
            return world.Payment(operation.Reference) is { } found ? Read(scenario, found) : Refused(Refusal.NotFound);
        if (operation.Kind == OperationKind.PostReceipt)
            return PostReceipt(world, operation);
        var amount = operation.Amount?.MinorUnits ?? 0;
        foreach (var known in world.Keys)
        {
            if (known.Key != operation.Id || known.Reference != operation.Reference)
                continue;
            if (known.Kind != operation.Kind || known.Amount != amount)
                throw new Violation(Broken.Double, $"key {operation.Id} was sent with another body");
            if (known.Refusal is { } before)
                return Refused(before);
            return operation.Kind == OperationKind.Create ? new TryOutcome.Done() : Read(scenario, world.Payment(operation.Reference)!);
        }

        var outcome = Carry(world, scenario, operation, amount);
        Remember(world, operation, outcome is TryOutcome.Refused { Kind: var refusal } ? refusal : null);
        return outcome;
    }

    /// <summary>The key is answered so from now on.</summary>
    public static void Remember(World world, Operation operation, Refusal? refusal) =>
        world.Keys = world.Keys.Add(new RememberedKey(operation.Reference, operation.Id, operation.Kind, operation.Amount?.MinorUnits ?? 0, refusal));

    /// <summary>How the service says a payment stands.</summary>
    public static TryOutcome Read(Scenario scenario, Payment p)
    {
        var reservation = p.Reference == scenario.ReservationReference;
        return new TryOutcome.Read(new PaymentReading
        {
            State = p.State,
            Amount = p.Amount,
            Currency = "NOK",
            Authorized = p.Authorized,
            Captured = p.Captured,
            Cancelled = p.Cancelled,
            Refunded = p.Refunded,
            GuaranteedUntil = p.Late ? Scenario.Now.AddHours(-1) : Scenario.Now.AddDays(180),
            ServerTime = Scenario.Now,
            Trip = reservation ? null : Scenario.TripName,
            Booking = reservation ? Scenario.BookingName : null,
            Car = scenario.Policy.Car,
        });
    }

    private static TryOutcome.Refused Refused(Refusal refusal) => new(refusal);

    private static TryOutcome Carry(World world, Scenario scenario, Operation operation, long amount)
    {
        var payment = world.Payment(operation.Reference);
        if (operation.Kind == OperationKind.Create)
        {
            if (payment is not null)
                return Refused(Refusal.Exists);
            if (amount < 100 || operation.Phone is null)
                throw new Violation(Broken.Rule, $"a create that cannot be: {operation.Amount} to {operation.Phone}");
            world.Payments = world.Payments.Add(new Payment { Reference = operation.Reference, Amount = amount });
            return new TryOutcome.Done();
        }

        if (payment is null)
            return Refused(Refusal.NotFound);
        var (outcome, changed) = operation.Kind switch
        {
            OperationKind.Cancel or OperationKind.CancelUnapproved => Cancel(payment, operation.Kind == OperationKind.CancelUnapproved),
            OperationKind.Capture => Capture(payment, amount),
            _ => Refund(payment, amount),
        };
        if (changed is null)
            return Refused(outcome);
        world.Payments = world.Payments.Replace(payment, changed);
        return Read(scenario, changed);
    }

    private static (Refusal, Payment?) Cancel(Payment payment, bool onlyUnapproved) => payment switch
    {
        { State: PaymentState.Created } => (default, payment with { State = PaymentState.Terminated, Cancelled = payment.Amount }),
        { State: PaymentState.Authorized, Gone: true } => (Refusal.CancelTooLate, null),
        { State: PaymentState.Authorized } when onlyUnapproved => (Refusal.Approved, null),
        { Remaining: > 0 } => (default, payment with { Cancelled = payment.Cancelled + payment.Remaining }),
        _ => (Refusal.ReadAgain, null),
    };

    private static (Refusal, Payment?) Capture(Payment payment, long amount)
    {
        if (payment.Gone)
            return (Refusal.CaptureTooLate, null);
        if (payment.Remaining == 0)
            return (Refusal.ReadAgain, null);
        if (amount > payment.Remaining)
            throw new Violation(Broken.Double, $"{payment.Reference}: a capture of {amount} arrives with {payment.Remaining} left");
        return (default, payment with { Captured = payment.Captured + amount });
    }

    private static (Refusal, Payment?) Refund(Payment payment, long amount)
    {
        if (amount > payment.Captured - payment.Refunded)
            throw new Violation(Broken.Double, $"{payment.Reference}: a refund of {amount} arrives with {payment.Captured - payment.Refunded} left");
        return (default, payment with { Refunded = payment.Refunded + amount });
    }

    private static TryOutcome PostReceipt(World world, Operation operation)
    {
        if (world.Payment(operation.Reference) is not { } payment)
            return Refused(Refusal.NotFound);
        var amount = operation.Amount!.Value.MinorUnits;
        if (payment.Receipt is { } posted)
            return posted == amount && payment.ReceiptOffset == operation.ReceiptOffset ? new TryOutcome.Done() : Refused(Refusal.ReceiptDiffers);
        world.Payments = world.Payments.Replace(payment, payment with { Receipt = amount, ReceiptOffset = operation.ReceiptOffset });
        return new TryOutcome.Done();
    }
}
