namespace TaximeterAgent.Outbox.Carrying;

/// <summary>The statements that read all that there is, and those that put it into a database that has nothing yet. Only for carrying an outbox over: they go through whole tables.</summary>
internal static class ContentSql
{
    public const string Trips = "SELECT key, meter, trip, start, booking, open, unpaid, failed, phones, created_at, updated_at, closed_at, state FROM trips ORDER BY key";
    public const string Operations =
        "SELECT id, trip_key, kind, reference, base_url, msn, amount, currency, phone, receipt_offset, stored_at, body FROM operations ORDER BY trip_key, number";
    public const string Timers = "SELECT trip_key, kind, reference, set_at, after FROM timers ORDER BY trip_key, kind, reference";
    public const string History = "SELECT id, trip_key, at, actor, what, text, reference, code, trace_id, duration FROM history ORDER BY id";
    public const string Identities = "SELECT id, trip_key, content FROM identities ORDER BY id";
    public const string Settings = "SELECT name, value FROM settings ORDER BY name";
    public const string IsEmpty =
        "SELECT NOT EXISTS (SELECT 1 FROM trips) AND NOT EXISTS (SELECT 1 FROM history) AND NOT EXISTS (SELECT 1 FROM identities) AND NOT EXISTS (SELECT 1 FROM settings)";

    public const string AddTrip =
        "INSERT INTO trips (key, meter, trip, start, booking, open, unpaid, failed, phones, created_at, updated_at, closed_at, state) VALUES (?1, ?2, "
            + "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    public const string AddHistory =
        "INSERT INTO history (id, trip_key, at, actor, what, text, reference, code, trace_id, duration) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
}
