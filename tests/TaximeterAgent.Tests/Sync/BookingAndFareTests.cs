using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Tests.Sync;

/// <summary>Which fare a booking's reservation belongs to, when meters name it more than once or in an odd order.</summary>
public sealed class BookingAndFareTests : IDisposable
{
    private const string First = "2026-11-20T09:00:00Z";
    private const string Second = "2026-11-20T10:00:00Z";
    private readonly DeskBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void The_first_fare_that_names_a_booking_has_its_reservation_and_the_second_has_not()
    {
        _bench.Book("B-1");
        _bench.Fare("1001", First, "B-1");
        _bench.Fare("1002", Second, "B-1");
        Assert.Contains(_bench.State("1001", First).Attempts, attempt => attempt.Kind == AttemptKind.Reservation);
        Assert.DoesNotContain(_bench.State("1002", Second).Attempts, attempt => attempt.Kind == AttemptKind.Reservation);
    }

    // Simulation, seed 6257.
    [Fact]
    public void A_voided_fare_that_names_the_booking_of_another_fare_voids_nothing_but_itself()
    {
        _bench.Book("B-1", maximum: null);
        _bench.Fare("1001", First, "B-1");
        _bench.Void("1002", Second);
        _bench.Fare("1002", Second, "B-1");
        Assert.Equal(SettledBy.Nobody, _bench.State("1001", First).Settled);
        Assert.Equal(SettledBy.Void, _bench.State("1002", Second).Settled);
    }

    [Fact]
    public void A_voided_fare_ends_the_reservation_that_it_would_have_used()
    {
        _bench.Book("B-1");
        _bench.Void("1002", Second);
        _bench.Fare("1002", Second, "B-1");
        Assert.Equal(SettledBy.Void, _bench.State("1002", Second).Settled);
        Assert.All(_bench.References, reference => Assert.DoesNotContain("1002", reference, StringComparison.Ordinal));
    }

    // Simulation, seed 1679: a new card in the board has not heard the BOOK, and the meter sends both fares again.
    [Theory]
    [InlineData("2026-11-20T07:00:00Z", "2026-11-20T07:30:00Z")]
    [InlineData(First, Second)]
    public void Two_fares_that_name_a_booking_of_which_the_store_knows_nothing_never_look_for_one_payment_twice(string first, string second)
    {
        _bench.Fare("1001", first, "B-1");
        _bench.Fare("1002", second, "B-1");
        Assert.Equal(_bench.References.Distinct(), _bench.References);
    }

    [Fact]
    public void A_BOOK_that_comes_after_the_fare_that_names_it_brings_the_number_and_reserves_nothing()
    {
        _bench.Fare("1001", First, "B-1");
        _bench.Book("B-1");
        Assert.NotNull(_bench.State("1001", First).Phone);
        Assert.DoesNotContain(_bench.References, reference => reference.Contains("-b-", StringComparison.Ordinal));
    }
}
