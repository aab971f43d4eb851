using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>What every outbox that the agent can run on promises besides: what people are shown, what is removed, and what never is.</summary>
public abstract partial class OutboxStoreContractTests : OutboxContractTests
{
    private protected StandingClock Clock { get; } = new();

    protected abstract IOutboxStore Store { get; }

    protected sealed override IOutbox Outbox => Store;

    private static DateTimeOffset Later => Examples.Noon.AddDays(30);

    /// <summary>The names of the files that hold the digits of the customer's number as they are on the disk now.</summary>
    protected abstract IReadOnlyList<string> FilesWithDigits();

    [Fact]
    public void Trips_are_listed_newest_first_by_what_they_are()
    {
        Store.Commit(Examples.FareBatch(1));
        Clock.Now = Clock.Now.AddHours(1);
        var batch = new OutboxBatch();
        batch.Trips[2] = Examples.Closed(2);
        batch.Trips[3] = Examples.Open(3) with { Stopped = "cannot be" };
        Store.Commit(batch);
        Assert.True(Store.Publish());

        using var reader = Store.OpenReader();

        Assert.Equal([3L, 2L, 1L], reader.List().Select(trip => trip.Key));
        Assert.Equal([1L], reader.List(TripFilter.Open).Select(trip => trip.Key));
        Assert.Equal([3L, 1L], reader.List(TripFilter.Unpaid).Select(trip => trip.Key));
        Assert.Equal([3L], reader.List(TripFilter.Failed).Select(trip => trip.Key));
        Assert.Equal([3L, 2L], reader.List(since: Examples.Noon.AddMinutes(1)).Select(trip => trip.Key));
        Assert.Equal([3L], reader.List(limit: 1).Select(trip => trip.Key));
        Assert.Equal((1, 2, 1, 1), (reader.Counts().Open, reader.Counts().Unpaid, reader.Counts().Failed, reader.Counts().Operations));
    }

    [Fact]
    public void A_summary_says_what_matters_and_masks_the_number()
    {
        Store.Commit(Examples.FareBatch(1));
        Clock.Now = Clock.Now.AddHours(1);
        var batch = new OutboxBatch();
        batch.Trips[1] = Examples.Closed();
        Store.Commit(batch);

        var trip = Assert.Single(Store.Reader.List());

        Assert.Equal(Examples.Trip(), trip.Trip);
        Assert.Equal(Examples.Nok(34_500), trip.Total);
        Assert.Equal((34_500, 0), (trip.Kept, trip.Refunded));
        Assert.Equal((Examples.Noon, Examples.Noon.AddHours(1), Examples.Noon.AddHours(1)), (trip.LearntAt, trip.ChangedAt, trip.ClosedAt));
        Assert.Equal("+47 •••• ••67", trip.MaskedPhone);
        Assert.DoesNotContain(Examples.Digits, trip.ToString(), StringComparison.Ordinal);
        Assert.Equal([Examples.Reference()], trip.References);
    }

    [Fact]
    public void A_trip_is_found_by_its_number_its_whole_name_or_its_booking()
    {
        var again = new TripId("meter-8", "1", "2026-11-03T11:31:00+01:00");
        var batch = new OutboxBatch();
        batch.Trips[1] = Examples.Open(1);
        batch.Trips[2] = new TripState { Trip = again, Settled = SettledBy.Void };
        batch.Trips[3] = Examples.Open(3);
        batch.Trips[4] = new TripState { Booking = new Booking("app/77", Examples.Phone, Currency.NOK, null) };
        Store.Commit(batch);

        Assert.Equal([3L], Keys("3"));
        Assert.Equal([1L, 2L], Keys("1").Order());
        Assert.Equal([2L], Keys("meter-8/1/2026-11-03T11:31:00+01:00"));
        Assert.Equal([4L], Keys("app/77"));
        Assert.Empty(Keys("99"));
        Assert.Empty(Keys("meter-8/2/2026-11-03T11:31:00+01:00"));

        IEnumerable<long> Keys(string text) => Store.Reader.FindByNumber(text).Select(trip => trip.Key);
    }

