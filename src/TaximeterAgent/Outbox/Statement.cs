using Microsoft.Data.Sqlite;

namespace TaximeterAgent.Outbox;

/// <summary>One statement, compiled once and run often. Parameters are <c>?1</c>, <c>?2</c>, … in the order given.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    public Statement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 1; sql.Contains($"?{i}", StringComparison.Ordinal); i++)
            _command.Parameters.Add(new SqliteParameter($"?{i}", DBNull.Value));
    }

    /// <summary>Runs it and answers how many rows it changed.</summary>
    public int Run(params object?[] values) => Bind(values).ExecuteNonQuery();

    /// <summary>Runs it; the rows must be disposed of before it is run again.</summary>
    public SqliteDataReader Query(params object?[] values) => Bind(values).ExecuteReader();

    public long Number(params object?[] values) => Bind(values).ExecuteScalar() is long number ? number : 0;

    public void Dispose() => _command.Dispose();

    private SqliteCommand Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != _command.Parameters.Count)
            throw new ArgumentException($"The statement has {_command.Parameters.Count} parameters, not {values.Length}.", nameof(values));
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return _command;
    }
}

/// <summary>Columns that may be null.</summary>
internal static class Rows
{
    public static string? Text(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long? Number(this SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static DateTimeOffset Time(this SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
