namespace TaximeterAgent.Outbox;

/// <summary>Every statement that the outbox runs on its tables, in one place so that a test can ask for each one's plan: none may scan.</summary>
internal static class OutboxSql
{
    public const string Begin = "BEGIN IMMEDIATE";
    public const string Commit = "COMMIT";
    public const string BeginBatch = "SAVEPOINT batch";
    public const string KeepBatch = "RELEASE batch";

    // Which outbox this is, and the last record of its journal that is in it.
    public const string JournalOutbox = "SELECT value FROM counters WHERE name = 'journal_outbox'";
    public const string JournalFolded = "SELECT value FROM counters WHERE name = 'journal_folded'";
    public const string SetJournalFolded = "UPDATE counters SET value = ?1 WHERE name = 'journal_folded'";

    // Trips. The narrowest update leaves every index alone; it is the one that nearly every commit takes. The next leaves the trip's names alone, which hardly ever change.
    public const string TripColumns = "SELECT meter, trip, start, booking, open, unpaid, failed, phones, closed_at FROM trips WHERE key = ?1";
    public const string AddTrip =
        "INSERT INTO trips (key, meter, trip, start, booking, open, unpaid, failed, phones, created_at, updated_at, closed_at, state) VALUES (?1, ?2, "
            + "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?12)";
    public const string ChangeTrip =
        "UPDATE trips SET meter = ?2, trip = ?3, start = ?4, booking = ?5, open = ?6, unpaid = ?7, failed = ?8, phones = ?9, updated_at = ?10, "
            + "closed_at = ?11, state = ?12 WHERE key = ?1";
    public const string ChangeFlags =
        "UPDATE trips SET open = ?2, unpaid = ?3, failed = ?4, phones = ?5, updated_at = ?6, closed_at = ?7, state = ?8 WHERE key = ?1";
    public const string ChangeState = "UPDATE trips SET updated_at = ?2, state = ?3 WHERE key = ?1";
    public const string LoadTrip = "SELECT key, state FROM trips WHERE key = ?1";
    public const string LoadOpen = "SELECT key, state FROM trips WHERE open = 1 ORDER BY key";
    public const string LoadUnpaid = "SELECT key, state FROM trips WHERE unpaid = 1 AND open = 0 ORDER BY key DESC LIMIT ?1";

    public const string AddOperation =
        "INSERT INTO operations (id, trip_key, kind, reference, base_url, msn, amount, currency, phone, receipt_offset, stored_at, body) VALUES (?1, "
            + "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    public const string RemoveOperation = "DELETE FROM operations WHERE id = ?1";
    public const string LoadOperations =
        "SELECT id, kind, reference, base_url, msn, amount, currency, phone, receipt_offset, stored_at, body FROM operations WHERE trip_key = ?1 "
            + "ORDER BY number";

    public const string StartTimer = "INSERT OR REPLACE INTO timers (trip_key, kind, reference, set_at, after) VALUES (?1, ?2, ?3, ?4, ?5)";
    public const string StopTimer = "DELETE FROM timers WHERE trip_key = ?1 AND kind = ?2 AND reference = ?3";
    public const string LoadTimers = "SELECT kind, reference, set_at, after FROM timers WHERE trip_key = ?1 ORDER BY kind, reference";

    public const string SetIdentity = "INSERT INTO identities (id, trip_key, content) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET trip_key = "
        + "excluded.trip_key, content = excluded.content";
    public const string FindIdentity = "SELECT trip_key, content FROM identities WHERE id = ?1";

    public const string FindByCheck = "SELECT trip_key, content FROM identities WHERE id >= ?1 AND id <= ?2";

    public const string AddHistory =
        "INSERT INTO history (trip_key, at, actor, what, text, reference, code, trace_id, duration) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    public const string SetSetting = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    public const string FindSetting = "SELECT value FROM settings WHERE name = ?1";

    public const string LastKey = "SELECT value FROM counters WHERE name = 'last_key'";
    public const string SetLastKey = "UPDATE counters SET value = ?1 WHERE name = 'last_key'";

