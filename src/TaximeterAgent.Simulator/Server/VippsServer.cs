using System.Text.Json.Nodes;

namespace TaximeterAgent.Simulator.Server;

/// <summary>
/// The payment service as its clients see it: token, ePayment, Order Management and webhook registration, as strict as the real ones, with a record of
/// all that a client does and must not do. A plain class: no sockets, no threads, no timers. It looks at the clock when it is called, and does then
/// whatever fell due since. One lock: calls may come from many threads and are served one after the other.
/// </summary>
public sealed class VippsServer
{
    /// <summary>Delayed answers whose delivery nobody has reported; beyond it the oldest count as lost.</summary>
    private const int MostOnTheirWay = 10_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Identifiers _ids;
    private readonly Agenda _agenda = new();
    private readonly ViolationLog _violations = new();
    private readonly IdempotencyMemory _memory = new();
    private readonly Audit _audit;
    private readonly TokenDesk _tokens;
    private readonly Gateway _gateway;
    private readonly PaymentBook _book;
    private readonly PaymentDesk _payments;
    private readonly ReceiptDesk _receipts;
    private readonly WebhookDesk _webhooks;
    private readonly ServerOptions _options;
    private readonly Dictionary<long, (Call Call, ServerAnswer Answer)> _onTheirWay = [];
    private ICustomerBehaviour _customers;
    private long _numbers;

    /// <param name="time">The clock of the service.</param>
    /// <param name="options">How it behaves; null: as documented.</param>
    /// <param name="customers">What the customers do; null: all approve after three seconds.</param>
    public VippsServer(TimeProvider time, ServerOptions? options = null, ICustomerBehaviour? customers = null)
    {
        _time = time;
        _options = options ?? new ServerOptions();
        _customers = customers ?? new ScriptedCustomers();
        _ids = new Identifiers(_options.Seed);
        _audit = new Audit(_options, _violations);
        _tokens = new TokenDesk(_options, _ids, _violations);
        _gateway = new Gateway(_options, _tokens, new CallLimits(_options), _violations);
        _webhooks = new WebhookDesk(_options, _ids, _agenda, _violations);
        _book = new PaymentBook(_options, _ids, _agenda)
        {
            Noted = (payment, entry) =>
            {
                _webhooks.Publish(payment, entry);
                PaymentNoted?.Invoke(payment.Reference, LedgerEvent.Of(entry));
            },
        };
        _violations.Noted = violation => ViolationFound?.Invoke(violation);
        _payments = new PaymentDesk(_book, _memory, _audit, _violations, () => _customers);
        _receipts = new ReceiptDesk(_book, _ids, _violations);
    }

    /// <summary>The faults to inject; may be added to while the server runs.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>Told every request when its answer is sent or withheld, in the order of acting. Called under the lock: must not call back.</summary>
    public Action<WireEntry>? Wire { get; init; }

    /// <summary>Told every event of a payment, with the payment's reference. Called under the lock: must not call back.</summary>
    public Action<string, LedgerEvent>? PaymentNoted { get; init; }

    /// <summary>Told how a delivery of a webhook was answered: with an HTTP status, or 0 for not at all. Called outside of the lock.</summary>
    public Action<WebhookDelivery, int>? DeliveryAnswered { get; init; }

    /// <summary>Told every violation when it is found. Called under the lock: must not call back.</summary>
    public Action<Violation>? ViolationFound { get; init; }

    /// <summary>What the customers do with requests from now on.</summary>
    public ICustomerBehaviour Customers
    {
        get
        {
            lock (_gate)
                return _customers;
        }

        set
        {
            lock (_gate)
                _customers = value;
        }
    }

    /// <summary>What goes wrong with webhook deliveries from now on.</summary>
    public WebhookFaults WebhookFaults
    {
        get
        {
            lock (_gate)
                return _webhooks.Faults;
        }

        set
        {
            lock (_gate)
                _webhooks.Faults = value;
        }
    }

