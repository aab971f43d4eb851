using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Payments;

/// <summary>Nothing that any side says, in any order, however absurd, makes the decider throw; and the same input on the same state decides the same.</summary>
public sealed class AnyStateAnyInputTests
{
    private static readonly PaymentPolicy s_policy = new TripScript().Policy;

    [Fact]
    public void No_state_and_input_throw_and_every_decision_is_repeatable()
    {
        for (var seed = 0; seed < 1_500; seed++)
        {
            var random = new Random(seed);
            var state = new TripState();
            for (var step = 0; step < 40; step++)
            {
                var input = AnyInput(random, state, $"i{step}");
                Decision decision;
                try
                {
                    decision = TripPayment.Decide(state, input, s_policy);
                }
                catch (Exception error)
                {
                    Assert.Fail($"seed {seed}, step {step}, {input}: {error}");
                    return;
                }

                var again = TripPayment.Decide(state, input, s_policy);
                Assert.Equal(decision.Effects.AsEnumerable(), again.Effects.AsEnumerable());
                Assert.Equal(decision.State.Attempts.AsEnumerable(), again.State.Attempts.AsEnumerable());
                Assert.Equal(decision.State with { Attempts = [] }, again.State with { Attempts = [] });
                Assert.Equal(decision.State.Attempts.Length, decision.State.Attempts.Select(a => a.Reference).Distinct().Count());
                state = decision.State;
            }
        }
    }

    private static Input AnyInput(Random random, TripState state, string id)
    {
        var at = new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
        switch (random.Next(27))
        {
            case 0:
                return new Input.FareReceived(
                    TripScript.MakeFare(Amount(random, 999_999_999), random.Next(2) == 0 ? null : TripScript.Phone1, "B-1"), random.Next(5) == 0, random.Next(2) == 0)
                { At = at, Id = id };
            case 1:
                return new Input.BookReceived(TripScript.MakeBooking(random.Next(4) == 0 ? null : Amount(random, 999_999_999)), random.Next(2) == 0) { At = at, Id = id };
            case 2 when random.Next(4) == 0:
                return new Input.Voided(random.Next(2) == 0 ? TripScript.Trip : null, "B-1") { At = at, Id = id };
            case 3:
                return new Input.NumberConfirmed(TripScript.Phone()) { At = at, Id = id };
            case 4:
                return new Input.SendAgain { At = at, Id = id };
            case 5 when random.Next(4) == 0:
                return new Input.OtherWayChosen { At = at, Id = id };
            case 6:
                return new Input.LetStand { At = at, Id = id };
            case 7:
                return new Input.UndoChosen { At = at, Id = id };
            case 8:
                return new Input.RefundOrdered(Amount(random, long.MaxValue)) { At = at, Id = id };
            case 9:
                return new Input.Restarted { At = at, Id = id };
            case 10:
                return new Input.WordAnswered(random.Next(4), random.Next(2) == 0 ? "trip" : null) { At = at, Id = id };
            case 11:
                return new Input.Due((TimerKind)random.Next(6), AnyReference(random, state)) { At = at, Id = id };
            case 12:
                return new Input.PaymentHint(AnyReference(random, state)) { At = at, Id = id };
            case 13 when random.Next(3) == 0:
                return new Input.Held { At = at, Id = id };
            case 14:
                return new Input.Released { At = at, Id = id };
            case 15 when random.Next(4) == 0:
                return new Input.Resolved(random.Next(2) == 0) { At = at, Id = id };
            case 16:
                return new Input.OrphanHinted(AnyReference(random, state), (AttemptKind)random.Next(2), random.Next(101)) { At = at, Id = id };
            case 17 when random.Next(6) == 0:
                return new Input.OrphanLetGo { At = at, Id = id };
            case 18:
                return new Input.CodeChosen { At = at, Id = id };
            default:
                var attempt = state.Attempts.IsEmpty ? null : state.Attempts[random.Next(state.Attempts.Length)];
                var pending = random.Next(5) == 0 ? attempt?.ReceiptPending : attempt?.Pending;
                var kind = pending is null || random.Next(10) == 0 ? (OperationKind)random.Next(7) : pending.Kind;
                return new Input.Tried(pending?.Id ?? "unknown", kind, attempt?.Reference ?? AnyReference(random, state), AnyOutcome(random, state, attempt), random.Next(9) == 0) { At = at, Id = id };
        }
    }

    private static TryOutcome AnyOutcome(Random random, TripState state, Attempt? attempt) => random.Next(8) switch
    {
        0 => new TryOutcome.Done(random.Next(2) == 0 ? "https://qr.example/1" : null),
        1 => new TryOutcome.NotSent(),
        2 => new TryOutcome.Unknown(),
        3 => new TryOutcome.Withdrawn(),
        4 => new TryOutcome.Refused((Refusal)random.Next(Enum.GetValues<Refusal>().Length)),
        _ => new TryOutcome.Read(new PaymentReading
        {
            State = random.Next(3) == 0 ? (PaymentState)random.Next(6) : PaymentState.Authorized,
            Amount = random.Next(4) == 0 ? Amount(random, long.MaxValue) : attempt?.Amount.MinorUnits,
            Currency = random.Next(8) == 0 ? null : "NOK",
            Authorized = random.Next(4) == 0 ? Amount(random, long.MaxValue) : attempt?.Amount.MinorUnits ?? 0,
            Captured = random.Next(4) == 0 ? Amount(random, long.MaxValue) : 0,
            Cancelled = random.Next(6) == 0 ? Amount(random, long.MaxValue) : 0,
            Refunded = random.Next(8) == 0 ? Amount(random, long.MaxValue) : 0,
            GuaranteedUntil = random.Next(3) == 0 ? DateTimeOffset.MinValue : null,
            Trip = attempt?.Kind == AttemptKind.Request ? state.Trip?.ToString() : null,
            Booking = attempt?.Kind == AttemptKind.Reservation ? "B-1" : null,
            Car = "NO4711",
        }),
    };

    private static long Amount(Random random, long maximum) => random.Next(6) switch
    {
        0 => 0,
        1 => maximum,
        2 => random.Next(200),
        _ => Math.Min(maximum, random.Next(60_000)),
    };

    private static Reference AnyReference(Random random, TripState state) =>
        state.Attempts.IsEmpty || random.Next(5) == 0 ? Reference.OfBooking("t", "1", "nobody", 1) : state.Attempts[random.Next(state.Attempts.Length)].Reference;
}
