using System.Globalization;

namespace TaximeterAgent.Control.Health;

/// <summary>What runs: the agent, its tables, .NET.</summary>
internal static class VersionHealth
{
    /// <param name="running">The version of the agent that runs.</param>
    /// <param name="schema">The version of the outbox's tables.</param>
    /// <param name="runtime">What it runs on.</param>
    /// <param name="installed">The version of the program that asks; null if it is not known.</param>
    public static Grade Of(string running, int? schema, string? runtime, string? installed)
    {
        var why = running + (schema is { } tables ? string.Create(CultureInfo.InvariantCulture, $", tables {tables}") : "") + (runtime is null ? "" : $", {runtime}");
        return installed is null || installed == running ? Grade.Green(why) : Grade.Yellow($"{why}; installed is {installed}", "start the new one: systemctl restart taximeter-agent");
    }
}
