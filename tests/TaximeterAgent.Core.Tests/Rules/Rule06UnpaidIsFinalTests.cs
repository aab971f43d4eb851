using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule06UnpaidIsFinalTests
{
    [Theory]
    [InlineData(Refusal.CustomerUnknown, null)]
    [InlineData(Refusal.NotSetUp, AlarmKind.NotSetUp)]
    [InlineData(Refusal.BadRequest, AlarmKind.BadRequest)]
    public void Rule06_a_refused_request_is_UNPAID_rejected_and_paid_only_when_the_driver_asks_again(Refusal refusal, AlarmKind? alarm)
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Create, refusal);
        s.Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(UnpaidReason.Rejected, s.LastWord.Reason);
        Assert.Equal(1, s.CountSent(OperationKind.Create));
        Assert.Equal(alarm is null ? [] : [alarm.Value], s.Alarms);
        s.Number().RunToTheEnd().AssertTruth();
        Assert.Equal([WordKind.Unpaid, WordKind.Paid], s.Words.Select(w => w.Kind));
    }

    [Fact]
    public void Rule06_a_request_that_never_got_through_is_offered_after_the_policys_time()
    {
        var s = new TripScript { Network = _ => Fate.NotSent };
        s.Fare().RunMinutes(14);
        Assert.Empty(s.Words);
        s.RunMinutes(2);
        Assert.Equal(UnpaidReason.Offline, s.LastWord.Reason);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Empty(s.Server.Payments);
        s.SendAgain().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule06_a_request_that_gets_through_in_time_is_paid()
    {
        var s = new TripScript { Network = _ => Fate.NotSent };
        s.Fare().RunMinutes(6);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Single(s.Words);
    }

    [Fact]
    public void Rule06_no_room_to_wait_is_said_at_once()
    {
        var s = new TripScript { Network = _ => Fate.NotSent, Latency = () => TimeSpan.FromMinutes(1) };
        s.Fare().RunUntilSent(OperationKind.Create);
        var create = s.Sent[0];
        s.Feed(new Input.Tried(create.Id, create.Kind, create.Reference, new TryOutcome.NotSent(), NoRoomToWait: true) { At = s.Now, Id = "x" });
        Assert.Equal(UnpaidReason.Offline, s.LastWord.Reason);
    }

    [Fact]
    public void Rule06_a_create_older_than_the_policy_with_an_unknown_outcome_is_read_and_never_sent_again()
    {
        var s = new TripScript().Next(OperationKind.Create, Fate.AnswerLost).Fare().Run(TimeSpan.FromSeconds(1));
        s.Network = _ => Fate.NotSent;
        s.RunMinutes(16);
        var sent = s.CountSent(OperationKind.Create);
        s.RunMinutes(120);
        Assert.Equal(sent, s.CountSent(OperationKind.Create));
        Assert.Empty(s.Words);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Equal(sent, s.CountSent(OperationKind.Create));
    }

    [Fact]
    public void Rule06_a_request_that_waited_too_long_for_an_earlier_one_is_offered_and_not_sent()
    {
        var s = new TripScript { Network = _ => Fate.RequestLost };
        s.Fare().Run(TimeSpan.FromSeconds(1)).Number();
        s.Network = _ => Fate.NotSent;
        s.RunMinutes(180);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Empty(s.Server.Payments);
        Assert.Equal(UnpaidReason.Offline, s.LastWord.Reason);
        Assert.True(s.State.RequestTooOld);
        s.SendAgain().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule06_an_old_fare_is_offered_and_not_sent()
    {
        var s = new TripScript().Fare(onlyOnRequest: true).RunToTheEnd();
        Assert.Empty(s.Sent);
        s.SendAgain().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(65_000_001)]
    public void Rule06_an_amount_that_cannot_be_requested_is_shown_and_UNPAID(long total)
    {
        var s = new TripScript().Fare(total).RunToTheEnd().AssertTruth();
        Assert.True(s.State.Unrequestable);
        Assert.Empty(s.Sent);
        Assert.Equal((UnpaidReason.Rejected, total), (s.LastWord.Reason, s.LastWord.Due));
    }

    [Fact]
    public void Rule06_a_fare_of_nothing_is_UNPAID_with_nothing_due()
    {
        var s = new TripScript().Fare(0).RunToTheEnd().AssertTruth();
        Assert.Empty(s.Sent);
        Assert.Equal((0, 0), (s.LastWord.Amount, s.LastWord.Due));
    }

    [Fact]
    public void Rule06_the_same_result_is_told_once_and_another_has_the_next_number()
    {
        var s = new TripScript { Customers = _ => (Customer.Refuses, TimeSpan.FromSeconds(5)) };
        s.Fare().RunToTheEnd().SendAgain().RunToTheEnd().OtherWay().RunToTheEnd().AssertTruth();
        Assert.Equal([1, 2], s.Words.Select(w => w.Number));
        Assert.Equal(2, s.Words.Select(w => w.Reference).Distinct().Count());
    }

    [Fact]
    public void Rule06_an_UNPAID_that_the_meter_has_not_got_is_not_said_once_the_driver_asks_anew()
    {
        var s = new TripScript { Customers = _ => (Customer.Refuses, TimeSpan.FromSeconds(5)) };
        s.Fare().RunUntil(t => t.State.Word is not null);
        s.Customers = _ => (Customer.Approves, TimeSpan.FromSeconds(5));
        Assert.NotNull(s.State.WordDue);
        s.SendAgain();
        // (Simulation, seed 16594.)
        Assert.Null(s.State.WordDue);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule06_an_acknowledgement_of_an_older_result_does_not_count_for_the_newest()
    {
        var s = new TripScript().Fare().RunUntil(t => t.State.Word is not null);
        s.Refund(34_500).RunUntil(t => t.State.Word!.Kind == WordKind.Refunded);
        s.Feed(new Input.WordAnswered(1) { At = s.Now, Id = "x" });
        Assert.False(s.State.Word!.Acknowledged);
        s.Feed(new Input.WordAnswered(2) { At = s.Now, Id = "y" });
        Assert.True(s.State.Word!.Acknowledged);
    }

    [Fact]
    public void Rule06_a_result_that_the_meter_refuses_is_alarmed_and_not_repeated()
    {
        var s = new TripScript().Fare().RunUntil(t => t.State.Word is not null).WordAnswered("trip").RunToTheEnd().AssertTruth();
        Assert.Equal([AlarmKind.MeterRefused], s.Alarms);
    }
}
