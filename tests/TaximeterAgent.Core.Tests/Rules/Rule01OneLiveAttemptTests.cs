using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

public sealed class Rule01OneLiveAttemptTests
{
    [Theory]
    [InlineData(Customer.Refuses, UnpaidReason.Aborted)]
    [InlineData(Customer.DoesNothing, UnpaidReason.Expired)]
    public void Rule01_the_next_attempt_is_made_only_when_the_last_was_read_dead(Customer customer, UnpaidReason reason)
    {
        var s = Unanswered(customer).Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(reason, s.LastWord.Reason);
        s.Customers = _ => (Customer.Approves, TimeSpan.FromSeconds(5));
        s.SendAgain().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Equal(2, s.Server.Payments.Count);
        Assert.EndsWith("-2", s.LastWord.Reference.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rule01_send_again_is_passed_over_while_a_request_is_out()
    {
        var s = Unanswered().Fare().RunUntilSent(OperationKind.Query).SendAgain().RunMinutes(1);
        Assert.Equal(1, s.CountSent(OperationKind.Create));
        Assert.Equal(0, s.CountSent(OperationKind.CancelUnapproved));
    }

    [Fact]
    public void Rule01_another_number_ends_the_first_request_before_it_is_asked()
    {
        var s = Unanswered().Fare().RunUntilSent(OperationKind.Query).Number();
        s.Customers = _ => (Customer.Approves, TimeSpan.FromSeconds(5));
        s.RunToTheEnd().AssertTruth();
        Assert.Equal([PaymentState.Terminated, PaymentState.Authorized], s.Server.Payments.Select(p => p.State));
        Assert.Equal(TripScript.Phone(), s.Sent.First(o => o.Kind == OperationKind.Create).Phone);
        Assert.Equal(TripScript.Phone(TripScript.Phone2), s.Sent.Last(o => o.Kind == OperationKind.Create).Phone);
    }

    [Fact]
    public void Rule01_another_number_while_the_create_is_on_its_way_waits_for_its_end()
    {
        var s = Unanswered();
        s.Next(OperationKind.Create, Fate.ArrivesLate).Fare().Run(TimeSpan.FromSeconds(1)).Number();
        s.RunMinutes(5);
        // It has arrived, was found, and was ended; only then the second was made.
        Assert.Equal([PaymentState.Terminated, PaymentState.Created], s.Server.Payments.Select(p => p.State));
    }

    [Fact]
    public void Rule01_a_first_request_approved_at_that_moment_pays_the_fare_and_the_second_is_never_made()
    {
        var s = Unanswered().Fare().RunUntilSent(OperationKind.Query);
        s.Server.Single.Approve();
        s.Number().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Equal(1, s.CountSent(OperationKind.Create));
    }

    [Fact]
    public void Rule01_a_request_not_yet_on_its_way_is_taken_back_and_replaced()
    {
        var s = new TripScript { Network = _ => Fate.NotSent };
        s.Fare().Run(TimeSpan.FromSeconds(30)).Number();
        s.Network = _ => Fate.Healthy;
        s.RunToTheEnd().AssertTruth();
        Assert.EndsWith("-2", s.Server.Single.Reference.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rule01_a_definitely_refused_create_makes_room_for_the_next()
    {
        var s = new TripScript();
        s.Server.RefuseNext(OperationKind.Create, Refusal.CustomerUnknown);
        s.Fare().RunMinutes(1).Number().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void Rule01_a_dead_attempt_found_CREATED_counts_as_live_until_it_is_ended()
    {
        var dead = new Attempt
        {
            Kind = AttemptKind.Request,
            Number = 1,
            Reference = Reference.OfTrip("taxi", "NO4711", TripScript.Trip, 1),
            SalesUnit = TripScript.Unit,
            Amount = new TaximeterAgent.Core.Fares.Money(1, TaximeterAgent.Core.Fares.Currency.NOK),
            Ending = Ending.Offline,
            State = PaymentState.Created,
        };
        Assert.False(dead.Over);
        Assert.True((dead with { State = PaymentState.Terminated }).Over);
    }

    private static TripScript Unanswered(Customer customer = Customer.DoesNothing) => new() { Customers = _ => (customer, TimeSpan.FromSeconds(20)) };
}
