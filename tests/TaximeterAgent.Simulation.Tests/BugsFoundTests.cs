using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation.Tests;

/// <summary>Every bug that the simulation has found in the product: the seed, and the bug by itself.</summary>
public sealed class BugsFoundTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(468)]
    [InlineData(1679)]
    public void The_seeds_that_found_something_find_nothing_any_more(int seed)
    {
        using var world = new World(seed, new Saboteur(), () => new MemoryDisk());
        Assert.Null(world.Run());
    }

    /// <summary>Seed 468: a reservation at a sales unit that captures in full only; the first try of the capture had no answer, the second was refused with 6140.</summary>
    [Fact]
    public void A_capture_refused_for_good_is_not_sent_again_while_an_earlier_try_is_unknown()
    {
        var policy = new PaymentPolicy { Prefix = "taxi", Car = "NO4711", SalesUnit = new SalesUnit("https://apitest.vipps.no", "123456") };
        var reference = Reference.OfBooking("taxi", "NO4711", "B-1", 1);
        var reading = new PaymentReading { State = PaymentState.Authorized, Amount = 50_000, Currency = "NOK", Authorized = 50_000, Booking = "B-1", Car = "NO4711" };
        var state = new TripState
        {
            Trip = new TripId("NO-4711", "1", "2026-11-20T06:00:00Z"),
            Fare = Fare(),
            Booking = new Booking("B-1", Phone(), Currency.NOK, new Money(50_000, Currency.NOK)),
            Attempts =
            [
                new Attempt
                {
                    Kind = AttemptKind.Reservation, Number = 1, Reference = reference, SalesUnit = policy.SalesUnit, Amount = new Money(50_000, Currency.NOK), Existence = Existence.Exists,
                    State = PaymentState.Authorized, Authorized = 50_000, Pending = new Pending("c", OperationKind.Capture), Capture = new MoneyCall("c", 34_500, 0) { Unknown = true },
                },
            ],
        };

        var refused = Decide(state, Tried("c", OperationKind.Capture, new TryOutcome.Refused(Refusal.MustCaptureInFull)));
        var read = Decide(refused.State, Tried(refused.State.Attempts[0].Pending!.Id, OperationKind.Query, new TryOutcome.Read(reading)));

        Assert.DoesNotContain(read.Effects, effect => effect is Effect.Again);
        Assert.Equal(OperationKind.Query, read.State.Attempts[0].Pending!.Kind);

        // By the time at which the first try has arrived or never will, one more reading; then all of it is released.
        var certain = Decide(read.State, new Input.Due(TimerKind.Certain, reference) { At = default, Id = "i" });
        var withdrawn = Decide(certain.State, Tried(read.State.Attempts[0].Pending!.Id, OperationKind.Query, new TryOutcome.Withdrawn()));
        Assert.Equal(OperationKind.Query, withdrawn.State.Attempts[0].Pending!.Kind);
        var released = Decide(withdrawn.State, Tried(withdrawn.State.Attempts[0].Pending!.Id, OperationKind.Query, new TryOutcome.Read(reading)));
        Assert.Equal(OperationKind.Cancel, released.State.Attempts[0].Pending!.Kind);

        Input.Tried Tried(string id, OperationKind kind, TryOutcome outcome) => new(id, kind, reference, outcome) { At = default, Id = Guid.NewGuid().ToString("N") };

        Decision Decide(TripState before, Input input) => TripPayment.Decide(before, input, policy);
    }

    /// <summary>Seed 4: the power was cut while a release was on its way; its stored operation stayed in the store for ever.</summary>
    [Fact]
    public void A_cancel_that_a_power_cut_has_left_behind_does_not_stay_in_the_store()
    {
        using var world = new World(4, new Saboteur(), () => new MemoryDisk());
        Assert.Null(world.Run());
        using var outbox = world.Disk.Open(TimeProvider.System);
        var keys = outbox.NextKey();
        for (var key = 1L; key < keys; key++)
            Assert.Empty(outbox.Load(key)?.Operations ?? []);
    }

    private static Fare Fare() => new(new TripId("NO-4711", "1", "2026-11-20T06:00:00Z"), Nok(34_500), Nok(34_500), Nok(0), Nok(0), 1200, 1200) { Finish = "2026-11-20T06:10:00Z", Booking = "B-1" };

    private static Money Nok(long minorUnits) => new(minorUnits, Currency.NOK);

    private static PhoneNumber Phone()
    {
        Assert.Equal(PhoneNumberFault.None, PhoneNumber.Parse("41234567", Country.NO, out var phone));
        return phone;
    }
}
