using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Tests.Fares;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("NOK", Currency.NOK)]
    [InlineData("DKK", Currency.DKK)]
    [InlineData("EUR", Currency.EUR)]
    public void A_code_names_its_currency(string code, Currency expected)
    {
        Assert.True(Currencies.TryParse(code, out var currency));
        Assert.Equal(expected, currency);
    }

    [Theory]
    [InlineData("nok")]
    [InlineData("SEK")]
    [InlineData("0")]
    [InlineData(" NOK")]
    [InlineData("")]
    [InlineData(null)]
    public void Any_other_text_names_none(string? code) => Assert.False(Currencies.TryParse(code, out _));

    [Theory]
    [InlineData(Currency.NOK, 100)]
    [InlineData(Currency.DKK, 1)]
    [InlineData(Currency.EUR, 1)]
    public void The_smallest_payment_is_that_of_the_service(Currency currency, long minorUnits) => Assert.Equal(minorUnits, currency.MinimumPayment());

    [Fact]
    public void The_largest_payment_is_that_of_the_service() => Assert.Equal(65_000_000, Currencies.MaximumPayment);
}
