using System.Collections.Immutable;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Exploration.Model;

namespace TaximeterAgent.Exploration.Sabotage;

/// <summary>The names by which the sabotages are called.</summary>
internal static class Sabotages
{
    public static IReadOnlyDictionary<string, Saboteur> ByName { get; } = new SortedDictionary<string, Saboteur>(StringComparer.Ordinal)
    {
        ["cancel-without-flag"] = new CancelWithoutFlag(),
        ["capture-after-void"] = new CaptureAfterVoid(),
        ["capture-orphan"] = new CaptureOrphan(),
        ["capture-without-check"] = new CaptureWithoutCheck(),
        ["forget-release"] = new ForgetRelease(),
        ["give-up-too-soon"] = new GiveUpTooSoon(),
        ["new-key-on-retry"] = new NewKeyOnRetry(),
        ["no-sync"] = new NoSync(),
        ["poll-only-once"] = new PollOnlyOnce(),
        ["refund-orphan"] = new RefundOrphan(),
        ["release-before-capture"] = new ReleaseBeforeCapture(),
        ["resend-after-expiry"] = new ResendAfterExpiry(),
        ["send-while-held"] = new SendWhileHeld(),
        ["trust-404"] = new Trust404(),
        ["trust-webhook"] = new TrustWebhook(),
        ["two-live-attempts"] = new TwoLiveAttempts(),
    };
}

/// <summary>A capture or refund that is tried again goes out under another key.</summary>
internal sealed class NewKeyOnRetry : Saboteur
{
    public override Decision Decide(TripState state, Input input, PaymentPolicy policy)
    {
        var decision = base.Decide(state, input, policy);
        for (var i = 0; i < decision.State.Attempts.Length; i++)
        {
            var a = decision.State.Attempts[i];
            if (a is not { Capture: { } call, Pending.Kind: OperationKind.Capture } || !decision.Effects.Contains(new Effect.Again(call.Id, When.Now), AgainById.Instance))
                continue;
            var id = $"{input.Id}-n";
            var anew = new Operation { Id = id, Kind = OperationKind.Capture, Reference = a.Reference, SalesUnit = a.SalesUnit, Amount = new Money(call.Amount, policy.Currency) };
            var effects = decision.Effects.Select(effect => effect is Effect.Again again && again.OperationId == call.Id ? new Effect.Begin(anew, again.When) : effect);
            decision = new Decision(
                decision.State with { Attempts = decision.State.Attempts.SetItem(i, a with { Capture = call with { Id = id }, Pending = new Pending(id, OperationKind.Capture) }) },
                [new Effect.Forget(call.Id), .. effects]);
        }

        return decision;
    }

    private sealed class AgainById : IEqualityComparer<Effect>
    {
        public static AgainById Instance { get; } = new();

        public bool Equals(Effect? x, Effect? y) => x is Effect.Again one && y is Effect.Again other && one.OperationId == other.OperationId;

        public int GetHashCode(Effect effect) => 0;
    }
}

/// <summary>A capture without an answer counts as done.</summary>
internal sealed class CaptureWithoutCheck : Saboteur
{
    public override TryOutcome Unanswered(World world, Scenario scenario, Operation operation, TryOutcome outcome) =>
        operation is { Kind: OperationKind.Capture, Amount: { } amount } && Belief.Of(world, operation.Reference) is { } a
            ? Belief.Says(scenario, a with { Captured = a.Captured + amount.MinorUnits })
            : outcome;
}

/// <summary>What is reserved and not needed is said to be released, and is not.</summary>
internal sealed class ForgetRelease : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation) =>
        operation.Kind == OperationKind.Cancel && Belief.Of(world, operation.Reference) is { } a
            ? Belief.Says(scenario, a with { Cancelled = a.Authorized - a.Captured })
            : base.Exchange(world, scenario, operation);
}

/// <summary>The rest of a reservation is released before the fare is captured from it.</summary>
internal sealed class ReleaseBeforeCapture : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation)
    {
        if (operation is { Kind: OperationKind.Capture, Amount: { } amount } && Belief.Of(world, operation.Reference) is { } a && a.Authorized > amount.MinorUnits)
            base.Exchange(world, scenario, operation with { Id = operation.Id + "-r", Kind = OperationKind.Cancel, Amount = null });
        return base.Exchange(world, scenario, operation);
    }
}

