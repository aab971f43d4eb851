namespace TaximeterAgent.Outbox.Round;

/// <summary>
/// The tables of what was committed since the last fold. They are SQLite's temporary ones, in memory: what they hold is durable by the journal, and is put into the
/// database's own tables all at once.
/// </summary>
/// <remarks>
/// A fare's trip changes eight times and more, and its operations and timers come and go within minutes. Here that costs the same after years as on the first day:
/// a round holds some 25 trips. In the database each change would go down trees that grow with all the trips that ever were.
/// </remarks>
internal static class RoundTables
{
    /// <summary>
    /// Makes them, for one connection. The columns are the database's own (a test compares them). What hangs on a trip needs one, as there; whether it is in the round or in the
    /// database no foreign key can tell, so triggers do.
    /// </summary>
    public const string Make = """
        CREATE TEMP TABLE round_trips (
          key INTEGER PRIMARY KEY,
          meter TEXT, trip TEXT, start TEXT, booking TEXT,
          open INTEGER NOT NULL, unpaid INTEGER NOT NULL, failed INTEGER NOT NULL, phones INTEGER NOT NULL,
          created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, closed_at INTEGER,
          state TEXT NOT NULL
        );

        CREATE TEMP TABLE round_operations (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          trip_key INTEGER NOT NULL,
          kind TEXT NOT NULL, reference TEXT NOT NULL, base_url TEXT NOT NULL, msn TEXT NOT NULL,
          amount INTEGER, currency TEXT, phone TEXT,
          receipt_offset INTEGER NOT NULL, stored_at INTEGER NOT NULL,
          body BLOB NOT NULL
        );
        CREATE INDEX temp.round_operations_by_trip ON round_operations (trip_key);
        CREATE TEMP TRIGGER round_operation_has_a_trip BEFORE INSERT ON round_operations
          WHEN NOT EXISTS (SELECT 1 FROM round_trips WHERE key = new.trip_key) AND NOT EXISTS (SELECT 1 FROM trips WHERE key = new.trip_key)
          BEGIN SELECT RAISE(ABORT, 'an operation of no trip'); END;
        CREATE TEMP TRIGGER round_operation_is_new BEFORE INSERT ON round_operations
          WHEN EXISTS (SELECT 1 FROM operations WHERE id = new.id)
          BEGIN SELECT RAISE(ABORT, 'an operation that is there already'); END;

        CREATE TEMP TABLE round_timers (
          trip_key INTEGER NOT NULL,
          kind TEXT NOT NULL, reference TEXT NOT NULL,
          set_at INTEGER NOT NULL, after INTEGER NOT NULL,
          PRIMARY KEY (trip_key, kind, reference)
        ) WITHOUT ROWID;
        CREATE TEMP TRIGGER round_timer_has_a_trip BEFORE INSERT ON round_timers
          WHEN NOT EXISTS (SELECT 1 FROM round_trips WHERE key = new.trip_key) AND NOT EXISTS (SELECT 1 FROM trips WHERE key = new.trip_key)
          BEGIN SELECT RAISE(ABORT, 'a timer of no trip'); END;

        CREATE TEMP TABLE round_history (
          id INTEGER PRIMARY KEY,
          trip_key INTEGER,
          at INTEGER NOT NULL,
          actor TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL,
          reference TEXT, code TEXT, trace_id TEXT, duration INTEGER
        );

        CREATE TEMP TABLE round_identities (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          trip_key INTEGER NOT NULL,
          content INTEGER NOT NULL
        ) WITHOUT ROWID;
        """;
}
