using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Tests.Fares;

public sealed class MoneyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(34_500)]
    [InlineData(999_999_999)]
    public void It_holds_what_nine_digits_on_the_meters_line_can_say(long minorUnits) =>
        Assert.Equal(minorUnits, new Money(minorUnits, Currency.NOK).MinorUnits);

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(1_000_000_000)]
    [InlineData(long.MaxValue)]
    public void It_holds_nothing_negative_and_nothing_larger(long minorUnits) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(minorUnits, Currency.NOK));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void It_holds_no_currency_that_does_not_exist(int currency) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1, (Currency)currency));

    [Fact]
    public void Amounts_of_one_currency_add_and_subtract()
    {
        Assert.Equal(new Money(300, Currency.DKK), new Money(100, Currency.DKK) + new Money(200, Currency.DKK));
        Assert.Equal(Money.Zero(Currency.DKK), new Money(200, Currency.DKK) - new Money(200, Currency.DKK));
    }

    [Fact]
    public void A_difference_below_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(1, Currency.EUR) - new Money(2, Currency.EUR));

    [Fact]
    public void A_sum_above_the_maximum_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Money(Money.Maximum, Currency.EUR) + new Money(1, Currency.EUR));

    [Fact]
    public void Amounts_of_two_currencies_are_never_combined_or_compared()
    {
        var kroner = new Money(100, Currency.NOK);
        var euro = new Money(100, Currency.EUR);
        Assert.Throws<InvalidOperationException>(() => kroner + euro);
        Assert.Throws<InvalidOperationException>(() => kroner - euro);
        Assert.Throws<InvalidOperationException>(() => kroner < euro);
        Assert.NotEqual(kroner, euro);
    }

    [Fact]
    public void Amounts_of_one_currency_have_an_order()
    {
        var less = new Money(99, Currency.NOK);
        var more = new Money(100, Currency.NOK);
        var same = new Money(100, Currency.NOK);
        Assert.True(less < more && more > less && more >= same && same <= more);
        Assert.False(more < same || more > same || less >= more || more <= less);
    }

    [Theory]
    [InlineData(0, "0.00 NOK")]
    [InlineData(5, "0.05 NOK")]
    [InlineData(34_500, "345.00 NOK")]
    [InlineData(999_999_999, "9999999.99 NOK")]
    public void It_is_written_with_two_decimals_and_its_currency(long minorUnits, string text) =>
        Assert.Equal(text, new Money(minorUnits, Currency.NOK).ToString());

    [Fact]
    public void Zero_is_zero()
    {
        Assert.True(Money.Zero(Currency.NOK).IsZero);
        Assert.False(new Money(1, Currency.NOK).IsZero);
    }
}
