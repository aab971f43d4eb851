using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>One outbox in a directory, kept by what is asked for: never a new one beside the old.</summary>
public sealed class OutboxStoresTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Outbox => _directory.At("outbox");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_store_that_is_not_built_in_is_named_with_what_to_build_and_nothing_is_made()
    {
        var refused = Assert.Throws<OutboxUnusableException>(() => OutboxStores.Open(OutboxStore.LiteDb, Outbox, new StandingClock()));
        Assert.Contains("build with -p:WithLiteDb=true", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["outbox.lock"], Directory.GetFiles(Outbox).Select(Path.GetFileName));
        Assert.False(OutboxStores.IsBuiltIn(OutboxStore.LiteDb));
        Assert.True(OutboxStores.IsBuiltIn(OutboxStore.Sqlite));
        // The lock was given back.
        OutboxStores.Open(OutboxStore.Sqlite, Outbox, new StandingClock()).Dispose();
    }

    [Fact]
    public void Where_another_store_has_the_trips_no_new_outbox_is_begun()
    {
        Directory.CreateDirectory(Outbox);
        File.WriteAllText(Path.Combine(Outbox, "outbox.litedb"), "trips");
        var refused = Assert.Throws<OutboxUnusableException>(() => OutboxStores.Open(OutboxStore.Sqlite, Outbox, new StandingClock()));
        Assert.Contains("Set Outbox:Store to \"litedb\"", refused.Message, StringComparison.Ordinal);
        Assert.Contains("outbox migrate --from litedb --to sqlite", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Outbox, "outbox.db")));
    }

    [Fact]
    public void Beside_the_other_stores_database_none_is_opened()
    {
        SqliteOutbox.Open(Outbox, new StandingClock()).Dispose();
        File.WriteAllText(Path.Combine(Outbox, "outbox.litedb"), "trips");
        var refused = Assert.Throws<OutboxUnusableException>(() => OutboxStores.Open(OutboxStore.Sqlite, Outbox, new StandingClock()));
        Assert.Contains("that was not finished", refused.Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(Outbox, "outbox.litedb"));
        OutboxStores.Open(OutboxStore.Sqlite, Outbox, new StandingClock()).Dispose();
    }
}
