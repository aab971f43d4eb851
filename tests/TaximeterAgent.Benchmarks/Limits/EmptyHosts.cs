using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace TaximeterAgent.Benchmarks.Limits;

/// <summary>The least that any .NET service with a database is: a generic host with nothing in it; and one that has also a web server on a Unix socket and has called somebody.</summary>
internal static class EmptyHosts
{
    public const string WithStore = "empty-host";
    public const string WithWeb = "empty-web-host";

    /// <summary>Opens a database and writes a line of log.</summary>
    /// <param name="arguments">The database.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole();
        using var host = builder.Build();
        await host.StartAsync(stop);
        using var store = Open(arguments[0]);
        Say(host);
        await host.WaitForShutdownAsync(stop);
    }

    /// <summary>Listens on a Unix socket, makes one HTTPS call and one commit, and writes a line of log.</summary>
    /// <param name="arguments">The database, the socket, the address to call.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunWithWebAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(arguments[1]));
        await using var host = builder.Build();
        host.Run(context => context.Response.WriteAsync("empty"));
        await host.StartAsync(stop);
        using var store = Open(arguments[0]);
        Execute(store, "PRAGMA journal_mode=WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
        using var http = new HttpClient();
        using (var answer = await http.GetAsync(arguments[2], stop))
            await answer.Content.ReadAsByteArrayAsync(stop);
        Say(host);
        await host.WaitForShutdownAsync(stop);
    }

    private static void Say(IHost host) => host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("limit").LogInformation("ready");

    private static SqliteConnection Open(string file)
    {
        // The system's library, as the agent has it.
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA user_version");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
