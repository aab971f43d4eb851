using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Sabotage;

/// <summary>A hold takes nothing back that was planned before.</summary>
internal sealed class SendWhileHeld : Saboteur
{
    public override Decision Decide(TripState state, Input input, PaymentPolicy policy)
    {
        var decision = base.Decide(state, input, policy);
        return input is Input.Held ? decision with { Effects = [.. decision.Effects.Where(effect => effect is not Effect.Withdraw)] } : decision;
    }
}

/// <summary>A trip that was paid otherwise counts as closed before anything of it is undone.</summary>
internal sealed class GiveUpTooSoon : Saboteur
{
    public override Decision Decide(TripState state, Input input, PaymentPolicy policy)
    {
        var decision = base.Decide(state, input, policy);
        return input is Input.Resolved { GiveUp: false } ? decision with { State = decision.State with { GivenUp = true } } : decision;
    }
}
