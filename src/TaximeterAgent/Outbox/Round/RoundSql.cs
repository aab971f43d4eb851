namespace TaximeterAgent.Outbox.Round;

/// <summary>The statements on the round's tables. Those that write have the parameters of the journal's statement of the same name, which they are run for.</summary>
internal static class RoundSql
{
    public const string AddTrip =
        "INSERT INTO round_trips (key, meter, trip, start, booking, open, unpaid, failed, phones, created_at, updated_at, closed_at, state) VALUES (?1, ?2, "
            + "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?12)";
    public const string ChangeTrip =
        "UPDATE round_trips SET meter = ?2, trip = ?3, start = ?4, booking = ?5, open = ?6, unpaid = ?7, failed = ?8, phones = ?9, updated_at = ?10, "
            + "closed_at = ?11, state = ?12 WHERE key = ?1";
    public const string ChangeFlags =
        "UPDATE round_trips SET open = ?2, unpaid = ?3, failed = ?4, phones = ?5, updated_at = ?6, closed_at = ?7, state = ?8 WHERE key = ?1";
    public const string ChangeState = "UPDATE round_trips SET updated_at = ?2, state = ?3 WHERE key = ?1";

    public const string AddOperation =
        "INSERT INTO round_operations (id, trip_key, kind, reference, base_url, msn, amount, currency, phone, receipt_offset, stored_at, body) VALUES (?1, "
            + "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    public const string RemoveOperation = "DELETE FROM round_operations WHERE id = ?1";

    public const string StartTimer = "INSERT OR REPLACE INTO round_timers (trip_key, kind, reference, set_at, after) VALUES (?1, ?2, ?3, ?4, ?5)";
    public const string StopTimer = "DELETE FROM round_timers WHERE trip_key = ?1 AND kind = ?2 AND reference = ?3";

    public const string SetIdentity = "INSERT INTO round_identities (id, trip_key, content) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET trip_key = "
        + "excluded.trip_key, content = excluded.content";

    public const string AddHistory =
        "INSERT INTO round_history (trip_key, at, actor, what, text, reference, code, trace_id, duration) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    /// <summary>A trip of an earlier round that changes: from now on it is in this one. It stays in the database as it was until the round is put away.</summary>
    public const string TakeTrip = "INSERT INTO round_trips SELECT * FROM trips WHERE key = ?1";

    // What is in the round, or else in the database: the second is looked at only where the first has nothing.
    public const string LoadTrip = "SELECT key, state FROM round_trips WHERE key = ?1 UNION ALL SELECT key, state FROM trips WHERE key = ?1 LIMIT 1";
    public const string TripColumns = "SELECT meter, trip, start, booking, open, unpaid, failed, phones, closed_at FROM round_trips WHERE key = ?1 UNION ALL "
        + OutboxSql.TripColumns + " LIMIT 1";
    public const string FindIdentity =
        "SELECT trip_key, content FROM round_identities WHERE id = ?1 UNION ALL SELECT trip_key, content FROM identities WHERE id = ?1 LIMIT 1";

    // Of one trip some may be in the database and others in the round, never the same one in both; the round's are newer.
    public const string LoadOperations =
        "SELECT id, kind, reference, base_url, msn, amount, currency, phone, receipt_offset, stored_at, body FROM round_operations WHERE trip_key = ?1 "
            + "ORDER BY number";
    public const string LoadTimers = "SELECT kind, reference, set_at, after FROM round_timers WHERE trip_key = ?1 ORDER BY kind, reference";

    /// <summary>
    /// Puts the round into the database, in the order of each table's own tree, so that what is new comes to lie side by side at its end. Trips first: what hangs on
    /// them needs them there. The names of trips that are there already are left alone, and with them their indexes: those changed at once.
    /// </summary>
    public static IReadOnlyList<string> PutAway { get; } =
    [
        """
        INSERT INTO trips SELECT * FROM round_trips WHERE true ORDER BY key ON CONFLICT (key) DO UPDATE SET
          open = excluded.open, unpaid = excluded.unpaid, failed = excluded.failed, phones = excluded.phones,
          updated_at = excluded.updated_at, closed_at = excluded.closed_at, state = excluded.state
        """,
        """
        INSERT INTO operations (id, trip_key, kind, reference, base_url, msn, amount, currency, phone, receipt_offset, stored_at, body)
          SELECT id, trip_key, kind, reference, base_url, msn, amount, currency, phone, receipt_offset, stored_at, body FROM round_operations ORDER BY number
        """,
        "INSERT INTO timers SELECT * FROM round_timers ORDER BY trip_key, kind, reference",
        """
        INSERT INTO history (trip_key, at, actor, what, text, reference, code, trace_id, duration)
          SELECT trip_key, at, actor, what, text, reference, code, trace_id, duration FROM round_history ORDER BY id
        """,
        """
        INSERT INTO identities SELECT * FROM round_identities WHERE true ORDER BY id ON CONFLICT (id) DO UPDATE SET
          trip_key = excluded.trip_key, content = excluded.content
        """,
        "DELETE FROM round_trips",
        "DELETE FROM round_operations",
        "DELETE FROM round_timers",
        "DELETE FROM round_history",
        "DELETE FROM round_identities",
    ];
}
