namespace TaximeterAgent.Control.Health;

/// <summary>The agent's own process.</summary>
internal static class ServiceHealth
{
    public static Grade Of(long uptimeSeconds) => Grade.Green($"runs, for {Roughly.Long(TimeSpan.FromSeconds(uptimeSeconds))}");
}
