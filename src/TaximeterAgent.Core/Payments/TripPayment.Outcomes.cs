using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

// What came of a try. Anything but a plain success is followed by a reading, and the reading decides.
public static partial class TripPayment
{
    /// <summary>Tries of a receipt that the service refuses: with the longest wait between them a day, time for a technician.</summary>
    private const int ReceiptTriesMaximum = 300;

    private static void OnTried(Work work, Input.Tried tried)
    {
        var index = work.IndexOf(tried.Reference);
        if (index < 0)
            return;
        if (tried.Kind == OperationKind.PostReceipt)
        {
            OnReceiptTried(work, index, tried);
            return;
        }

        var a = work.State.Attempts[index];
        var expected = a.Pending?.Id == tried.OperationId;
        if (expected)
            work.Set(index, a with { Pending = null });

        if (tried.Result is TryOutcome.Read { Reading: var reading })
            OnReading(work, index, reading, tried.Kind);
        else if (expected)
            OnNoReading(work, index, tried);
    }

    private static void OnNoReading(Work work, int index, Input.Tried tried)
    {
        var a = work.State.Attempts[index];
        switch (tried.Kind, tried.Result)
        {
            case (OperationKind.Query, TryOutcome.Withdrawn):
                break;
            case (OperationKind.Query, TryOutcome.Refused { Kind: Refusal.NotFound }):
                OnNotFound(work, index, a);
                break;
            case (OperationKind.Query, var failed):
                if (failed is TryOutcome.Refused { Kind: Refusal.KeysRefused, Code: var code })
                    AlarmOnce(work, a with { Failures = a.Failures + 1 }, AlarmKind.KeysRefused, code);
                work.Set(index, a with { ReadFirst = true, Failures = a.Failures + 1 });
                break;
            case (OperationKind.Create, var result):
                OnCreateTried(work, index, a, tried, result);
                break;
            case (OperationKind.Capture, var result):
                OnCaptureTried(work, index, a, result);
                break;
            case (OperationKind.Refund, var result):
                OnRefundTried(work, index, a, result);
                break;
            case (OperationKind.Cancel or OperationKind.CancelUnapproved, var result):
                // A cancel may take a new key, so it is never tried again itself: read, and decide anew.
                work.Add(new Effect.Forget(tried.OperationId));
                if (result is not TryOutcome.Withdrawn)
                    work.Set(index, AfterRefusal(a) with { Gone = a.Gone || result is TryOutcome.Refused { Kind: Refusal.CancelTooLate } });
                break;
        }
    }

    private static void OnCreateTried(Work work, int index, Attempt a, Input.Tried tried, TryOutcome result)
    {
        var unknownBehind = a.Existence == Existence.Uncertain;
        switch (result)
        {
            case TryOutcome.Withdrawn:
                break;
            case TryOutcome.Done done:
                work.Set(index, Exists(a) with { State = PaymentState.Created, Link = a.ByCode ? done.Link : null, ExpiresAt = work.Input.At + work.Policy.RequestLifetime });
                Finish(work, a.CreateId);
                if (work.State.Wish is null)
                    work.Add(new Effect.StopTimer(TimerKind.OfflineTooLong, null));
                work.Add(new Effect.StopTimer(TimerKind.Certain, a.Reference));
                break;
            case TryOutcome.NotSent:
                work.Set(index, a with { Failures = a.Failures + 1, TooOld = a.TooOld || tried.NoRoomToWait });
                break;
            case TryOutcome.Unknown:
                a = a with { Existence = Existence.Uncertain, Failures = a.Failures + 1, ExpiresAt = work.Input.At + work.Policy.RequestLifetime };
                StartCertain(work, index, a);
                break;
            case TryOutcome.Refused refused:
                OnCreateRefused(work, index, a, refused, unknownBehind);
                break;
        }
    }

