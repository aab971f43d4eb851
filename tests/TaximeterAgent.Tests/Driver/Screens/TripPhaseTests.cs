using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Driver.Screens;

public sealed class TripPhaseTests
{
    [Theory]
    [InlineData(true, TripPhase.Checking)]
    [InlineData(false, TripPhase.WaitingForNetwork)]
    internal void A_payment_that_is_looked_for_waits_for_the_network_while_there_is_none(bool online, TripPhase expected)
    {
        var state = Examples.Open(1);
        state = state with { Attempts = [state.Attempts[^1] with { Existence = Existence.Probing, State = PaymentState.None, Ending = null, Withdraw = false, Undo = false }] };
        Assert.Equal(expected, state.PhaseOf(online));
    }

    [Fact]
    public void A_reservation_that_a_fare_of_nothing_does_not_need_is_being_given_back_and_not_approved()
    {
        var state = Examples.Open(1);
        var fare = state.Fare!;
        state = state with
        {
            Fare = OfNothing(fare),
            Attempts = [state.Attempts[^1] with { State = PaymentState.Authorized, Authorized = 30_000, Existence = Existence.Exists, Ending = null, Withdraw = false, Undo = false, Captured = 0, Refunded = 0, Cancelled = 0 }],
        };
        Assert.Equal(TripPhase.GivingBack, state.PhaseOf(online: true));
    }

    [Fact]
    public void A_fare_of_nothing_asks_for_no_number()
    {
        var fare = Examples.Open(1).Fare!;
        Assert.Equal(TripPhase.NothingDue, new TripState { Trip = fare.Trip, Fare = OfNothing(fare) }.PhaseOf(online: true));
    }

    private static Fare OfNothing(Fare fare)
    {
        var zero = Money.Zero(fare.Total.Currency);
        return new Fare(fare.Trip, zero, zero, zero, zero, fare.Vat, fare.SupplementsVat) { Finish = fare.Finish };
    }
}
