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
}
