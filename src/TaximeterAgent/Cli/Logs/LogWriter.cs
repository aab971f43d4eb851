using System.Text.Json;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Output;

namespace TaximeterAgent.Cli.Logs;

/// <summary>Writes the lines of the journal that are wanted, as they come.</summary>
/// <param name="report">Where to.</param>
/// <param name="mask">Every text goes through it.</param>
/// <param name="trip">Only lines about this trip; null for all.</param>
/// <param name="last">Only the newest so many, which are written at the end; null for all, at once.</param>
internal sealed class LogWriter(Report report, LogMask mask, TripWords? trip, int? last)
{
    private readonly Queue<LogLineOutput> _last = new();

    /// <summary>True once the journal has said anything.</summary>
    public bool HasSeen { get; private set; }

    public int Written { get; private set; }

    public Task BeginAsync() => report.Json || report.AtTerminal ? Task.CompletedTask : report.WriteRawLineAsync("time\tlevel\ttext");

    public async Task TakeAsync(string line)
    {
        HasSeen = true;
        if (JournalEntry.Read(line) is not { } entry)
            return;
        var masked = entry with { Text = Text.Line(mask.Apply(entry.Text)) };
        // By its own words: those of the mask hide no reference, but they could hide a number.
        if (trip is not null && !trip.In(entry.Text))
            return;
        if (last is not { } most)
        {
            await WriteAsync(masked);
            return;
        }

        _last.Enqueue(masked);
        if (_last.Count > most)
            _last.Dequeue();
    }

    public async Task EndAsync()
    {
        while (_last.TryDequeue(out var entry))
            await WriteAsync(entry);
    }

    private Task WriteAsync(LogLineOutput entry)
    {
        Written++;
        if (report.Json)
            return report.WriteJsonAsync(JsonSerializer.Serialize(entry, CliAnswer.Context.LogLineOutput));
        var (time, between) = (Text.Time(entry.At), report.AtTerminal ? " " : "\t");
        return report.WriteRawLineAsync(string.Join(between, time, report.AtTerminal ? entry.Level.PadRight(8) : entry.Level, entry.Text));
    }
}
