using Microsoft.Data.Sqlite;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Outbox.Journal;

/// <summary>Brings a journal into its database before anything else is done with it: before its schema is brought forward.</summary>
internal static class JournalReplay
{
    /// <exception cref="OutboxUnusableException">The journal does not fit.</exception>
    /// <exception cref="SqliteException">It cannot be brought in.</exception>
    public static void BringIn(OutboxFiles files, SqliteConnection connection)
    {
        // Before that version there was no journal.
        if (Schema.VersionOf(connection) < Migrations.Migration0005.Step.Version)
            return;
        using var journal = JournalFile.Open(files, Schema.Number(connection, OutboxSql.JournalOutbox));
        var contents = journal.Read(Schema.Number(connection, OutboxSql.JournalFolded));
        if (contents.Count == 0)
            return;
        Schema.Execute(connection, OutboxSql.Begin);
        foreach (var (sql, values) in contents.SelectMany(content => StatementLog.Read(content)))
        {
            using var statement = new Statement(connection, sql);
            statement.Run(values);
        }

        using (var folded = new Statement(connection, OutboxSql.SetJournalFolded))
            folded.Run(journal.Sequence);
        Schema.Execute(connection, OutboxSql.Commit);
    }
}
