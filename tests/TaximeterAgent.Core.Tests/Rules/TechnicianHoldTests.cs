using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

/// <summary>A trip that a technician holds: nothing new is sent for it, and nothing that is said of it is lost.</summary>
public sealed class TechnicianHoldTests
{
    /// <summary>A moment in the life of a fare, and the most that there are.</summary>
    public static TheoryData<int> Moments => [.. Enumerable.Range(1, 25)];

    [Fact]
    public void Nothing_is_sent_while_a_trip_is_held_and_the_number_that_is_keyed_is_kept()
    {
        var s = new TripScript().Fare(phone: null).Hold().Number().RunMinutes(5);
        Assert.Empty(s.Sent);
        Assert.Null(s.State.Word);
        s.Release().RunToTheEnd().AssertTruth();
        Assert.Equal((WordKind.Paid, 34_500), (s.LastWord.Kind, s.Server.Kept));
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Held_at_any_moment_a_trip_stays_busy_and_ends_as_it_would_once_it_is_released(int moment)
    {
        var s = new TripScript().Fare();
        while (s.Inputs < moment && s.Step())
        {
        }

        s.Hold();
        var busy = s.State.Busy;
        var sent = s.Sent.Count;
        s.RunMinutes(8);
        Assert.Equal(sent, s.Sent.Count);
        Assert.True(busy && s.State.Busy && s.State.Held);
        s.Release().RunToTheEnd().AssertTruth();
        Assert.Equal((34_500, WordKind.Paid), (s.Server.Kept, s.LastWord.Kind));
    }

    [Fact]
    public void What_is_on_its_way_comes_to_its_end_and_is_said()
    {
        var s = new TripScript().Fare().RunUntilSent(OperationKind.Capture).Hold().RunMinutes(1);
        Assert.Equal((34_500, WordKind.Paid), (s.Server.Kept, s.LastWord.Kind));
    }

    [Fact]
    public void A_release_reads_before_anything_else_is_sent()
    {
        var s = new TripScript().Fare().RunUntil(x => x.Server.Payments is [{ State: PaymentState.Authorized }]).Hold().RunMinutes(1);
        var sent = s.Sent.Count;
        s.Release().RunUntil(x => x.Sent.Count > sent);
        Assert.Equal(OperationKind.Query, s.Sent[sent].Kind);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void A_request_that_was_sent_is_never_said_to_be_unpaid_because_of_a_hold()
    {
        var s = new TripScript { Customers = _ => (Customer.DoesNothing, TimeSpan.Zero) }.Fare().RunUntilSent(OperationKind.Query).Hold().RunMinutes(120);
        Assert.Null(s.State.Word);
        Assert.True(s.State.Busy);
        s.Release().RunToTheEnd().AssertTruth();
        Assert.Equal((WordKind.Unpaid, UnpaidReason.Expired), (s.LastWord.Kind, s.LastWord.Reason));
    }

    [Fact]
    public void A_request_that_was_never_sent_ends_when_it_has_waited_for_too_long_as_without_network()
    {
        var s = new TripScript().Fare().Hold().RunMinutes(20);
        Assert.Empty(s.Sent);
        Assert.Equal((WordKind.Unpaid, UnpaidReason.Offline), (s.LastWord.Kind, s.LastWord.Reason));
        Assert.True(s.State.Busy, "still held");
        s.WordAnswered().Release().RunToTheEnd().AssertTruth();
    }

    [Fact]
    public void A_VOID_of_a_held_trip_is_kept_and_undone_once_it_is_released()
    {
        var s = new TripScript().Fare().RunUntil(x => x.Server.Payments is [{ State: PaymentState.Authorized }]).Hold().Void().RunMinutes(30);
        Assert.Equal(SettledBy.Void, s.State.Settled);
        Assert.Equal(34_500, s.Server.Single.Remaining);
        s.Release().RunToTheEnd().AssertTruth();
        Assert.Equal((0, 0), (s.Server.Single.Remaining, s.CountSent(OperationKind.Capture)));
    }

    [Fact]
    public void A_hold_outlasts_a_start()
    {
        var s = new TripScript().Fare().RunUntil(x => x.Server.Payments is [{ State: PaymentState.Authorized }]).Hold();
        var sent = s.Sent.Count;
        s.Restart(TimeSpan.FromMinutes(1)).RunMinutes(30);
        Assert.Equal(sent, s.Sent.Count);
        s.Release().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void A_hold_and_a_release_twice_change_nothing_more()
    {
        var s = new TripScript().Fare().RunUntilSent(OperationKind.Query).Hold();
        Assert.Empty(TripPayment.Decide(s.State, new Input.Held { At = s.Now, Id = "x" }, s.Policy).Effects);
        s.RunToTheEnd().Release();
        Assert.Equal(s.State, TripPayment.Decide(s.State, new Input.Released { At = s.Now, Id = "x" }, s.Policy).State with { Attempts = s.State.Attempts });
    }
}
