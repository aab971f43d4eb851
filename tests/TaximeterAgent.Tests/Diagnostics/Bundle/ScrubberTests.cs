using System.Text;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Diagnostics.Bundle;
using TaximeterAgent.Tests.Masking;

namespace TaximeterAgent.Tests.Diagnostics.Bundle;

/// <summary>What is taken out of a text before it leaves the car, and what is not.</summary>
public sealed class ScrubberTests
{
    private const string National = "91234567";

    private const string Secret = "s3cret/With+More=";

    private static readonly Scrubber s_scrubber = new([Secret], [], Country.NO);

    private static readonly Scrubber s_knowing = new([Secret], ["47" + National], Country.NO);

    public static TheoryData<string> Forms => [.. PlantedNumbers.Of(National)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_number_is_masked_in_every_form_known_or_not(string form)
    {
        foreach (var scrubber in (Scrubber[])[s_scrubber, s_knowing])
        {
            foreach (var text in (string[])[$"rang {form}, no answer", $"{{\"phone\":\"{form}\"}}", $"phone={form}", $"[{form}]", form])
            {
                var scrubbed = scrubber.Text(text);
                Assert.DoesNotContain("9123456", PlantedNumbers.Squeezed(scrubbed), StringComparison.Ordinal);
                Assert.Contains("••67", scrubbed, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("tel91234567x")]
    [InlineData("tx-91234567-1")]
    [InlineData("12 91234567")]
    [InlineData("20261103 91234567")]
    [InlineData("_47912345678_")]
    public void One_that_is_known_is_found_within_other_words_too(string text) => Assert.DoesNotContain("9123456", PlantedNumbers.Squeezed(s_knowing.Text(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("+46 70 123 45 67")]
    [InlineData("070-123 45 67")]
    [InlineData("+45 20 12 34 56")]
    [InlineData("+358 40 123 4567")]
    [InlineData("040 1234567")]
    [InlineData("+4915112345678")]
    public void Other_countries_numbers_are_masked(string number) => Assert.Contains("•••• ••", s_scrubber.Text($"rang {number} twice"), StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-11-03T12:00:00.1234567+01:00")]
    [InlineData("2026-11-03 12:00:00Z")]
    [InlineData("03.11.2026 12:31")]
    [InlineData("tx-EL12345-2-00c87339-1")]
    [InlineData("trace 0af7651916cd43dd8448eb211c80319c")]
    [InlineData("port 9: 127.0.0.1 refused")]
    [InlineData("https://198.51.100.123:8443/epayment")]
    [InlineData("{\"amount\":34500,\"at\":1764400000000}")]
    [InlineData("{\"bytes\":2000000,\"seconds\":1764400000}")]
    [InlineData("345.00 NOK, 31.00, 12.00")]
    public void What_is_no_number_stays(string text) => Assert.Equal(text, s_scrubber.Text(text));

    [Fact]
    public void A_secret_goes_in_every_form_that_programs_give_it()
    {
        foreach (var form in (string[])[Secret, Uri.EscapeDataString(Secret), "s3cret/With\\u002BMore=", Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret))])
        {
            Assert.DoesNotContain(form, s_scrubber.Text($"a {form} b"), StringComparison.Ordinal);
            Assert.Equal("a secret", s_scrubber.Left(Encoding.UTF8.GetBytes($"a {form} b")));
        }
    }

    [Theory]
    [InlineData("Authorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc-DEF_123", "eyJ")]
    [InlineData("Authorization: Basic dXNlcjpwYXNzd29yZA==", "dXNlcjpw")]
    [InlineData("client_secret=hunter2hunter2&grant_type=x", "hunter2")]
    [InlineData("{\"Ocp-Apim-Subscription-Key\":\"0123abcd0123\"}", "0123abcd")]
    [InlineData("{\"Password\": \"letmein99\"}", "letmein")]
    [InlineData("amqps://car:letmein99@broker.example/taxi", "letmein")]
    public void What_is_called_a_secret_goes_though_it_is_not_ours(string text, string part) => Assert.DoesNotContain(part, s_scrubber.Text(text), StringComparison.Ordinal);

    [Fact]
    public void JSON_stays_JSON_and_what_is_masked_already_stays()
    {
        const string json = """{"password":"(set, not shown)","client_secret":"abcdef12","phone":"4791234567","pickup":"Storgata 1, \"5\"","amount":34500}""";
        var scrubbed = System.Text.Json.JsonDocument.Parse(s_scrubber.Text(json)).RootElement;
        Assert.Equal(["(set, not shown)", "(secret)", "•••• ••67", "(left out)"], ((string[])["password", "client_secret", "phone", "pickup"]).Select(name => scrubbed.GetProperty(name).GetString()));
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_and_a_number_in_a_file_of_any_kind_is_found()
    {
        byte[] binary = [0xFF, 0xFE, .. "4791234567"u8];
        Assert.Same(binary, s_knowing.Bytes(binary));
        Assert.Equal("a phone number", s_knowing.Left(binary));
        Assert.Null(s_knowing.Left("nothing"u8));
    }
}
