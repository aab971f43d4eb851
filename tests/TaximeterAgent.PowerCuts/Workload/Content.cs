using System.Globalization;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.PowerCuts.Workload;

/// <summary>All that a store holds, a line for each row. Two stores hold the same if their lines are the same.</summary>
internal sealed class Content(IReadOnlyList<string> lines)
{
    private const string Rows = """
        SELECT 'trip|' || key || '|' || trip || '|' || open || '|' || unpaid || '|' || phones || '|' || created_at || '|' || updated_at || '|' || coalesce(closed_at, '') || '|' || state
          FROM (SELECT * FROM trips ORDER BY key)
        UNION ALL
        SELECT 'operation|' || id || '|' || trip_key || '|' || kind || '|' || coalesce(phone, '') || '|' || stored_at || '|' || hex(body) FROM (SELECT * FROM operations ORDER BY id)
        UNION ALL
        SELECT 'timer|' || trip_key || '|' || kind || '|' || reference || '|' || set_at || '|' || after FROM (SELECT * FROM timers ORDER BY trip_key, kind, reference)
        UNION ALL
        SELECT 'history|' || id || '|' || coalesce(trip_key, '') || '|' || at || '|' || text FROM (SELECT * FROM history ORDER BY id)
        UNION ALL
        SELECT 'identity|' || hex(id) || '|' || trip_key || '|' || content FROM (SELECT * FROM identities ORDER BY id)
        UNION ALL
        SELECT 'setting|' || name || '|' || value FROM (SELECT * FROM settings ORDER BY name)
        UNION ALL
        SELECT 'last key|' || value FROM counters WHERE name = 'last_key'
        """;

    private readonly string _text = string.Join('\n', lines);

    public IReadOnlyList<string> Lines { get; } = lines;

    /// <summary>Reads a store: SQLite's by plain SQL, past the code that is on trial; another's row by row, as it would be carried over.</summary>
    public static Content Read(IOutboxStore outbox) => outbox is SqliteOutbox sqlite ? Read(sqlite.Connection) : Read((IOutboxContent)outbox);

    private static Content Read(IOutboxContent content) => new(
    [
        .. content.Trips().Select(t => Spell($"trip|{t.Key}|{t.Trip}|{Bit(t.Open)}|{Bit(t.Unpaid)}|{Bit(t.Phones)}|{t.CreatedAt}|{t.UpdatedAt}|{t.ClosedAt}|{t.State}")),
        .. content.Operations().OrderBy(o => o.Id, StringComparer.Ordinal).Select(o => Spell($"operation|{o.Id}|{o.TripKey}|{o.Kind}|{o.Phone}|{o.StoredAt}|{Convert.ToHexString(o.Body.Span)}")),
        .. content.Timers().Select(t => Spell($"timer|{t.TripKey}|{t.Kind}|{t.Reference}|{t.SetAt}|{t.After}")),
        .. content.History().Select(h => Spell($"history|{h.Id}|{h.TripKey}|{h.At}|{h.Text}")),
        .. content.Identities().Select(i => Spell($"identity|{Convert.ToHexString(i.Id.ToBytes())}|{i.TripKey}|{i.Content}")),
        .. content.Settings().Select(s => Spell($"setting|{s.Name}|{s.Value}")),
        Spell($"last key|{content.LastKey}"),
    ]);

    private static char Bit(bool value) => value ? '1' : '0';

    private static string Spell(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static Content Read(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Rows;
        using var row = command.ExecuteReader();
        var lines = new List<string>();
        while (row.Read())
            lines.Add(row.GetString(0));
        return new Content(lines);
    }

    public bool Is(Content other) => _text == other._text;

    /// <summary>The first lines in which this differs from what was expected.</summary>
    public string Difference(Content expected)
    {
        const int enough = 6;
        var missing = expected.Lines.Except(Lines).Take(enough).Select(line => "  missing " + Short(line));
        var unexpected = Lines.Except(expected.Lines).Take(enough).Select(line => "  found   " + Short(line));
        return string.Join('\n', missing.Concat(unexpected));
    }

    private static string Short(string line) => line.Length <= 120 ? line : line[..120] + "…";
}
