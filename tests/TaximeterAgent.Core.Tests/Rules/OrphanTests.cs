using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

/// <summary>A payment of this car that its store does not know: a board before it has made it.</summary>
public sealed class OrphanTests
{
    private static Reference Named(int attempt = 1) => Reference.OfTrip("taxi", "NO4711", TripScript.Trip, attempt);

    private static Reference Reserved => Reference.OfBooking("taxi", "NO4711", "B-1", 1);

    [Fact]
    public void An_orphan_is_released_and_alarmed()
    {
        var s = Approved().Orphan().RunMinutes(1);
        Assert.Equal((0, 34_500), (s.CountSent(OperationKind.Cancel), s.Server.Single.Remaining));
        s.RunToTheEnd().AssertTruth();
        Assert.Equal([AlarmKind.OrphanReleased], s.Alarms);
        Assert.Equal((0, 34_500), (s.Server.Single.Captured, s.Server.Single.Cancelled));
        Assert.Empty(s.Words);
        Assert.Equal(TripScript.Trip, s.State.Trip);
    }

    [Fact]
    public void An_orphan_is_said_to_be_released_only_once_it_was_read_so()
    {
        var s = Approved().Orphan();
        s.Network = o => o.Kind is OperationKind.Cancel ? Fate.RequestLost : Fate.Healthy;
        s.RunMinutes(10);
        Assert.Empty(s.Alarms);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Equal([AlarmKind.OrphanReleased], s.Alarms);
    }

    [Fact]
    public void A_captured_orphan_is_never_refunded()
    {
        var s = new TripScript().Fare().RunToTheEnd().NewStore().Orphan().RunToTheEnd().AssertTruth();
        Assert.Equal((34_500, 0), (s.Server.Single.Captured, s.Server.Single.Refunded));
        Assert.Empty(s.Alarms);
        Assert.False(s.State.Busy);
        s.Resolve().RunToTheEnd().AssertTruth();
        Assert.Equal((34_500, 0), (s.Server.Single.Captured, s.Server.Single.Refunded));
    }

    [Fact]
    public void What_is_reserved_beside_a_capture_is_released_and_what_is_captured_stays()
    {
        var s = new TripScript().Book().RunMinutes(30).Fare(booking: "B-1");
        s.RunUntil(t => t.Server.Single.Captured > 0).NewStore().Orphan(kind: AttemptKind.Reservation).RunToTheEnd();
        Assert.Equal((34_500, 15_500, 0), (s.Server.Single.Captured, s.Server.Single.Cancelled, s.Server.Single.Refunded));
        Assert.Equal([AlarmKind.OrphanReleased], s.Alarms);
    }

    [Fact]
    public void An_orphan_that_waits_for_the_customer_is_ended()
    {
        var s = new TripScript { Customers = _ => (Customer.DoesNothing, default) };
        s.Fare().RunUntil(t => t.Server.Payments.Count == 1).NewStore().Orphan().RunToTheEnd().AssertTruth();
        Assert.Equal(PaymentState.Terminated, s.Server.Single.State);
        Assert.Empty(s.Alarms);
        // Not polled for while it waits to be claimed.
        Assert.InRange(s.CountSent(OperationKind.Query), 1, 3);
    }

    [Fact]
    public void An_orphan_that_is_approved_while_it_is_being_ended_is_released()
    {
        var s = new TripScript { Customers = _ => (Customer.Approves, TimeSpan.FromSeconds(60)) };
        s.Fare().RunUntil(t => t.Server.Payments.Count == 1).NewStore().Orphan().RunToTheEnd().AssertTruth();
        Assert.Equal((0, 0), (s.Server.Kept, s.Server.Single.Remaining));
        Assert.Equal([AlarmKind.OrphanReleased], s.Alarms);
    }

