namespace TaximeterAgent.LiteDb.Documents;

/// <summary>Collections and fields. Short, because LiteDB stores the names with every document.</summary>
internal static class Names
{
    public const string Trips = "trips";
    public const string History = "history";
    public const string Identities = "identities";
    public const string Settings = "settings";
    public const string Counters = "counters";

    public const string Id = "_id";

    // Of trips.
    public const string Meter = "meter";
    public const string Trip = "trip";
    public const string Start = "start";
    public const string Booking = "booking";
    public const string Flags = "flags";
    public const string Created = "created";
    public const string Updated = "updated";
    public const string Closed = "closed";
    public const string State = "state";
    public const string Operations = "operations";
    public const string Timers = "timers";

    // Of operations and timers, which lie in their trip.
    public const string Kind = "kind";
    public const string Reference = "reference";
    public const string BaseUrl = "url";
    public const string Msn = "msn";
    public const string Amount = "amount";
    public const string Currency = "currency";
    public const string Phone = "phone";
    public const string ReceiptOffset = "offset";
    public const string StoredAt = "stored";
    public const string Body = "body";
    public const string SetAt = "set";
    public const string After = "after";

    // Of history.
    public const string Key = "key";
    public const string At = "at";
    public const string Actor = "actor";
    public const string What = "what";
    public const string Text = "text";
    public const string Code = "code";
    public const string TraceId = "trace";
    public const string Duration = "duration";

    // Of identities, settings and counters.
    public const string Content = "content";
    public const string Value = "value";

    /// <summary>The counter that says the highest key that was ever stored.</summary>
    public const string LastKey = "last_key";

    /// <summary>The counter by which a data file is known to be an outbox; its value is the schema's version.</summary>
    public const string Schema = "taximeter-agent outbox";
}
