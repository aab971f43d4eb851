using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule03KeysTests
{
    [Theory]
    [InlineData(Fate.RequestLost)]
    [InlineData(Fate.AnswerLost)]
    [InlineData(Fate.ArrivesLate)]
    [InlineData(Fate.NotSent)]
    public void Rule03_a_capture_is_read_before_it_is_sent_again_and_keeps_its_key(Fate fate)
    {
        var s = new TripScript().Next(OperationKind.Capture, fate).Fare().RunToTheEnd().AssertTruth();
        var calls = s.Sent.SkipWhile(o => o.Kind != OperationKind.Capture).Where(o => o.Kind != OperationKind.PostReceipt).ToList();
        Assert.Equal(OperationKind.Query, calls[1].Kind);
        Assert.Single(s.Sent.Where(o => o.Kind == OperationKind.Capture).Select(o => o.Id).Distinct());
        Assert.Single(s.Server.Single.Captures);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule03_a_capture_that_the_reading_shows_as_done_is_not_sent_again()
    {
        var s = new TripScript().Next(OperationKind.Capture, Fate.AnswerLost).Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(1, s.CountSent(OperationKind.Capture));
    }

    [Theory]
    [InlineData(Refusal.TooFast)]
    [InlineData(Refusal.TryAgain)]
    [InlineData(Refusal.FundsUnavailable)]
    public void Rule03_a_capture_refused_for_now_keeps_its_key(Refusal refusal)
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Capture, refusal, 3);
        s.Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(4, s.CountSent(OperationKind.Capture));
        Assert.Single(s.Sent.Where(o => o.Kind == OperationKind.Capture).Select(o => o.Id).Distinct());
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Equal(refusal == Refusal.FundsUnavailable ? [AlarmKind.FundsUnavailable] : [], s.Alarms);
    }

    [Fact]
    public void Rule03_a_definite_refusal_with_nothing_unknown_behind_it_takes_a_new_key()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Capture, Refusal.Busy);
        s.Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(2, s.Sent.Where(o => o.Kind == OperationKind.Capture).Select(o => o.Id).Distinct().Count());
    }

    [Fact]
    public void Rule03_a_definite_refusal_with_an_unknown_try_behind_it_keeps_the_key()
    {
        var s = new TripScript().Next(OperationKind.Capture, Fate.ArrivesLate);
        s.Fare().RunUntilSent(OperationKind.Capture);
        s.Server.RefuseNext(OperationKind.Capture, Refusal.Busy, 2);
        s.RunToTheEnd().AssertTruth();
        Assert.Single(s.Sent.Where(o => o.Kind == OperationKind.Capture).Select(o => o.Id).Distinct());
        Assert.Single(s.Server.Single.Captures);
    }

    [Fact]
    public void Rule03_a_capture_answered_as_done_but_not_visible_is_read_and_becomes_certain_in_time()
    {
        var s = new TripScript { Network = o => o.Kind == OperationKind.Capture ? Fate.RequestLost : Fate.Healthy };
        s.Fare().RunUntilSent(OperationKind.Capture);
        var blind = new PaymentReading { State = PaymentState.Authorized, Authorized = 34_500 };
        s.Answered(OperationKind.Capture, new TryOutcome.Read(blind));
        Assert.True(s.State.Attempts[0].Capture!.Unknown);
        Assert.NotNull(s.State.Attempts[0].CertainAt);
        Assert.Equal(OperationKind.Query, s.State.Attempts[0].Pending!.Kind);
    }

    [Theory]
    [InlineData(Fate.RequestLost)]
    [InlineData(Fate.AnswerLost)]
    [InlineData(Fate.ArrivesLate)]
    public void Rule03_a_refund_keeps_its_key_and_is_made_once(Fate fate)
    {
        var s = new TripScript().Fare().RunToTheEnd().Next(OperationKind.Refund, fate).Refund(34_500).RunToTheEnd().AssertTruth();
        Assert.Single(s.Sent.Where(o => o.Kind == OperationKind.Refund).Select(o => o.Id).Distinct());
        Assert.Equal(34_500, s.Server.Single.Refunded);
    }

    [Fact]
    public void Rule03_a_create_keeps_its_key_at_every_try()
    {
        var s = new TripScript().Next(OperationKind.Create, Fate.NotSent).Next(OperationKind.Create, Fate.RequestLost).Next(OperationKind.Create, Fate.AnswerLost);
        s.Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(4, s.CountSent(OperationKind.Create));
        Assert.Single(s.Sent.Where(o => o.Kind == OperationKind.Create).Select(o => o.Id).Distinct());
    }

    [Fact]
    public void Rule03_a_cancel_is_read_after_and_takes_a_new_key()
    {
        var s = new TripScript { Customers = _ => (Customer.DoesNothing, default) };
        s.Fare().RunUntilSent(OperationKind.Query).Next(OperationKind.CancelUnapproved, Fate.RequestLost).Void().RunToTheEnd().AssertTruth();
        Assert.Equal(2, s.Sent.Where(o => o.Kind == OperationKind.CancelUnapproved).Select(o => o.Id).Distinct().Count());
        Assert.Equal(PaymentState.Terminated, s.Server.Single.State);
    }

    [Theory]
    [InlineData(Refusal.CaptureTooHigh)]
    [InlineData(Refusal.BadRequest)]
    public void Rule03_a_capture_that_the_service_calls_wrong_is_read_tried_once_more_and_then_given_back(Refusal refusal)
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Capture, refusal, times: 10);
        s.Fare().RunMinutes(60);
        Assert.Equal(2, s.CountSent(OperationKind.Capture));
        Assert.Equal((0, 0), (s.Server.Kept, s.Server.Single.Remaining));
        Assert.Equal((WordKind.Unpaid, UnpaidReason.Rejected), (s.LastWord.Kind, s.LastWord.Reason));
    }

    // Simulation, seed 101880: the first try was on its way for long, and the second was told that it is too late.
    [Fact]
    public void Rule03_a_capture_that_arrives_after_a_later_try_was_refused_for_good_stands()
    {
        var s = new TripScript();
        s.Next(OperationKind.Capture, Fate.ArrivesLate).Fare().RunUntilSent(OperationKind.Capture);
        s.Server.RefuseNext(OperationKind.Capture, Refusal.CaptureTooLate, times: 1);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal((WordKind.Paid, 34_500), (s.LastWord.Kind, s.LastWord.Amount));
        Assert.Equal(0, s.CountSent(OperationKind.Refund));
    }

    // Found by the exploration: the try that was given up arrives while the next one is planned, and then the time ends after which nothing can arrive any more.
    [Fact]
    public void Rule03_a_refund_that_can_no_longer_arrive_is_read_before_it_takes_a_new_key()
    {
        var s = new TripScript().Fare().RunToTheEnd().Next(OperationKind.Refund, Fate.RequestLost).Refund(10_000);
        s.RunUntil(x => x.State.Attempts[0] is { Refund.Unknown: true, Pending.Kind: OperationKind.Refund });
        s.Server.Single.Refunded = 10_000;
        s.Feed(new Input.Due(TimerKind.Certain, s.State.Attempts[0].Reference) { At = s.Now, Id = "certain" });
        Assert.Equal(OperationKind.Query, s.State.Attempts[0].Pending!.Kind);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(10_000, s.Server.Single.Refunded);
    }

    [Fact]
    public void Rule03_a_capture_that_can_no_longer_arrive_is_read_before_it_takes_a_new_key()
    {
        var s = new TripScript().Book(50_000).RunMinutes(5).Next(OperationKind.Capture, Fate.RequestLost).Fare(total: 20_000, booking: "B-1");
        s.RunUntil(x => x.State.Attempts[0] is { Capture.Unknown: true, Pending.Kind: OperationKind.Capture });
        s.Server.Single.Captured = 20_000;
        s.Feed(new Input.Due(TimerKind.Certain, s.State.Attempts[0].Reference) { At = s.Now, Id = "certain" });
        Assert.Equal(OperationKind.Query, s.State.Attempts[0].Pending!.Kind);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(20_000, s.Server.Single.Captured);
    }
}
