namespace TaximeterAgent.Outbox.Migrations;

/// <summary>The first schema.</summary>
/// <remarks>
/// Times are Unix milliseconds. An index on a column that changes at every commit costs a page of flash at every commit; so trips are listed by the time they
/// were learnt, which never changes, and not by their last update.
/// </remarks>
internal static class Migration0001
{
    public static Migration Step { get; } = new(1, """
        CREATE TABLE trips (
          key INTEGER PRIMARY KEY,
          meter TEXT, trip TEXT, start TEXT, booking TEXT,
          open INTEGER NOT NULL,      -- money or a request can still be out there, or someone has to be told
          unpaid INTEGER NOT NULL,    -- a new request could still be made
          failed INTEGER NOT NULL,    -- a person has to look
          phones INTEGER NOT NULL,    -- the state holds phone numbers
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL,
          closed_at INTEGER,          -- since when it is not open
          state TEXT NOT NULL
        );
        CREATE INDEX trips_by_number ON trips (trip, meter, start) WHERE trip IS NOT NULL;
        CREATE INDEX trips_by_booking ON trips (booking) WHERE booking IS NOT NULL;
        CREATE INDEX trips_by_created ON trips (created_at);
        CREATE INDEX trips_open ON trips (open) WHERE open = 1;
        CREATE INDEX trips_unpaid ON trips (unpaid) WHERE unpaid = 1;
        CREATE INDEX trips_failed ON trips (failed) WHERE failed = 1;
        CREATE INDEX trips_closed ON trips (closed_at) WHERE closed_at IS NOT NULL;
        CREATE INDEX trips_to_wipe ON trips (closed_at) WHERE phones = 1 AND closed_at IS NOT NULL;

        CREATE TABLE operations (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          trip_key INTEGER NOT NULL REFERENCES trips (key),
          kind TEXT NOT NULL,
          reference TEXT NOT NULL,
          base_url TEXT NOT NULL,
          msn TEXT NOT NULL,
          amount INTEGER, currency TEXT,
          phone TEXT,
          receipt_offset INTEGER NOT NULL,
          stored_at INTEGER NOT NULL,
          body BLOB NOT NULL
        );
        CREATE INDEX operations_by_trip ON operations (trip_key);

        CREATE TABLE timers (
          trip_key INTEGER NOT NULL REFERENCES trips (key) ON DELETE CASCADE,
          kind TEXT NOT NULL,
          reference TEXT NOT NULL,    -- '' for a timer of the trip itself
          set_at INTEGER NOT NULL,
          after INTEGER NOT NULL,     -- milliseconds
          PRIMARY KEY (trip_key, kind, reference)
        ) WITHOUT ROWID;

        CREATE TABLE history (
          id INTEGER PRIMARY KEY,
          trip_key INTEGER,
          at INTEGER NOT NULL,
          actor TEXT NOT NULL, what TEXT NOT NULL, text TEXT NOT NULL,
          reference TEXT, code TEXT, trace_id TEXT,
          duration INTEGER            -- milliseconds
        );
        CREATE INDEX history_by_trip ON history (trip_key, id);
        CREATE INDEX history_by_time ON history (at);
        CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

        CREATE TABLE identities (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          trip_key INTEGER NOT NULL,
          content INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        -- What the outbox counts for itself. A key stays used when its trip is pruned.
        CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counters VALUES ('last_key', 0), ('flushes', 0);
        """);
}
