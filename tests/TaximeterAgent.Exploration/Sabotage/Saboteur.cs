using TaximeterAgent.Core.Payments;
using TaximeterAgent.Exploration.Model;

namespace TaximeterAgent.Exploration.Sabotage;

/// <summary>
/// Stands between the decision and the world and breaks one thing on purpose. Has no memory: what it does follows from what it is given, or the search would not
/// see all of it. This one breaks nothing.
/// </summary>
internal class Saboteur
{
    /// <summary>Decides.</summary>
    public virtual Decision Decide(TripState state, Input input, PaymentPolicy policy) => TripPayment.Decide(state, input, policy);

    /// <summary>Carries a call to the service and says what is heard of it.</summary>
    public virtual TryOutcome Exchange(World world, Scenario scenario, Operation operation) => PaymentService.Execute(world, scenario, operation);

    /// <summary>What the agent hears of a try without an answer.</summary>
    public virtual TryOutcome Unanswered(World world, Scenario scenario, Operation operation, TryOutcome outcome) => outcome;

    /// <summary>Whether a commit is on disk when it returns.</summary>
    public virtual bool Syncs(bool wanted) => wanted;
}
