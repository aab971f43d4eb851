using System.Globalization;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.EPayment;
using TaximeterAgent.Printer;
using Operation = TaximeterAgent.Core.Payments.Operation;
using OperationKind = TaximeterAgent.Core.Payments.OperationKind;
using ReceiptLine = TaximeterAgent.Core.Payments.ReceiptLine;
using PaymentState = TaximeterAgent.Core.Payments.PaymentState;
using SalesUnit = TaximeterAgent.Core.Payments.SalesUnit;

namespace TaximeterAgent.Sync;

/// <summary>The payment service by the ePayment client: operations become its calls, its outcomes become ours.</summary>
/// <param name="client">Null while the keys are missing: then nothing is sent. A request is refused at once, as one that cannot work; anything else waits for the keys.</param>
/// <param name="car">For the metadata and what the customer reads.</param>
/// <param name="time">The wall clock.</param>
/// <param name="last">Where calls are noted for people; null where nobody looks.</param>
internal sealed class EPaymentCalls(EPaymentClient? client, string car, TimeProvider time, LastCalls? last = null) : IPaymentCalls
{
    private const string KeysMissing = "the keys are missing";

    private static readonly CallReport s_notSetUp = new(new TryOutcome.Refused(Refusal.NotSetUp, KeysMissing)) { Code = KeysMissing };
    private static readonly CallReport s_waitsForKeys = new(new TryOutcome.NotSent(KeysMissing)) { Code = KeysMissing };

    // Nearly always the same one: read once, not for every call.
    private (SalesUnit Stored, EPayment.SalesUnit Unit)? _lastUnit;

    public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => operation.Kind switch
    {
        OperationKind.Create => RequestBodies.Create(
            new CreatePaymentRequest(operation.Reference.ToString(), Amount(operation.Amount!.Value), Description(state))
            {
                PhoneNumber = operation.Phone?.Msisdn,
                // Nobody in particular is asked: whoever scans the code.
                UserFlow = operation.Phone is null ? UserFlow.Qr : UserFlow.PushMessage,
                QrContent = operation.Phone is null ? QrContent.TargetUrl : QrContent.Picture,
                Metadata = Metadata(operation, state),
            },
            time.GetUtcNow()),
        OperationKind.Capture or OperationKind.Refund => RequestBodies.Modification(Amount(operation.Amount!.Value)),
        OperationKind.CancelUnapproved => RequestBodies.Cancel(transactionOnly: true),
        OperationKind.PostReceipt => RequestBodies.Receipt(ReceiptOf(operation, state.Fare!)),
        _ => default,
    };