    /// <summary>How many true deliveries of webhooks were not taken: refused, or nobody was there.</summary>
    public int RefusedDeliveries
    {
        get
        {
            lock (_gate)
                return _webhooks.Refused;
        }
    }

    /// <summary>What the client did wrong so far.</summary>
    public IReadOnlyList<Violation> Violations
    {
        get
        {
            lock (_gate)
                return [.. _violations.Found];
        }
    }

    /// <summary>When something will happen by itself next; null if nothing will. It happens when the server is called at or after that time.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return _agenda.NextDue;
        }
    }

    /// <summary>Does what is due by now.</summary>
    public void CatchUp()
    {
        lock (_gate)
            Now();
    }

    /// <summary>Serves one request.</summary>
    public ServerAnswer Handle(ServerRequest request)
    {
        lock (_gate)
        {
            var call = Call.Of(request, Now(), _ids.TraceId());
            return Inject(call, Faults.Next(call.Operation, call.Reference));
        }
    }

    /// <summary>The client has received an answer that had a <see cref="ServerAnswer.Delay"/>.</summary>
    public void Delivered(ServerAnswer answer) => Arrived(answer, told: true);

    /// <summary>The client had gone before an answer with a <see cref="ServerAnswer.Delay"/> could be sent.</summary>
    public void Lost(ServerAnswer answer) => Arrived(answer, told: false);

    /// <summary>A program that caches its token in memory starts anew: it cannot know those that were given before, which are not held against it.</summary>
    public void ClientStartsAnew()
    {
        lock (_gate)
            _tokens.LoseAll();
    }

    /// <summary>The customer acts now on a request, whatever was planned; false if there is no such payment.</summary>
    public bool CustomerActs(string reference, CustomerAct act, string msn = ServerDefaults.Msn) => WithPayment(msn, reference, (payment, now) =>
    {
        _book.Follow(payment, CustomerPlan.DoesNothing, now);
        _book.Act(payment, act, now);
    });

    /// <summary>The customer has another plan for a request, its times counted from now; false if there is no such payment.</summary>
    public bool CustomerPlans(string reference, CustomerPlan plan, string msn = ServerDefaults.Msn) =>
        WithPayment(msn, reference, (payment, now) => _book.Follow(payment, plan with { }, now));

    /// <summary>All payments, in the order of their creation.</summary>
    public IReadOnlyList<LedgerPayment> Payments()
    {
        lock (_gate)
        {
            Now();
            return [.. _book.All.Select(LedgerPayment.Of)];
        }
    }

    /// <summary>The ledger file's part about payments.</summary>
    public JsonArray LedgerOfPayments() => new([.. Payments().Select(payment => (JsonNode)payment.ToJson())]);

    /// <summary>What must hold when all is over and does not; not added to <see cref="Violations"/>, so that it can be asked more than once.</summary>
    public IReadOnlyList<Violation> AuditAtEnd()
    {
        lock (_gate)
        {
            var now = Now();
            return [.. Audit.AtEnd(now, _book.All)];
        }
    }

    /// <summary>Webhook deliveries to send now, one after the other in this order. Each has to be reported.</summary>
    public IReadOnlyList<WebhookDelivery> TakeDeliveries()
    {
        lock (_gate)
            return _webhooks.Take(Now());
    }

    /// <summary>Whether a delivery was answered with a 2xx in time.</summary>
    public void Report(WebhookDelivery delivery, bool accepted)
    {
        lock (_gate)
            _webhooks.Report(delivery, accepted, Now());
    }

    private DateTimeOffset Now()
    {
        var now = _time.GetUtcNow();
        _agenda.CatchUp(now);
        return now;
    }

    private ServerAnswer Inject(Call call, FaultAction? fault)
    {
        switch (fault)
        {
            case FaultAction.Refuse refuse:
                Inspect(call);
                return Sent(call, Refusal(call, refuse.Status, refuse.Code, refuse.RetryAfter, refuse.Body));
            case FaultAction.Drop:
                Inspect(call);
                return Withheld(call, ServerAnswer.Broken);
            case FaultAction.Withhold:
                return Withheld(call, Serve(call));
            case FaultAction.DelayAnswer delay:
                return Delayed(call, Serve(call), delay.By);
            case FaultAction.FailAfterActing fail:
                Serve(call);
                return Sent(call, Refusal(call, fail.Status, null, null, fail.Body));
            case FaultAction.ArriveLate late:
                Inspect(call);
                _agenda.At(call.Now + late.By, at =>
                {
                    call.ArrivesLate(at);
                    // Nothing for the audit and the wire log: the client has been in the dark since it sent it, and may have looked meanwhile.
                    Serve(call);
                });
                return Withheld(call, ServerAnswer.Broken);
            case FaultAction.ForgetKeys:
                _memory.Forget(call.Reference);
                break;
            case FaultAction.RevokeTokens:
                _tokens.RevokeAll();
                break;
            case FaultAction.CustomerFirst first when call.Msn is { } msn && call.Reference is { } reference && _book.Find(msn, reference) is { } payment:
                _book.Act(payment, first.Act, call.Now);
                break;
        }

        return Sent(call, Serve(call));
    }

    /// <summary>A request that a fault keeps from being served was sent all the same: its form, its key and how often it comes are the client's doing.</summary>
    private void Inspect(Call call)
    {
        if (_gateway.Check(call) is null && call.Operation is Operation.Create or Operation.Capture or Operation.Cancel or Operation.Refund)
            CheckKey(call);
    }

    private ServerAnswer Serve(Call call)
    {
        if (_gateway.Check(call) is { } refused)
            return refused;
        return call.Operation switch
        {
            Operation.Token => RequestBody.MustBeEmpty(call, _violations) ?? _tokens.Issue(call),
            Operation.Create => Once(call, _payments.Create),
            Operation.Capture => Once(call, _payments.Capture),
            Operation.Cancel => Once(call, _payments.Cancel),
            Operation.Refund => Once(call, _payments.Refund),
            Operation.Get => RequestBody.MustBeEmpty(call, _violations) ?? _payments.Get(call),
            Operation.Events => RequestBody.MustBeEmpty(call, _violations) ?? _payments.Events(call),
            Operation.ForceApprove => _payments.ForceApprove(call),
            Operation.PostReceipt => _receipts.Post(call),
            Operation.GetReceipt => RequestBody.MustBeEmpty(call, _violations) ?? _receipts.Get(call),
            Operation.RegisterWebhook => _webhooks.Register(call),
            Operation.ListWebhooks => RequestBody.MustBeEmpty(call, _violations) ?? _webhooks.List(call),
            Operation.DeleteWebhook => RequestBody.MustBeEmpty(call, _violations) ?? _webhooks.Delete(call),
            _ => throw new InvalidOperationException($"{call.Operation} has passed the gateway."),
        };
    }

    /// <summary>Acts once for a key: the same request again gets the same answer, another one is refused.</summary>
    private ServerAnswer Once(Call call, Func<Call, ServerAnswer> act)
    {
        if (CheckKey(call) is { } refused)
            return refused;
        var used = call.Used!;
        if (used.Remembered is { } remembered)
            return remembered;
        var answer = act(call);
        if (answer.Status is >= 200 and < 300 || _options.RemembersRefusal(answer.Status, answer.ErrorCode))
            used.Remembered = answer;
        return answer;
    }

    /// <summary>What the key was used for so far; the refusal of a key that was used for something else.</summary>
    private ServerAnswer? CheckKey(Call call)
    {
        var key = call.Key!;
        _audit.Arrives(call);
        if (_memory.Find(call.Unit.Msn, key) is not { } used)
        {
            call.Used = _memory.Use(call, key);
            return null;
        }

        if (used.Operation != call.Operation || used.Reference != call.Reference)
        {
            _violations.Add(call, Rules.KeyOfAnotherCall, $"The key was used for {used.Operation} of another payment or kind.");
            return Answers.Domain(call, "4020", "The idempotency key was used for another request.");
        }

        if (!used.HasBody(call.Request.Body))
        {
            _violations.Add(call, Rules.ChangedBody, "The key was used with another body.");
            return Answers.Domain(call, "4010", "The idempotency key was used with another body.");
        }

        if (used is { RefusalWasTold: true, AnswerWasLost: false } && _options.RefusedKeyIsViolation && !call.Late)
            _violations.Add(call, Rules.KeyAfterRefusal, "Under this key the request was definitely refused, and nothing of unknown outcome lies behind it: it will be refused again.");
        call.Used = used;
        return null;
    }

    private static ServerAnswer Refusal(Call call, int status, string? code, TimeSpan? retryAfter, FaultBody body)
    {
        var answer = body switch
        {
            FaultBody.Gateway => Answers.Gateway(status, "The request was not served."),
            FaultBody.Html => Answers.Html(status),
            FaultBody.Empty => Answers.Empty(status),
            _ when call.Operation is Operation.PostReceipt or Operation.GetReceipt => Answers.OrderManagement(call, status, "Not served", "Injected"),
            _ when code is not null => Answers.Domain(call, status, code, ErrorCodes.Of(code).Title, "Injected by the simulation."),
            _ => Answers.Problem(call, status, "Not served", "Injected by the simulation."),
        };
        return Answers.RetryAfter(answer, retryAfter);
    }

    private ServerAnswer Sent(Call call, ServerAnswer answer)
    {
        Told(call, answer, told: true);
        Log(call, answer.Status, answer.BodyText);
        return answer;
    }

    private ServerAnswer Withheld(Call call, ServerAnswer answer)
    {
        Told(call, answer, told: false);
        Log(call, 0, "");
        return ServerAnswer.Broken;
    }

    private ServerAnswer Delayed(Call call, ServerAnswer answer, TimeSpan by)
    {
        answer = answer with { Delay = by, Number = ++_numbers };
        // Until the client has it, it knows nothing.
        _audit.Answered(call, answer, told: false, payment: null);
        if (_onTheirWay.Count >= MostOnTheirWay)
            _onTheirWay.Remove(_onTheirWay.Keys.Min());
        _onTheirWay.Add(answer.Number, (call, answer));
        return answer;
    }

    private void Arrived(ServerAnswer answer, bool told)
    {
        lock (_gate)
        {
            Now();
            if (!_onTheirWay.Remove(answer.Number, out var sent))
                return;
            Told(sent.Call, sent.Answer, told);
            Log(sent.Call, told ? sent.Answer.Status : 0, told ? sent.Answer.BodyText : "");
        }
    }

    private void Told(Call call, ServerAnswer answer, bool told)
    {
        var payment = call.Msn is { } msn && call.Reference is { } reference ? _book.Find(msn, reference) : null;
        _audit.Answered(call, answer, told, payment);
        if (call.Token is { } token && (!told || answer.Status != 200))
            _tokens.Lose(token);
        if (call.Revoked is { } revoked && (!told || answer.Status != 401))
            _tokens.NotTold(revoked);
        if (call.Used is not { } used)
            return;
        if (!told)
            used.AnswerWasLost = true;
        else if (answer.Status is >= 400 and < 500 && _options.RemembersRefusal(answer.Status, answer.ErrorCode))
            used.RefusalWasTold = true;
    }

    private void Log(Call call, int status, string body) => Wire?.Invoke(new WireEntry(call.Now, call.Request, status, body));

    private bool WithPayment(string msn, string reference, Action<Payment, DateTimeOffset> with)
    {
        lock (_gate)
        {
            var now = Now();
            if (_book.Find(msn, reference) is not { } payment)
                return false;
            with(payment, now);
            return true;
        }
    }
}
