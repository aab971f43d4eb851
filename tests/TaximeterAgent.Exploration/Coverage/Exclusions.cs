namespace TaximeterAgent.Exploration.Coverage;

/// <summary>Pairs of state and input that cannot be, each with its reason.</summary>
internal static class Exclusions
{
    public static string? ReasonOf(Place place, string happening) => null;
}