    public async Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        var what = operation.Operation;
        if (client is null)
            return what.Kind == OperationKind.Create ? s_notSetUp : s_waitsForKeys;
        var unit = UnitOf(what.SalesUnit);
        var reference = what.Reference.ToString();
        return what.Kind switch
        {
            OperationKind.Create => Noted(what.Kind, await client.CreateAsync(unit, reference, what.Id, operation.Body, cancellationToken), (created, _) => new TryOutcome.Done(Link(created.RedirectUrl))),
            OperationKind.Query => Noted(what.Kind, await client.GetAsync(unit, reference, cancellationToken), Reading),
            OperationKind.Capture => Noted(what.Kind, await client.CaptureAsync(unit, reference, what.Id, operation.Body, cancellationToken), Reading),
            OperationKind.Refund => Noted(what.Kind, await client.RefundAsync(unit, reference, what.Id, operation.Body, cancellationToken), Reading),
            OperationKind.Cancel or OperationKind.CancelUnapproved => Noted(what.Kind, await client.CancelAsync(unit, reference, what.Id, operation.Body, cancellationToken), Reading),
            _ => await PostReceiptAsync(client, unit, reference, operation.Body, cancellationToken),
        };
    }

    private EPayment.SalesUnit UnitOf(SalesUnit stored)
    {
        if (_lastUnit is { } last && last.Stored == stored)
            return last.Unit;
        var unit = new EPayment.SalesUnit(new Uri(stored.BaseUrl), stored.MerchantSerialNumber);
        _lastUnit = (stored, unit);
        return unit;
    }

    private async Task<CallReport> PostReceiptAsync(EPaymentClient client, EPayment.SalesUnit unit, string reference, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var posted = await client.PostReceiptAsync(unit, reference, body, stop);
        if (posted is not Refused<Done> { Advice: ErrorAdvice.ReceiptExists })
            return Noted(OperationKind.PostReceipt, posted, (_, _) => new TryOutcome.Done());
        // A receipt is there: ours from a try whose answer was lost, unless it says something else.
        var ours = RequestBodies.ReadReceipt(body.Span);
        return Noted(
            OperationKind.PostReceipt,
            await client.GetOrderAsync(unit, reference, stop),
            (order, _) => ours is not null && order.Receipt is { } theirs && ours.SaysTheSameAs(theirs) ? new TryOutcome.Done() : new TryOutcome.Refused(Refusal.ReceiptDiffers, "another receipt"));
    }

    private CallReport Noted<T>(OperationKind kind, CallOutcome<T> outcome, Func<T, DateTimeOffset?, TryOutcome> answered)
    {
        var report = Report(outcome, answered);
        last?.Note(kind, report, outcome.ServerTime);
        return report;
    }

    private static CallReport Report<T>(CallOutcome<T> outcome, Func<T, DateTimeOffset?, TryOutcome> answered)
    {
        var code = Code(outcome);
        var report = outcome switch
        {
            Answered<T> answer => new CallReport(answered(answer.Value, answer.ServerTime)),
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
        Refused<T> { Problem: var problem } => AnswerCode.Of(problem),
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

    private static TryOutcome Reading(Payment payment, DateTimeOffset? serverTime) => payment.State == EPayment.PaymentState.Unknown
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
            ServerTime = serverTime,
            Link = Link(payment.RedirectUrl),
            Trip = payment.Metadata.GetValueOrDefault("trip"),
            Booking = payment.Metadata.GetValueOrDefault("booking"),
            Car = payment.Metadata.GetValueOrDefault("car"),
        });

    // What is printed as a code: an address that a phone opens.
    private static string? Link(string? url) =>
        url is { Length: <= QrSlip.LongestLink } && System.Text.Ascii.IsValid(url) && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? url : null;

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
        var lines = ReceiptLine.For(fare, operation.ReceiptOffset, operation.Amount!.Value.MinorUnits);
        var tip = lines.Where(line => line.Item == ReceiptItem.Tip).Sum(line => line.Total);
        return new Receipt(
            [.. lines.Select(line => OrderLine(line, fare))],
            new BottomLine(fare.Total.Currency.ToString()) { PosId = car, ReceiptNumber = fare.Trip.Trip, TipAmount = tip > 0 ? tip : null });
    }

    private static OrderLine OrderLine(ReceiptLine line, Fare fare) =>
        new(Name(line.Item), line.Item.ToString().ToLowerInvariant(), line.Total, line.Total - line.Tax, line.Tax)
        {
            TaxRate = line.TaxRate,
            // The distance belongs to the fare's own line.
            UnitInfo = line.Item == ReceiptItem.Fare && fare.Distance > 0 ? Kilometres(line.Total, fare.Distance) : null,
        };

    private static UnitInfo Kilometres(long total, long metres)
    {
        // Ten characters are what the service takes.
        var kilometres = Math.Min(metres / 1000m, 99_999.999m);
        return new UnitInfo((long)decimal.Round(total / kilometres), kilometres.ToString("0.###", CultureInfo.InvariantCulture), QuantityUnit.Kilometres);
    }

    private static string Name(ReceiptItem item) => item switch
    {
        ReceiptItem.Fare => "Taxi",
        ReceiptItem.Supplements => "Supplements",
        _ => "Tip",
    };

    private static Amount Amount(Money money) => new(money.MinorUnits, money.Currency.ToString());
}
