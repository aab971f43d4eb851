using Microsoft.Data.Sqlite;
using SQLitePCL;
using TaximeterAgent.Outbox.Migrations;

namespace TaximeterAgent.Outbox;

/// <summary>The database's versions and the way from one to the next. Only forward: an older agent refuses a newer file.</summary>
internal static class Schema
{
    /// <summary>Marks a database as an outbox; "TXM" and a one.</summary>
    public const int ApplicationId = 0x54584D01;

    /// <summary>All steps, in order; the last one's version is what this agent writes.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [Migration0001.Step, Migration0002.Step, Migration0003.Step, Migration0004.Step, Migration0005.Step];

    /// <summary>The version that this agent writes.</summary>
    public static int Newest => Migrations[^1].Version;

    /// <summary>Brings a database from the version it has to the newest, each step as one transaction.</summary>
    public static void Upgrade(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        foreach (var step in migrations.Where(step => step.Version > VersionOf(connection)))
        {
            Execute(connection, "BEGIN IMMEDIATE");
            try
            {
                Execute(connection, step.Sql);
                Execute(connection, $"PRAGMA application_id={ApplicationId}");
                Execute(connection, $"PRAGMA user_version={step.Version}");
                Execute(connection, "COMMIT");
            }
            catch
            {
                if (raw.sqlite3_get_autocommit(connection.Handle) == 0)
                    Execute(connection, "ROLLBACK");
                throw;
            }
        }
    }

    public static int VersionOf(SqliteConnection connection) => (int)Number(connection, "PRAGMA user_version");

    public static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>
    /// Runs SQL that is compiled here and now. Needed for pragmas such as <c>synchronous</c>, which take effect when they are compiled: a prepared one would
    /// work the first time only.
    /// </summary>
    /// <exception cref="SqliteException">With the extended code.</exception>
    public static void Execute(SqliteConnection connection, string sql)
    {
        if (raw.sqlite3_exec(connection.Handle, sql) != raw.SQLITE_OK)
        {
            var extended = raw.sqlite3_extended_errcode(connection.Handle);
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), extended & 0xff, extended);
        }
    }
}
