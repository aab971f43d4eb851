using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What every outbox promises, whatever it is made of.</summary>
public abstract class OutboxContractTests
{
    protected abstract IOutbox Outbox { get; }

    /// <summary>Closes it in good order and opens it again.</summary>
    protected abstract void Reopen();

    /// <summary>Cuts the power.</summary>
    protected abstract void Crash();

    [Fact]
    public void A_new_outbox_knows_nothing()
    {
        Assert.Empty(Outbox.LoadOpen());
        Assert.Null(Outbox.Load(1));
        Assert.Null(Outbox.Find(Identity.OfTrip(Examples.Trip())));
        Assert.Null(Outbox.Setting("heard"));
    }

    [Fact]
    public void A_trip_is_read_back_with_all_that_belongs_to_it()
    {
        var key = Outbox.NextKey();
        Outbox.Commit(Examples.FareBatch(key));
        Reopen();

        var stored = Outbox.Load(key);

        Assert.NotNull(stored);
        Same(Examples.Open(), stored.State);
        var operation = Assert.Single(stored.Operations);
        Assert.Equal(Examples.Create(key).Operation, operation.Operation);
        Assert.Equal(Examples.Create(key).Body.ToArray(), operation.Body.ToArray());
        Assert.Equal(Examples.Noon, operation.StoredAt);
        Assert.Equal(new StoredTimer(key, TimerKind.OfflineTooLong, null, Examples.Noon, TimeSpan.FromMinutes(15)), Assert.Single(stored.Timers));
    }

    [Fact]
    public void A_synced_commit_survives_a_power_cut()
    {
        var key = Outbox.NextKey();
        Outbox.Commit(Examples.FareBatch(key));
        Crash();
        Assert.Equal(key, Assert.Single(Outbox.LoadOpen()).Key);
    }

    [Fact]
    public void A_synced_commit_takes_the_unsynced_ones_before_it_along()
    {
        var first = Outbox.NextKey();
        Outbox.Commit(Examples.FareBatch(first, 1, sync: false));
        var second = Outbox.NextKey();
        Outbox.Commit(Examples.FareBatch(second, 2));
        Crash();
        Assert.Equal([first, second], Outbox.LoadOpen().Select(trip => trip.Key));
    }

    [Fact]
    public void A_batch_that_contradicts_the_store_leaves_nothing_behind()
    {
        var key = Outbox.NextKey();
        var batch = Examples.FareBatch(key);
        batch.AddedOperations.Add(Examples.Create(key + 99, 2));
        batch.Settings["heard"] = "now";

        Assert.Throws<InvalidOperationException>(() => Outbox.Commit(batch));

        Assert.Null(Outbox.Load(key));
        Assert.Null(Outbox.Find(Identity.OfTrip(Examples.Trip())));
        Assert.Null(Outbox.Setting("heard"));
        Outbox.Commit(Examples.FareBatch(key));
        Assert.Single(Outbox.LoadOpen());
    }

    [Fact]
    public void An_operation_cannot_be_stored_twice()
    {
        var key = Outbox.NextKey();
        Outbox.Commit(Examples.FareBatch(key));
        var again = new OutboxBatch();
        again.AddedOperations.Add(Examples.Create(key));
        Assert.Throws<InvalidOperationException>(() => Outbox.Commit(again));
    }

    [Fact]
    public void A_repeat_is_known_by_its_identity()
    {
        var key = Outbox.NextKey();
        Outbox.Commit(Examples.FareBatch(key));
        Reopen();
        Assert.Equal(new KnownIdentity(key, Identity.ContentOf(Examples.Fare())), Outbox.Find(Identity.OfTrip(Examples.Trip())));
        Assert.Null(Outbox.Find(Identity.OfTrip(Examples.Trip(2))));
        Assert.Null(Outbox.Find(Identity.OfBooking("1")));
    }

    [Fact]
    public void An_identity_is_found_by_the_part_of_it_that_a_reference_carries()
    {
        const uint check = 0xFFFFFFFF;
        var batch = new OutboxBatch();
        batch.Identities.Add((new Identity((ulong)check << 32, 0), new KnownIdentity(1, 11)));
        batch.Identities.Add((new Identity(ulong.MaxValue, ulong.MaxValue), new KnownIdentity(2, 12)));
        batch.Identities.Add((new Identity(((ulong)check << 32) - 1, ulong.MaxValue), new KnownIdentity(3, 13)));
        Outbox.Commit(batch);
        Reopen();
        Assert.Equal([1, 2], Outbox.FindByCheck(check).Select(known => known.Key).Order());
        Assert.Equal([new KnownIdentity(3, 13)], Outbox.FindByCheck(check - 1));
        Assert.Empty(Outbox.FindByCheck(0));
    }