    private static void OnCreateRefused(Work work, int index, Attempt a, TryOutcome.Refused refused, bool unknownBehind)
    {
        switch (refused.Kind)
        {
            case Refusal.TooFast or Refusal.TryAgain or Refusal.FundsUnavailable:
                work.Set(index, a with { Failures = a.Failures + 1 });
                return;
            case Refusal.KeysRefused:
                // Our keys, not the customer: it waits like a request without network, and no longer.
                a = a with { Failures = a.Failures + 1 };
                AlarmOnce(work, a, AlarmKind.KeysRefused, refused.Code);
                work.Set(index, a);
                return;
            case Refusal.Exists or Refusal.ReadAgain or Refusal.Busy or Refusal.NotFound or Refusal.Approved:
                // The reference may be ours from before; and since a reference is unique, another key for it can make no second payment.
                Finish(work, a.CreateId);
                a = a with { CreateId = null, ReadFirst = true, Refusals = a.Refusals + 1 };
                if (refused.Kind == Refusal.Exists)
                    // Somebody's create has arrived: that it is not found is no proof that it is not there.
                    StartCertain(work, index, a with { Existence = Existence.Uncertain });
                else
                    // An earlier try of unknown outcome stays unknown, whatever is said of this one.
                    work.Set(index, a with { Existence = unknownBehind ? Existence.Uncertain : Existence.Probing });
                return;
        }

        if (unknownBehind)
        {
            // This try was refused, but an earlier one may still arrive.
            work.Set(index, a with { TooOld = true, ReadFirst = true });
            return;
        }

        Finish(work, a.CreateId);
        var ending = refused.Kind switch
        {
            Refusal.CustomerUnknown => Ending.CustomerUnknown,
            Refusal.NotSetUp => Ending.NotSetUp,
            _ => Ending.Rejected,
        };
        if (refused.Kind == Refusal.NotSetUp)
            work.Alarm(AlarmKind.NotSetUp, refused.Code);
        else if (ending == Ending.Rejected)
            work.Alarm(AlarmKind.BadRequest, refused.Code);
        End(work, index, a, ending);
    }

    private static void OnCaptureTried(Work work, int index, Attempt a, TryOutcome result)
    {
        if (a.Capture is not { } call)
            return;
        switch (result)
        {
            case TryOutcome.Withdrawn:
                if (!call.Unknown)
                {
                    Finish(work, call.Id);
                    a = a with { Capture = null };
                }

                work.Set(index, a with { ReadFirst = a.ReadFirst || call.Unknown });
                break;
            case TryOutcome.NotSent:
                work.Set(index, a with { ReadFirst = true, Failures = a.Failures + 1 });
                break;
            case TryOutcome.Unknown or TryOutcome.Done:
                StartCertain(work, index, a with { Capture = call with { Unknown = true }, ReadFirst = true, Failures = a.Failures + 1 });
                break;
            case TryOutcome.Refused { Kind: Refusal.TooFast or Refusal.TryAgain or Refusal.FundsUnavailable } later:
                // Same key, documented so; read in between, since hours may pass.
                a = AfterRefusal(a);
                if (later.Kind == Refusal.FundsUnavailable)
                    AlarmOnce(work, a, AlarmKind.FundsUnavailable, later.Code);
                work.Set(index, a);
                break;
            case TryOutcome.Refused refused:
                OnCaptureRefused(work, index, a, call, refused);
                break;
        }
    }

