using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Rules;

/// <summary>A customer who does not want to say a number scans a code on paper. All else is as with any request.</summary>
public sealed class CodeOnPaperTests
{
    private static TripScript Car()
    {
        var s = new TripScript();
        s.Server.Codes = true;
        return s;
    }

    [Fact]
    public void A_code_asks_no_number_and_is_paid_like_any_request()
    {
        var s = Car().Fare(phone: null).Code();
        s.RunUntil(t => t.State.Attempts is [{ State: PaymentState.Created }]);
        Assert.Equal(s.Server.Single.Link, s.State.Attempts[0].Link);
        Assert.True(s.State.Attempts[0].ByCode);
        s.RunToTheEnd().AssertTruth();
        Assert.Null(Assert.Single(s.Sent, o => o.Kind == OperationKind.Create).Phone);
        Assert.Equal(34_500, s.Server.Single.Captured);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void What_a_code_says_is_kept_only_while_it_can_be_scanned()
    {
        var s = Car().Fare(phone: null).Code().RunUntil(t => t.State.Attempts is [{ State: PaymentState.Authorized }]);
        Assert.Null(s.State.Attempts[0].Link);
    }

    [Fact]
    public void Nobody_scans_it_the_driver_sends_it_again_and_it_is_a_code_again()
    {
        var s = Car();
        s.Customers = p => p.Reference.ToString().EndsWith("-1", StringComparison.Ordinal) ? (Customer.DoesNothing, default) : (Customer.Approves, TimeSpan.FromSeconds(20));
        s.Fare(phone: null).Code().RunToTheEnd().AssertTruth();
        Assert.Equal(UnpaidReason.Expired, s.LastWord.Reason);
        s.SendAgain().RunToTheEnd().AssertTruth();
        Assert.All(s.Sent.Where(o => o.Kind == OperationKind.Create), o => Assert.Null(o.Phone));
        Assert.Equal(2, s.Server.Payments.Count);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void A_code_takes_the_place_of_a_request_that_is_out_and_never_stands_beside_it()
    {
        var s = Car();
        s.Customers = p => p.Link is null ? (Customer.DoesNothing, default) : (Customer.Approves, TimeSpan.FromSeconds(20));
        s.Fare().RunUntilSent(OperationKind.Query).Code().RunToTheEnd().AssertTruth();
        Assert.Equal([PaymentState.Terminated, PaymentState.Authorized], s.Server.Payments.Select(p => p.State));
        Assert.Equal(34_500, s.Server.Kept);
    }

    [Fact]
    public void The_number_approves_while_the_code_is_asked_for_and_no_code_is_made()
    {
        var s = Car();
        s.Fare().RunUntil(t => t.Server.Payments is [{ State: PaymentState.Created }]);
        s.Server.Single.Approve();
        s.Code().RunToTheEnd().AssertTruth();
        Assert.Null(s.Server.Single.Link);
        Assert.Equal(34_500, s.Server.Kept);
    }

    [Fact]
    public void A_number_takes_the_place_of_a_code()
    {
        var s = Car();
        s.Customers = p => p.Link is not null ? (Customer.DoesNothing, default) : (Customer.Approves, TimeSpan.FromSeconds(20));
        s.Fare(phone: null).Code().RunUntilSent(OperationKind.Query).Number().RunToTheEnd().AssertTruth();
        Assert.Equal([PaymentState.Terminated, PaymentState.Authorized], s.Server.Payments.Select(p => p.State));
        Assert.False(s.State.ByCode);
        Assert.False(s.State.Attempts[1].ByCode);
    }

    [Fact]
    public void The_answer_with_the_code_is_lost_and_the_same_request_brings_it_again()
    {
        var s = Car().Next(OperationKind.Create, Fate.AnswerLost);
        s.Customers = _ => (Customer.DoesNothing, default);
        s.Fare(phone: null).Code().RunUntil(t => t.State.Attempts is [{ State: PaymentState.Created }]);
        Assert.Equal(s.Server.Single.Link, s.State.Attempts[0].Link);
        Assert.Single(s.Sent.Where(o => o.Kind == OperationKind.Create).Select(o => o.Id).Distinct());
    }

    [Fact]
    public void The_power_is_cut_before_the_code_is_known_and_a_reading_brings_it()
    {
        var s = Car();
        s.Customers = _ => (Customer.DoesNothing, default);
        s.Fare(phone: null).Code().RunUntilSent(OperationKind.Create);
        s.Next(OperationKind.Query, Fate.Healthy).Restart(TimeSpan.FromSeconds(5)).RunUntil(t => t.State.Attempts is [{ State: PaymentState.Created }]);
        Assert.Equal(s.Server.Single.Link, s.State.Attempts[0].Link);
    }

    [Fact]
    public void A_payment_whose_code_the_service_does_not_say_is_ended_and_somebody_is_told()
    {
        var s = Car();
        s.Server.HidesLinks = true;
        s.Customers = _ => (Customer.DoesNothing, default);
        s.Fare(phone: null).Code().RunToTheEnd().AssertTruth();
        Assert.Equal(PaymentState.Terminated, s.Server.Single.State);
        Assert.Equal([AlarmKind.CodeMissing], s.Alarms);
        Assert.Equal((WordKind.Unpaid, UnpaidReason.Cancelled), (s.LastWord.Kind, s.LastWord.Reason!.Value));
        Assert.True(s.State.Unpaid);
    }

    [Fact]
    public void Another_way_to_pay_ends_a_code_that_nobody_has_scanned()
    {
        var s = Car();
        s.Customers = _ => (Customer.DoesNothing, default);
        s.Fare(phone: null).Code().RunUntilSent(OperationKind.Query).OtherWay().RunToTheEnd().AssertTruth();
        Assert.Equal(PaymentState.Terminated, s.Server.Single.State);
        Assert.Equal(SettledBy.Cash, s.State.Settled);
    }

    [Fact]
    public void The_difference_to_a_reservation_can_be_a_code()
    {
        var s = Car();
        s.Customers = p => (p.Booking is null && p.Link is null ? Customer.Refuses : Customer.Approves, TimeSpan.FromSeconds(20));
        s.Book(30_000).RunMinutes(30).Fare(booking: "B-1").RunToTheEnd();
        s.Code().RunToTheEnd().AssertTruth();
        Assert.Equal(34_500, s.Server.Kept);
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void A_code_that_waited_too_long_for_the_network_is_offered_and_sent_again_as_a_code()
    {
        var s = Car();
        s.Network = _ => Fate.NotSent;
        s.Fare(phone: null).Code().RunMinutes(20);
        s.Network = _ => Fate.Healthy;
        s.RunMinutes(1);
        Assert.Empty(s.Server.Payments);
        s.SendAgain().RunToTheEnd().AssertTruth();
        Assert.NotNull(s.Server.Single.Link);
        Assert.Equal(34_500, s.Server.Kept);
    }
}
