using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Core.Tests.Phones;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData(Country.NO, "91234567", "4791234567")]
    [InlineData(Country.NO, "41234567", "4741234567")]
    [InlineData(Country.NO, "912 34 567", "4791234567")]
    [InlineData(Country.NO, " 91-23-45-67 ", "4791234567")]
    [InlineData(Country.SE, "0701234567", "46701234567")]
    [InlineData(Country.SE, "070-123 45 67", "46701234567")]
    [InlineData(Country.DK, "20123456", "4520123456")]
    [InlineData(Country.DK, "91 23 45 67", "4591234567")]
    [InlineData(Country.FI, "0401234567", "358401234567")]
    [InlineData(Country.FI, "050 1234567", "358501234567")]
    [InlineData(Country.FI, "04012345", "3584012345")]
    [InlineData(Country.FI, "04012345678", "3584012345678")]
    public void A_national_number_is_read_as_one_of_the_home_country(Country home, string text, string msisdn) => AssertReads(text, home, msisdn);

    [Theory]
    [InlineData(Country.NO, "+4791234567", "4791234567")]
    [InlineData(Country.SE, "+47 912 34 567", "4791234567")]
    [InlineData(Country.DK, "004791234567", "4791234567")]
    [InlineData(Country.NO, "00 46 70 123 45 67", "46701234567")]
    [InlineData(Country.NO, "+358401234567", "358401234567")]
    [InlineData(Country.NO, "+4520123456", "4520123456")]
    [InlineData(Country.NO, "+447911123456", "447911123456")]
    [InlineData(Country.FI, "0049 151 23456789", "4915123456789")]
    public void A_number_with_plus_or_00_is_read_as_international_in_every_country(Country home, string text, string msisdn) => AssertReads(text, home, msisdn);

    [Theory]
    [InlineData(Country.NO, "9123456")]
    [InlineData(Country.NO, "9")]
    [InlineData(Country.NO, "+479123456")]
    [InlineData(Country.NO, "+")]
    [InlineData(Country.NO, "00")]
    [InlineData(Country.NO, "+47")]
    [InlineData(Country.NO, "+123456789")]
    [InlineData(Country.SE, "070123456")]
    [InlineData(Country.SE, "0")]
    [InlineData(Country.DK, "2012345")]
    [InlineData(Country.FI, "0401234")]
    public void A_number_with_digits_missing_is_too_short(Country home, string text) => AssertFault(PhoneNumberFault.TooShort, text, home);

    [Theory]
    [InlineData(Country.NO, "912345678")]
    [InlineData(Country.NO, "+47912345678")]
    [InlineData(Country.SE, "07012345678")]
    [InlineData(Country.DK, "201234567")]
    [InlineData(Country.FI, "040123456789")]
    [InlineData(Country.NO, "+4412345678901234")]
    [InlineData(Country.NO, "9999999999999999999999999999999999999999999999")]
    public void A_number_with_digits_too_many_is_too_long(Country home, string text) => AssertFault(PhoneNumberFault.TooLong, text, home);

    [Theory]
    [InlineData(Country.NO, "21234567")] // a landline
    [InlineData(Country.NO, "01234567")]
    [InlineData(Country.NO, "+4721234567")]
    [InlineData(Country.SE, "0812345678")]
    [InlineData(Country.SE, "701234567")] // the trunk 0 is missing
    [InlineData(Country.SE, "+460701234567")] // the trunk 0 is too much
    [InlineData(Country.DK, "12345678")]
    [InlineData(Country.FI, "0912345678")]
    [InlineData(Country.NO, "+0123456789")]
    public void A_number_that_no_mobile_subscriber_has_is_impossible(Country home, string text) => AssertFault(PhoneNumberFault.Impossible, text, home);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void Nothing_is_empty(string? text) => AssertFault(PhoneNumberFault.Empty, text, Country.NO);

    [Theory]
    [InlineData("9123456a")]
    [InlineData("91+234567")]
    [InlineData("++4791234567")]
    [InlineData("*21#")]
    [InlineData("٩١٢٣٤٥٦٧")]
    public void Anything_but_digits_and_a_leading_plus_is_named_so(string text) => AssertFault(PhoneNumberFault.NotDigits, text, Country.NO);

    [Theory]
    [InlineData("4791234567", "+47 •••• ••67")]
    [InlineData("358401234567", "+358 •••• ••67")]
    [InlineData("447911123456", "+•• •••• ••56")]
    public void Masked_it_shows_its_country_and_the_last_two_digits(string msisdn, string masked)
    {
        Assert.True(PhoneNumber.TryFromMsisdn(msisdn, out var number));
        Assert.Equal(masked, number.Masked);
    }

    [Fact]
    public void Its_text_never_reveals_it_wherever_it_stands()
    {
        Assert.True(PhoneNumber.TryFromMsisdn("4791234567", out var number));
        var input = new Input.NumberConfirmed(number) { At = default, Id = "i" };
        foreach (var text in new[] { number.ToString(), $"{number}", input.ToString(), new Wish(number, true).ToString(), new TripState { Phone = number }.ToString() })
        {
            Assert.DoesNotContain("912345", text, StringComparison.Ordinal);
            Assert.Contains("••67", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("479123456")]
    [InlineData("4791234567890123")]
    [InlineData("0791234567")]
    [InlineData("+4791234567")]
    [InlineData("47 91234567")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_MSISDN_is_not_taken_for_one(string? digits) => Assert.False(PhoneNumber.TryFromMsisdn(digits, out _));

    [Fact]
    public void A_number_that_was_never_given_has_no_digits_and_no_text()
    {
        Assert.Equal("", default(PhoneNumber).ToString());
        Assert.Throws<InvalidOperationException>(() => default(PhoneNumber).Msisdn);
    }

    [Fact]
    public void Whatever_is_read_is_an_MSISDN()
    {
        var random = new Random(1);
        var alphabet = "0123456789 +-"; // enough to reach every branch
        var read = 0;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 18)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            if (PhoneNumber.Parse(text, (Country)random.Next(4), out var number) != PhoneNumberFault.None)
                continue;
            read++;
            Assert.True(PhoneNumber.TryFromMsisdn(number.Msisdn, out var again));
            Assert.Equal(number, again);
        }

        Assert.True(read > 100, $"only {read} texts were numbers");
    }

    private static void AssertReads(string text, Country home, string msisdn)
    {
        Assert.Equal(PhoneNumberFault.None, PhoneNumber.Parse(text, home, out var number));
        Assert.Equal(msisdn, number.Msisdn);
    }

    private static void AssertFault(PhoneNumberFault fault, string? text, Country home)
    {
        Assert.Equal(fault, PhoneNumber.Parse(text, home, out var number));
        Assert.Equal(default, number);
    }
}
