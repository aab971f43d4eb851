using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Tests.Fares;

public sealed class BookingTests
{
    [Fact]
    public void The_same_name_number_currency_and_maximum_are_a_repeat_whatever_the_pickup() =>
        Assert.True(Make().SameContent(Make() with { Pickup = "Storgata 1" }));

    [Fact]
    public void Another_number_currency_or_maximum_is_a_conflict()
    {
        Assert.False(Make().SameContent(Make(phone: "4791234568")));
        Assert.False(Make().SameContent(new Booking("B-1", Phone("4791234567"), Currency.DKK, new Money(50_000, Currency.DKK))));
        Assert.False(Make().SameContent(Make(maximum: 50_001)));
        Assert.False(Make().SameContent(new Booking("B-1", Phone("4791234567"), Currency.NOK, null)));
    }

    [Fact]
    public void A_maximum_in_another_currency_is_refused() =>
        Assert.Throws<ArgumentException>(() => new Booking("B-1", Phone("4791234567"), Currency.NOK, new Money(1, Currency.EUR)));

    [Theory]
    [InlineData("")]
    [InlineData("B\t1")]
    public void A_name_is_not_empty_and_holds_no_control_character(string id) => Assert.Throws<ArgumentException>(() => Make(id));

    [Fact]
    public void A_name_has_at_most_64_characters()
    {
        var longest = new string('B', Booking.IdMaximum);
        Assert.Equal(longest, Make(longest).Id);
        Assert.Throws<ArgumentException>(() => Make(longest + "B"));
    }

    [Fact]
    public void Its_text_does_not_reveal_the_number() => Assert.DoesNotContain("912345", Make().ToString(), StringComparison.Ordinal);

    private static PhoneNumber Phone(string msisdn) => PhoneNumber.TryFromMsisdn(msisdn, out var number) ? number : throw new ArgumentException(msisdn);

    private static Booking Make(string id = "B-1", string phone = "4791234567", long maximum = 50_000) =>
        new(id, Phone(phone), Currency.NOK, new Money(maximum, Currency.NOK));
}
