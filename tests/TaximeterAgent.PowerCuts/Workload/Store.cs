using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;
using TaximeterAgent.Outbox.Migrations;

namespace TaximeterAgent.PowerCuts.Workload;

/// <summary>The real outbox.</summary>
internal static class Store
{
    public const int RowsOfTheNewSchema = 40;

    /// <summary>In bytes: enough for what a day stores while its disk is full.</summary>
    private const long Reserve = 256 << 10;

    /// <summary>The schema of an agent to come: a table of its own with rows that come with it.</summary>
    private static readonly IReadOnlyList<Migration> s_newSchema =
    [
        .. Schema.Migrations,
        new Migration(Schema.Migrations[^1].Version + 1, $"""
            CREATE TABLE to_come (number INTEGER PRIMARY KEY, filling BLOB NOT NULL);
            WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {RowsOfTheNewSchema})
            INSERT INTO to_come SELECT n, zeroblob(500) FROM numbers;
            """),
    ];

    public static string Directory(string root) => Path.Combine(root, "outbox");

    /// <param name="root">What has the outbox's directory in it.</param>
    /// <param name="time">The outbox's.</param>
    /// <param name="newSchema">By an agent that knows a schema more. LiteDB's has only the first as yet: there this makes no difference.</param>
    /// <param name="store">What keeps the outbox.</param>
    /// <param name="wrap">See <see cref="Sabotages.Wrap"/>; one of them is the store itself.</param>
    public static IOutboxStore Open(string root, TimeProvider time, bool newSchema, OutboxStore store = OutboxStore.Sqlite, string wrap = "") =>
        store != OutboxStore.Sqlite ? Sabotages.OtherStore(wrap, Directory(root), time) ?? OutboxStores.Open(store, Directory(root), time)
        : newSchema ? SqliteOutbox.Open(Directory(root), time, s_newSchema, Reserve) : SqliteOutbox.Open(Directory(root), time, Reserve);
}
