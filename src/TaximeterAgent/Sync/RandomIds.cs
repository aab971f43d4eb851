using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Sync;

/// <summary>Ids that no other car and no other time has given.</summary>
internal sealed class RandomIds : IIdSource
{
    public string NewId() => Guid.NewGuid().ToString("N");

    public double NextFraction() => Random.Shared.NextDouble();
}