    private static void OnCaptureRefused(Work work, int index, Attempt a, MoneyCall call, TryOutcome.Refused refused)
    {
        a = AfterRefusal(a);
        switch (refused.Kind)
        {
            case Refusal.CaptureTooLate:
                work.Alarm(AlarmKind.CaptureTooLate, a.Reference.ToString());
                a = a with { Uncapturable = Ending.Expired };
                break;
            case Refusal.MustCaptureInFull:
                work.Alarm(AlarmKind.FullCaptureOnly, a.SalesUnit.MerchantSerialNumber);
                a = a with { Uncapturable = Ending.FullCaptureOnly };
                break;
            case Refusal.KeysRefused:
                AlarmOnce(work, a, AlarmKind.KeysRefused, refused.Code);
                break;
            case Refusal.Busy or Refusal.ReadAgain:
                break;
            case Refusal.CaptureTooHigh or Refusal.BadRequest when !call.Unknown && a.Refusals > 1:
                // Read once and refused again: a mistake of ours, which trying on does not mend. What is reserved is given back, and a person has to look.
                work.Alarm(AlarmKind.CaptureRefused, $"{a.Reference}: the capture of {call.Amount} is refused for good: {refused.Code}");
                a = a with { Uncapturable = Ending.Rejected };
                break;
            default:
                AlarmOnce(work, a, AlarmKind.CaptureRefused, refused.Code);
                break;
        }

        if (!call.Unknown)
        {
            Finish(work, call.Id);
            a = a with { Capture = null };
        }

        work.Set(index, a);
    }

    private static void OnRefundTried(Work work, int index, Attempt a, TryOutcome result)
    {
        if (a.Refund is not { } call)
            return;
        switch (result)
        {
            case TryOutcome.Withdrawn:
                if (!call.Unknown)
                {
                    Finish(work, call.Id);
                    a = a with { Refund = null };
                }

                work.Set(index, a with { ReadFirst = a.ReadFirst || call.Unknown });
                break;
            case TryOutcome.NotSent:
                work.Set(index, a with { ReadFirst = true, Failures = a.Failures + 1 });
                break;
            case TryOutcome.Unknown or TryOutcome.Done:
                StartCertain(work, index, a with { Refund = call with { Unknown = true }, ReadFirst = true, Failures = a.Failures + 1 });
                break;
            case TryOutcome.Refused { Kind: Refusal.TooFast or Refusal.TryAgain or Refusal.FundsUnavailable }:
                work.Set(index, AfterRefusal(a));
                break;
            case TryOutcome.Refused refused:
                a = AfterRefusal(a);
                if (refused.Kind == Refusal.KeysRefused)
                    AlarmOnce(work, a, AlarmKind.KeysRefused, refused.Code);
                if (!call.Unknown)
                {
                    Finish(work, call.Id);
                    a = a with { Refund = null };
                    if (refused.Kind is Refusal.RefundImpossible or Refusal.BadRequest)
                    {
                        work.Alarm(AlarmKind.RefundRefused, $"{a.Reference}: {refused.Code}");
                        work.State = work.State with { RefundRefused = true };
                    }
                }

                work.Set(index, a);
                break;
        }
    }

    private static void OnReceiptTried(Work work, int index, Input.Tried tried)
    {
        var a = work.State.Attempts[index];
        if (a.ReceiptPending?.Id != tried.OperationId)
            return;
        a = a with { ReceiptPending = null };
        switch (tried.Result)
        {
            case TryOutcome.Done:
                a = a with { Receipt = ReceiptState.Posted };
                work.Add(new Effect.Forget(tried.OperationId));
                break;
            case TryOutcome.Withdrawn:
                // Not sent: as if it had not been begun.
                a = a with { Receipt = a.Receipt == ReceiptState.FirstTry ? ReceiptState.None : a.Receipt };
                work.Add(new Effect.Forget(tried.OperationId));
                break;
            // A receipt is immutable: another one that is there stays.
            case TryOutcome.Refused { Kind: Refusal.ReceiptDiffers } differs:
                a = GiveUpReceipt(work, a, tried.OperationId, differs.Code);
                break;
            case TryOutcome.Refused { Kind: Refusal.BadRequest } refused when a.ReceiptFailures + 1 >= ReceiptTriesMaximum:
                a = GiveUpReceipt(work, a, tried.OperationId, refused.Code);
                break;
            default:
                // Made anew when it is due: the lines may have to sum to something else by then, or what was refused is put right.
                if (tried.Result is TryOutcome.Refused { Kind: Refusal.BadRequest, Code: var code } && a.ReceiptFailures == 0)
                    work.Alarm(AlarmKind.ReceiptRefused, $"{a.Reference}: {code}");
                else if (a.ReceiptFailures == 2)
                    work.Alarm(AlarmKind.ReceiptRefused, $"{a.Reference}: not posted yet");
                a = a with { Receipt = ReceiptState.Due, ReceiptFailures = a.ReceiptFailures + 1 };
                work.Add(new Effect.Forget(tried.OperationId));
                break;
        }

        work.Set(index, a);
    }

