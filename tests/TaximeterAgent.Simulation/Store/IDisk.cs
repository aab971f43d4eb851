using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Simulation;

/// <summary>What keeps the outbox while the agent is dead.</summary>
internal interface IDisk : IDisposable
{
    /// <summary>Opens the outbox that is on it.</summary>
    IOutbox Open(TimeProvider time);

    /// <summary>The power is cut: what was not synced may be gone, but only from the end.</summary>
    void LosePower(Chance chance);
}
