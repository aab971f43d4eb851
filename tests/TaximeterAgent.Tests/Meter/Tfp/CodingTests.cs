using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Tests.Meter.Tfp;

public class CodingTests
{
    [Theory]
    [InlineData("plain text = fine", "plain text = fine")]
    [InlineData("a%b|c", "a%25b%7Cc")]
    [InlineData("Blåbærstien 7", "Bl%C3%A5b%C3%A6rstien 7")]
    [InlineData("€😀\u007F\n", "%E2%82%AC%F0%9F%98%80%7F%0A")]
    public void A_value_survives_the_line(string value, string wire)
    {
        Assert.Equal(wire, PercentCoding.Encode(value));
        Assert.True(PercentCoding.TryDecode(wire, out var back));
        Assert.Equal(value, back);
    }

    [Fact]
    public void Lower_case_hex_is_read_too()
    {
        Assert.True(PercentCoding.TryDecode("%c3%a5", out var value));
        Assert.Equal("å", value);
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("100%")]
    [InlineData("%-1")]
    [InlineData("% 1")]
    [InlineData("%C3")]
    [InlineData("%ED%A0%80")]
    [InlineData("%FF")]
    public void What_is_no_percent_coded_UTF8_is_seen(string wire) => Assert.False(PercentCoding.TryDecode(wire, out _));

    [Theory]
    [InlineData("2026-11-20T10:24:10Z", "2026-11-20T10:24:10.0000000")]
    [InlineData("2026-11-20t10:24:10z", "2026-11-20T10:24:10.0000000")]
    [InlineData("2026-11-20T11:24:10+01:00", "2026-11-20T10:24:10.0000000")]
    [InlineData("2026-11-20T00:24:10-23:59", "2026-11-21T00:23:10.0000000")]
    [InlineData("2026-11-20T10:24:10.5Z", "2026-11-20T10:24:10.5000000")]
    [InlineData("2026-11-20T10:24:10.123456789Z", "2026-11-20T10:24:10.1234567")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.0000000")]
    [InlineData("2028-02-29T00:00:00Z", "2028-02-29T00:00:00.0000000")]
    public void A_time_with_an_offset_is_read(string text, string utc)
    {
        Assert.True(Rfc3339.TryParse(text, out var time));
        Assert.Equal(utc, time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff"));
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-20T10:24:10")]
    [InlineData("2026-11-20T10:24:10.Z")]
    [InlineData("2026-11-20T10:24:10.1234567890Z")]
    [InlineData("2026-11-20T10:24:10.5")]
    [InlineData("2026-11-20T10:24:10Zx")]
    [InlineData("2026-11-20T10:24:10+0100")]
    [InlineData("2026-11-20T10:24:10+01")]
    [InlineData("2026-11-20T10:24:10+24:00")]
    [InlineData("2026-11-20T10:24:10+01:60")]
    [InlineData("2026-11-20T24:00:00Z")]
    [InlineData("2026-11-20T10:60:00Z")]
    [InlineData("2026-13-20T10:24:10Z")]
    [InlineData("2026-11-31T10:24:10Z")]
    [InlineData("2027-02-29T10:24:10Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2026-1-020T10:24:10Z")]
    [InlineData("2026-11-20T1O:24:10Z")]
    public void What_is_no_time_is_seen(string text) => Assert.False(Rfc3339.TryParse(text, out _));
}