    private static Attempt GiveUpReceipt(Work work, Attempt a, string operationId, string code)
    {
        work.Alarm(AlarmKind.ReceiptRefused, $"{a.Reference}: {code}");
        work.Add(new Effect.Forget(operationId));
        return a with { Receipt = ReceiptState.Refused };
    }

    private static void OnNotFound(Work work, int index, Attempt a)
    {
        switch (a.Existence)
        {
            case Existence.Probing:
                a = a with { ReadFirst = false };
                if (a.CreateId is null && !a.Asks)
                    RemoveProbe(work, index, a);
                else
                    work.Set(index, a with { Existence = Existence.Unsent });
                break;
            case Existence.Uncertain when a is { Certain: true, Ending: null } && Wanted(work.State, a):
                // It never arrived: a request that still waits for the network.
                work.Set(index, a with { Existence = Existence.Unsent, Certain = false, CertainAt = null, ReadFirst = false });
                break;
            case Existence.Uncertain when a is { Certain: true, Ending: null }:
                Finish(work, a.CreateId);
                End(work, index, a, a.Withdraw || a.Undo ? Ending.Cancelled : Ending.Offline, final: true);
                break;
            case Existence.Uncertain when a.Ending is null:
                // Proves nothing yet.
                work.Set(index, a with { ReadFirst = false, Failures = a.Failures + 1 });
                break;
            case Existence.Exists when a.Ending is null:
                a = a with { ReadFirst = true, Failures = a.Failures + 1 };
                AlarmOnce(work, a, AlarmKind.PaymentMissing, a.Reference.ToString());
                work.Set(index, a);
                break;
            default:
                work.Set(index, a with { ReadFirst = false, FinalReadDue = false });
                work.Add(new Effect.StopTimer(TimerKind.FinalRead, a.Reference));
                break;
        }
    }

    // Nothing was made under this reference by an earlier store: it is free.
    private static void RemoveProbe(Work work, int index, Attempt a)
    {
        work.State = work.State with { Attempts = work.State.Attempts.RemoveAt(index) };
        if (work.State is { Orphan: { } orphan, Attempts.IsEmpty: true })
            work.State = work.State with { Orphan = orphan with { NotOurs = true } };
        if (a.Kind == AttemptKind.Reservation && work.State is { Fare: null, Booking: { Maximum: { } maximum } booking, ReservationEnd: ReservationEnd.None, Settled: SettledBy.Nobody })
            AddAttempt(work, AttemptKind.Reservation, a.Reference, a.Number, maximum, booking.Phone);
    }

