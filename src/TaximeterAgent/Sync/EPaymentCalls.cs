using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.EPayment;
using Operation = TaximeterAgent.Core.Payments.Operation;
using OperationKind = TaximeterAgent.Core.Payments.OperationKind;
using PaymentState = TaximeterAgent.Core.Payments.PaymentState;

namespace TaximeterAgent.Sync;

/// <summary>The payment service by the ePayment client: operations become its calls, its outcomes become ours.</summary>
internal sealed class EPaymentCalls(EPaymentClient client, string car) : IPaymentCalls
{
    public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => operation.Kind switch
    {
        OperationKind.Create => new CreatePayment
        {
            Amount = Amount(operation.Amount!.Value),
            PhoneNumber = operation.Phone!.Value.Msisdn,
            Reference = operation.Reference.ToString(),
            Description = Description(state),
            Metadata = Metadata(operation, state),
        }.ToBody(),
        OperationKind.Capture or OperationKind.Refund => Adjustments.Modification(Amount(operation.Amount!.Value)),
        OperationKind.CancelUnapproved => Adjustments.CancelUnapproved(),
        OperationKind.PostReceipt => ReceiptOf(operation, state.Fare!).ToBody(),
        _ => default,
    };

    public async Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        var what = operation.Operation;
        var unit = new EPayment.SalesUnit(new Uri(what.SalesUnit.BaseUrl), what.SalesUnit.MerchantSerialNumber);
        var reference = what.Reference.ToString();
        return what.Kind switch
        {
            OperationKind.Create => Report(await client.CreateAsync(unit, what.Id, operation.Body, cancellationToken), _ => new TryOutcome.Done()),
            OperationKind.Query => Report(await client.GetAsync(unit, reference, cancellationToken), Reading),
            OperationKind.Capture => Report(await client.CaptureAsync(unit, reference, what.Id, operation.Body, cancellationToken), Reading),
            OperationKind.Refund => Report(await client.RefundAsync(unit, reference, what.Id, operation.Body, cancellationToken), Reading),
            OperationKind.Cancel or OperationKind.CancelUnapproved => Report(await client.CancelAsync(unit, reference, what.Id, operation.Body, cancellationToken), Reading),
            _ => await PostReceiptAsync(unit, reference, operation.Body, cancellationToken),
        };
    }

    private async Task<CallReport> PostReceiptAsync(EPayment.SalesUnit unit, string reference, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var posted = await client.PostReceiptAsync(unit, reference, body, stop);
        if (posted is not Refused<Done> { Advice: ErrorAdvice.ReceiptExists })
            return Report(posted, _ => new TryOutcome.Done());
        // A receipt is there: ours from a try whose answer was lost, unless it says something else.
        return Report(await client.HasReceiptAsync(unit, reference, body, stop), comparison => comparison.Same ? new TryOutcome.Done() : new TryOutcome.Refused(Refusal.ReceiptDiffers, "another receipt"));
    }

    private static CallReport Report<T>(CallOutcome<T> outcome, Func<T, TryOutcome> answered)
    {
        var code = Code(outcome);
        var report = outcome switch
        {
            Answered<T> answer => new CallReport(answered(answer.Value)),
            Refused<T> refused => new CallReport(new TryOutcome.Refused(RefusalOf(refused.Advice), code ?? "", refused.Problem.RetryAfter)),
            NotSent<T> { Kind: NotSentKind.TokenRefused } => new CallReport(new TryOutcome.Refused(Refusal.KeysRefused, code ?? "token refused")),
            NotSent<T> notSent => new CallReport(new TryOutcome.NotSent(notSent.Detail), Offline: notSent.Kind is not NotSentKind.TokenUnavailable),
            Unknown<T> unknown => new CallReport(new TryOutcome.Unknown(unknown.Detail), Offline: unknown.Kind is UnknownKind.Timeout or UnknownKind.Broken),
            _ => throw new InvalidOperationException($"An outcome of kind {outcome.GetType().Name} has no meaning here."),
        };
        return report with { Code = code, TraceId = outcome.TraceId, Duration = outcome.Duration };
    }

    private static string? Code<T>(CallOutcome<T> outcome) => outcome switch
    {
        Refused<T> { Problem: var problem } => problem.ErrorCode is { } code ? $"{problem.Status}/{code}" : $"{problem.Status}",
        Unknown<T> { Status: { } status } => $"{status}",
        NotSent<T> { TokenProblem: { } problem } => $"token {problem.Status}",
        _ => null,
    };

    private static Refusal RefusalOf(ErrorAdvice advice) => advice switch
    {
        ErrorAdvice.TooFast => Refusal.TooFast,
        ErrorAdvice.RetrySameKey or ErrorAdvice.CaptureFailedTryAgain => Refusal.TryAgain,
        ErrorAdvice.FundsUnavailable => Refusal.FundsUnavailable,
        ErrorAdvice.Busy => Refusal.Busy,
        ErrorAdvice.ReadPayment or ErrorAdvice.AlreadyDone or ErrorAdvice.AlreadyReserved => Refusal.ReadAgain,
        ErrorAdvice.NoSuchPayment => Refusal.NotFound,
        ErrorAdvice.ReferenceExists => Refusal.Exists,
        ErrorAdvice.ApprovedAlready => Refusal.Approved,
        ErrorAdvice.CustomerNotFound => Refusal.CustomerUnknown,
        ErrorAdvice.NotSetUp => Refusal.NotSetUp,
        ErrorAdvice.Forbidden or ErrorAdvice.TokenRefused => Refusal.KeysRefused,
        ErrorAdvice.CaptureTooHigh => Refusal.CaptureTooHigh,
        ErrorAdvice.CaptureTooLate => Refusal.CaptureTooLate,
        ErrorAdvice.MustCaptureInFull => Refusal.MustCaptureInFull,
        ErrorAdvice.CancelTooLate => Refusal.CancelTooLate,
        ErrorAdvice.RefundNotPossible => Refusal.RefundImpossible,
        _ => Refusal.BadRequest,
    };

    private static TryOutcome Reading(Payment payment) => payment.State == EPayment.PaymentState.Unknown
        ? new TryOutcome.Unknown("a state that this version does not know")
        : new TryOutcome.Read(new PaymentReading
        {
            State = payment.State switch
            {
                EPayment.PaymentState.Created => PaymentState.Created,
                EPayment.PaymentState.Authorized => PaymentState.Authorized,
                EPayment.PaymentState.Aborted => PaymentState.Aborted,
                EPayment.PaymentState.Expired => PaymentState.Expired,
                _ => PaymentState.Terminated,
            },
            Amount = payment.Amount.Value,
            Currency = payment.Amount.Currency,
            Authorized = payment.Aggregate.Authorized,
            Captured = payment.Aggregate.Captured,
            Cancelled = payment.Aggregate.Cancelled,
            Refunded = payment.Aggregate.Refunded,
            GuaranteedUntil = payment.CaptureGuaranteedUntil,
            ServerTime = payment.ServerTime,
            Trip = payment.Metadata?.GetValueOrDefault("trip"),
            Booking = payment.Metadata?.GetValueOrDefault("booking"),
            Car = payment.Metadata?.GetValueOrDefault("car"),
        });

    private Dictionary<string, string> Metadata(Operation operation, TripState state)
    {
        var reservation = state.Attempts.Any(a => a.Kind == AttemptKind.Reservation && a.Reference == operation.Reference);
        return new Dictionary<string, string>
        {
            [reservation ? "booking" : "trip"] = reservation ? state.Booking!.Id : state.Trip!.ToString(),
            ["car"] = car,
        };
    }

    // What the customer reads in the push message.
    private string Description(TripState state) => state.Fare is { } fare ? $"Taxi {car}, {fare.Trip.Trip}" : $"Taxi {car}";

    private Receipt ReceiptOf(Operation operation, Fare fare)
    {
        var lines = Core.Payments.ReceiptLine.For(fare, operation.ReceiptOffset, operation.Amount!.Value.MinorUnits);
        return new Receipt
        {
            Currency = fare.Total.Currency.ToString(),
            PointOfSale = car,
            Number = fare.Trip.Trip,
            Tip = lines.Where(line => line.Item == ReceiptItem.Tip).Sum(line => line.Total),
            Lines =
            [
                .. lines.Select(line => new EPayment.ReceiptLine(line.Item.ToString().ToLowerInvariant(), Name(line.Item), line.Total, line.Tax, line.TaxRate)
                {
                    // The distance belongs to the fare's own line.
                    Kilometres = line.Item == ReceiptItem.Fare && fare.Distance > 0 ? Math.Min(fare.Distance / 1000m, 99_999.999m) : null,
                }),
            ],
        };
    }

    private static string Name(ReceiptItem item) => item switch
    {
        ReceiptItem.Fare => "Taxi",
        ReceiptItem.Supplements => "Supplements",
        _ => "Tip",
    };

    private static Amount Amount(Money money) => new(money.MinorUnits, money.Currency.ToString());
}