    // For people. Newest first.
    private const string Summary = "SELECT key, created_at, updated_at, closed_at, open, unpaid, failed, state FROM trips ";
    public const string List = Summary + "WHERE created_at >= ?1 ORDER BY created_at DESC, key DESC LIMIT ?2";
    public const string ListOpen = Summary + "WHERE open = 1 AND created_at >= ?1 ORDER BY key DESC LIMIT ?2";
    public const string ListUnpaid = Summary + "WHERE unpaid = 1 AND created_at >= ?1 ORDER BY key DESC LIMIT ?2";
    public const string ListFailed = Summary + "WHERE failed = 1 AND created_at >= ?1 ORDER BY key DESC LIMIT ?2";
    public const string FindByNumber = Summary + "WHERE trip = ?1 LIMIT ?2";
    public const string FindByTrip = Summary + "WHERE trip = ?1 AND meter = ?2 AND start = ?3 LIMIT ?4";
    public const string FindByBooking = Summary + "WHERE booking = ?1 LIMIT ?2";
    public const string HistoryOf =
        "SELECT trip_key, at, actor, what, text, reference, code, trace_id, duration FROM history WHERE trip_key = ?1 ORDER BY id DESC LIMIT ?2";
    public const string OldestOpen = "SELECT created_at FROM trips WHERE open = 1 ORDER BY key LIMIT 1";
    public const string CountOpen = "SELECT count(*) FROM trips WHERE open = 1";
    public const string CountUnpaid = "SELECT count(*) FROM trips WHERE unpaid = 1";
    public const string CountFailed = "SELECT count(*) FROM trips WHERE failed = 1";
    public const string CountOperations = "SELECT count(*) FROM trips JOIN operations ON operations.trip_key = trips.key WHERE trips.open = 1";
    public const string OldestHistory = "SELECT min(id) FROM history";
    public const string NewestHistory = "SELECT max(id) FROM history";

    // Privacy and retention.
    public const string TripsToWipe = "SELECT key, state FROM trips WHERE phones = 1 AND closed_at < ?1 ORDER BY closed_at LIMIT ?2";
    public const string WipeTrip = "UPDATE trips SET state = ?2, phones = 0 WHERE key = ?1";
    public const string WipeOperations = "UPDATE operations SET phone = NULL, body = x'' WHERE trip_key = ?1 AND phone IS NOT NULL";
    public const string HistoryAfter = "SELECT id, at FROM history WHERE id > ?1 ORDER BY id LIMIT ?2";
    public const string StampAnew = """
        UPDATE trips SET closed_at = ?1 WHERE key IN (
          SELECT key FROM trips WHERE closed_at > ?2 UNION ALL SELECT key FROM trips WHERE closed_at < ?3 LIMIT ?4)
        """;
    public const string PruneHistory = """
        DELETE FROM history WHERE id IN (
          SELECT h.id FROM history h LEFT JOIN trips t ON t.key = h.trip_key
          WHERE h.id < ?1 AND coalesce(t.open, 0) = 0 AND (coalesce(t.failed, 0) = 0 OR h.id < ?2) ORDER BY h.id LIMIT ?3)
        """;
    public const string RemoveTrip = "DELETE FROM trips WHERE key = ?1";

    // Never one that is under way, that a person has to look at, or that the driver can still turn to.
    private const string Prunable =
        " AND t.open = 0 AND t.failed = 0 AND (t.unpaid = 0 OR t.key < (SELECT key FROM trips WHERE unpaid = 1 AND open = 0 ORDER BY key DESC LIMIT 1 OFFSET ?3))"
            + " AND NOT EXISTS (SELECT 1 FROM operations o WHERE o.trip_key = t.key) AND NOT EXISTS (SELECT 1 FROM history h WHERE h.trip_key = t.key)";
    public const string TripsTooOld = "SELECT key, state FROM trips t WHERE t.closed_at < ?1" + Prunable + " ORDER BY t.closed_at LIMIT ?2";
    public const string TripsTooMany = "SELECT key, state FROM trips t WHERE t.key <= ?1" + Prunable + " ORDER BY t.key LIMIT ?2";
}