    private static void OnReading(Work work, int index, PaymentReading reading, OperationKind kind)
    {
        var a = work.State.Attempts[index];
        if (a.Ending == Ending.Foreign)
        {
            work.Set(index, a with { ReadFirst = false, FinalReadDue = false });
            return;
        }

        // No sum over a trip's amounts may overflow, not even once it has stopped.
        if (new[] { reading.Authorized, reading.Captured, reading.Cancelled, reading.Refunded }.Any(amount => amount is < 0 or > Money.Maximum))
        {
            work.Stop($"{a.Reference}: authorized {reading.Authorized}, captured {reading.Captured}, cancelled {reading.Cancelled}, refunded {reading.Refunded} cannot be");
            return;
        }

        // Only a query's answer says whose it is. A cancel that was on its way when the payment became another trip's business is read after.
        if (a.Existence == Existence.Probing && kind != OperationKind.Query)
        {
            if (kind is OperationKind.Cancel or OperationKind.CancelUnapproved && work.Input is Input.Tried { OperationId: var ended })
                Finish(work, ended);
            work.Set(index, a with { ReadFirst = true });
            return;
        }

        if (a.Existence != Existence.Exists && work.State.Orphan is not null)
        {
            if (!Claim(work, index, reading))
                return;
            a = work.State.Attempts[index];
        }
        else if (a.Existence != Existence.Exists)
        {
            if (!IsOurs(work, a, reading))
            {
                work.Alarm(AlarmKind.ForeignPayment, a.Reference.ToString());
                Finish(work, a.CreateId);
                End(work, index, a, Ending.Foreign, final: true);
                RequestAfterForeign(work, a);
                return;
            }

            Finish(work, a.CreateId);
            if (a.Existence == Existence.Probing && reading.Amount is { } amount && amount is > 0 and <= Money.Maximum)
                a = a with { Amount = work.Amount(amount) };
        }

        var moved = reading.Captured != a.Captured || reading.Cancelled != a.Cancelled || reading.Refunded != a.Refunded || reading.State != a.State;
        var probed = a.Existence == Existence.Probing;
        a = Exists(a) with
        {
            State = reading.State,
            Authorized = reading.Authorized,
            Captured = reading.Captured,
            Cancelled = reading.Cancelled,
            Refunded = reading.Refunded,
            GuaranteePast = reading.GuaranteedUntil is { } until ? (reading.ServerTime ?? work.Input.At) > until : a.GuaranteePast,
            Refusals = moved ? 0 : a.Refusals,
            // An earlier try has arrived, whatever a later one was refused for: it stands, and is not given back to be asked for anew.
            Uncapturable = reading.Captured > a.Captured && !a.Undo ? null : a.Uncapturable,
            Link = a.ByCode && reading.State == PaymentState.Created ? a.Link ?? reading.Link : null,
            ReadFirst = false,
            FinalReadDue = false,
        };
        // A TERMINATED payment has nothing authorized; what was cancelled is the request itself.
        if (a.State != PaymentState.Authorized)
            a = a with { Cancelled = 0 };
        if (a is { ByCode: true, State: PaymentState.Created, Link: null, Withdraw: false, Undo: false })
        {
            // Nobody can scan it. The driver chooses anew.
            work.Alarm(AlarmKind.CodeMissing, a.Reference.ToString());
            a = a with { Withdraw = true };
        }

        if (a.Capture is { } capture)
        {
            if (a.Captured >= capture.Before + capture.Amount)
            {
                Finish(work, capture.Id);
                a = a with { Capture = null };
            }
            else if (kind == OperationKind.Capture)
            {
                // Answered as done, but not visible: read before anything else.
                StartCertain(work, index, a with { Capture = capture with { Unknown = true }, ReadFirst = true, Failures = a.Failures + 1 });
                a = work.State.Attempts[index];
            }
            else if (a.Remaining == 0)
            {
                // Nothing is left that it could take.
                Finish(work, capture.Id);
                a = a with { Capture = null };
            }
        }

        if (a.Refund is { } refund && a.Refunded >= refund.Before + refund.Amount)
        {
            Finish(work, refund.Id);
            a = a with { Refund = null };
        }
        else if (a.Refund is not null && kind == OperationKind.Refund)
        {
            StartCertain(work, index, a with { Refund = a.Refund with { Unknown = true }, ReadFirst = true, Failures = a.Failures + 1 });
            a = work.State.Attempts[index];
        }

        if (a.Ending is not null)
            work.Add(new Effect.StopTimer(TimerKind.FinalRead, a.Reference));
        if (a.Capture is null && a.Refund is null)
            work.Add(new Effect.StopTimer(TimerKind.Certain, a.Reference));
        if (kind is OperationKind.Cancel or OperationKind.CancelUnapproved && work.Input is Input.Tried { OperationId: var id })
            Finish(work, id);
        // A reservation of an earlier store whose booking is cancelled: given back, unless that store has taken its fare from it.
        if (probed && a is { Kind: AttemptKind.Reservation, Captured: 0 } && work.State.ReservationEnd != ReservationEnd.None && work.State.Orphan is null)
            a = a with { Undo = true };
        // An attempt that was given up must not come back to life: whatever turns out is released.
        if (a.Ending is not null && a.Remaining > 0)
            a = a with { Undo = true };
        work.Set(index, a);
        if (!probed)
            return;
        // What an earlier store gave back was ordered then.
        work.State = work.State with { RefundTarget = Math.Max(work.State.RefundTarget, work.State.Refunded) };
        ProbeOn(work, index);
    }

