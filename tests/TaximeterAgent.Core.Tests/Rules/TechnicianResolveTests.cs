using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

/// <summary>A technician says that a trip was paid otherwise: like a VOID by a person, and the way out where nothing else is one.</summary>
public sealed class TechnicianResolveTests
{
    public static TheoryData<int> Moments => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Moments))]
    public void Resolved_at_any_moment_nothing_is_kept_no_capture_is_begun_and_the_trip_closes_when_that_is_checked(int moment)
    {
        var s = new TripScript().Fare();
        while (s.Inputs < moment && s.Step())
        {
        }

        var captures = s.CountSent(OperationKind.Capture);
        s.Resolve().RunToTheEnd().AssertTruth();
        Assert.Equal((0, captures), (s.Server.Kept, s.CountSent(OperationKind.Capture)));
        Assert.False(s.State.Busy);
        Assert.True(s.State.IsResolved);
        Assert.True(s.LastWord is { Kind: WordKind.Unpaid, Reason: UnpaidReason.Cancelled, Due: 34_500 } or { Kind: WordKind.Refunded, Amount: 34_500 }, $"{s.LastWord}");
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Resolved_at_any_moment_with_a_network_that_loses_answers_nothing_is_kept(int moment)
    {
        var s = new TripScript().Fare();
        while (s.Inputs < moment && s.Step())
        {
        }

        foreach (var kind in (OperationKind[])[OperationKind.Capture, OperationKind.Cancel, OperationKind.CancelUnapproved, OperationKind.Refund])
            s.Next(kind, Fate.AnswerLost);
        s.Resolve().RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Kept);
    }

    [Fact]
    public void A_resolve_twice_changes_nothing_the_second_time()
    {
        var s = new TripScript().Fare().RunUntilSent(OperationKind.Query).Resolve();
        var again = TripPayment.Decide(s.State, new Input.Resolved { At = s.Now, Id = "x" }, s.Policy);
        Assert.Empty(again.Effects);
        Assert.Same(s.State, again.State);
    }

    [Fact]
    public void The_refused_refund_of_a_VOID_is_tried_anew()
    {
        var s = Refused(times: 1);
        Assert.True(s.State is { Busy: true, RefundRefused: true });
        s.Resolve().RunToTheEnd().AssertTruth();
        Assert.Equal(34_500, s.Server.Single.Refunded);
        Assert.False(s.State.Busy);
    }

    [Fact]
    public void A_refund_that_is_refused_again_leaves_the_trip_open_until_a_person_gives_it_up_and_it_says_what_is_left()
    {
        var s = Refused(times: 2).Resolve().RunToTheEnd();
        Assert.True(s.State is { Busy: true, RefundRefused: true, CanBeGivenUp: true });
        var left = Assert.Single(s.State.Unsettled);
        Assert.Equal((34_500, 0), (left.Captured, left.Refunded));
        s.Resolve(giveUp: true).RunMinutes(60);
        Assert.True(s.State is { Busy: false, GivenUp: true });
        Assert.Equal(34_500, s.Server.Kept);
    }

    [Fact]
    public void What_is_merely_under_way_is_not_given_up()
    {
        var s = new TripScript().Fare().RunUntilSent(OperationKind.Query).Resolve(giveUp: true);
        Assert.False(s.State.GivenUp);
        s.Resolve().Resolve(giveUp: true);
        Assert.False(s.State.GivenUp);
        s.RunToTheEnd().AssertTruth();
    }

    [Fact]
    public void A_trip_that_was_stopped_is_read_anew_and_undone()
    {
        var s = Impossible();
        Assert.NotNull(s.State.Stopped);
        s.Resolve();
        Assert.Null(s.State.Stopped);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Kept);
    }

    [Fact]
    public void A_trip_that_is_still_impossible_stops_again_and_can_be_given_up()
    {
        var s = Impossible();
        s.Server.Single.Cancelled = 40_000;
        s.Resolve().RunMinutes(1);
        Assert.NotNull(s.State.Stopped);
        Assert.True(s.State.CanBeGivenUp);
        Assert.True(s.Resolve(giveUp: true).State.GivenUp);
    }

    [Fact]
    public void A_question_that_nobody_answers_is_answered_by_it()
    {
        var s = new TripScript().Fare().RunUntil(x => x.Server.Payments is [{ State: PaymentState.Created }]);
        s.Network = o => o.Kind == OperationKind.Query ? Fate.NotSent : Fate.Healthy;
        s.OtherWay();
        s.Server.Single.Approve();
        s.Network = _ => Fate.Healthy;
        s.RunUntil(x => x.State.Question == Question.ApprovedMeanwhile).Resolve();
        Assert.Equal((Question.None, SettledBy.Otherwise), (s.State.Question, s.State.Settled));
        s.RunToTheEnd().AssertTruth();
        Assert.Equal((0, 0), (s.Server.Kept, s.Server.Single.Remaining));
    }

    [Fact]
    public void A_payment_whose_keys_are_gone_can_be_given_up_and_is_tried_anew_when_they_are_back()
    {
        var s = new TripScript().Fare().RunUntil(x => x.Server.Payments is [{ State: PaymentState.Authorized }]);
        s.Server.RefuseNext(OperationKind.Query, Refusal.KeysRefused, 10_000);
        s.Server.RefuseNext(OperationKind.Cancel, Refusal.KeysRefused, 10_000);
        s.Resolve().RunMinutes(60);
        Assert.True(s.State is { Busy: true, CanBeGivenUp: true });
        Assert.Contains(AlarmKind.KeysRefused, s.Alarms);
        s.Resolve(giveUp: true).RunMinutes(1);
        var sent = s.Sent.Count;
        Assert.False(s.RunMinutes(600).State.Busy);
        Assert.Equal(sent, s.Sent.Count);
        Assert.NotEqual(WordKind.Unpaid, s.State.Word?.Kind);

        s.Server.RefuseNoMore();
        s.Resolve().RunToTheEnd().AssertTruth();
        Assert.Equal((0, 0), (s.Server.Kept, s.Server.Single.Remaining));
    }

    [Fact]
    public void What_was_given_up_before_a_404_was_proof_is_watched_for_as_long_anew()
    {
        var s = new TripScript().Fare().Next(OperationKind.Create, Fate.RequestLost).RunUntilSent(OperationKind.Create).Resolve();
        s.Network = _ => Fate.NotSent;
        s.RunMinutes(1).Resolve(giveUp: true);
        Assert.True(s.State is { GivenUp: true, Busy: false });
        s.Network = _ => Fate.Healthy;
        s.RunMinutes(60).Resolve().RunToTheEnd().AssertTruth();
        Assert.Equal((false, WordKind.Unpaid), (s.State.Busy, s.LastWord.Kind));
    }

    [Fact]
    public void A_booking_whose_fare_has_not_come_gives_its_reservation_back()
    {
        var s = new TripScript().Book().RunMinutes(5).Resolve().RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Single.Remaining);
        Assert.False(s.State.Busy);
    }

    [Fact]
    public void A_held_trip_that_is_resolved_is_undone_once_it_is_released()
    {
        var s = new TripScript().Fare().RunUntil(x => x.Server.Payments is [{ State: PaymentState.Authorized }]).Hold().Resolve().RunMinutes(30);
        Assert.Equal(34_500, s.Server.Single.Remaining);
        s.Release().RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Single.Remaining);
    }

    private static TripScript Refused(int times)
    {
        var s = new TripScript().Fare().RunToTheEnd();
        s.Server.RefuseNext(OperationKind.Refund, Refusal.RefundImpossible, times);
        return s.Void().RunToTheEnd();
    }

    // The service has said once what cannot be.
    private static TripScript Impossible()
    {
        var s = new TripScript().Fare().RunUntil(x => x.Server.Payments is [{ State: PaymentState.Authorized }]).RunUntil(x => x.CountSent(OperationKind.PostReceipt) > 0);
        var reading = new PaymentReading { State = PaymentState.Authorized, Authorized = 34_500, Captured = 50_000 };
        return s.Feed(new Input.Tried("late", OperationKind.Query, s.State.Attempts[0].Reference, new TryOutcome.Read(reading)) { At = s.Now, Id = "late" });
    }
}