    [Theory]
    [InlineData("NO-4711/1042/2026-11-20T10:00:00Z", "OTHER")]
    [InlineData("NO-4711/1043/2026-11-20T10:00:00Z", "NO4711")]
    [InlineData(null, "NO4711")]
    public void What_is_somebody_elses_is_left_alone(string? trip, string car)
    {
        var s = new TripScript();
        s.Server.Payments.Add(new ServerPayment
        {
            Reference = Named(), SalesUnit = TripScript.Unit, Amount = 34_500, Currency = TaximeterAgent.Core.Fares.Currency.NOK, Trip = trip, Car = car, State = PaymentState.Authorized, Authorized = 34_500,
        });
        s.Orphan().RunToTheEnd();
        Assert.Equal((1, 34_500, false), (s.Sent.Count, s.Server.Single.Remaining, s.State.Busy));
        Assert.True(s.State.Orphan!.NotOurs);
        Assert.Empty(s.State.Attempts);
    }

    [Fact]
    public void What_the_service_does_not_know_is_left_alone()
    {
        var s = new TripScript().Orphan(Named()).RunToTheEnd().AssertTruth();
        Assert.Equal(1, s.CountSent(OperationKind.Query));
        Assert.True(s.State.Orphan!.NotOurs);
    }

    [Fact]
    public void A_fare_that_comes_after_its_orphan_is_charged_once()
    {
        for (var ms = 0; ms < 200_000; ms += 700)
        {
            var s = Approved().Orphan().Run(TimeSpan.FromMilliseconds(ms)).Fare().RunToTheEnd().AssertTruth();
            Assert.Equal((WordKind.Paid, 34_500), (s.LastWord.Kind, s.Server.Kept));
            // While it waits, the fare takes it over: the customer need not approve again.
            Assert.Equal(ms < 120_000 ? 1 : s.Server.Payments.Count, s.Server.Payments.Count);
        }
    }

    [Fact]
    public void A_fare_that_comes_after_its_orphan_was_captured_is_paid()
    {
        var s = new TripScript().Fare().RunToTheEnd().NewStore().Orphan().RunToTheEnd().Fare().RunToTheEnd().AssertTruth();
        Assert.Equal((WordKind.Paid, 1), (s.LastWord.Kind, s.CountSent(OperationKind.Create)));
    }

    [Theory]
    [InlineData(Fate.RequestLost)]
    [InlineData(Fate.AnswerLost)]
    [InlineData(Fate.ArrivesLate)]
    [InlineData(Fate.NotSent)]
    public void A_fare_that_comes_while_its_orphan_is_being_released_is_charged_once(Fate fate)
    {
        for (var ms = 0; ms < 40_000; ms += 500)
        {
            var s = Approved().Orphan().Next(OperationKind.Cancel, fate).RunUntilSent(OperationKind.Cancel).Run(TimeSpan.FromMilliseconds(ms)).Fare().RunToTheEnd().AssertTruth();
            Assert.Equal((WordKind.Paid, 34_500), (s.LastWord.Kind, s.Server.Kept));
        }
    }

    [Fact]
    public void A_fare_finds_the_payments_after_its_orphan_too()
    {
        var s = new TripScript { Customers = _ => (Customer.Refuses, TimeSpan.FromSeconds(5)) };
        s.Fare().RunToTheEnd();
        s.Customers = _ => (Customer.Approves, TimeSpan.FromSeconds(5));
        s.SendAgain().RunToTheEnd().NewStore().Orphan(Named()).RunToTheEnd().Fare().RunToTheEnd().AssertTruth();
        Assert.Equal((2, 34_500), (s.Server.Payments.Count, s.Server.Kept));
    }

    [Fact]
    public void A_booking_takes_its_orphan_for_its_reservation()
    {
        var s = new TripScript().Book().RunMinutes(30).NewStore().Orphan(kind: AttemptKind.Reservation).RunMinutes(1).Book().RunMinutes(30).Fare(booking: "B-1").RunToTheEnd().AssertTruth();
        Assert.Equal((1, 34_500, 15_500), (s.Server.Payments.Count, s.Server.Single.Captured, s.Server.Single.Cancelled));
    }

