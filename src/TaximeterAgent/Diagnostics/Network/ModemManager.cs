using System.Globalization;
using System.Text;
using System.Text.Json;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>ModemManager by its own program, <c>mmcli -J</c>: it is where its bus may not be.</summary>
/// <param name="program">The program, by name or path.</param>
internal sealed class ModemManager(string program)
{
    /// <summary>More modems than a car has.</summary>
    private const int MostModems = 4;

    /// <summary>What ModemManager writes where it has no value.</summary>
    private const string Nothing = "--";

    /// <summary>The modems; null with why they cannot be asked.</summary>
    public async Task<(IReadOnlyList<ModemReport>? Modems, string? Why)> AskAsync(CancellationToken limit)
    {
        try
        {
            var (listed, error) = await RunAsync(["-J", "-L"], limit);
            if (listed is null)
                return (null, error);
            using var list = JsonDocument.Parse(listed);
            var modems = new List<ModemReport>();
            if (list.RootElement.ValueKind != JsonValueKind.Object || !list.RootElement.TryGetProperty("modem-list", out var paths) || paths.ValueKind != JsonValueKind.Array)
                return (null, $"what {program} says is not understood");
            foreach (var path in paths.EnumerateArray().Take(MostModems).Select(path => path.ValueKind == JsonValueKind.String ? path.GetString()! : ""))
            {
                // It becomes an argument: a path of the bus and nothing that looks like an option.
                if (!path.StartsWith("/org/freedesktop/ModemManager1/Modem/", StringComparison.Ordinal))
                    continue;
                var (told, why) = await RunAsync(["-J", "-m", path], limit);
                if (told is null)
                    return (null, why);
                using var document = JsonDocument.Parse(told);
                modems.Add(Read(document.RootElement, path));
            }

            return (modems, null);
        }
        catch (JsonException)
        {
            return (null, $"what {program} says is not JSON; it is older than 1.12, perhaps");
        }
    }

    private static ModemReport Read(JsonElement root, string path)
    {
        string[] locks = ["--", "none", "unknown", "sim-pin2", "sim-puk2"];
        var locked = Text(root, "modem", "generic", "unlock-required");
        return new ModemReport
        {
            Name = Text(root, "modem", "generic", "model") ?? path[(path.LastIndexOf('/') + 1)..],
            State = Text(root, "modem", "generic", "state") ?? "unknown",
            Registration = Text(root, "modem", "3gpp", "registration-state"),
            Operator = Text(root, "modem", "3gpp", "operator-name"),
            Signal = int.TryParse(Text(root, "modem", "generic", "signal-quality", "value"), NumberStyles.None, CultureInfo.InvariantCulture, out var signal) ? signal : null,
            Technology = Texts(root, "modem", "generic", "access-technologies"),
            // A second PIN guards settings, not the network.
            Lock = locked is null || locks.Contains(locked) ? null : locked,
            Failure = Text(root, "modem", "generic", "state-failed-reason") is { } failure and not "none" ? failure : null,
        };
    }

    private static JsonElement? Find(JsonElement element, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element;
    }

    private static string? Text(JsonElement root, params ReadOnlySpan<string> names) => Find(root, names) is { ValueKind: JsonValueKind.String } found ? Known(found) : null;

    private static string? Texts(JsonElement root, params ReadOnlySpan<string> names) =>
        Find(root, names) is { ValueKind: JsonValueKind.Array } found
            ? string.Join(", ", found.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(Known).OfType<string>()) is { Length: > 0 } text ? text : null
            : null;

    private static string? Known(JsonElement text) => text.GetString() is { Length: > 0 } known and not Nothing ? Shown.Plain(known) : null;

    private async Task<(string? Output, string? Error)> RunAsync(string[] arguments, CancellationToken limit)
    {
        if (await SystemTool.ConvertAsync(program, arguments, default, limit) is not { } end)
            return (null, $"there is no {program} here");
        if (end.ExitCode == 0)
            return (Encoding.UTF8.GetString(end.Output), null);
        return (null, end.Error.Length > 0 ? Shown.Plain(end.Error.Split('\n')[0]) : $"{program} ended with {end.ExitCode}");
    }
}
