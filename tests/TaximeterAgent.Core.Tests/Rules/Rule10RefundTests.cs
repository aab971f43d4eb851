using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule10RefundTests
{
    [Fact]
    public void Rule10_an_order_names_the_total_and_is_told_as_the_total()
    {
        var s = new TripScript().Fare().RunToTheEnd().Refund(10_000).RunToTheEnd().Refund(34_500).RunToTheEnd().AssertTruth();
        Assert.Equal([10_000L, 24_500], s.Sent.Where(o => o.Kind == OperationKind.Refund).Select(o => o.Amount!.Value.MinorUnits));
        Assert.Equal([34_500L, 10_000, 34_500], s.Words.Select(w => w.Amount));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    [InlineData(9_999)]
    [InlineData(34_501)]
    [InlineData(-1)]
    public void Rule10_an_order_that_is_done_already_or_above_what_was_captured_changes_nothing(long total)
    {
        var s = new TripScript().Fare().RunToTheEnd().Refund(10_000).RunToTheEnd().Refund(total).RunToTheEnd();
        Assert.Equal(10_000, s.Server.Single.Refunded);
    }

    [Fact]
    public void Rule10_an_order_goes_over_the_trips_payments_in_their_order()
    {
        var s = new TripScript().Book(30_000).RunMinutes(30).Fare(booking: "B-1").RunToTheEnd().Refund(32_000).RunToTheEnd().AssertTruth();
        Assert.Equal([30_000L, 2_000], s.Server.Payments.Select(p => p.Refunded));
    }

    [Fact]
    public void Rule10_nothing_is_refunded_while_a_capture_is_unknown()
    {
        var s = new TripScript().Fare().Next(OperationKind.Capture, Fate.AnswerLost).RunUntilSent(OperationKind.Capture).Refund(34_500);
        s.Network = _ => Fate.NotSent;
        s.RunMinutes(30);
        Assert.Equal(0, s.CountSent(OperationKind.Refund));
    }

    [Fact]
    public void Rule10_a_refused_refund_is_alarmed_and_may_be_ordered_again()
    {
        var s = new TripScript().Fare().RunToTheEnd();
        s.Server.RefuseNext(OperationKind.Refund, Refusal.RefundImpossible);
        s.Refund(34_500).RunToTheEnd();
        Assert.Equal([AlarmKind.RefundRefused], s.Alarms);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        s.Refund(34_500).RunToTheEnd().AssertTruth();
        Assert.Equal(34_500, s.Server.Single.Refunded);
    }

    [Fact]
    public void Rule10_a_refused_refund_does_not_forbid_that_of_a_VOID()
    {
        var s = new TripScript().Fare().RunToTheEnd();
        s.Server.RefuseNext(OperationKind.Refund, Refusal.RefundImpossible);
        s.Refund(1_000).RunToTheEnd().Void().RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.Server.Kept);
    }
}