    [Fact]
    public void An_identity_learns_its_content_later()
    {
        var key = Outbox.NextKey();
        var booking = Identity.OfBooking("b-1");
        var voided = new OutboxBatch();
        voided.Trips[key] = new TripState { Settled = SettledBy.Void };
        voided.Identities.Add((booking, new KnownIdentity(key, 0)));
        Outbox.Commit(voided);
        var booked = new OutboxBatch();
        booked.Identities.Add((booking, new KnownIdentity(key, long.MinValue)));
        Outbox.Commit(booked);
        Assert.Equal(new KnownIdentity(key, long.MinValue), Outbox.Find(booking));
    }

    [Fact]
    public void Identities_at_the_ends_of_their_range_are_kept_apart()
    {
        var batch = new OutboxBatch();
        batch.Identities.Add((new Identity(0, 0), new KnownIdentity(1, 1)));
        batch.Identities.Add((new Identity(ulong.MaxValue, ulong.MaxValue), new KnownIdentity(2, long.MaxValue)));
        batch.Identities.Add((new Identity(1, 0), new KnownIdentity(3, -1)));
        Outbox.Commit(batch);
        Assert.Equal(1, Outbox.Find(new Identity(0, 0))!.Key);
        Assert.Equal(2, Outbox.Find(new Identity(ulong.MaxValue, ulong.MaxValue))!.Key);
        Assert.Equal(3, Outbox.Find(new Identity(1, 0))!.Key);
        Assert.Null(Outbox.Find(new Identity(0, 1)));
    }

    [Fact]
    public void A_key_is_never_given_twice()
    {
        var first = Outbox.NextKey();
        var second = Outbox.NextKey();
        Assert.NotEqual(first, second);
        Outbox.Commit(Examples.FareBatch(second));
        Reopen();
        Assert.True(Outbox.NextKey() > second);
        Crash();
        Assert.True(Outbox.NextKey() > second);
    }

    [Fact]
    public void Only_open_trips_are_loaded_at_a_start_oldest_first()
    {
        var batch = new OutboxBatch { Sync = true };
        batch.Trips[3] = Examples.Open(3);
        batch.Trips[1] = Examples.Open(1);
        batch.Trips[2] = Examples.Closed(2);
        Outbox.Commit(batch);
        Reopen();
        Assert.Equal([1L, 3L], Outbox.LoadOpen().Select(trip => trip.Key));
        var closing = new OutboxBatch();
        closing.Trips[1] = Examples.Closed(1);
        Outbox.Commit(closing);
        Assert.Equal([3L], Outbox.LoadOpen().Select(trip => trip.Key));
        Same(Examples.Closed(1), Outbox.Load(1)!.State);
    }

    [Fact]
    public void What_only_lasts_until_a_restart_does_not_keep_a_trip_open()
    {
        var closed = Examples.Closed();
        var batch = new OutboxBatch();
        batch.Trips[1] = closed with { Attempts = [closed.Attempts[0] with { ReadFirst = true, Pending = new Pending("x", OperationKind.Query) }] };
        Assert.True(batch.Trips[1].Busy);
        Outbox.Commit(batch);
        Assert.Empty(Outbox.LoadOpen());
    }

    [Fact]
    public void A_timer_is_replaced_by_one_of_its_kind_and_payment()
    {
        Outbox.Commit(Examples.FareBatch(1));
        var batch = new OutboxBatch();
        var later = new StoredTimer(1, TimerKind.OfflineTooLong, null, Examples.Noon.AddMinutes(1), TimeSpan.FromMinutes(3));
        var other = new StoredTimer(1, TimerKind.Certain, Examples.Reference(), Examples.Noon, TimeSpan.FromMinutes(11));
        var another = other with { Reference = Examples.Reference(1, 2) };
        batch.StartedTimers.AddRange([later, another, other]);
        Outbox.Commit(batch);
        Reopen();
        Assert.Equal([other, another, later], Outbox.Load(1)!.Timers);
    }

    [Fact]
    public void A_timer_that_is_stopped_and_started_in_one_batch_runs()
    {
        Outbox.Commit(Examples.FareBatch(1));
        var batch = new OutboxBatch();
        batch.StoppedTimers.Add((1, TimerKind.OfflineTooLong, null));
        batch.StartedTimers.Add(new StoredTimer(1, TimerKind.OfflineTooLong, null, Examples.Noon, TimeSpan.FromMinutes(2)));
        Outbox.Commit(batch);
        Assert.Equal(TimeSpan.FromMinutes(2), Assert.Single(Outbox.Load(1)!.Timers).After);
    }

