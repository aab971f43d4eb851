using System.Text;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Tests.Sync;

namespace TaximeterAgent.Tests.Fleet;

/// <summary>What becomes of an order of the relay's: the same rules as for the meter's BOOK and VOID, answered once it is stored.</summary>
public sealed class OrderTakerTests : IDisposable
{
    private const string Start = "2026-11-20T10:00:00Z";

    private readonly FleetBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_booking_is_stored_and_the_same_once_more_is_no_second_one()
    {
        Assert.Equal(BookingAnswer.Stored, await _bench.TakeAsync(FleetBench.Book("app-1")));
        Assert.Equal(BookingAnswer.Stored, await _bench.TakeAsync(FleetBench.Book("app-1")));
        Assert.Single(_bench.Desk.References);
    }

    [Fact]
    public async Task A_booking_by_the_relay_and_by_the_meter_is_one()
    {
        Assert.Equal(BookingAnswer.Stored, await _bench.TakeAsync(FleetBench.Book("app-1")));
        _bench.Desk.Book("app-1");
        _bench.Desk.Book("app-2");
        Assert.Equal(BookingAnswer.Stored, await _bench.TakeAsync(FleetBench.Book("app-2")));
        Assert.Equal(2, _bench.Desk.References.Count());
    }

    [Theory]
    [InlineData("4791234568", 50_000L)]
    [InlineData("4791234567", 40_000L)]
    [InlineData("4791234567", null)]
    public async Task Another_booking_of_that_name_is_a_conflict_and_the_first_stands(string phone, long? maximum)
    {
        await _bench.TakeAsync(FleetBench.Book("app-1"));
        Assert.Equal(BookingAnswer.Conflict, await _bench.TakeAsync(FleetBench.Book("app-1", phone, maximum)));
        Assert.Single(_bench.Desk.References);
    }

    [Fact]
    public async Task A_cancellation_that_comes_first_is_remembered_and_nothing_is_reserved()
    {
        Assert.Equal(BookingAnswer.Stored, await _bench.TakeAsync(FleetBench.Cancel("app-1")));
        Assert.Equal(BookingAnswer.Stored, await _bench.TakeAsync(FleetBench.Cancel("app-1")));
        Assert.Equal(BookingAnswer.Stored, await _bench.TakeAsync(FleetBench.Book("app-1")));
        Assert.Empty(_bench.Desk.References);
    }

    [Fact]
    public async Task A_cancellation_after_the_fare_comes_too_late()
    {
        await _bench.TakeAsync(FleetBench.Book("app-1"));
        _bench.Desk.Fare("1", Start, booking: "app-1");
        Assert.Equal(BookingAnswer.HasFare, await _bench.TakeAsync(FleetBench.Cancel("app-1")));
        Assert.Equal(SettledBy.Nobody, _bench.Desk.State("1", Start).Settled);
    }

    [Theory]
    [InlineData("4791234567", "DKK", 50_000L)]
    [InlineData("4791234567", null, 50_000L)]
    [InlineData("+4791234567", "NOK", 50_000L)]
    [InlineData("479123456", "NOK", 50_000L)]
    [InlineData("4701234567", "NOK", 50_000L)]
    [InlineData(null, "NOK", 50_000L)]
    [InlineData("4791234567", "NOK", 0L)]
    [InlineData("4791234567", "NOK", 1_000_000_000L)]
    public async Task What_cannot_be_used_is_said_so_without_a_digit_of_the_number(string? phone, string? currency, long maximum)
    {
        var answer = await _bench.DoneAsync(_bench.Taker.TakeAsync(FleetBench.Order(BookingOrder.Book, "app-1", phone, currency, maximum), CancellationToken.None));
        Assert.Equal(("app-1", BookingOrder.Book, BookingAnswer.Unusable), (answer!.Booking, answer.Order, answer.Result));
        Assert.NotEmpty(answer.Detail!);
        Assert.DoesNotContain("9123", answer.Detail, StringComparison.Ordinal);
        Assert.Empty(_bench.Desk.References);
    }

    [Fact]
    public async Task An_order_of_a_kind_that_is_not_known_is_answered_too() =>
        Assert.Equal(BookingAnswer.Unusable, await _bench.TakeAsync(FleetBench.Order("change", "app-1")));

    [Theory]
    [InlineData("poison")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"kind\":\"book\",\"booking\":\"\",\"at\":\"2026-11-28T20:00:00Z\"}")]
    [InlineData("{\"kind\":\"book\",\"booking\":\"a\\u0000b\",\"at\":\"2026-11-28T20:00:00Z\"}")]
    public async Task What_has_no_name_to_answer_to_is_counted_and_passed_over(string body)
    {
        Assert.Null(await _bench.TakeAsync(Encoding.UTF8.GetBytes(body)));
        Assert.Equal(1, _bench.Status.Report().Unreadable);
    }

    [Fact]
    public async Task What_was_in_a_commit_that_failed_is_not_called_stored_by_a_later_round()
    {
        _bench.Outbox.NoRoom(true);
        var taking = _bench.Taker.TakeAsync(FleetBench.Book("app-1"), CancellationToken.None);
        _bench.Desk.Engine.Drain();
        _bench.Outbox.NoRoom(false);
        _bench.Desk.Engine.Do(() => { });
        await _bench.UntilAsync(() =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            return taking.IsCompleted;
        });
        Assert.Equal(BookingAnswer.Stored, (await taking)!.Result);
        Assert.Single(_bench.Desk.References);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_room_it_is_held_and_stored_when_there_is_some(bool foundOutByIt)
    {
        _bench.Outbox.NoRoom(true);
        if (!foundOutByIt)
            _bench.Desk.Book("meter-1");
        var taking = _bench.Taker.TakeAsync(FleetBench.Book("app-1"), CancellationToken.None);
        for (var i = 0; i < 5; i++)
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(40));
            _bench.Desk.Engine.Drain();
        }

        Assert.False(taking.IsCompleted);
        _bench.Outbox.NoRoom(false);
        await _bench.UntilAsync(() =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(5));
            return taking.IsCompleted;
        });
        Assert.Equal(BookingAnswer.Stored, (await taking)!.Result);
        Assert.Single(_bench.Desk.References);
    }
}
