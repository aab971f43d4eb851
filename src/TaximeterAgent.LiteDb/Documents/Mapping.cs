using LiteDB;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.LiteDb.Documents;

/// <summary>Rows as documents and back, by hand. What is null is left out.</summary>
internal static class Mapping
{
    public static BsonDocument OfTrip(TripRow t, BsonArray operations, BsonArray timers)
    {
        var document = new BsonDocument { [Names.Id] = t.Key };
        Put(document, Names.Meter, t.Meter);
        Put(document, Names.Trip, t.Trip);
        Put(document, Names.Start, t.Start);
        Put(document, Names.Booking, t.Booking);
        document[Names.Flags] = (int)((t.Open ? TripFlags.Open : 0) | (t.Unpaid ? TripFlags.Unpaid : 0) | (t.Failed ? TripFlags.Failed : 0) | (t.Phones ? TripFlags.Phones : 0)
            | (operations.Count > 0 ? TripFlags.Work : 0));
        document[Names.Created] = t.CreatedAt;
        document[Names.Updated] = t.UpdatedAt;
        Put(document, Names.Closed, t.ClosedAt);
        document[Names.State] = t.State;
        document[Names.Operations] = operations;
        document[Names.Timers] = timers;
        return document;
    }

    public static TripRow ToTrip(BsonDocument d)
    {
        var flags = FlagsOf(d);
        return new TripRow(
            d[Names.Id].AsInt64, Text(d, Names.Meter), Text(d, Names.Trip), Text(d, Names.Start), Text(d, Names.Booking), flags.HasFlag(TripFlags.Open), flags.HasFlag(TripFlags.Unpaid),
            flags.HasFlag(TripFlags.Failed), flags.HasFlag(TripFlags.Phones), d[Names.Created].AsInt64, d[Names.Updated].AsInt64, Number(d, Names.Closed), d[Names.State].AsString);
    }

    public static TripFlags FlagsOf(BsonDocument d) => (TripFlags)d[Names.Flags].AsInt32;

    public static BsonDocument OfOperation(OperationRow o)
    {
        var document = new BsonDocument { [Names.Id] = o.Id, [Names.Kind] = o.Kind, [Names.Reference] = o.Reference, [Names.BaseUrl] = o.BaseUrl, [Names.Msn] = o.Msn };
        Put(document, Names.Amount, o.Amount);
        Put(document, Names.Currency, o.Currency);
        Put(document, Names.Phone, o.Phone);
        document[Names.ReceiptOffset] = o.ReceiptOffset;
        document[Names.StoredAt] = o.StoredAt;
        document[Names.Body] = o.Body.ToArray();
        return document;
    }

    public static OperationRow ToOperation(long key, BsonDocument d) => new(
        d[Names.Id].AsString, key, d[Names.Kind].AsString, d[Names.Reference].AsString, d[Names.BaseUrl].AsString, d[Names.Msn].AsString, Number(d, Names.Amount), Text(d, Names.Currency),
        Text(d, Names.Phone), d[Names.ReceiptOffset].AsInt64, d[Names.StoredAt].AsInt64, d[Names.Body].AsBinary);

    public static BsonDocument OfTimer(TimerRow t) =>
        new() { [Names.Kind] = t.Kind, [Names.Reference] = t.Reference, [Names.SetAt] = t.SetAt, [Names.After] = t.After };

    public static TimerRow ToTimer(long key, BsonDocument d) => new(key, d[Names.Kind].AsString, d[Names.Reference].AsString, d[Names.SetAt].AsInt64, d[Names.After].AsInt64);

    public static BsonDocument OfLine(HistoryRow h)
    {
        var document = new BsonDocument { [Names.Id] = h.Id };
        Put(document, Names.Key, h.TripKey);
        document[Names.At] = h.At;
        document[Names.Actor] = h.Actor;
        document[Names.What] = h.What;
        document[Names.Text] = h.Text;
        Put(document, Names.Reference, h.Reference);
        Put(document, Names.Code, h.Code);
        Put(document, Names.TraceId, h.TraceId);
        Put(document, Names.Duration, h.Duration);
        return document;
    }

    public static HistoryRow ToLine(BsonDocument d) => new(
        d[Names.Id].AsInt64, Number(d, Names.Key), d[Names.At].AsInt64, d[Names.Actor].AsString, d[Names.What].AsString, d[Names.Text].AsString, Text(d, Names.Reference), Text(d, Names.Code),
        Text(d, Names.TraceId), Number(d, Names.Duration));

    public static BsonDocument OfIdentity(IdentityRow i) => new() { [Names.Id] = i.Id.ToBytes(), [Names.Key] = i.TripKey, [Names.Content] = i.Content };

    public static IdentityRow ToIdentity(BsonDocument d) => new(Identity.Read(d[Names.Id].AsBinary), d[Names.Key].AsInt64, d[Names.Content].AsInt64);

    public static BsonDocument OfSetting(SettingRow s) => new() { [Names.Id] = s.Name, [Names.Value] = s.Value };

    public static SettingRow ToSetting(BsonDocument d) => new(d[Names.Id].AsString, d[Names.Value].AsString);

    public static BsonDocument OfCounter(string name, long value) => new() { [Names.Id] = name, [Names.Value] = value };

    private static void Put(BsonDocument document, string name, string? value)
    {
        if (value is not null)
            document[name] = value;
    }

    private static void Put(BsonDocument document, string name, long? value)
    {
        if (value is { } number)
            document[name] = number;
    }

    private static string? Text(BsonDocument document, string name) => document.TryGetValue(name, out var value) && !value.IsNull ? value.AsString : null;

    private static long? Number(BsonDocument document, string name) => document.TryGetValue(name, out var value) && !value.IsNull ? value.AsInt64 : null;
}
