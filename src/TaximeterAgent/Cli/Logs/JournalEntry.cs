using System.Globalization;
using System.Text;
using System.Text.Json;
using TaximeterAgent.Cli.Output;

namespace TaximeterAgent.Cli.Logs;

/// <summary>Reads a line of <c>journalctl --output=json</c>, as systemd's journal export has it: all values are texts, and a message that is no UTF-8 is a list of bytes.</summary>
internal static class JournalEntry
{
    private const int Information = 6;

    /// <summary>Null for a line that is no entry, such as a hint.</summary>
    public static LogLineOutput? Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var entry = json.RootElement;
            if (entry.ValueKind != JsonValueKind.Object || Text(entry, "__REALTIME_TIMESTAMP") is not { } time || Text(entry, "MESSAGE") is not { } message)
                return null;
            if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) || microseconds > s_last)
                return null;
            var severity = int.TryParse(Text(entry, "PRIORITY"), NumberStyles.None, CultureInfo.InvariantCulture, out var priority) ? priority : Information;
            return new LogLineOutput(
                DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond),
                LogLevels.WordOf(severity),
                message,
                int.TryParse(Text(entry, "_PID"), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The year 9999.
    private static readonly long s_last = (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static string? Text(JsonElement entry, string name)
    {
        if (!entry.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => Bytes(value),
            _ => null,
        };
    }

    // A field that occurs more than once is a list of texts: the first counts.
    private static string? Bytes(JsonElement list)
    {
        var bytes = new List<byte>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
                return item.GetString();
            if (!item.TryGetByte(out var one))
                return null;
            bytes.Add(one);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
