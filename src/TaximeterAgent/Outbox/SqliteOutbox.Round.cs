using Microsoft.Data.Sqlite;
using TaximeterAgent.Outbox.Round;

namespace TaximeterAgent.Outbox;

// What was committed since the last fold is in the round's tables (RoundTables). They are part of the transaction that stays open: a batch that is taken back is taken back there too.
public sealed partial class SqliteOutbox
{
    // False only while the round's tables are empty.
    private bool _roundHolds;

    // Runs one of the journal's statements, where what it changes is to be changed: in the round, but for what is small and stays.
    private int Carry(string sql, params object?[] values)
    {
        _roundHolds = true;
        switch (sql)
        {
            case OutboxSql.AddTrip:
                return Use(RoundSql.AddTrip).Run(values);
            case OutboxSql.ChangeTrip:
                // New names, which hardly ever come to a trip of an earlier round, are in both, so that it can be found by them.
                return Use(sql).Run(values) + Use(RoundSql.ChangeTrip).Run(values);
            case OutboxSql.ChangeFlags:
                return Change(RoundSql.ChangeFlags, values);
            case OutboxSql.ChangeState:
                return Change(RoundSql.ChangeState, values);
            case OutboxSql.AddOperation:
                return Use(RoundSql.AddOperation).Run(values);
            case OutboxSql.RemoveOperation:
                return Use(RoundSql.RemoveOperation).Run(values) is > 0 and var gone ? gone : Use(sql).Run(values);
            case OutboxSql.StartTimer:
                // One of an earlier round is replaced.
                Use(OutboxSql.StopTimer).Run(values[..3]);
                return Use(RoundSql.StartTimer).Run(values);
            case OutboxSql.StopTimer:
                return Use(RoundSql.StopTimer).Run(values) is > 0 and var stopped ? stopped : Use(sql).Run(values);
            case OutboxSql.SetIdentity:
                return Use(RoundSql.SetIdentity).Run(values);
            case OutboxSql.AddHistory:
                return Use(RoundSql.AddHistory).Run(values);
            case OutboxSql.SetSetting or OutboxSql.SetLastKey:
                return Use(sql).Run(values);
            default:
                // Upkeep goes through all that there is.
                PutAway();
                return Use(sql).Run(values);
        }
    }

    private int Change(string sql, object?[] values)
    {
        if (Use(sql).Run(values) is > 0 and var changed)
            return changed;
        return Use(RoundSql.TakeTrip).Run(values[0]) > 0 ? Use(sql).Run(values) : 0;
    }

    // For what is read of the database's own tables, seldom, where all of it has to be there.
    private Statement UseAll(string sql)
    {
        try
        {
            PutAway();
            return Use(sql);
        }
        catch (SqliteException e)
        {
            throw Failed(e);
        }
    }

    private void PutAway()
    {
        if (!_roundHolds)
            return;
        foreach (var sql in RoundSql.PutAway)
            Use(sql).Run();
        _roundHolds = false;
    }
}