/// <summary>A request counts as ended as soon as somebody wants it to be.</summary>
internal sealed class TwoLiveAttempts : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation) =>
        operation.Kind == OperationKind.CancelUnapproved && Belief.Of(world, operation.Reference) is { } a
            ? Belief.Says(scenario, a with { State = PaymentState.Terminated, Authorized = 0 })
            : base.Exchange(world, scenario, operation);
}

/// <summary>What is to be released is captured.</summary>
internal sealed class CaptureAfterVoid : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation) =>
        operation.Kind == OperationKind.Cancel && world.Payment(operation.Reference) is { Captured: 0, Remaining: > 0 and var rest }
            ? base.Exchange(world, scenario, operation with { Kind = OperationKind.Capture, Amount = new Money(rest, Currency.NOK) })
            : base.Exchange(world, scenario, operation);
}

/// <summary>A payment that is not found was never made.</summary>
internal sealed class Trust404 : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation) =>
        base.Exchange(world, scenario, operation) is TryOutcome.Refused { Kind: Refusal.NotFound } found
            ? operation.Kind == OperationKind.Query && world.Attempt(operation.Reference) is { } a ? Belief.Says(scenario, a with { State = PaymentState.Terminated }) : found
            : base.Exchange(world, scenario, operation);
}

/// <summary>What was read once stays as it was.</summary>
internal sealed class PollOnlyOnce : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation) =>
        operation.Kind == OperationKind.Query && Belief.Of(world, operation.Reference) is { } a ? Belief.Says(scenario, a) : base.Exchange(world, scenario, operation);
}

/// <summary>Who says that a payment has changed is believed: it is approved.</summary>
internal sealed class TrustWebhook : Saboteur
{
    public override Decision Decide(TripState state, Input input, PaymentPolicy policy)
    {
        if (input is not Input.PaymentHint { Reference: var reference } || state.Attempts.FirstOrDefault(a => a.Reference == reference) is not { State: PaymentState.Created } a)
            return base.Decide(state, input, policy);
        var approved = Belief.Says(new Scenario { Name = "" }, a with { State = PaymentState.Authorized, Authorized = a.Amount.MinorUnits });
        return base.Decide(state, new Input.Tried("hint", OperationKind.Query, reference, approved) { At = input.At, Id = input.Id }, policy);
    }
}

/// <summary>A request is ended even if the customer has just approved it.</summary>
internal sealed class CancelWithoutFlag : Saboteur
{
    public override TryOutcome Exchange(World world, Scenario scenario, Operation operation) =>
        base.Exchange(world, scenario, operation.Kind == OperationKind.CancelUnapproved ? operation with { Kind = OperationKind.Cancel } : operation);
}

/// <summary>A request that never arrived is sent once more when all have given it up.</summary>
internal sealed class ResendAfterExpiry : Saboteur
{
    public override TryOutcome Unanswered(World world, Scenario scenario, Operation operation, TryOutcome outcome)
    {
        if (operation.Kind == OperationKind.Create)
            world.Letters = world.Letters.Add(new Letter(operation, Resent: true));
        return outcome;
    }
}

/// <summary>Commits return before they are on disk.</summary>
internal sealed class NoSync : Saboteur
{
    public override bool Syncs(bool wanted) => false;
}

/// <summary>What the agent takes for true of a payment, as if the service had said it.</summary>
internal static class Belief
{
    /// <summary>The attempt, once its payment was read.</summary>
    public static Attempt? Of(World world, Reference reference) => world.Attempt(reference) is { Existence: Existence.Exists, State: not PaymentState.None } a ? a : null;

    public static TryOutcome Says(Scenario scenario, Attempt a) => PaymentService.Read(scenario, new Payment
    {
        Reference = a.Reference,
        Amount = a.Amount.MinorUnits,
        State = a.State,
        Authorized = a.Authorized,
        Captured = a.Captured,
        Cancelled = a.Cancelled,
        Refunded = a.Refunded,
        Late = a.GuaranteePast,
    });
}