    [Fact]
    public void A_stopped_timer_and_a_removed_operation_are_gone()
    {
        Outbox.Commit(Examples.FareBatch(1));
        Outbox.Commit(Examples.FareBatch(2, 2));
        var batch = new OutboxBatch();
        batch.RemovedOperations.AddRange([Examples.Create(1).Operation.Id, "never-stored"]);
        batch.StoppedTimers.Add((1, TimerKind.OfflineTooLong, null));
        batch.StoppedTimers.Add((1, TimerKind.NoShow, null));
        Outbox.Commit(batch);
        Reopen();
        Assert.Empty(Outbox.Load(1)!.Operations);
        Assert.Empty(Outbox.Load(1)!.Timers);
        Assert.Single(Outbox.Load(2)!.Operations);
        Assert.Single(Outbox.Load(2)!.Timers);
    }

    [Fact]
    public void An_operation_that_is_added_and_removed_in_one_batch_is_gone()
    {
        var batch = Examples.FareBatch(1);
        batch.RemovedOperations.Add(batch.AddedOperations[0].Operation.Id);
        Outbox.Commit(batch);
        Assert.Empty(Outbox.Load(1)!.Operations);
    }

    [Fact]
    public void Operations_keep_the_order_in_which_they_were_stored()
    {
        var batch = new OutboxBatch();
        batch.Trips[1] = Examples.Open();
        batch.AddedOperations.AddRange([Examples.Create(1, id: "z"), Examples.Create(1, id: "a"), Examples.Create(1, id: "m")]);
        Outbox.Commit(batch);
        Assert.Equal(["z", "a", "m"], Outbox.Load(1)!.Operations.Select(o => o.Operation.Id));
    }

    [Fact]
    public void An_operation_without_amount_phone_and_body_is_read_back()
    {
        var query = new StoredOperation(
            1,
            new Operation { Id = "q", Kind = OperationKind.Query, Reference = Examples.Reference(), SalesUnit = Examples.SalesUnit, ReceiptOffset = 7 },
            ReadOnlyMemory<byte>.Empty,
            Examples.Noon);
        var batch = new OutboxBatch();
        batch.Trips[1] = Examples.Open();
        batch.AddedOperations.Add(query);
        Outbox.Commit(batch);
        var stored = Assert.Single(Outbox.Load(1)!.Operations);
        Assert.Equal(query.Operation, stored.Operation);
        Assert.True(stored.Body.IsEmpty);
    }

    [Fact]
    public void Settings_are_replaced_and_kept()
    {
        Set("heard", "11:00");
        Set("heard", "12:00");
        Set("empty", "");
        Reopen();
        Assert.Equal("12:00", Outbox.Setting("heard"));
        Assert.Equal("", Outbox.Setting("empty"));
        Assert.Null(Outbox.Setting("HEARD"));
    }

    [Fact]
    public void A_large_batch_is_stored_whole()
    {
        var batch = new OutboxBatch { Sync = true };
        for (var key = 1; key <= 1_000; key++)
        {
            var one = Examples.FareBatch(key, key);
            batch.Trips[key] = one.Trips[key];
            batch.Identities.AddRange(one.Identities);
            batch.AddedOperations.AddRange(one.AddedOperations);
            batch.StartedTimers.AddRange(one.StartedTimers);
            batch.History.AddRange(one.History);
        }

        Outbox.Commit(batch);
        Crash();
        var open = Outbox.LoadOpen();
        Assert.Equal(1_000, open.Count);
        Assert.All(open, trip => Assert.Single(trip.Operations));
    }

    [Fact]
    public void An_empty_batch_changes_nothing()
    {
        Outbox.Commit(new OutboxBatch());
        Outbox.Commit(new OutboxBatch { Sync = true });
        Assert.Empty(Outbox.LoadOpen());
    }

    [Fact]
    public void An_empty_batch_that_is_synced_makes_the_earlier_ones_durable()
    {
        Outbox.Commit(Examples.FareBatch(1, sync: false));
        Outbox.Commit(new OutboxBatch { Sync = true });
        Crash();
        Assert.Single(Outbox.LoadOpen());
    }

    // Records with arrays compare by reference; their stored form does not.
    private protected static void Same(TripState expected, TripState actual) =>
        Assert.Equal(expected with { Attempts = [] }, actual with { Attempts = [] }, (a, b) => a.ToString() == b.ToString() && expected.Attempts.SequenceEqual(actual.Attempts));

    private void Set(string name, string value)
    {
        var batch = new OutboxBatch();
        batch.Settings[name] = value;
        Outbox.Commit(batch);
    }
}
