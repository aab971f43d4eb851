using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TaximeterAgent.Relay.Configuration;

namespace TaximeterAgent.Relay.Store;

/// <summary>The relay's one database. Its schema is brought up to date at the start, by whichever copy comes first.</summary>
internal sealed partial class Database(RelayOptions options, ILogger<Database> log) : BackgroundService
{
    // Any number, the same for all copies: only one of them at a time changes the schema.
    private const long SchemaLock = 0x7461_7869;

    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(options.Database.ConnectionString);

    /// <summary>True once the schema is there and as long as the last look found it.</summary>
    public bool Ready { get; private set; }

    /// <summary>A statement; for nobody before the schema is known to be ours.</summary>
    /// <exception cref="NpgsqlException">It is not known yet, or it is a newer relay's.</exception>
    public NpgsqlCommand Command(string sql) => Ready ? _source.CreateCommand(sql) : throw new NpgsqlException("its schema is not known yet, or is a newer relay's");

    /// <summary>Looks whether the database answers.</summary>
    public async Task<bool> AnswersAsync(CancellationToken stop)
    {
        if (!Ready)
            return false;
        try
        {
            await using var command = Command("SELECT 1");
            command.CommandTimeout = 2;
            await command.ExecuteScalarAsync(stop);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Brings the schema up to date.</summary>
    /// <exception cref="NpgsqlException">The database is away, or refuses.</exception>
    /// <exception cref="InvalidDataException">A newer relay made it.</exception>
    public async Task UpgradeAsync(CancellationToken stop)
    {
        await using var connection = await _source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({SchemaLock})", stop);
        await ExecuteAsync(connection, "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY)", stop);
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        var version = (int)(await command.ExecuteScalarAsync(stop))!;
        if (version > Schema.Steps.Count)
            throw new InvalidDataException($"the database was made by a newer relay (schema {version}, this one knows up to {Schema.Steps.Count}); install that version again");
        for (var step = version; step < Schema.Steps.Count; step++)
        {
            await ExecuteAsync(connection, Schema.Steps[step], stop);
            await ExecuteAsync(connection, $"INSERT INTO schema_version VALUES ({step + 1})", stop);
        }

        await transaction.CommitAsync(stop);
        Ready = true;
    }

    public override void Dispose()
    {
        _source.Dispose();
        base.Dispose();
    }

    // The relay starts without its database: webhooks go through, the rest says that it has to wait.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await UpgradeAsync(stoppingToken);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException or InvalidDataException)
            {
                if (!told)
                    Away(e.Message);
                told = true;
                await Task.Delay(options.Broker.Reconnect, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The database cannot be used, tried again until it can: {Reason}")]
    private partial void Away(string reason);
}
