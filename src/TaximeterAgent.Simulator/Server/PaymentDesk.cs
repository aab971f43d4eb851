using System.Text.Json;

namespace TaximeterAgent.Simulator.Server;

/// <summary>The ePayment API, for calls that have passed the gateway.</summary>
internal sealed class PaymentDesk(
    PaymentBook book, IdempotencyMemory memory, Audit audit, ViolationLog violations, Func<ICustomerBehaviour> customers)
{
    /// <summary>Amounts with which the test environment lets a refund fail, in minor units.</summary>
    private const long CannotRefund = 123;
    private const long RefundTooOld = 124;

    public ServerAnswer Create(Call call)
    {
        if (RequestBody.Read(call, violations, (body, fields) => CreateBody.Read(body, fields, call.Now), out var asked) is { } refused)
            return refused;
        if (asked!.Amount < Least(asked.Currency))
        {
            violations.Add(call, Rules.AmountTooSmall, $"{asked.Amount} {asked.Currency} is below the least amount.");
            return Answers.Domain(call, "6010", "The amount is too small.");
        }

        if (asked.Currency != call.Unit.Currency)
            return Answers.Domain(call, "5060", "The sales unit does not take this currency.");
        if (asked.UserFlow == "PUSH_MESSAGE" && !call.Unit.PushAllowed)
            return Answers.Domain(call, "5080", "The sales unit is not approved for PUSH_MESSAGE.");
        if (asked.ExpiresAt is not null && !call.Unit.LongLivedAllowed)
            return Answers.Domain(call, "5050", "The sales unit is not approved for expiresAt.");
        if (book.Find(call.Unit.Msn, asked.Reference) is not null)
            return Answers.Domain(call, "4150", "A payment with this reference exists.");
        audit.Creates(call, asked, book.All);
        if (book.IsFull)
            return Answers.Problem(call, 503, "Service unavailable", "The simulated server holds no more payments.");
        var plan = customers().Decide(new PaymentAsked(asked.PhoneNumber, asked.Reference, book.TimesAsked(asked.PhoneNumber)));
        if (!plan.Known)
            return Answers.Domain(call, "7010", "The customer was not found.");
        return PaymentAnswers.Created(book.Open(call.Unit, asked, plan, call.Key, call.Now));
    }

    public ServerAnswer Get(Call call) => WithPayment(call, PaymentAnswers.Shown);

    public ServerAnswer Events(Call call) => WithPayment(call, PaymentAnswers.Events);

    public ServerAnswer Capture(Call call) => Modify(call, (payment, amount) =>
    {
        if (payment.State != PaymentState.Authorized)
        {
            Wrong(Rules.CaptureWrongState, $"The payment is {payment.StateName}.");
            return payment.State == PaymentState.Created
                ? Answers.Domain(call, "6080", "The payment is not approved yet.")
                : Answers.Domain(call, "6190", $"The payment is {payment.StateName}.");
        }

        if (call.Now >= payment.CaptureDeadline && payment.Captured < payment.Authorized)
            return Answers.Domain(call, "6100", "The reservation has lapsed.");
        if (amount > payment.Reserved)
        {
            Wrong(Rules.CaptureTooHigh, $"{amount} was asked for, {payment.Reserved} of {payment.Authorized} is left.");
            return payment.Captured == payment.Authorized ? Answers.Domain(call, "6170", "All is captured.")
                : payment.Reserved == 0 ? Answers.Domain(call, "6190", "The rest was released.")
                : Answers.Domain(call, "6090", "The amount is higher than what is left.");
        }

        if (amount < payment.Authorized && !call.Unit.PartialCaptureAllowed)
            return Answers.Domain(call, "6140", "The sales unit must capture in full.");
        payment.Capture(amount);
        return PaymentAnswers.Adjusted(payment, book.Note(payment, "CAPTURED", amount, call.Now, call.Key));

        void Wrong(string rule, string detail) => NoteUnlessExcused(call, rule, detail);
    });

    public ServerAnswer Refund(Call call) => Modify(call, (payment, amount) =>
    {
        if (payment.State != PaymentState.Authorized || payment.Captured == 0)
        {
            Wrong(Rules.RefundWrongState, $"The payment is {payment.StateName}, nothing is captured.");
            return Answers.Domain(call, "6210", "Nothing is captured.");
        }

        if (call.Now >= payment.AuthorizedAt + audit.RefundDeadline)
            return Answers.Domain(call, "6220", "The time for a refund is over.");
        if (amount > payment.Captured - payment.Refunded)
        {
            Wrong(Rules.RefundTooHigh, $"{amount} was asked for, {payment.Captured - payment.Refunded} of {payment.Captured} is left.");
            return payment.Refunded == payment.Captured
                ? Answers.Domain(call, "6180", "All is refunded.")
                : Answers.Domain(call, "6150", "The amount is higher than what was captured.");
        }

        if (amount is CannotRefund or RefundTooOld)
            return Answers.Domain(call, amount == CannotRefund ? "6020" : "6220", "The refund is not possible.");
        payment.Refund(amount);
        return PaymentAnswers.Adjusted(payment, book.Note(payment, "REFUNDED", amount, call.Now, call.Key));

        void Wrong(string rule, string detail) => NoteUnlessExcused(call, rule, detail);
    });

    public ServerAnswer Cancel(Call call)
    {
        var onlyBeforeApproval = false;
        if (!call.Request.Body.IsEmpty)
        {
            if (RequestBody.Read(call, violations, ReadCancel, out var asked) is { } refused)
                return refused;
            onlyBeforeApproval = asked!.OnlyBeforeApproval;
        }

        return WithPayment(call, payment =>
        {
            switch (payment.State)
            {
                case PaymentState.Created when payment.IsApproving(call.Now):
                    return Answers.Domain(call, "6250", "The customer is approving the payment.");
                case PaymentState.Created:
                    payment.Terminate();
                    return PaymentAnswers.Adjusted(payment, book.Note(payment, "TERMINATED", payment.Asked.Amount, call.Now, call.Key));
                case PaymentState.Authorized when onlyBeforeApproval:
                    return Answers.Domain(call, "6060", "The payment is approved.");
                case PaymentState.Authorized when payment.Reserved > 0:
                    return PaymentAnswers.Adjusted(payment, book.Note(payment, "CANCELLED", payment.ReleaseRest(), call.Now, call.Key));
                case PaymentState.Authorized when call.Now >= payment.CaptureDeadline:
                    return Answers.Domain(call, "6030", "The reservation has lapsed.");
                case PaymentState.Authorized:
                    return Answers.Domain(call, "6050", "Nothing is reserved any more.");
                default:
                    return Answers.Domain(call, "6040", $"The payment is {payment.StateName}.");
            }
        });
    }

    public ServerAnswer ForceApprove(Call call)
    {
        if (RequestBody.Read(call, violations, ReadForceApprove, out var asked) is { } refused)
            return refused;
        return WithPayment(call, payment =>
        {
            if (payment.State == PaymentState.Authorized)
                return Answers.Domain(call, "6230", "The payment is approved already.");
            if (payment.State != PaymentState.Created)
                return Answers.Domain(call, "6070", $"The payment is {payment.StateName}.");
            if (asked!.PhoneNumber is { } number && payment.Asked.PhoneNumber is { } own && number != own)
                return Answers.Domain(call, "7010", "The customer was not found.");
            book.Act(payment, CustomerAct.Approve, call.Now);
            return Answers.Empty(200);
        });
    }

    private ServerAnswer Modify(Call call, Func<Payment, long, ServerAnswer> modify)
    {
        if (RequestBody.Read(call, violations, ReadModification, out var asked) is { } refused)
            return refused;
        return WithPayment(call, payment =>
        {
            if (asked!.Currency == payment.Asked.Currency)
                return modify(payment, asked.Value);
            violations.Add(call, Rules.BadField, "modificationAmount.currency: Must be the payment's.");
            return Answers.Fields(call, [new FieldFault("modificationAmount.currency", "Must be the payment's.")]);
        });
    }

    private ServerAnswer WithPayment(Call call, Func<Payment, ServerAnswer> with) =>
        book.Find(call.Unit.Msn, call.Reference!) is { } payment ? with(payment) : Answers.Domain(call, "5090", "There is no such payment.");

    /// <summary>A client that was left in the dark by a fault of ours asks honestly.</summary>
    private void NoteUnlessExcused(Call call, string rule, string detail)
    {
        if (!call.Late && !audit.HasUnknown(call) && !memory.WasForgotten(call.Unit.Msn, call.Key))
            violations.Add(call, rule, detail);
    }

    private static long Least(string currency) => currency == "NOK" ? 100 : 1;

    private sealed record Modification(string Currency, long Value);

    private sealed record CancelAsked(bool OnlyBeforeApproval);

    private sealed record ForceApproveAsked(string? PhoneNumber);

    private static Modification? ReadModification(JsonElement body, JsonFields fields)
    {
        if (!fields.IsObject(body, "", "modificationAmount"))
            return null;
        var amount = fields.Amount(body, "modificationAmount");
        if (amount is { Value: 0 })
            fields.Fault("modificationAmount.value", "Must be at least 1.");
        return amount is { } money && fields.Faults.Count == 0 ? new Modification(money.Currency, money.Value) : null;
    }

    private static CancelAsked? ReadCancel(JsonElement body, JsonFields fields) =>
        fields.IsObject(body, "", "cancelTransactionOnly") ? new CancelAsked(fields.Flag(body, "", "cancelTransactionOnly") == true) : null;

    private static ForceApproveAsked? ReadForceApprove(JsonElement body, JsonFields fields)
    {
        if (!fields.IsObject(body, "", "customer", "token"))
            return null;
        fields.Text(body, "", "token", required: false);
        string? number = null;
        if (fields.Has(body, "", "customer", required: false, out var customer) && fields.IsObject(customer, "customer", "phoneNumber"))
            number = fields.Text(customer, "customer", "phoneNumber", required: true, 10, 15, CreateBody.Msisdn);
        return new ForceApproveAsked(number);
    }
}
