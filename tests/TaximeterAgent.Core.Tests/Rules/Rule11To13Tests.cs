using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule11To13Tests
{
    [Fact]
    public void Rule11_an_open_payment_finishes_under_the_sales_unit_where_it_began()
    {
        var s = new TripScript().Fare().RunUntilSent(OperationKind.Query);
        var other = new SalesUnit("https://other.test", "999999");
        s.Policy = s.Policy with { SalesUnit = other };
        s.RunToTheEnd().AssertTruth();
        Assert.All(s.Sent, o => Assert.Equal(TripScript.Unit, o.SalesUnit));
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Theory]
    [InlineData(34_500, 34_501, 0, 0)]
    [InlineData(34_500, 34_500, 1, 0)]
    [InlineData(34_500, 0, 34_501, 0)]
    [InlineData(34_500, 100, 0, 101)]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(34_500, -1, 0, 0)]
    [InlineData(34_500, 0, -1, 0)]
    [InlineData(34_500, 0, 0, -1)]
    [InlineData(40_000, 34_501, 0, 0)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue, 0)]
    [InlineData(long.MaxValue, 0, 0, 0)]
    public void Rule12_amounts_that_cannot_be_stop_the_trip_and_say_so(long authorized, long captured, long cancelled, long refunded)
    {
        var s = new TripScript { Customers = _ => (Customer.DoesNothing, default) };
        s.Fare().RunUntilSent(OperationKind.Query).Run(TimeSpan.FromSeconds(1));
        var reading = new PaymentReading
        {
            State = PaymentState.Authorized, Authorized = authorized, Captured = captured, Cancelled = cancelled, Refunded = refunded,
        };
        s.Answered(OperationKind.Query, new TryOutcome.Read(reading));
        Assert.NotNull(s.State.Stopped);
        Assert.Equal([AlarmKind.Impossible], s.Alarms);
        var sent = s.Sent.Count;
        s.Void().Number().RunMinutes(60).Restart().RunMinutes(60);
        Assert.Equal(sent, s.Sent.Count);
        Assert.Empty(s.Words);
        Assert.Single(s.Alarms);
    }

    [Fact]
    public void Rule12_a_TERMINATED_payment_has_nothing_authorized_and_is_not_impossible()
    {
        var s = new TripScript().Fare().RunUntilSent(OperationKind.Query).Void().RunToTheEnd().AssertTruth();
        Assert.Equal(34_500, s.Server.Single.Cancelled);
        Assert.Null(s.State.Stopped);
    }

    [Theory]
    [InlineData(Fate.NotSent)]
    [InlineData(Fate.RequestLost)]
    [InlineData(Fate.AnswerLost)]
    public void Rule13_a_receipt_that_cannot_be_posted_holds_nothing_back_and_stays_due(Fate fate)
    {
        var s = new TripScript { Network = o => o.Kind == OperationKind.PostReceipt ? fate : Fate.Healthy };
        s.Fare().RunMinutes(10);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.True(s.State.Busy);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(34_500, s.Server.Single.Receipt);
    }

    [Fact]
    public void Rule13_a_receipt_that_the_service_will_not_take_is_alarmed_and_holds_nothing_back()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.PostReceipt, Refusal.ReceiptDiffers);
        s.Fare().RunToTheEnd();
        Assert.Equal([AlarmKind.ReceiptRefused], s.Alarms);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.False(s.State.Busy);
    }

    [Fact]
    public void Rule13_a_receipt_that_was_refused_is_alarmed_and_stays_due_until_the_service_takes_it()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.PostReceipt, Refusal.BadRequest);
        s.Fare().RunToTheEnd().AssertTruth();
        Assert.Equal([AlarmKind.ReceiptRefused], s.Alarms);
        Assert.Equal(34_500, s.Server.Single.Receipt);
    }

    [Fact]
    public void Rule13_a_receipt_that_is_refused_for_a_day_is_given_up_and_the_trip_is_quiet()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.PostReceipt, Refusal.BadRequest, times: 1_000);
        s.Fare().RunToTheEnd();
        Assert.Equal(300, s.Sent.Count(o => o.Kind == OperationKind.PostReceipt));
        Assert.Equal(ReceiptState.Refused, s.State.Attempts[0].Receipt);
        Assert.False(s.State.Busy);
    }

    [Fact]
    public void Rule13_an_ordinary_receipt_is_tried_before_the_capture_and_a_reservations_after()
    {
        var ordinary = new TripScript().Fare().RunToTheEnd().Sent.Select(o => o.Kind).ToList();
        Assert.True(ordinary.IndexOf(OperationKind.PostReceipt) < ordinary.IndexOf(OperationKind.Capture));
        var reserved = new TripScript().Book().RunMinutes(30).Fare(booking: "B-1").RunToTheEnd().Sent.Select(o => o.Kind).ToList();
        Assert.True(reserved.IndexOf(OperationKind.PostReceipt) > reserved.IndexOf(OperationKind.Capture));
    }
}
