using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Gpio;

namespace TaximeterAgent.Tests.Driver;

public sealed class SignalWatchTests
{
    private readonly SignalWatch _watch = new();

    [Fact]
    public void What_is_shown_at_the_start_makes_no_sound() => Assert.Null(_watch.Look(7, TripPhase.Paid, null));

    [Fact]
    public void A_fare_calls_for_its_number_and_is_paid_with_one_sound()
    {
        Assert.Null(_watch.Look(null, null, null));
        Assert.Equal(Signal.Attention, _watch.Look(1, TripPhase.AskNumber, null));
        Assert.Null(_watch.Look(1, TripPhase.Sending, null));
        Assert.Null(_watch.Look(1, TripPhase.WaitingForCustomer, null));
        Assert.Null(_watch.Look(1, TripPhase.Approved, null));
        Assert.Equal(Signal.Paid, _watch.Look(1, TripPhase.Paid, null));
        Assert.Null(_watch.Look(1, TripPhase.Paid, null));
        Assert.Null(_watch.Look(null, null, null));
    }

    [Theory]
    [InlineData(nameof(TripPhase.Refused))]
    [InlineData(nameof(TripPhase.Expired))]
    [InlineData(nameof(TripPhase.Rejected))]
    [InlineData(nameof(TripPhase.NotPossible))]
    [InlineData(nameof(TripPhase.Offline))]
    [InlineData(nameof(TripPhase.Cancelled))]
    public void A_request_that_came_to_nothing_is_told(string phase)
    {
        _watch.Look(1, TripPhase.WaitingForCustomer, null);
        Assert.Equal(Signal.Refused, _watch.Look(1, Enum.Parse<TripPhase>(phase), null));
    }

    [Theory]
    [InlineData(nameof(TripPhase.QuestionApproved))]
    [InlineData(nameof(TripPhase.QuestionLate))]
    [InlineData(nameof(TripPhase.QuestionVoid))]
    [InlineData(nameof(TripPhase.AskNumberAgain))]
    public void A_question_calls_for_attention(string phase)
    {
        _watch.Look(1, TripPhase.WaitingForCustomer, null);
        Assert.Equal(Signal.Attention, _watch.Look(1, Enum.Parse<TripPhase>(phase), null));
    }

    [Fact]
    public void An_amount_that_is_asked_for_calls_for_attention_once()
    {
        _watch.Look(null, null, null);
        Assert.Equal(Signal.Attention, _watch.Look(null, null, 3));
        Assert.Null(_watch.Look(null, null, 3));
        Assert.Equal(Signal.Attention, _watch.Look(null, null, 4));
    }

    [Fact]
    public void Turning_from_trip_to_trip_makes_no_sound()
    {
        _watch.Look(2, TripPhase.Refused, null);
        Assert.Null(_watch.Look(1, TripPhase.AskNumber, null));
        Assert.Null(_watch.Look(2, TripPhase.Refused, null));
    }
}
