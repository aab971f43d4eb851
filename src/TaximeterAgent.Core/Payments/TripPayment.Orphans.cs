using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

// A payment of this car that its store does not know: a board that died, or whose card was replaced, has made it. It is read, waits a little for the meter to name its
// fare, and is then released. What it has captured is left as it is: the board before has settled that.
public static partial class TripPayment
{
    private static void OnOrphanHinted(Work work, Input.OrphanHinted input)
    {
        var state = work.State;
        if (state.Stopped is not null || state.GivenUp || work.IndexOf(input.Reference) >= 0 || input.Number is < 1 or > Reference.AttemptMaximum)
            return;
        if (state is { Trip: null, Fare: null, Booking: null, Orphan: null, Settled: SettledBy.Nobody, ReservationEnd: ReservationEnd.None, Attempts.IsEmpty: true })
            work.State = state with { Orphan = new Orphan(input.Reference) };
        else if (state.Orphan is { LetGo: true })
            return;
        Probe(work, input.Kind, input.Reference, input.Number);
    }

    // The cancel that may be on its way comes to its end by itself, and the trip that has the payment now reads it after.
    private static void OnOrphanLetGo(Work work)
    {
        if (work.State.Orphan is not { LetGo: false } orphan)
            return;
        work.Add(new Effect.StopTimer(TimerKind.Orphan, null));
        foreach (var a in work.State.Attempts)
        {
            work.Add(new Effect.StopTimer(TimerKind.Certain, a.Reference));
            work.Add(new Effect.StopTimer(TimerKind.FinalRead, a.Reference));
            Finish(work, a.Pending?.Id);
            Finish(work, a.Refund?.Id);
        }

        work.State = work.State with { Trip = null, Attempts = [], Orphan = orphan with { Booking = null, LetGo = true }, RefundTarget = 0 };
    }

    // The meter names what the payment was made for. From here on it is an ordinary one of a new store: whatever was decided of it is looked at anew, and a cancel that is
    // on its way comes to its end first.
    private static bool TakeOver(Work work)
    {
        if (work.State.Orphan is null)
            return false;
        work.State = work.State with { Orphan = null, Probe = true };
        work.Add(new Effect.StopTimer(TimerKind.Orphan, null));
        WithdrawScheduled(work);
        work.Each(a => a with
        {
            Existence = Existence.Probing,
            State = PaymentState.None,
            Authorized = 0,
            Captured = 0,
            Cancelled = 0,
            Refunded = 0,
            Gone = false,
            Undo = false,
            Ending = null,
            FinalReadDue = false,
        });
        return true;
    }

    private static void ReleaseOrphan(Work work)
    {
        if (work.State.Orphan is not { ReleaseDue: false } orphan)
            return;
        work.State = work.State with { Orphan = orphan with { ReleaseDue = true } };
        work.Add(new Effect.StopTimer(TimerKind.Orphan, null));
    }

    // Ours only if what the payment says of itself gives the very reference that it has.
    private static bool Claim(Work work, int index, PaymentReading reading)
    {
        var a = work.State.Attempts[index];
        var orphan = work.State.Orphan!;
        var (prefix, car) = (work.Policy.Prefix, work.Policy.Car);
        var ours = reading.Car == car && reading.Currency == work.Currency.ToString();
        var trip = ours && reading.Booking is null ? TripId.Readings(reading.Trip).FirstOrDefault(id => Reference.OfTrip(prefix, car, id, a.Number) == a.Reference) : null;
        var booking = ours && reading.Trip is null && reading.Booking is { } name && Reference.OfBooking(prefix, car, name, a.Number) == a.Reference ? name : null;
        if (trip is null && booking is null)
        {
            work.State = work.State with { Attempts = work.State.Attempts.RemoveAt(index) };
            if (work.State.Attempts.IsEmpty)
                work.State = work.State with { Orphan = orphan with { NotOurs = true } };
            return false;
        }

        work.State = work.State with { Trip = trip ?? work.State.Trip, Orphan = orphan with { Booking = booking ?? orphan.Booking } };
        work.Set(index, a with
        {
            Kind = trip is null ? AttemptKind.Reservation : AttemptKind.Request,
            Amount = reading.Amount is > 0 and <= Money.Maximum ? work.Amount(reading.Amount.Value) : a.Amount,
        });
        return true;
    }

    private static void ConcludeOrphan(Work work)
    {
        if (work.State.Orphan is not { } orphan)
            return;
        foreach (var a in work.State.Attempts)
        {
            if (!orphan.ReleaseDue || work.Before.Attempts.FirstOrDefault(was => was.Reference == a.Reference) is not { State: PaymentState.Authorized } before)
                continue;
            var reserved = before.Authorized - before.Captured - before.Cancelled;
            if (reserved > 0 && a.Captured == before.Captured && (a.State != PaymentState.Authorized || a.Captured + a.Cancelled == a.Authorized))
                work.Alarm(AlarmKind.OrphanReleased, $"{a.Reference}: {work.Amount(reserved)} of a payment that nobody has claimed is released");
        }

        var waits = work.State.Attempts.Any(Waits);
        var waited = work.Before.Attempts.Any(Waits);
        if (waits && !waited && !orphan.ReleaseDue)
            work.Add(new Effect.StartTimer(TimerKind.Orphan, null, work.Policy.OrphanAfter));
        else if (waited && !waits)
            work.Add(new Effect.StopTimer(TimerKind.Orphan, null));
    }

    private static bool Waits(Attempt a) => a is { Existence: Existence.Exists, Over: false };

    private static void NextOfOrphan(Work work, int index, Attempt a)
    {
        if (a.Remaining == 0)
            Refund(work, index, a, RefundShare(work.State, index));
        else if (work.State.Orphan is { ReleaseDue: true })
            Begin(work, index, OperationKind.Cancel, AfterFailures(a), null);
    }
}
