using TaximeterAgent.Control;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Outbox;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Outbox.Older;

namespace TaximeterAgent.Tests.Sync;

/// <summary>Hints of payments that no open trip has: late ones of settled trips, and those that a board before this one has left behind.</summary>
public sealed class UnknownPaymentsTests : IDisposable
{
    private const string Start = "2026-11-20T07:30:00Z";
    private static readonly TripId s_trip = new(DeskBench.Meter, "1042", Start);

    private readonly ToldClock _clock = new(TimeSpan.Zero);
    private readonly ToldPayments _payments;
    private readonly MemoryOutbox _outbox = new();
    private DeskBench _bench;

    public UnknownPaymentsTests()
    {
        _payments = new ToldPayments(_clock);
        _bench = new DeskBench(_outbox, _clock, _payments);
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_late_webhook_of_a_settled_trip_costs_nothing()
    {
        _payments.Willing = true;
        _bench.Fare("1042", "2026-11-20T09:30:00Z", phone: DeskBench.Phone);
        Pass(30);
        var reference = Reference.OfTrip("taxi", "NO4711", new TripId(DeskBench.Meter, "1042", "2026-11-20T09:30:00Z"), 1);
        Assert.Equal(34_500, _payments.Find(reference)!.Captured);
        var key = _bench.Engine.Book.Trips.Single().Key;
        _bench.Engine.Do(() => _bench.Engine.Book.Take(key, (at, id) => new Input.WordAnswered(1) { At = at, Id = id }));
        Assert.Empty(_bench.Engine.Book.Trips);
        var (calls, commits, lines) = (_payments.Calls.Count, _outbox.Commits, _outbox.History.Count);

        for (var i = 0; i < 3; i++)
            Assert.Equal(Hinted.Settled, Hint(reference));
        Pass(5);
        Assert.Equal((calls, commits, lines), (_payments.Calls.Count, _outbox.Commits, _outbox.History.Count));
    }

    [Theory]
    [InlineData("other-NO4711-1042-0123abcd-1")]
    [InlineData("taxi-NO4712-1042-0123abcd-1")]
    [InlineData("taxi-NO4711-test-0123abcd")]
    [InlineData("taxi-NO4711-1042-0123abcd-0")]
    [InlineData("taxi-NO4711-1042-0123abcd-100")]
    [InlineData("taxi-NO4711-1042-0123ABCD-1")]
    public void What_is_not_named_as_ours_is_not_asked_about(string name)
    {
        Assert.True(Reference.TryParse(name, out var reference));
        Assert.Equal(Hinted.NotOurs, Hint(reference));
        Assert.Equal((0, 0), (_payments.Calls.Count, _bench.Engine.Book.Trips.Count()));
    }

    [Fact]
    public void A_payment_that_nobody_claims_is_released_and_said_so()
    {
        var reference = Left(s_trip);
        Assert.Equal(Hinted.Orphan, Hint(reference));
        Pass(60);
        var (_, waiting) = _bench.Engine.Book.Trips.Single();
        Assert.Equal(s_trip.ToString(), Reporting.IdOf(waiting));
        Assert.Equal("timer", NextStep.OfTrip(waiting, _ => null, online: true).What);
        Assert.Equal(34_500, _payments.Find(reference)!.Authorized);
        Pass(90);
        Assert.Equal(PaymentState.Terminated, _payments.Find(reference)!.State);
        Assert.Empty(_bench.Engine.Book.Trips);
        Assert.Contains(_outbox.History, line => line.What == "alarm" && line.Text.StartsWith($"OrphanReleased: {reference}", StringComparison.Ordinal));
        Assert.Contains(_outbox.History, line => line.Text.StartsWith("nobody claims the payment", StringComparison.Ordinal));
        Assert.Equal(Hinted.Settled, Hint(reference));
        Assert.Null(_bench.Engine.Meter.NewestTrip);
    }

    [Fact]
    public void A_payment_is_waited_for_over_a_restart()
    {
        var reference = Left(s_trip);
        Hint(reference);
        Pass(60);
        Restart(keep: true);
        Pass(30);
        Assert.Equal(PaymentState.Authorized, _payments.Find(reference)!.State);
        Pass(60);
        Assert.Equal(PaymentState.Terminated, _payments.Find(reference)!.State);
    }

    [Fact]
    public void A_hint_is_not_lost_with_the_power()
    {
        var reference = Left(s_trip);
        _payments.Unreachable = true;
        Hint(reference);
        Assert.Equal(reference.ToString(), Reporting.IdOf(_bench.Engine.Book.Trips.Single().Value));
        Restart();
        _payments.Unreachable = false;
        Pass(600);
        Assert.Equal(PaymentState.Terminated, _payments.Find(reference)!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_fare_takes_the_payment_whether_it_was_read_or_not(bool read)
    {
        var reference = Left(s_trip);
        _payments.Unreachable = !read;
        Hint(reference);
        Pass(30);
        _payments.Unreachable = false;
        _bench.Fare("1042", Start, phone: DeskBench.Phone);
        Pass(600);
        Assert.Equal((34_500, 1), (_payments.Find(reference)!.Captured, _outbox.LoadOpen().Count));
        Assert.DoesNotContain(_payments.Calls, call => call.Operation.Kind is OperationKind.Create or OperationKind.Cancel);
    }

    [Fact]
    public void A_void_knows_its_trip_again_when_the_fare_follows()
    {
        var reference = Left(s_trip);
        _payments.Unreachable = true;
        Hint(reference);
        _bench.Void("1042", Start);
        _payments.Unreachable = false;
        Pass(600);
        Assert.Equal(PaymentState.Terminated, _payments.Find(reference)!.State);
        _bench.Fare("1042", Start, phone: DeskBench.Phone);
        Pass(60);
        Assert.DoesNotContain(_payments.Calls, call => call.Operation.Kind == OperationKind.Create);
    }

    [Fact]
    public void A_fare_counts_what_both_its_reservation_and_its_request_have_captured()
    {
        var reserved = Left(null, "B-1", 20_000, 20_000);
        var asked = Left(s_trip, null, 14_500, 14_500);
        Hint(reserved);
        Hint(asked);
        Pass(10);
        _bench.Fare("1042", Start, "B-1", phone: DeskBench.Phone);
        Pass(600);
        Assert.DoesNotContain(_payments.Calls, call => call.Operation.Kind is OperationKind.Create or OperationKind.Capture or OperationKind.Refund);
        Assert.Equal((WordKind.Paid, 34_500), (_bench.State("1042", Start).Word!.Kind, _bench.State("1042", Start).Kept));
    }

    [Fact]
    public void A_booking_that_has_come_anew_takes_the_payment_of_its_trip_along()
    {
        var asked = Left(s_trip, null, 34_500, 34_500);
        Hint(asked);
        Pass(10);
        _bench.Book("B-1", maximum: null);
        _bench.Fare("1042", Start, "B-1");
        Pass(600);
        Assert.DoesNotContain(_payments.Calls, call => call.Operation.Kind is OperationKind.Create or OperationKind.Capture or OperationKind.Refund);
        Assert.Equal(34_500, _bench.State("1042", Start).Kept);
    }

    [Fact]
    public void Two_payments_of_one_trip_find_together()
    {
        var first = Left(s_trip, null, 34_500, 0, PaymentState.Aborted);
        var second = Left(s_trip, attempt: 2);
        Hint(first);
        Hint(second);
        Pass(5);
        Pass(300);
        Assert.Equal(PaymentState.Terminated, _payments.Find(second)!.State);
        _bench.Fare("1042", Start, phone: DeskBench.Phone);
        Pass(60);
        Assert.Equal("-3", _bench.State("1042", Start).Attempts.Max(a => a.Reference.ToString())![^2..]);
    }

    [Fact]
    public void Somebody_elses_payment_is_looked_at_once()
    {
        var reference = Reference.OfTrip("taxi", "NO4711", s_trip, 1);
        _payments.Has(reference, new PaymentReading { State = PaymentState.Authorized, Amount = 100, Authorized = 100, Currency = "NOK", Trip = "a/b/c", Car = "NO4711" });
        Assert.Equal(Hinted.Orphan, Hint(reference));
        Pass(10);
        Assert.Equal(Hinted.NotOurs, Hint(reference));
        Pass(10);
        Assert.Equal((1, 100), (_payments.Calls.Count, _payments.Find(reference)!.Authorized));
    }

    // As a board before this one has left it.
    private Reference Left(TripId? trip, string? booking = null, long amount = 34_500, long captured = 0, PaymentState state = PaymentState.Authorized, int attempt = 1)
    {
        var reference = trip is not null ? Reference.OfTrip("taxi", "NO4711", trip, attempt) : Reference.OfBooking("taxi", "NO4711", booking!, attempt);
        _payments.Has(reference, new PaymentReading
        {
            State = state, Amount = amount, Authorized = state == PaymentState.Authorized ? amount : 0, Captured = captured, Currency = "NOK", Trip = trip?.ToString(), Booking = booking, Car = "NO4711",
        });
        return reference;
    }

    private Hinted Hint(Reference reference)
    {
        var hinted = default(Hinted);
        _bench.Engine.Do(() => hinted = _bench.Engine.Unknown.Take(reference));
        return hinted;
    }

    private void Restart(bool keep = false)
    {
        _outbox.Crash(keepUnsynced: keep);
        _bench.Dispose();
        _bench = new DeskBench(_outbox, _clock, _payments);
    }

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _clock.MoveTo(_clock.GetTimestamp() + TimeSpan.TicksPerSecond);
            for (var round = 0; round < 4; round++)
                _bench.Engine.Drain();
        }
    }
}
