using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation;

/// <summary>Stands between the agent and one of its ports. This one does nothing.</summary>
internal class Saboteur
{
    public static Saboteur None => new();

    public virtual IOutbox Outbox(IOutbox inner) => inner;

    public virtual IPaymentCalls Calls(IPaymentCalls inner, World world, Boot boot) => inner;
}
