using System.Text.Encodings.Web;
using System.Text.Json;

namespace TaximeterAgent.Simulator.Server;

/// <summary>The wire file: JSON lines, one per request. Scenarios that run side by side may share one.</summary>
public sealed class WireLog(TextWriter writer)
{
    /// <summary>Bodies are read by people: only what JSON itself demands is escaped.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();

    public void Write(string scenario, WireEntry entry)
    {
        var line = entry.ToJson(scenario).ToJsonString(Plain);
        lock (_gate)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