    [Fact]
    public void History_is_told_in_order_with_everything_that_was_written()
    {
        var batch = new OutboxBatch();
        batch.History.AddRange([Examples.Line(1, "first"), Examples.Line(2, "other"), Examples.Line(null, "the car"), Examples.Line(1, "second")]);
        batch.History.Add(new HistoryLine(1, Examples.Noon, "driver", "number", "third"));
        Store.Commit(batch);
        Assert.Equal(
            [Examples.Line(1, "first"), Examples.Line(1, "second"), new HistoryLine(1, Examples.Noon, "driver", "number", "third")],
            Store.Reader.HistoryOf(1));
        Assert.Equal(["second", "third"], Store.Reader.HistoryOf(1, 2).Select(line => line.Text));
        Assert.Equal(5, Store.Reader.Counts().HistoryLines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void A_limit_has_its_range(int limit) => Assert.Throws<ArgumentOutOfRangeException>(() => Store.Reader.List(limit: limit));

    [Fact]
    public void After_a_wipe_the_digits_are_in_no_file()
    {
        for (var key = 1; key <= 20; key++)
        {
            Store.Commit(Examples.FareBatch(key, key));
            Close(key);
        }

        var booked = new OutboxBatch();
        booked.Trips[21] = new TripState
        {
            Booking = new Booking("b-1", Examples.Phone, Currency.NOK, Examples.Nok(50_000)),
            Phone = Examples.Phone,
            ReservationEnd = ReservationEnd.NoShow,
        };
        Store.Commit(booked);
        Assert.NotEmpty(FilesWithDigits());

        var result = Store.WipePhones(Later);

        Assert.Equal(new WipeResult(21, More: false, Erased: true), result);
        Assert.Empty(FilesWithDigits());
        Assert.Equal(34_500, Store.Load(7)!.State.Kept);
        Assert.Equal("b-1", Store.Load(21)!.State.Booking!.Id);
        Assert.Equal(new WipeResult(0, false, true), Store.WipePhones(Later));
    }

    [Fact]
    public void Open_and_young_trips_keep_their_numbers()
    {
        Store.Commit(Examples.FareBatch(1));
        Store.Commit(Examples.FareBatch(2, 2));
        Close(2);
        Store.Commit(Examples.FareBatch(3, 3));
        Clock.Now = Later;
        Close(3);

        Assert.Equal(1, Store.WipePhones(Later).Trips);

        Assert.Equal(Examples.Phone, Store.Load(1)!.State.Phone);
        Assert.Null(Store.Load(2)!.State.Phone);
        Assert.Equal(Examples.Phone, Store.Load(3)!.State.Phone);
    }

    [Fact]
    public void A_number_that_comes_back_is_wiped_again()
    {
        Store.Commit(Examples.FareBatch(1));
        Close(1);
        Store.WipePhones(Later);
        Close(1);
        Assert.NotNull(Store.Load(1)!.State.Phone);
        Assert.Equal(1, Store.WipePhones(Later).Trips);
        Assert.Null(Store.Load(1)!.State.Phone);
    }

    [Fact]
    public void A_wipe_does_a_bounded_piece_at_a_time()
    {
        for (var key = 1; key <= 5; key++)
        {
            Store.Commit(Examples.FareBatch(key, key));
            Close(key);
        }

        Assert.Equal((3, true), (Store.WipePhones(Later, 3).Trips, Store.WipePhones(Examples.Noon.AddDays(-1), 3) is { More: false }));
        Assert.Equal(2, Store.WipePhones(Later, 3).Trips);
    }

    [Fact]
    public void Pruning_keeps_identities_and_open_trips()
    {
        Store.Commit(Examples.FareBatch(1));
        Store.Commit(Examples.FareBatch(2, 2));
        Close(2);

        while (Store.Prune(Later, 1_000_000) > 0)
        {
        }

        Assert.NotNull(Store.Load(1));
        Assert.Single(Store.Reader.HistoryOf(1));
        Assert.Null(Store.Load(2));
        Assert.Empty(Store.Reader.HistoryOf(2));
        Assert.NotNull(Store.Find(Identity.OfTrip(Examples.Trip(2))));
        Assert.True(Store.NextKey() > 2);
    }

    [Fact]
    public void A_pruned_trips_key_is_not_given_again()
    {
        Store.Commit(Examples.FareBatch(5));
        Close(5);
        while (Store.Prune(Later, 0) > 0)
        {
        }

        Store.Flush();
        Crash();
        Assert.Equal(6, Store.NextKey());
    }

    [Fact]
    public void History_is_held_to_its_largest_size()
    {
        var batch = new OutboxBatch();
        for (var i = 1; i <= 100; i++)
            batch.History.Add(Examples.Line(9, $"line {i}"));
        Store.Commit(batch);
        Assert.Equal(30, Store.Prune(Examples.Noon.AddDays(-1), 40, 30));
        Assert.Equal(30, Store.Prune(Examples.Noon.AddDays(-1), 40, 30));
        Assert.Equal(0, Store.Prune(Examples.Noon.AddDays(-1), 40, 30));
        var lines = Store.Reader.HistoryOf(9);
        Assert.Equal(40, lines.Count);
        Assert.Equal("line 61", lines[0].Text);
        Assert.Equal("line 100", lines[^1].Text);
    }

    [Fact]
    public void A_line_written_while_the_clock_stood_wrong_goes_with_its_neighbours()
    {
        var batch = new OutboxBatch();
        batch.History.Add(Examples.Line(9, "old", Examples.Noon.AddDays(-400)));
        batch.History.Add(Examples.Line(9, "young"));
        batch.History.Add(Examples.Line(9, "1970", DateTimeOffset.UnixEpoch));
        Store.Commit(batch);
        Assert.Equal(1, Store.Prune(Examples.Noon.AddDays(-200), 1_000));
        Assert.Equal(["young", "1970"], Store.Reader.HistoryOf(9).Select(line => line.Text));
    }

    private void Close(int key)
    {
        var batch = new OutboxBatch();
        batch.Trips[key] = Examples.Closed(key);
        batch.RemovedOperations.Add(Examples.Create(key, key).Operation.Id);
        Store.Commit(batch);
    }
}
