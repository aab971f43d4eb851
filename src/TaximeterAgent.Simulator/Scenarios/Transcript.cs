using System.Globalization;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What happens, a line per event: the time, who, what.</summary>
internal sealed class Transcript(TextWriter writer, TimeProvider time)
{
    private readonly Lock _gate = new();

    public void Say(string actor, string what)
    {
        lock (_gate)
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():HH:mm:ss.fff}  {actor,-8} {what}"));
    }

    /// <summary>A line without time and actor.</summary>
    public void Line(string text)
    {
        lock (_gate)
            writer.WriteLine(text);
    }
}
