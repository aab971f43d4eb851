using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule07ReferenceTests
{
    [Fact]
    public void Rule07_an_empty_store_finds_its_captured_payment_and_captures_nothing()
    {
        var s = new TripScript().Fare().RunToTheEnd().NewStore().Fare(probe: true).RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Single(s.Server.Single.Captures);
        Assert.Equal(1, s.CountSent(OperationKind.Create));
    }

    [Fact]
    public void Rule07_an_empty_store_finds_its_payment_at_every_moment_and_goes_on()
    {
        for (var ms = 100; ms < 40_000; ms += 700)
        {
            var s = new TripScript().Fare().Run(TimeSpan.FromMilliseconds(ms)).NewStore().Fare(probe: true).RunToTheEnd().AssertTruth();
            Assert.Equal(WordKind.Paid, s.LastWord.Kind);
            Assert.Equal(34_500, s.Server.Single.Captured);
        }
    }

    [Fact]
    public void Rule07_an_empty_store_passes_over_dead_attempts_and_makes_the_next()
    {
        var s = new TripScript { Customers = _ => (Customer.Refuses, TimeSpan.FromSeconds(5)) };
        s.Fare().RunToTheEnd().SendAgain().RunToTheEnd().NewStore();
        s.Customers = _ => (Customer.Approves, TimeSpan.FromSeconds(5));
        s.Number();
        s.Fare(probe: true, phone: null).RunMinutes(1).Number().RunToTheEnd().AssertTruth();
        Assert.EndsWith("-3", s.LastWord.Reference.ToString(), StringComparison.Ordinal);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule07_an_empty_store_finds_its_reservation()
    {
        var s = new TripScript().Book().RunMinutes(30).NewStore().Fare(booking: "B-1", probe: true).RunToTheEnd().AssertTruth();
        Assert.Equal((34_500, 15_500), (s.Server.Single.Captured, s.Server.Single.Cancelled));
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule07_an_empty_store_takes_over_what_was_refunded()
    {
        var s = new TripScript().Fare().RunToTheEnd().Refund(10_000).RunToTheEnd().NewStore().Fare(probe: true).RunToTheEnd();
        Assert.Equal((WordKind.Refunded, 10_000), (s.LastWord.Kind, s.LastWord.Amount));
        Assert.Equal(24_500, s.Server.Kept);
    }

    [Fact]
    public void Rule07_an_empty_store_that_finds_nothing_asks_for_the_fare()
    {
        var s = new TripScript().Fare(probe: true).RunToTheEnd().AssertTruth();
        Assert.EndsWith("-1", s.LastWord.Reference.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rule07_an_empty_store_without_network_waits_no_longer_than_a_request_may()
    {
        var s = new TripScript { Network = _ => Fate.NotSent };
        s.Fare(probe: true).RunMinutes(60);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Empty(s.Server.Payments);
        Assert.True(s.State.OnlyOnRequest);
    }

    [Theory]
    [InlineData("m/1/x", "NO4711", 34_500)]
    [InlineData(null, "NO4711", 34_500)]
    [InlineData("NO-4711/1042/2026-11-20T10:00:00Z", "OTHER", 34_500)]
    [InlineData("NO-4711/1042/2026-11-20T10:00:00Z", "NO4711", 34_501)]
    [InlineData("NO-4711/1042/2026-11-20T10:00:00Z", "NO4711", 34_500, TaximeterAgent.Core.Fares.Currency.DKK)]
    public void Rule07_a_payment_of_another_identity_amount_or_currency_is_not_ours(
        string? trip, string car, long amount, TaximeterAgent.Core.Fares.Currency currency = TaximeterAgent.Core.Fares.Currency.NOK)
    {
        foreach (var probe in new[] { false, true })
        {
            var s = new TripScript();
            s.Server.Payments.Add(new ServerPayment
            {
                Reference = Reference.OfTrip("taxi", "NO4711", TripScript.Trip, 1),
                SalesUnit = TripScript.Unit,
                Amount = amount,
                Currency = currency,
                Trip = trip,
                Car = car,
                State = PaymentState.Expired,
            });
            s.Fare(probe: probe).RunToTheEnd().AssertTruth();
            Assert.Contains(AlarmKind.ForeignPayment, s.Alarms);
            Assert.EndsWith("-2", s.LastWord.Reference.ToString(), StringComparison.Ordinal);
            Assert.Equal(WordKind.Paid, s.LastWord.Kind);
            Assert.Equal(PaymentState.Expired, s.Server.Payments[0].State);
        }
    }
}
