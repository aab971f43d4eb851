using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule02NotFoundProvesNothingTests
{
    [Fact]
    public void Rule02_a_create_of_unknown_outcome_is_not_dead_before_ten_minutes_and_a_margin()
    {
        var s = new TripScript { Network = o => o.Kind == OperationKind.Create ? Fate.RequestLost : Fate.Healthy };
        s.Fare().RunUntilSent(OperationKind.Create).OtherWay();
        var last = s.Now;
        s.RunMinutes(10);
        Assert.Empty(s.Words);
        Assert.NotNull(s.State.Attempts[0].CertainAt);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(UnpaidReason.Cancelled, s.LastWord.Reason);
        Assert.True(s.Now >= last + s.Policy.CertainAfter);
    }

    [Fact]
    public void Rule02_a_create_that_arrives_after_a_404_is_found_and_paid()
    {
        var s = new TripScript().Next(OperationKind.Create, Fate.ArrivesLate).Next(OperationKind.Create, Fate.RequestLost);
        s.Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Single(s.Server.Payments);
    }

    [Theory]
    [InlineData(Refusal.Busy)]
    [InlineData(Refusal.ReadAgain)]
    [InlineData(Refusal.NotFound)]
    [InlineData(Refusal.CustomerUnknown)]
    [InlineData(Refusal.BadRequest)]
    public void Rule02_a_refused_repeat_does_not_make_an_unknown_create_known(Refusal refusal)
    {
        var s = new TripScript { Network = _ => Fate.Healthy };
        s.Next(OperationKind.Create, Fate.RequestLost).Fare().RunUntilSent(OperationKind.Create);
        s.Server.RefuseNext(OperationKind.Create, refusal);
        s.RunUntilSent(OperationKind.Create, 2).Run(TimeSpan.FromMilliseconds(500)).OtherWay().RunMinutes(10);
        Assert.Empty(s.Words);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Unpaid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule02_a_reference_that_is_taken_but_not_found_is_not_free()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Create, Refusal.Exists);
        s.Fare().RunUntilSent(OperationKind.Create).Run(TimeSpan.FromMilliseconds(500)).OtherWay().RunMinutes(10);
        Assert.Empty(s.Words);
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Unpaid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule02_a_refused_attempt_is_read_once_more_and_released_if_it_turns_out_authorized()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Create, Refusal.BadRequest);
        s.Fare().RunMinutes(1);
        Assert.Equal(UnpaidReason.Rejected, s.LastWord.Reason);
        s.Server.Payments.Add(Found(s, PaymentState.Authorized));
        s.RunToTheEnd();
        Assert.Equal(34_500, s.Server.Single.Cancelled);
        Assert.Equal(0, s.Server.Single.Captured);
        Assert.Single(s.Words);
    }

    [Fact]
    public void Rule02_a_refused_attempt_found_CREATED_is_ended_before_the_next_is_made()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Create, Refusal.BadRequest);
        s.Fare().RunMinutes(1);
        var ghost = Found(s, PaymentState.Created);
        s.Server.Payments.Add(ghost);
        s.RunMinutes(12);
        Assert.Equal(PaymentState.Terminated, ghost.State);
        s.SendAgain().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule02_a_request_proved_never_to_have_arrived_is_sent_while_the_policy_allows()
    {
        var s = new TripScript();
        s.Policy = s.Policy with { OfflineMaxAge = TimeSpan.FromHours(1) };
        s.Next(OperationKind.Create, Fate.RequestLost).Fare();
        s.Network = _ => Fate.NotSent;
        s.RunMinutes(12);
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Single(s.Words);
    }

    private static ServerPayment Found(TripScript s, PaymentState state) => new()
    {
        Reference = Reference.OfTrip("taxi", "NO4711", TripScript.Trip, 1),
        SalesUnit = TripScript.Unit,
        Amount = 34_500,
        Currency = TaximeterAgent.Core.Fares.Currency.NOK,
        Trip = s.State.Trip!.ToString(),
        Car = "NO4711",
        State = state,
        Authorized = state == PaymentState.Authorized ? 34_500 : 0,
    };
}
