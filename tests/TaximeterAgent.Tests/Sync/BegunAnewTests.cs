using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Sync;

/// <summary>A store that was begun when an earlier one was set aside looks for what that one has made before it makes anything.</summary>
public sealed class BegunAnewTests
{
    // Before the meter was first heard by the bench's store, and after it.
    private const string Earlier = "2026-11-20T07:30:00Z";
    private const string Later = "2026-11-20T09:30:00Z";

    [Fact]
    public void A_fare_that_began_before_the_store_did_is_looked_for_and_a_later_one_is_not()
    {
        using var bench = new DeskBench(Begun());
        bench.Fare("1001", Earlier);
        bench.Fare("1002", Later);
        Assert.Equal(Existence.Probing, Assert.Single(bench.State("1001", Earlier).Attempts).Existence);
        Assert.Empty(bench.State("1002", Later).Attempts);
    }

    [Fact]
    public void A_booking_is_looked_for_before_it_is_reserved_for()
    {
        using var bench = new DeskBench(Begun());
        bench.Book("B-1");
        var attempt = Assert.Single(bench.Engine.Book.Trips.Single().Value.Attempts);
        Assert.Equal((AttemptKind.Reservation, Existence.Probing), (attempt.Kind, attempt.Existence));
        Assert.Null(attempt.CreateId);
    }

    [Fact]
    public void A_store_that_followed_no_other_reserves_at_once()
    {
        using var bench = new DeskBench();
        bench.Book("B-1");
        Assert.Equal(Existence.Unsent, Assert.Single(bench.Engine.Book.Trips.Single().Value.Attempts).Existence);
    }

    private static MemoryOutbox Begun()
    {
        var outbox = new MemoryOutbox();
        var batch = new OutboxBatch { Sync = true };
        batch.Settings[IOutbox.BegunAnew] = "2026-11-20T08:00:00Z";
        outbox.Commit(batch);
        return outbox;
    }
}
