using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

// The next operation of each payment, derived from the facts. Strictly one at a time for a reference; the receipt alone has a place of its own, since money
// does not wait for paper, and the dispatcher keeps the two apart.
public static partial class TripPayment
{
    // A capture of unknown outcome that cannot be sent again may still arrive for ten minutes: until then nearly every reading says the same.
    private const int BackoffWhileLate = 4;

    private static void Proceed(Work work)
    {
        // Whatever follows from the facts follows when a technician lets it.
        if (work.State.Held || work.State.GivenUp)
            return;
        for (var i = 0; i < work.State.Attempts.Length; i++)
        {
            if (work.State.Attempts[i].Pending is null)
                Next(work, i);
            PostReceipt(work, i);
        }
    }

    private static void Next(Work work, int index)
    {
        var a = work.State.Attempts[index];
        if (a.ReadFirst)
        {
            Query(work, index, a, a.Failures > 0 ? new When.Backoff(a.Failures) : a.Refusals > 0 ? new When.Backoff(1) : When.Now);
            return;
        }

        switch (a.Existence)
        {
            case Existence.Probing when a.Ending is null:
                Query(work, index, a, AfterFailures(a));
                break;
            case Existence.Unsent when a.Ending is null:
                Create(work, index, a);
                break;
            case Existence.Uncertain when a.Ending is null:
                if (Wanted(work.State, a))
                    Create(work, index, a);
                else
                    Query(work, index, a, AfterFailures(a));
                break;
            case Existence.Exists when a.State == PaymentState.Created:
                NextWhileCreated(work, index, a);
                break;
            case Existence.Exists when a.State == PaymentState.Authorized:
                NextWhileAuthorized(work, index, a);
                break;
            case Existence.Exists when a.State == PaymentState.None:
                Query(work, index, a, AfterFailures(a));
                break;
        }
    }

    private static void NextWhileCreated(Work work, int index, Attempt a)
    {
        // Heard of by a hint, and by the next one when it changes: not polled for while it waits to be claimed.
        if (work.State.Orphan is { ReleaseDue: false })
            return;
        var nothingDue = work.State.Fare is not null && work.State.Outstanding == 0;
        if (a.Withdraw || a.Undo || nothingDue || work.State.Orphan is not null)
            Begin(work, index, OperationKind.CancelUnapproved, AfterFailures(a), null);
        else
            Query(work, index, a, work.Input is Input.Tried { Kind: OperationKind.Create } ? new When.FirstPoll() : new When.NextPoll());
    }

    private static void NextWhileAuthorized(Work work, int index, Attempt a)
    {
        var state = work.State;
        if (state.Orphan is not null)
        {
            NextOfOrphan(work, index, a);
            return;
        }

        if (a.Undo)
        {
            if (a.Remaining > 0)
                Begin(work, index, OperationKind.Cancel, AfterFailures(a), null);
            else
                Refund(work, index, a, a.Captured);
            return;
        }

        // A reservation waits for its fare; a question waits for its answer.
        if (state.Question != Question.None || state.Fare is null)
            return;
        if (state.Outstanding > 0 && a.Remaining > 0)
            Capture(work, index, a);
        else if (a.Remaining > 0)
            // What was due has been read as captured, or was settled otherwise: the rest goes back.
            Begin(work, index, OperationKind.Cancel, AfterFailures(a), null);
        else
            Refund(work, index, a, RefundShare(state, index));
    }

    private static void Create(Work work, int index, Attempt a)
    {
        if (a.CreateId is { } id)
        {
            Again(work, index, id, OperationKind.Create, AfterFailures(a));
            return;
        }

        var created = Begin(work, index, OperationKind.Create, AfterFailures(a), a.Amount);
        work.Set(index, work.State.Attempts[index] with { CreateId = created });
    }

    private static void Query(Work work, int index, Attempt a, When when) => Begin(work, index, OperationKind.Query, when, null);