    // An earlier store's attempt that has come to nothing may have been followed by another.
    private static void ProbeOn(Work work, int index)
    {
        var a = work.State.Attempts[index];
        if (!work.State.Probe || a.Kind != AttemptKind.Request || a.Number >= Reference.AttemptMaximum || work.State.Trip is not { } trip)
            return;
        if (a.State is PaymentState.Aborted or PaymentState.Expired or PaymentState.Terminated || (a.State == PaymentState.Authorized && a.Remaining == 0 && a.Captured == 0))
            Probe(work, AttemptKind.Request, Reference.OfTrip(work.Policy.Prefix, work.Policy.Car, trip, a.Number + 1), a.Number + 1);
    }

    // Rule: a payment found under our reference is ours only if identity, amount and currency match.
    private static bool IsOurs(Work work, Attempt a, PaymentReading reading)
    {
        if (reading.Car != work.Policy.Car || reading.Currency != work.Currency.ToString())
            return false;
        var probing = a.Existence == Existence.Probing && !a.Asks;
        if (!probing && reading.Amount != a.Amount.MinorUnits)
            return false;
        if (a.Kind == AttemptKind.Reservation)
        {
            var booking = work.State.Booking?.Id ?? work.State.Fare?.Booking;
            return reading.Booking == booking && reading.Trip is null && (work.State.Booking?.Maximum is not { } maximum || reading.Amount == maximum.MinorUnits);
        }

        return reading.Trip == work.State.Trip?.ToString() && reading.Booking is null && (work.State.Fare is not { } fare || reading.Amount <= fare.Total.MinorUnits);
    }

    private static void RequestAfterForeign(Work work, Attempt a)
    {
        if (a is { Kind: AttemptKind.Request, Asks: true, Withdraw: false, Undo: false, TooOld: false } && work.State.Unpaid)
            work.State = work.State with { Wish = new Wish(a.ByCode ? null : a.Phone, Replace: false) };
    }

    private static Attempt Exists(Attempt a) => a with { Existence = Existence.Exists, CreateId = null, Failures = 0, Certain = false, CertainAt = null };

    private static Attempt AfterRefusal(Attempt a) => a with { ReadFirst = true, Refusals = a.Refusals + 1 };

    private static void StartCertain(Work work, int index, Attempt a)
    {
        work.Set(index, a with { Certain = false, CertainAt = work.Input.At + work.Policy.CertainAfter });
        work.Add(new Effect.StartTimer(TimerKind.Certain, a.Reference, work.Policy.CertainAfter));
    }

    private static void Finish(Work work, string? operationId)
    {
        if (operationId is not null)
            work.Add(new Effect.Forget(operationId));
    }

    // A row of refusals alarms once; the attempt has counted this one.
    private static void AlarmOnce(Work work, Attempt a, AlarmKind kind, string detail)
    {
        if (a.Refusals <= 1 && a.Failures <= 1)
            work.Alarm(kind, detail);
    }
}
