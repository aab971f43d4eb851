using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Cli.Pay;

/// <summary>
/// The calls of one test payment, each noted. Keys and bytes of what moves money are made once: a call that is made again is the same call, but for a cancel.
/// </summary>
internal sealed class PayCalls
{
    private readonly EPaymentClient _client;
    private readonly ForceApproval _force;
    private readonly SalesUnit _unit;
    private readonly PayOrder _order;
    private readonly IIdSource _ids;
    private readonly List<PayCallReport> _made = [];
    private readonly string _reference;
    private readonly byte[] _create;
    private readonly string _createKey;
    private readonly byte[] _whole;
    private readonly string _captureKey;
    private readonly string _refundKey;

    /// <exception cref="RequestFieldException">The service would refuse the payment; the field is named.</exception>
    public PayCalls(EPaymentConnection connection, SalesUnit unit, PayOrder order, IIdSource ids, TimeProvider time)
    {
        _client = new EPaymentClient(connection);
        _force = new ForceApproval(connection);
        _unit = unit;
        _order = order;
        _ids = ids;
        _reference = order.Reference.ToString();
        var amount = new Amount(order.Amount.MinorUnits, order.Amount.Currency.ToString());
        _create = RequestBodies.Create(
            new CreatePaymentRequest(_reference, amount, "Test, no trip: nothing is kept")
            {
                PhoneNumber = order.Phone.Msisdn,
                Metadata = new Dictionary<string, string> { ["test"] = "pay-test", ["car"] = order.Car },
            },
            time.GetUtcNow());
        _whole = RequestBodies.Modification(amount);
        (_createKey, _captureKey, _refundKey) = (ids.NewId(), ids.NewId(), ids.NewId());
    }

    /// <summary>In their order.</summary>
    public IReadOnlyList<PayCallReport> Made => _made;

    public Task<CallOutcome<CreatedPayment>> CreateAsync(CancellationToken stop) => NoteAsync(_client.CreateAsync(_unit, _reference, _createKey, _create, stop));

    public Task<CallOutcome<Payment>> GetAsync(CancellationToken stop) => NoteAsync(_client.GetAsync(_unit, _reference, stop));

    public Task<CallOutcome<Done>> ForceApproveAsync(CancellationToken stop) => NoteAsync(_force.ApproveAsync(_unit, _reference, _order.Phone.Msisdn, stop));

    /// <summary>All of it, as it was asked for.</summary>
    public Task<CallOutcome<Payment>> CaptureAsync(CancellationToken stop) => NoteAsync(_client.CaptureAsync(_unit, _reference, _captureKey, _whole, stop));

    /// <summary>All of it: a test captures all or nothing.</summary>
    public Task<CallOutcome<Payment>> RefundAsync(CancellationToken stop) => NoteAsync(_client.RefundAsync(_unit, _reference, _refundKey, _whole, stop));

    /// <summary>A cancel may take a new key each time: it can take nothing twice.</summary>
    public Task<CallOutcome<Payment>> CancelAsync(CancellationToken stop) =>
        NoteAsync(_client.CancelAsync(_unit, _reference, _ids.NewId(), RequestBodies.Cancel(transactionOnly: false), stop));

    private async Task<CallOutcome<T>> NoteAsync<T>(Task<CallOutcome<T>> call)
    {
        var outcome = await call;
        _made.Add(new PayCallReport
        {
            Call = Kebab.Of(outcome.Operation),
            Outcome = outcome switch
            {
                Answered<T> => "done",
                Refused<T> => "refused",
                NotSent<T> => "not-sent",
                _ => "unknown",
            },
            Milliseconds = (long)outcome.Duration.TotalMilliseconds,
            Code = outcome switch
            {
                Refused<T> refused => refused.Problem.ErrorCode ?? refused.Problem.Status,
                NotSent<T> notSent => notSent.TokenProblem?.Status,
                Unknown<T> unknown => unknown.Status,
                _ => null,
            },
            TraceId = outcome.TraceId,
        });
        return outcome;
    }
}
