using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Tests.Outbox;

public sealed class MemoryOutboxTests : OutboxContractTests
{
    private readonly MemoryOutbox _outbox = new();

    protected override IOutbox Outbox => _outbox;

    protected override void Reopen() => _outbox.Crash(keepUnsynced: true);

    protected override void Crash() => _outbox.Crash(keepUnsynced: false);

    [Fact]
    public void What_was_not_synced_may_be_lost()
    {
        _outbox.Commit(Examples.FareBatch(1));
        _outbox.Commit(Examples.FareBatch(2, 2, sync: false));
        _outbox.Crash(keepUnsynced: false);
        Assert.Equal([1L], _outbox.LoadOpen().Select(trip => trip.Key));
        Assert.Equal(2, _outbox.NextKey());
    }

    [Fact]
    public void What_was_not_synced_may_be_there_and_is_durable_then()
    {
        _outbox.Commit(Examples.FareBatch(1, sync: false));
        _outbox.Crash(keepUnsynced: true);
        _outbox.Crash(keepUnsynced: false);
        Assert.Equal([1L], _outbox.LoadOpen().Select(trip => trip.Key));
    }

    [Fact]
    public void A_full_outbox_stores_nothing_and_can_be_used_when_there_is_room_again()
    {
        _outbox.NoRoom(true);
        Assert.Throws<OutboxFullException>(() => _outbox.Commit(Examples.FareBatch(1)));
        Assert.Null(_outbox.Load(1));
        _outbox.NoRoom(false);
        _outbox.Commit(Examples.FareBatch(1));
        Assert.NotNull(_outbox.Load(1));
    }

    [Fact]
    public void A_failed_outbox_is_not_used_until_it_is_opened_again()
    {
        _outbox.FailNext();
        Assert.Throws<OutboxFailedException>(() => _outbox.Commit(Examples.FareBatch(1)));
        Assert.Throws<OutboxFailedException>(() => _outbox.LoadOpen());
        _outbox.Crash(keepUnsynced: false);
        Assert.Empty(_outbox.LoadOpen());
    }
}
