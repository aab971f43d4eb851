using System.Globalization;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Control.Health;

/// <summary>The configuration as a start of the agent would find it.</summary>
internal static class ConfigurationHealth
{
    public static Grade Of(ConfigurationReport report)
    {
        var cure = $"mend it: {Grade.Command("config check")}";
        return report.Faults switch
        {
            [] => Grade.Green($"{report.File} is right"),
            [var fault] => Grade.Red(fault.ToString(), cure),
            [var fault, ..] => Grade.Red(string.Create(CultureInfo.InvariantCulture, $"{report.Faults.Length} faults; the first: {fault}"), cure),
        };
    }
}
