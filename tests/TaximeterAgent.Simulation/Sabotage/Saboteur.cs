using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Simulation;

/// <summary>Stands between the agent and its ports for one world, and breaks one thing on purpose. This one breaks nothing.</summary>
internal class Saboteur
{
    /// <summary>It shows only where a driver does everything wrong.</summary>
    public virtual bool NeedsRandomKeys => false;

    /// <summary>It shows only where a technician holds trips and says that they were paid otherwise.</summary>
    public virtual bool NeedsTechnician => false;

    /// <summary>The outbox that the agent gets.</summary>
    public virtual IOutbox Outbox(IOutbox inner) => inner;

    /// <summary>The payment service that the agent gets.</summary>
    public virtual IPaymentCalls Calls(IPaymentCalls inner, World world, Boot boot) => inner;

    /// <summary>Bytes have come from the meter; true if the agent shall not see them.</summary>
    public virtual bool Swallows(byte[] bytes, World world, Boot boot) => false;

    /// <summary>The driver presses a key; null if the agent shall not hear of it.</summary>
    public virtual Key? Presses(Key key, IReadOnlyList<string> shown) => key;

    /// <summary>What the display shows instead of what the agent writes to it.</summary>
    public virtual IReadOnlyList<string> Shows(IReadOnlyList<string> lines) => lines;

    /// <summary>A hint has come for this payment.</summary>
    public virtual void Hinted(Reference reference)
    {
    }
}