    private static void Capture(Work work, int index, Attempt a)
    {
        if (a is { GuaranteePast: true, CaptureAnyway: false })
        {
            // A new charge, which a person decides. One of unknown outcome may still arrive: read until it is known.
            if (a.Capture is not null)
                Query(work, index, a, new When.Backoff(Math.Max(BackoffWhileLate, a.Failures)));
            return;
        }

        if (a is { Capture.Unknown: true, Uncapturable: not null })
        {
            // Refused for good: the same key will be refused again. An earlier try may still arrive: read until it is known.
            Query(work, index, a, new When.Backoff(Math.Max(BackoffWhileLate, a.Failures)));
            return;
        }

        if (a.Capture is { } call)
        {
            Again(work, index, call.Id, OperationKind.Capture, AfterFailures(a));
            return;
        }

        if (work.State.Attempts.Any(other => other.Capture is not null))
            return;
        // The receipt of an ordinary request is posted before its capture: one try, whatever comes of it. A reservation's follows its capture.
        if (a.Kind == AttemptKind.Request && (a.Receipt is ReceiptState.None or ReceiptState.FirstTry))
            return;
        var amount = Math.Min(work.State.Outstanding, a.Remaining);
        var id = Begin(work, index, OperationKind.Capture, AfterFailures(a), work.Amount(amount));
        work.Set(index, work.State.Attempts[index] with { Capture = new MoneyCall(id, amount, a.Captured) });
    }

    private static void Refund(Work work, int index, Attempt a, long target)
    {
        if (a.Refund is { } call)
        {
            Again(work, index, call.Id, OperationKind.Refund, AfterFailures(a));
            return;
        }

        if (target <= a.Refunded || work.State.RefundRefused || work.State.Attempts.Any(other => other.Capture is not null))
            return;
        var amount = target - a.Refunded;
        var id = Begin(work, index, OperationKind.Refund, AfterFailures(a), work.Amount(amount));
        work.Set(index, work.State.Attempts[index] with { Refund = new MoneyCall(id, amount, a.Refunded) });
    }

    // The order names what shall have been refunded in all; the payments give in the order in which they were made.
    private static long RefundShare(TripState state, int index)
    {
        var left = state.RefundTarget;
        for (var i = 0; i < index; i++)
            left -= Math.Min(left, state.Attempts[i].Counted);
        return Math.Min(left, state.Attempts[index].Counted);
    }

    private static void PostReceipt(Work work, int index)
    {
        var a = work.State.Attempts[index];
        if (a.ReceiptPending is not null || work.State.Fare is null || a.Existence != Existence.Exists)
            return;
        var first = a is { Receipt: ReceiptState.None, Kind: AttemptKind.Request, Captured: 0, Undo: false, Pending: null, ReadFirst: false, Remaining: > 0, Capture: null }
            && work.State is { Question: Question.None, Outstanding: > 0 };
        var owed = a.Captured > 0 && a.Capture is null && (a.Receipt is ReceiptState.None or ReceiptState.Due);
        if (!first && !owed)
            return;
        var amount = first ? Math.Min(work.State.Outstanding, a.Remaining) : a.Captured;
        var operation = Operation(work, a, OperationKind.PostReceipt, work.Amount(amount)) with { ReceiptOffset = ReceiptOffset(work.State, a) };
        work.Set(index, a with { Receipt = first ? ReceiptState.FirstTry : ReceiptState.Due, ReceiptPending = new Pending(operation.Id, OperationKind.PostReceipt) });
        work.Add(new Effect.Begin(operation, a.ReceiptFailures == 0 ? When.Now : new When.Backoff(a.ReceiptFailures)));
    }

    // Where in the fare this payment's part begins. A receipt is sent again with the same lines, so this depends on nothing that changes: a request was made for
    // what the payments before it had left.
    private static long ReceiptOffset(TripState state, Attempt a) => a.Kind == AttemptKind.Reservation ? 0 : Math.Max(0, state.Fare!.Total.MinorUnits - a.Amount.MinorUnits);

    private static When AfterFailures(Attempt a) => Math.Max(a.Failures, a.Refusals) is > 0 and var failures ? new When.Backoff(failures) : When.Now;

    private static string Begin(Work work, int index, OperationKind kind, When when, Money? amount)
    {
        var a = work.State.Attempts[index];
        var operation = Operation(work, a, kind, amount);
        work.Set(index, a with { Pending = new Pending(operation.Id, kind) });
        work.Add(new Effect.Begin(operation, when));
        return operation.Id;
    }

    private static void Again(Work work, int index, string id, OperationKind kind, When when)
    {
        work.Set(index, work.State.Attempts[index] with { Pending = new Pending(id, kind) });
        work.Add(new Effect.Again(id, when));
    }

    private static Operation Operation(Work work, Attempt a, OperationKind kind, Money? amount) => new()
    {
        Id = work.NewId(),
        Kind = kind,
        Reference = a.Reference,
        SalesUnit = a.SalesUnit,
        Amount = amount,
        Phone = kind == OperationKind.Create ? a.Phone : null,
    };
}
