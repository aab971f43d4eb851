using Microsoft.Data.Sqlite;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Diagnostics.Bundle;

/// <summary>
/// The outbox's database without what must not leave the car. VACUUM INTO writes a file of what is in use and nothing else: what was deleted or replaced in the copy is not
/// in it, as it still would be in the file's free pages.
/// </summary>
internal static class ScrubbedDatabase
{
    /// <summary>Makes it.</summary>
    /// <param name="database">A copy that nobody writes to.</param>
    /// <param name="place">A directory for its owner only, for what is made on the way.</param>
    /// <param name="scrubber">What is taken out.</param>
    /// <returns>The file.</returns>
    /// <exception cref="SqliteException">The copy cannot be read, or there is no room.</exception>
    public static string Make(string database, string place, Scrubber scrubber)
    {
        var (work, made) = (Path.Combine(place, "work.db"), Path.Combine(place, "scrubbed.db"));
        Vacuum(database, work);
        using (var connection = OutboxConnection.OpenForWriting(work, create: false))
        {
            connection.CreateFunction("scrub_text", (string? value) => value is null ? null : scrubber.Text(value), isDeterministic: true);
            connection.CreateFunction("scrub_bytes", (byte[]? value) => value is null ? null : scrubber.Bytes(value), isDeterministic: true);
            foreach (var trigger in Names(connection, "SELECT name FROM sqlite_schema WHERE type='trigger'"))
                Schema.Execute(connection, $"DROP TRIGGER {Quoted(trigger)}");
            foreach (var table in Names(connection, "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"))
            {
                foreach (var column in Names(connection, $"SELECT name FROM pragma_table_info({Literal(table)})"))
                    Scrub(connection, Quoted(table), Quoted(column));
            }
        }

        Vacuum(work, made);
        File.Delete(work);
        return made;
    }

    /// <summary>Every phone number that the database holds as such.</summary>
    public static IReadOnlyList<string> Numbers(string database)
    {
        using var connection = OutboxConnection.OpenForReading(database);
        return
        [
            .. Names(connection, "SELECT DISTINCT phone FROM operations WHERE phone IS NOT NULL"),
            .. Names(connection, "SELECT DISTINCT json_tree.value FROM trips, json_tree(trips.state) WHERE trips.phones = 1 AND json_tree.key = 'phone' AND json_tree.type = 'text'"),
        ];
    }

    private static void Scrub(SqliteConnection connection, string table, string column)
    {
        Schema.Execute(connection, $"UPDATE {table} SET {column} = scrub_text({column}) WHERE typeof({column}) = 'text' AND scrub_text({column}) IS NOT {column}");
        Schema.Execute(connection, $"UPDATE {table} SET {column} = scrub_bytes({column}) WHERE typeof({column}) = 'blob' AND scrub_bytes({column}) IS NOT {column}");
    }

    private static void Vacuum(string from, string to)
    {
        File.Delete(to);
        using var connection = OutboxConnection.OpenForReading(from);
        Schema.Execute(connection, $"VACUUM INTO {Literal(to)}");
    }

    private static List<string> Names(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
