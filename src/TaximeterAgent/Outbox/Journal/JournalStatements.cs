namespace TaximeterAgent.Outbox.Journal;

/// <summary>The statements that the journal may hold, each by its number.</summary>
/// <remarks>
/// An outbox that lost its power under an older agent is opened by a newer one, which reads that agent's journal before it brings the schema forward. So a number
/// keeps its statement for ever, in the words that fit the schema of then: a statement that changes gets a new number, and the old words stay here.
/// </remarks>
internal static class JournalStatements
{
    // Statements that have changed since.
    private const string FirstPruneHistory = """
        DELETE FROM history WHERE id IN (
          SELECT h.id FROM history h LEFT JOIN trips t ON t.key = h.trip_key WHERE h.id < ?1 AND coalesce(t.open, 0) = 0 ORDER BY h.id LIMIT ?2)
        """;
    private const string FirstPruneTrips = """
        DELETE FROM trips WHERE key IN (
          SELECT key FROM trips t WHERE t.closed_at < ?1 AND t.open = 0
            AND NOT EXISTS (SELECT 1 FROM operations o WHERE o.trip_key = t.key)
            AND NOT EXISTS (SELECT 1 FROM history h WHERE h.trip_key = t.key)
          ORDER BY t.closed_at LIMIT ?2)
        """;

    private static readonly string[] s_numbered =
    [
        OutboxSql.AddTrip,
        OutboxSql.ChangeTrip,
        OutboxSql.ChangeState,
        OutboxSql.AddOperation,
        OutboxSql.RemoveOperation,
        OutboxSql.StartTimer,
        OutboxSql.StopTimer,
        OutboxSql.SetIdentity,
        OutboxSql.AddHistory,
        OutboxSql.SetSetting,
        OutboxSql.SetLastKey,
        OutboxSql.WipeTrip,
        OutboxSql.WipeOperations,
        FirstPruneHistory,
        FirstPruneTrips,
        OutboxSql.ChangeFlags,
        OutboxSql.StampAnew,
        OutboxSql.PruneHistory,
        OutboxSql.RemoveTrip,
    ];

    private static readonly Dictionary<string, byte> s_numbers = s_numbered.Index().ToDictionary(one => one.Item, one => (byte)one.Index);

    /// <summary>How many there are; they count from 0.</summary>
    public static int Count => s_numbered.Length;

    public static byte NumberOf(string sql) => s_numbers[sql];

    /// <exception cref="InvalidDataException">There is no such number: a newer agent wrote it.</exception>
    public static string Of(byte number) => number < s_numbered.Length ? s_numbered[number] : throw new InvalidDataException($"statement {number} is not known");
}
