using Npgsql;

namespace TaximeterAgent.Relay.Store;

/// <summary>Positional parameters, each with its type: <c>$1</c>, <c>$2</c>, …</summary>
internal static class Parameters
{
    /// <summary>Adds the next one.</summary>
    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(value is null ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = TypeOf<T>() } : new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    private static NpgsqlTypes.NpgsqlDbType TypeOf<T>() => typeof(T) switch
    {
        var type when type == typeof(string) => NpgsqlTypes.NpgsqlDbType.Text,
        var type when type == typeof(long?) => NpgsqlTypes.NpgsqlDbType.Bigint,
        var type when type == typeof(DateTimeOffset?) => NpgsqlTypes.NpgsqlDbType.TimestampTz,
        var type => throw new NotSupportedException($"no null of {type}"),
    };
}
