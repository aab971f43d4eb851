using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Exploration.Model;

namespace TaximeterAgent.Exploration.Sabotage;

/// <summary>What an earlier store left approved is captured when nobody has claimed it, instead of being released.</summary>
internal sealed class CaptureOrphan : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation) =>
        world.State.Orphan is not null && operation.Kind == OperationKind.Cancel && world.Payment(operation.Reference) is { Captured: 0, Remaining: > 0 and var rest }
            ? base.Exchange(world, scenario, operation with { Kind = OperationKind.Capture, Amount = new Money(rest, Currency.NOK) })
            : base.Exchange(world, scenario, operation);
}

/// <summary>What an earlier store has captured is taken for money that nobody has claimed, and given back.</summary>
internal sealed class RefundOrphan : Saboteur
{
    public override Decision Decide(TripState state, Input input, PaymentPolicy policy)
    {
        var decision = base.Decide(state, input, policy);
        var captured = decision.State.Attempts.Sum(a => a.Captured);
        if (decision.State is not { Orphan: not null, RefundTarget: 0 } || captured == 0)
            return decision;
        var refund = base.Decide(decision.State, new Input.RefundOrdered(captured) { At = input.At, Id = input.Id + "-r" }, policy);
        return new Decision(refund.State, [.. decision.Effects, .. refund.Effects]);
    }
}
