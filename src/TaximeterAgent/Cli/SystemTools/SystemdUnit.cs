using System.Globalization;
using TaximeterAgent.Control.Health;

namespace TaximeterAgent.Cli.SystemTools;

/// <summary>Asks systemd how the service is. Anybody may; where there is no systemd there is no answer, which is no error.</summary>
internal static class SystemdUnit
{
    public const string Name = $"{CommandLine.Name}.service";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    private static readonly string[] s_properties = ["LoadState", "ActiveState", "SubState", "Result", "ExecMainStatus", "NRestarts"];

    /// <summary>Null where there is no systemd, or it does not answer.</summary>
    public static async Task<UnitFacts?> AskAsync(CancellationToken stop)
    {
        var result = await SystemTool.RunAsync("systemctl", ["show", Name, "--no-pager", $"--property={string.Join(',', s_properties)}"], s_patience, stop);
        return result is { ExitCode: 0 } ? Read(result.Output) : null;
    }

    /// <summary>Reads <c>NAME=VALUE</c> lines, in any order.</summary>
    internal static UnitFacts? Read(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Split('=', 2) is [var name, var value])
                values[name] = value;
        }

        return values.TryGetValue("LoadState", out var load) && values.TryGetValue("ActiveState", out var active)
            ? new UnitFacts(load, active, values.GetValueOrDefault("SubState", ""), values.GetValueOrDefault("Result", ""), Number("ExecMainStatus"), Number("NRestarts") ?? 0)
            : null;

        int? Number(string name) => int.TryParse(values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
