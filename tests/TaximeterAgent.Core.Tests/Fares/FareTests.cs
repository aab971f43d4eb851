using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Tests.Fares;

public sealed class FareTests
{
    [Fact]
    public void The_total_is_the_sum_of_its_parts()
    {
        var fare = Make(total: 34_500, fare: 31_000, supplements: 3_000, tip: 500);
        Assert.Equal(34_500, fare.Total.MinorUnits);
    }

    [Theory]
    [InlineData(34_499)]
    [InlineData(34_501)]
    [InlineData(34_000)]
    public void A_total_that_is_not_the_sum_is_refused(long total) =>
        Assert.Throws<ArgumentException>(() => Make(total, fare: 31_000, supplements: 3_000, tip: 500));

    [Fact]
    public void Parts_in_two_currencies_are_refused() => Assert.Throws<InvalidOperationException>(() => new Fare(
        Trip(), new Money(2, Currency.NOK), new Money(1, Currency.NOK), new Money(1, Currency.DKK), Money.Zero(Currency.NOK), 0, 0)
    { Finish = "2026-11-20T10:24:10Z" });

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(10_001, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 10_001)]
    public void A_rate_of_VAT_is_at_most_100_percent(int vat, int supplementsVat) =>
        Assert.Throws<ArgumentException>(() => Make(100, 100, 0, 0, vat, supplementsVat));

    [Fact]
    public void A_fare_of_nothing_is_a_fare() => Assert.True(Make(0, 0, 0, 0).Total.IsZero);

    [Fact]
    public void The_same_money_for_the_same_trip_is_a_repeat_whatever_else_is_said()
    {
        var fare = Make(34_500, 31_000, 3_500, 0);
        Assert.True(fare.SameContent(Make(34_500, 31_000, 3_500, 0) with { Distance = 1, Tariff = "9", Driver = "x" }));
    }

    [Fact]
    public void Other_money_or_VAT_or_currency_for_the_same_trip_is_a_conflict()
    {
        var fare = Make(34_500, 31_000, 3_500, 0, 1_200, 1_200);
        Assert.False(fare.SameContent(Make(34_600, 31_100, 3_500, 0, 1_200, 1_200)));
        Assert.False(fare.SameContent(Make(34_500, 30_000, 4_500, 0, 1_200, 1_200)));
        Assert.False(fare.SameContent(Make(34_500, 31_000, 3_400, 100, 1_200, 1_200)));
        Assert.False(fare.SameContent(Make(34_500, 31_000, 3_500, 0, 2_500, 1_200)));
        Assert.False(fare.SameContent(Make(34_500, 31_000, 3_500, 0, 1_200, 1_200, Currency.DKK)));
    }

    private static TripId Trip() => new("NO-4711", "1042", "2026-11-20T10:00:00Z");

    private static Fare Make(long total, long fare, long supplements, long tip, int vat = 1_200, int supplementsVat = 1_200, Currency currency = Currency.NOK) =>
        new(Trip(), new Money(total, currency), new Money(fare, currency), new Money(supplements, currency), new Money(tip, currency), vat, supplementsVat)
        {
            Finish = "2026-11-20T10:24:10Z",
        };
}
