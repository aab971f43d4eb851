using Microsoft.Data.Sqlite;
using SQLitePCL;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox.Carrying;

namespace TaximeterAgent.Outbox;

// Carrying over: row by row, exactly as they are.
public sealed partial class SqliteOutbox : IOutboxContent
{
    private const int AskedEvery = 1_000;

    long IOutboxContent.LastKey => UseAll(OutboxSql.LastKey).Number();

    IEnumerable<TripRow> IOutboxContent.Trips() => Rows(ContentSql.Trips, row => new TripRow(
        row.GetInt64(0), row.Text(1), row.Text(2), row.Text(3), row.Text(4), row.GetInt64(5) != 0, row.GetInt64(6) != 0, row.GetInt64(7) != 0, row.GetInt64(8) != 0,
        row.GetInt64(9), row.GetInt64(10), row.Number(11), row.GetString(12)));

    IEnumerable<OperationRow> IOutboxContent.Operations() => Rows(ContentSql.Operations, row => new OperationRow(
        row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.Number(6), row.Text(7), row.Text(8), row.GetInt64(9),
        row.GetInt64(10), row.GetFieldValue<byte[]>(11)));

    IEnumerable<TimerRow> IOutboxContent.Timers() =>
        Rows(ContentSql.Timers, row => new TimerRow(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4)));

    IEnumerable<HistoryRow> IOutboxContent.History() => Rows(ContentSql.History, row => new HistoryRow(
        row.GetInt64(0), row.Number(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5), row.Text(6), row.Text(7), row.Text(8), row.Number(9)));

    IEnumerable<IdentityRow> IOutboxContent.Identities() =>
        Rows(ContentSql.Identities, row => new IdentityRow(Identity.Read(row.GetFieldValue<byte[]>(0)), row.GetInt64(1), row.GetInt64(2)));

    IEnumerable<SettingRow> IOutboxContent.Settings() => Rows(ContentSql.Settings, row => new SettingRow(row.GetString(0), row.GetString(1)));

    void IOutboxContent.TakeOver(IOutboxContent from, CancellationToken stop)
    {
        Usable();
        if (_inTransaction || UseAll(ContentSql.IsEmpty).Number() == 0)
            throw new InvalidOperationException($"{_files.Database}: there is something in it already.");
        try
        {
            Use(OutboxSql.Begin).Run();
            foreach (var (sql, values) in Additions(from).Index().Select(one => Asked(one.Index, one.Item, stop)))
                Use(sql).Run(values);
            Use(OutboxSql.SetLastKey).Run(from.LastKey);
            Use(OutboxSql.Commit).Run();
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }

        _lastKey = from.LastKey;
        ForgetColumns();
        Checkpoint(raw.SQLITE_CHECKPOINT_TRUNCATE);
    }

    private static T Asked<T>(int index, T one, CancellationToken stop)
    {
        if (index % AskedEvery == 0)
            stop.ThrowIfCancellationRequested();
        return one;
    }

    private static IEnumerable<(string Sql, object?[] Values)> Additions(IOutboxContent from)
    {
        foreach (var t in from.Trips())
        {
            yield return (ContentSql.AddTrip,
                [t.Key, t.Meter, t.Trip, t.Start, t.Booking, Bit(t.Open), Bit(t.Unpaid), Bit(t.Failed), Bit(t.Phones), t.CreatedAt, t.UpdatedAt, t.ClosedAt, t.State]);
        }

        foreach (var o in from.Operations())
            yield return (OutboxSql.AddOperation, [o.Id, o.TripKey, o.Kind, o.Reference, o.BaseUrl, o.Msn, o.Amount, o.Currency, o.Phone, o.ReceiptOffset, o.StoredAt, o.Body.ToArray()]);
        foreach (var t in from.Timers())
            yield return (OutboxSql.StartTimer, [t.TripKey, t.Kind, t.Reference, t.SetAt, t.After]);
        foreach (var h in from.History())
            yield return (ContentSql.AddHistory, [h.Id, h.TripKey, h.At, h.Actor, h.What, h.Text, h.Reference, h.Code, h.TraceId, h.Duration]);
        foreach (var i in from.Identities())
            yield return (OutboxSql.SetIdentity, [i.Id.ToBytes(), i.TripKey, i.Content]);
        foreach (var s in from.Settings())
            yield return (OutboxSql.SetSetting, [s.Name, s.Value]);
    }

    private IEnumerable<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        Usable();
        using var row = UseAll(sql).Query();
        while (row.Read())
            yield return read(row);
    }
}
