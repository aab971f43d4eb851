using System.Text.Json;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Tests.Outbox.Older;

/// <summary>A payment service that keeps payments and does what the test tells it; it moves no money twice.</summary>
internal sealed class ToldPayments(TimeProvider time) : IPaymentCalls
{
    // Only for the bytes of the bodies, which are those that go out.
    private readonly EPaymentCalls _bodies = new(null!, "EL12345", time);
    private readonly Dictionary<string, PaymentReading> _payments = [];
    private readonly Dictionary<string, OperationKind> _lost = [];
    private readonly HashSet<string> _gone = [];
    private readonly HashSet<string> _keys = [];

    /// <summary>Nothing comes through.</summary>
    public bool Unreachable { get; set; }

    /// <summary>Customers approve as soon as they are asked.</summary>
    public bool Willing { get; set; }

    /// <summary>Each call that has arrived.</summary>
    public List<(Operation Operation, string Body)> Calls { get; } = [];

    public PaymentReading? Find(Reference reference) => _payments.GetValueOrDefault(reference.ToString());

    public void Has(Reference reference, PaymentReading payment) => _payments[reference.ToString()] = payment;

    /// <summary>The first call of this kind is done, and its answer lost; after it nothing of this payment comes through, unless it was but a receipt.</summary>
    public void LoseFrom(Reference reference, OperationKind kind) => _lost[reference.ToString()] = kind;

    public void Approve(Reference reference) => Change(reference, payment => payment with { State = PaymentState.Authorized, Authorized = payment.Amount!.Value });

    public void Refuse(Reference reference) => Change(reference, payment => payment with { State = PaymentState.Aborted });

    public void SayImpossible(Reference reference) => Change(reference, payment => payment with { State = PaymentState.Authorized, Authorized = payment.Amount!.Value, Captured = payment.Amount!.Value + 1 });

    public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => _bodies.Body(operation, state);

    public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken) => Task.FromResult(Try(operation));

    private CallReport Try(StoredOperation stored)
    {
        var name = stored.Operation.Reference.ToString();
        if (Unreachable || _gone.Contains(name))
            return new CallReport(new TryOutcome.NotSent("no network"), Offline: true);
        Calls.Add((stored.Operation, Convert.ToHexString(stored.Body.Span)));
        var outcome = Do(stored, name);
        if (!_lost.TryGetValue(name, out var kind) || kind != stored.Operation.Kind)
            return new CallReport(outcome, "200", "0af7651916cd43dd8448eb211c80319c", TimeSpan.FromMilliseconds(312));
        if (kind != OperationKind.PostReceipt)
            _gone.Add(name);
        return new CallReport(new TryOutcome.Unknown("the connection broke"), Offline: true);
    }

    private TryOutcome Do(StoredOperation stored, string name)
    {
        var operation = stored.Operation;
        var known = _payments.GetValueOrDefault(name);
        if (operation.Kind == OperationKind.Create)
        {
            if (known is not null && !_keys.Contains(operation.Id))
                return new TryOutcome.Refused(Refusal.Exists);
            _keys.Add(operation.Id);
            _payments[name] = known ?? Created(operation, stored.Body);
            return new TryOutcome.Done();
        }

        if (known is null)
            return new TryOutcome.Refused(Refusal.NotFound);
        if (operation.Kind == OperationKind.PostReceipt)
            return new TryOutcome.Done();
        if (operation.MovesMoney && _keys.Add(operation.Id))
            known = _payments[name] = Moved(operation, known);
        return new TryOutcome.Read(known);
    }

    private static PaymentReading Moved(Operation operation, PaymentReading payment)
    {
        var amount = operation.Amount?.MinorUnits ?? 0;
        switch (operation.Kind)
        {
            case OperationKind.Capture:
                Assert.True(payment.Captured + payment.Cancelled + amount <= payment.Authorized, $"{operation.Reference} is captured twice.");
                return payment with { Captured = payment.Captured + amount };
            case OperationKind.Refund:
                Assert.True(payment.Refunded + amount <= payment.Captured, $"{operation.Reference} is refunded twice.");
                return payment with { Refunded = payment.Refunded + amount };
            case OperationKind.Cancel when payment.State == PaymentState.Authorized && payment.Captured > 0:
                return payment with { Cancelled = payment.Authorized - payment.Captured };
            default:
                return payment with { State = PaymentState.Terminated, Cancelled = payment.Amount!.Value, Authorized = 0 };
        }
    }

    private PaymentReading Created(Operation operation, ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        var metadata = json.RootElement.GetProperty("metadata");
        string? Of(string name) => metadata.TryGetProperty(name, out var value) ? value.GetString() : null;
        return new PaymentReading
        {
            State = Willing ? PaymentState.Authorized : PaymentState.Created,
            Amount = operation.Amount!.Value.MinorUnits,
            Currency = operation.Amount!.Value.Currency.ToString(),
            Authorized = Willing ? operation.Amount!.Value.MinorUnits : 0,
            Trip = Of("trip"),
            Booking = Of("booking"),
            Car = Of("car"),
        };
    }

    private void Change(Reference reference, Func<PaymentReading, PaymentReading> change) => _payments[reference.ToString()] = change(_payments[reference.ToString()]);
}
