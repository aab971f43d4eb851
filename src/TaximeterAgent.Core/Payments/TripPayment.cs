using System.Collections.Immutable;
using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

/// <summary>
/// Decides what happens to a trip's money: a pure function of state, input and policy. No I/O, no clock, no randomness, no exception for any state and input.
/// </summary>
/// <remarks>
/// It works in three steps. The input changes the facts (<c>TripPayment.Facts</c>, <c>TripPayment.Technician</c>, <c>TripPayment.Outcomes</c>); the facts are brought to their conclusions
/// (<c>TripPayment.Conclusions</c>: which attempts are over, what the meter is told); and for each payment that has no operation under way the next one is
/// derived from the facts alone (<c>TripPayment.Next</c>). Nothing is remembered of how a state was reached, so a state read back after a crash goes on as if
/// nothing had happened.
/// </remarks>
public static partial class TripPayment
{
    /// <summary>Takes one input.</summary>
    /// <param name="state">The trip as stored; a new one for its first input.</param>
    /// <param name="input">What has happened.</param>
    /// <param name="policy">The owner's decisions.</param>
    public static Decision Decide(TripState state, Input input, PaymentPolicy policy)
    {
        var work = new Work(state, input, policy);
        Take(work);
        Check(work);
        if (work.State.Stopped is null)
        {
            Conclude(work);
            Proceed(work);
        }

        return new Decision(work.State, [.. work.Effects]);
    }

    private static void Take(Work work)
    {
        switch (work.Input)
        {
            case Input.FareReceived fare:
                OnFare(work, fare);
                break;
            case Input.BookReceived book:
                OnBook(work, book);
                break;
            case Input.Voided voided:
                OnVoid(work, voided);
                break;
            case Input.NumberConfirmed number:
                OnRequest(work, new Wish(number.Phone, Replace: true));
                break;
            case Input.CodeChosen:
                OnRequest(work, new Wish(null, Replace: true));
                break;
            case Input.SendAgain:
                if (SameAgain(work.State) is { } wish && work.State.Attempts.All(a => a.Over || a.Existence == Existence.Probing))
                    OnRequest(work, wish);
                break;
            case Input.OtherWayChosen:
                OnOtherWay(work);
                break;
            case Input.LetStand:
                OnLetStand(work);
                break;
            case Input.UndoChosen:
                OnUndo(work);
                break;
            case Input.RefundOrdered refund:
                OnRefund(work, refund.Total);
                break;
            case Input.Held:
                OnHeld(work);
                break;
            case Input.Released:
                OnReleased(work);
                break;
            case Input.Resolved { GiveUp: true }:
                OnGivenUp(work);
                break;
            case Input.Resolved:
                OnResolved(work);
                break;
            case Input.Tried tried:
                OnTried(work, tried);
                break;
            case Input.Due due:
                OnDue(work, due);
                break;
            case Input.PaymentHint hint:
                OnHint(work, hint.Reference);
                break;
            case Input.OrphanHinted hint:
                OnOrphanHinted(work, hint);
                break;
            case Input.OrphanLetGo:
                OnOrphanLetGo(work);
                break;
            case Input.Restarted:
                OnRestarted(work);
                break;
            case Input.WordAnswered answered:
                OnWordAnswered(work, answered);
                break;
        }
    }

    // What can never be true of a payment. A trip in which it is stops, is shown to a person, and leaves the other trips going.
    private static void Check(Work work)
    {
        if (work.State.Stopped is not null)
            return;
        foreach (var a in work.State.Attempts)
        {
            if (CannotBe(a))
            {
                work.Stop($"{a.Reference}: authorized {a.Authorized}, captured {a.Captured}, cancelled {a.Cancelled}, refunded {a.Refunded} cannot be");
                return;
            }
        }

        if (work.State.Fare is { } fare && work.State.Kept > fare.Total.MinorUnits)
            work.Stop($"captured {work.State.Kept} is more than the fare {fare.Total.MinorUnits}");
    }

    private static bool CannotBe(Attempt a) =>
        a.Captured < 0 || a.Authorized < 0 || a.Cancelled < 0 || a.Refunded < 0 || a.Refunded > a.Captured || a.Captured > a.Authorized
        || (a.State == PaymentState.Authorized && a.Captured + a.Cancelled > a.Authorized);

    /// <summary>One decision in the making. Local to <see cref="Decide"/>; the only thing here that changes.</summary>
    private sealed class Work(TripState state, Input input, PaymentPolicy policy)
    {
        private int _operations;

        public TripState State { get; set; } = state;

        public Input Input { get; } = input;

        public PaymentPolicy Policy { get; } = policy;

        /// <summary>The state before this input.</summary>
        public TripState Before { get; } = state;

        public List<Effect> Effects { get; } = [];

        public string NewId() => $"{Input.Id}-{++_operations}";

        public Money Amount(long minorUnits) => new(minorUnits, Currency);

        public Currency Currency => State.Fare?.Total.Currency ?? State.Booking?.Currency ?? Policy.Currency;

        public int IndexOf(Reference reference)
        {
            for (var i = 0; i < State.Attempts.Length; i++)
            {
                if (State.Attempts[i].Reference == reference)
                    return i;
            }

            return -1;
        }

        public void Set(int index, Attempt attempt) => State = State with { Attempts = State.Attempts.SetItem(index, attempt) };

        public void Each(Func<Attempt, Attempt> change)
        {
            for (var i = 0; i < State.Attempts.Length; i++)
                Set(i, change(State.Attempts[i]));
        }

        public void Add(Effect effect) => Effects.Add(effect);

        public void Alarm(AlarmKind kind, string detail) => Add(new Effect.Alarm(kind, detail));

        public void Stop(string why)
        {
            if (State.Stopped is not null)
                return;
            State = State with { Stopped = why };
            Alarm(AlarmKind.Impossible, why);
        }
    }
}
