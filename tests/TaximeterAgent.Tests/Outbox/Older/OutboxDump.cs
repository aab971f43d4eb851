using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox.Older;

/// <summary>An outbox's database as SQL: all of its schema, all of its rows.</summary>
internal static class OutboxDump
{
    public static string Of(string database)
    {
        using var connection = OutboxConnection.OpenForWriting(database, create: false);
        var text = new StringBuilder();
        foreach (var pragma in (string[])["application_id", "user_version"])
            text.Append(CultureInfo.InvariantCulture, $"PRAGMA {pragma}={Schema.Number(connection, $"PRAGMA {pragma}")};\n");
        text.Append("BEGIN;\n");
        var tables = Read(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
        foreach (var table in tables)
        {
            text.Append(table[1]).Append(";\n");
            var columns = string.Join(", ", Read(connection, $"SELECT name FROM pragma_table_info('{table[0]}') ORDER BY cid").Select(column => $"quote({column[0]})"));
            foreach (var row in Read(connection, $"SELECT {columns} FROM {table[0]} ORDER BY 1"))
                text.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table[0]} VALUES({string.Join(',', row)});\n");
        }

        foreach (var other in Read(connection, "SELECT sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL ORDER BY name"))
            text.Append(other[0]).Append(";\n");
        return text.Append("COMMIT;\n").ToString();
    }

    public static List<string[]> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
