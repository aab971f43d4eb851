using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Outbox;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Sync;

/// <summary>What a meter says again of trips that are long not kept any more: the same answer as ever, and nothing comes of it.</summary>
public sealed class LongAgoTests : IDisposable
{
    private const string Start = "2026-11-20T09:30:00Z";

    private static readonly TripId s_trip = new(DeskBench.Meter, "1", Start);

    private readonly TemporaryDirectory _directory = new();
    private readonly StandingClock _clock = new();
    private SqliteOutbox _outbox;
    private DeskBench _bench;

    public LongAgoTests()
    {
        _outbox = Open();
        _bench = new DeskBench(_outbox, _clock);
    }

    public void Dispose()
    {
        _bench.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_fare_is_a_repeat_and_another_amount_a_conflict_as_before()
    {
        _bench.Fare("1", Start);
        PayOtherwise(s_trip);
        var before = (Repeated(34_500), Repeated(99_900));
        YearsPass();
        Assert.Equal(before, (Repeated(34_500), Repeated(99_900)));
        Assert.Equal((OrderResult.Repeat, OrderResult.Conflict), before);
        _bench.Fare("1", Start);
        _bench.Fare("1", Start, total: 99_900);
        NothingCame();
        // Nor does the display turn to it.
        Assert.Null(_bench.Engine.Meter.NewestTrip);
    }

    [Fact]
    public void A_fare_that_was_void_before_it_came_is_never_asked_for()
    {
        _bench.Void("1", Start);
        YearsPass();
        Assert.Equal(OrderResult.Repeat, Repeated(34_500));
        _bench.Fare("1", Start, phone: DeskBench.Phone);
        NothingCame();
        _bench.Void("1", Start);
        NothingCame();
    }

    [Fact]
    public void A_void_of_a_trip_that_is_not_kept_any_more_is_taken_and_changes_nothing()
    {
        _bench.Fare("1", Start);
        PayOtherwise(s_trip);
        YearsPass();
        _bench.Void("1", Start);
        NothingCame();
        Assert.Equal(OrderResult.Repeat, Repeated(34_500));
    }

    [Fact]
    public void A_booking_is_a_repeat_and_none_is_reserved_for_again()
    {
        var booking = new Booking("B-1", DeskBench.Phone, Currency.NOK, new Money(50_000, Currency.NOK));
        var cancelled = new OutboxBatch { Sync = true };
        var key = _outbox.NextKey();
        cancelled.Trips[key] = new TripState { Booking = booking, Phone = booking.KnownPhone, ReservationEnd = ReservationEnd.BookingCancelled };
        cancelled.Identities.Add((Identity.OfBooking("B-1"), new KnownIdentity(key, Identity.ContentOf(booking))));
        _outbox.Commit(cancelled);
        Assert.Equal((OrderResult.Conflict, OrderResult.Repeat), (Booked(70_000), Booked(50_000)));
        YearsPass();
        _bench.Book("B-1");
        NothingCame();
        // Another maximum is another content.
        Assert.Equal(OrderResult.Conflict, Booked(70_000));
        Assert.Equal(OrderResult.Repeat, Booked(50_000));
    }

    [Fact]
    public void A_booking_that_its_fare_named_years_before_is_not_reserved_for()
    {
        _bench.Fare("1", Start, booking: "B-1");
        PayOtherwise(s_trip);
        YearsPass();
        _bench.Book("B-1");
        NothingCame();
    }

    [Fact]
    public void A_fare_of_whose_trip_only_the_name_is_left_is_not_lost_and_not_asked_for_by_itself()
    {
        // As when a payment of an earlier store was found, let go, and its trip pruned, before the fare came.
        var batch = new OutboxBatch { Sync = true };
        batch.Identities.Add((Identity.OfTrip(s_trip), new KnownIdentity(_outbox.NextKey(), 0)));
        _outbox.Commit(batch);
        _bench.Fare("1", Start, phone: DeskBench.Phone);
        var state = _bench.State("1", Start);
        Assert.True(state.OnlyOnRequest);
        Assert.Equal(Existence.Probing, Assert.Single(state.Attempts).Existence);
        Assert.Equal(OrderResult.Repeat, Repeated(34_500));
    }

    // All trips are settled, and old; and the agent is started anew.
    private void YearsPass()
    {
        _clock.Now = _clock.Now.AddYears(9);
        while (_outbox.Prune(_clock.Now.AddDays(-400), 500_000, now: _clock.Now) > 0)
        {
        }

        Assert.Empty(_outbox.Reader.List());
        _bench.Dispose();
        _outbox = Open();
        _bench = new DeskBench(_outbox, _clock);
        _bench.Engine.Do(_bench.Engine.Meter.MovedOn);
    }

    private void NothingCame()
    {
        Assert.Empty(_outbox.Reader.List());
        Assert.Empty(_bench.Engine.Book.Trips);
        Assert.Empty(_bench.References);
    }

    private OrderResult Repeated(long total) => Repetition.Judge(
        _bench.Engine.Book.Find(Identity.OfTrip(s_trip)),
        Identity.ContentOf(new Fare(s_trip, new Money(total, Currency.NOK), new Money(total, Currency.NOK), Money.Zero(Currency.NOK), Money.Zero(Currency.NOK), 1_200, 1_200) { Finish = Start }));

    private OrderResult Booked(long maximum) => Repetition.Judge(
        _bench.Engine.Book.Find(Identity.OfBooking("B-1")), Identity.ContentOf(new Booking("B-1", DeskBench.Phone, Currency.NOK, new Money(maximum, Currency.NOK))));

    private void PayOtherwise(TripId trip)
    {
        var key = _bench.Engine.Book.Find(Identity.OfTrip(trip))!.Key;
        _bench.Engine.Do(() => _bench.Engine.Book.Take(key, (at, id) => new Input.OtherWayChosen { At = at, Id = id }));
        while (_bench.Engine.Book.Find(key) is { WordDue: { } word })
            _bench.Engine.Do(() => _bench.Engine.Book.Take(key, (at, id) => new Input.WordAnswered(word.Number) { At = at, Id = id }));
    }

    private SqliteOutbox Open() => SqliteOutbox.Open(_directory.At("outbox"), _clock);
}
