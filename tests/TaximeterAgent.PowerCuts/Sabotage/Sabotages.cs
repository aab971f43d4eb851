using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.PowerCuts;

/// <summary>Ways to break the promise on purpose, around the store and never in it.</summary>
internal static class Sabotages
{
    public static IOutbox Wrap(string name, IOutbox outbox, Action acknowledge) => outbox;
}