    [Fact]
    public void A_booking_that_is_cancelled_releases_its_orphan_at_once()
    {
        var s = new TripScript().Book().RunMinutes(30).NewStore().Orphan(Reserved, AttemptKind.Reservation).RunMinutes(1).VoidBooking().RunMinutes(0.5).AssertTruth();
        Assert.Equal((0, 50_000), (s.Server.Kept, s.Server.Single.Cancelled));
    }

    [Fact]
    public void A_reservation_that_was_captured_is_not_given_back_for_a_cancelled_booking()
    {
        var s = new TripScript().Book().RunMinutes(30).Fare(booking: "B-1").RunToTheEnd().NewStore().Orphan(kind: AttemptKind.Reservation).RunMinutes(1).VoidBooking().RunToTheEnd();
        s.Fare(booking: "B-1").RunToTheEnd().AssertTruth();
        Assert.Equal((34_500, 0), (s.Server.Single.Captured, s.Server.Single.Refunded));
    }

    [Fact]
    public void A_void_of_an_orphans_trip_gives_all_back()
    {
        var s = Approved().Orphan().RunMinutes(1).Void(probe: true).RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Kept);
        s = new TripScript().Fare().RunToTheEnd().NewStore().Orphan().RunToTheEnd().Void(probe: true).RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Kept);
    }

    [Fact]
    public void A_technician_holds_an_orphan_and_releases_it()
    {
        var s = Approved().Orphan().RunMinutes(1).Hold().RunMinutes(10);
        Assert.Equal(34_500, s.Server.Single.Remaining);
        s.Release().RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Single.Remaining);
        Assert.Equal([AlarmKind.OrphanReleased], s.Alarms);
    }

    [Fact]
    public void A_technician_who_resolves_an_orphan_does_not_wait_for_its_fare_and_the_fare_asks_nobody()
    {
        var s = Approved().Orphan().RunMinutes(1).Resolve().RunMinutes(0.5).AssertTruth();
        Assert.Equal(0, s.Server.Single.Remaining);
        s.Fare().RunToTheEnd().AssertTruth();
        Assert.Equal((WordKind.Unpaid, 1), (s.LastWord.Kind, s.Server.Payments.Count));
    }

    [Fact]
    public void A_restart_at_every_moment_of_an_orphan_ends_the_same()
    {
        for (var inputs = 0; inputs < 12; inputs++)
        {
            var s = Approved();
            s.RestartAfterInput = s.Inputs + inputs;
            s.Orphan().RunToTheEnd().AssertTruth();
            Assert.Equal(0, s.Server.Single.Remaining);
            Assert.Contains(AlarmKind.OrphanReleased, s.Alarms);
        }
    }

    [Fact]
    public void A_trip_that_another_has_taken_the_payment_of_goes_no_further()
    {
        var s = Approved().Orphan().RunMinutes(1).Feed(new Input.OrphanLetGo { At = default, Id = "let-go" }).RunToTheEnd();
        Assert.Equal((34_500, false, null), (s.Server.Single.Remaining, s.State.Busy, s.State.Trip));
    }

    [Fact]
    public void A_payment_that_a_trip_does_not_have_joins_it()
    {
        var s = Approved().NewStore().Fare(phone: null).RunMinutes(1);
        Assert.Empty(s.State.Attempts);
        s.Orphan().RunToTheEnd().AssertTruth();
        Assert.Equal((WordKind.Paid, 34_500), (s.LastWord.Kind, s.Server.Kept));
    }

    // The customer has approved, and the board died before it could capture.
    private static TripScript Approved()
    {
        var s = new TripScript();
        s.Fare().RunUntil(t => t.Server.Payments.Count == 1 && t.Server.Single.State == PaymentState.Authorized);
        return s.NewStore();
    }
}
