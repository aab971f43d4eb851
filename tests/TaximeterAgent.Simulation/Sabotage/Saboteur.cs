using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation;

/// <summary>Stands between the agent and its ports for one world, and breaks one thing on purpose. This one breaks nothing.</summary>
internal class Saboteur
{
    /// <summary>The outbox that the agent gets.</summary>
    public virtual IOutbox Outbox(IOutbox inner) => inner;

    /// <summary>The payment service that the agent gets.</summary>
    public virtual IPaymentCalls Calls(IPaymentCalls inner, World world, Boot boot) => inner;

    /// <summary>Bytes have come from the meter; true if the agent shall not see them.</summary>
    public virtual bool Swallows(byte[] bytes, World world, Boot boot) => false;

    /// <summary>A hint has come for this payment.</summary>
    public virtual void Hinted(Reference reference)
    {
    }
}
