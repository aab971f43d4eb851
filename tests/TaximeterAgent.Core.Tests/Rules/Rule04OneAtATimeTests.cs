using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule04OneAtATimeTests
{
    [Fact]
    public void Rule04_the_rest_is_released_only_after_the_capture_was_read()
    {
        var s = new TripScript().Book().RunMinutes(30).Next(OperationKind.Capture, Fate.AnswerLost).Next(OperationKind.Query, Fate.RequestLost);
        s.Fare(booking: "B-1").RunUntilSent(OperationKind.Cancel);
        Assert.Equal(34_500, s.State.Attempts[0].Captured);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(15_500, s.Server.Single.Cancelled);
        Assert.Equal([OperationKind.Capture, OperationKind.Cancel], s.Sent.Select(o => o.Kind).Where(k => k is OperationKind.Capture or OperationKind.Cancel));
    }

    [Fact]
    public void Rule04_nothing_is_released_where_no_rest_remains()
    {
        var s = new TripScript().Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(0, s.CountSent(OperationKind.Cancel));
    }

    [Fact]
    public void Rule04_a_release_whose_answer_is_lost_is_made_once_more_only_if_a_rest_is_read()
    {
        var s = new TripScript().Book().RunMinutes(30).Next(OperationKind.Capture, Fate.Healthy).Next(OperationKind.Cancel, Fate.AnswerLost);
        s.Fare(booking: "B-1").RunToTheEnd().AssertTruth();
        Assert.Equal(1, s.CountSent(OperationKind.Cancel));
    }

    [Fact]
    public void Rule04_a_reservation_that_is_gone_is_not_cancelled_for_ever()
    {
        var s = new TripScript().Book().RunMinutes(30);
        s.Server.Single.Gone = true;
        s.Fare(booking: "B-1").RunUntilSent(OperationKind.Cancel).RunToTheEnd();
        Assert.Equal(1, s.CountSent(OperationKind.Cancel));
        // The fare is asked for anew, and paid.
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Equal(34_500, s.Server.Payments[1].Captured);
        Assert.Contains(AlarmKind.CaptureTooLate, s.Alarms);
    }
}
