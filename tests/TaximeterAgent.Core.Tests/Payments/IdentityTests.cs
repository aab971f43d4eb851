using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Tests.Payments;

public sealed class IdentityTests
{
    private const string Start = "2026-11-20T10:00:00Z";

    [Fact]
    public void The_same_trip_has_the_same_identity() =>
        Assert.Equal(Identity.OfTrip(new TripId("m", "1", Start)), Identity.OfTrip(new TripId("m", "1", Start)));

    [Fact]
    public void Another_meter_number_or_start_is_another_identity()
    {
        var all = new[]
        {
            Identity.OfTrip(new TripId("m", "1", Start)), Identity.OfTrip(new TripId("n", "1", Start)), Identity.OfTrip(new TripId("m", "2", Start)),
            Identity.OfTrip(new TripId("m", "1", Start + "0")), Identity.OfTrip(new TripId("m1", "1", Start)), Identity.OfTrip(new TripId("m", "11", Start)),
            Identity.OfBooking("1"), Identity.OfBooking("m"), Identity.OfBooking($"m/1/{Start}"),
        };
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void The_content_of_a_fare_is_its_money()
    {
        Assert.Equal(Identity.ContentOf(Make(300, 200, 100)), Identity.ContentOf(Make(300, 200, 100) with { Distance = 7, Tariff = "x" }));
        Assert.NotEqual(Identity.ContentOf(Make(300, 200, 100)), Identity.ContentOf(Make(300, 100, 200)));
        Assert.NotEqual(Identity.ContentOf(Make(300, 200, 100)), Identity.ContentOf(Make(301, 201, 100)));
        Assert.NotEqual(Identity.ContentOf(Make(300, 200, 100)), Identity.ContentOf(Make(300, 200, 100, Currency.EUR)));
        Assert.NotEqual(Identity.ContentOf(Make(300, 200, 100)), Identity.ContentOf(Make(300, 200, 100, vat: 600)));
    }

    [Fact]
    public void The_content_of_a_booking_is_currency_and_maximum_and_gives_no_number_away()
    {
        var booking = Book("4791234567", Currency.NOK, 500);
        Assert.Equal(Identity.ContentOf(booking), Identity.ContentOf(booking with { Pickup = "x" }));
        Assert.Equal(Identity.ContentOf(booking), Identity.ContentOf(Book("4791234568", Currency.NOK, 500)));
        Assert.NotEqual(Identity.ContentOf(booking), Identity.ContentOf(Book("4791234567", Currency.DKK, 500)));
        Assert.NotEqual(Identity.ContentOf(booking), Identity.ContentOf(Book("4791234567", Currency.NOK, 501)));
        Assert.NotEqual(Identity.ContentOf(booking), Identity.ContentOf(Book("4791234567", Currency.NOK, null)));
    }

    private static Booking Book(string msisdn, Currency currency, long? maximum) =>
        new("B-1", PhoneNumber.TryFromMsisdn(msisdn, out var n) ? n : default, currency, maximum is { } value ? new Money(value, currency) : null);

    private static Fare Make(long total, long fare, long supplements, Currency currency = Currency.NOK, int vat = 1_200) =>
        new(new TripId("m", "1", Start), new Money(total, currency), new Money(fare, currency), new Money(supplements, currency), Money.Zero(currency), vat, 1_200)
        {
            Finish = Start,
        };
}
