namespace TaximeterAgent.Simulator.Server;

/// <summary>All payments, and what happens to them by itself: the customers, the expiry, the reservation that lapses.</summary>
internal sealed class PaymentBook(ServerOptions options, Identifiers ids, Agenda agenda)
{
    /// <summary>Amounts with which the test environment lets an approval fail, in minor units.</summary>
    private static readonly long[] RefusedByIssuer = [151, 182, 183, 184, 186, 187, 197];

    private readonly Dictionary<(string Msn, string Reference), Payment> _payments = [];
    private readonly List<Payment> _inOrder = [];
    private readonly Dictionary<string, int> _askedOf = new(StringComparer.Ordinal);

    /// <summary>Called for every event of a payment.</summary>
    public Action<Payment, PaymentEvent> Noted { get; set; } = (_, _) => { };

    public IReadOnlyList<Payment> All => _inOrder;

    public bool IsFull => _inOrder.Count >= options.MostPayments;

    public Payment? Find(string msn, string reference) => _payments.GetValueOrDefault((msn, reference));

    /// <summary>How many requests the customer has had, this one included.</summary>
    public int TimesAsked(string? phoneNumber) => phoneNumber is null ? 1 : _askedOf[phoneNumber] = _askedOf.GetValueOrDefault(phoneNumber) + 1;

    public Payment Open(SalesUnit unit, CreateBody asked, CustomerPlan plan, string? key, DateTimeOffset now)
    {
        var expiresAt = asked.ExpiresAt ?? now + options.PaymentLifetime;
        var payment = new Payment(unit, asked, now, expiresAt, ids.Guid().ToString()) { Receipt = asked.Receipt };
        _payments.Add((unit.Msn, asked.Reference), payment);
        _inOrder.Add(payment);
        Note(payment, "CREATED", asked.Amount, now, key);
        // The customer before the expiry: who decides in the last moment has decided.
        Follow(payment, plan, now);
        agenda.At(expiresAt, at =>
        {
            if (payment.State != PaymentState.Created)
                return;
            payment.Expire();
            Note(payment, "EXPIRED", asked.Amount, at, null);
        });
        return payment;
    }

    /// <summary>The customer will do so from now on, whatever was planned before.</summary>
    public void Follow(Payment payment, CustomerPlan plan, DateTimeOffset now)
    {
        payment.Plan = plan;
        payment.Approving = null;
        if (plan.Act == CustomerAct.DoNothing)
            return;
        var due = now + plan.After;
        if (plan.Approving > TimeSpan.Zero)
            payment.Approving = (due - plan.Approving, due);
        agenda.At(due, at =>
        {
            if (ReferenceEquals(payment.Plan, plan))
                Act(payment, plan.Act, at);
        });
    }

    /// <summary>The customer acts; too late, nothing happens.</summary>
    public void Act(Payment payment, CustomerAct act, DateTimeOffset at)
    {
        if (payment.State != PaymentState.Created || at > payment.ExpiresAt)
            return;
        payment.Approving = null;
        switch (act)
        {
            case CustomerAct.Approve when RefusedByIssuer.Contains(payment.Asked.Amount):
                Note(payment, "AUTHORIZED", payment.Asked.Amount, at, null, success: false);
                break;
            case CustomerAct.Approve:
                var deadline = at + (options.CaptureDeadline ?? TimeSpan.FromDays(payment.Asked.Currency == "NOK" ? 180 : 14));
                payment.Authorize(at, at + options.CaptureGuarantee, deadline);
                Note(payment, "AUTHORIZED", payment.Asked.Amount, at, null);
                agenda.At(deadline, then => Lapse(payment, then));
                break;
            case CustomerAct.Refuse:
                payment.Abort();
                Note(payment, "ABORTED", payment.Asked.Amount, at, null);
                break;
            case CustomerAct.DoNothing:
                break;
        }
    }

    /// <summary>Adds to the payment's event log; the event's own reference.</summary>
    public string Note(Payment payment, string name, long amount, DateTimeOffset at, string? key, bool success = true)
    {
        var psp = ids.Guid().ToString();
        payment.Note(name, amount, at, key, psp, success);
        Noted(payment, payment.Events[^1]);
        return psp;
    }

    /// <summary>The reservation has lapsed: the bank has given the customer the money back.</summary>
    private void Lapse(Payment payment, DateTimeOffset at)
    {
        if (payment.Reserved > 0)
            Note(payment, "CANCELLED", payment.ReleaseRest(), at, null);
    }
}
