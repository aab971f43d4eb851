using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public class Tfp1Tests
{
    private readonly List<string> _payloads = [];
    private readonly List<string> _dropped = [];
    private readonly Tfp1Receiver _receiver;

    public Tfp1Tests() => _receiver = new Tfp1Receiver((payload, _) => _payloads.Add(payload), _dropped.Add);

    [Fact]
    public void The_CRC_has_the_published_check_value() => Assert.Equal("CBF43926", Crc32.Digits("123456789"u8));

    [Fact]
    public void A_frame_is_STX_payload_ETX_CRC_CR()
    {
        byte[] frame = Tfp1.Frame("123456789");
        Assert.Equal("\u0002123456789\u0003CBF43926\r", Encoding.ASCII.GetString(frame));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PING|1|x=å")]
    [InlineData("PING|1|x=\u0001")]
    public void A_payload_that_is_not_printable_ASCII_cannot_be_framed(string payload) => Assert.Throws<ArgumentException>(() => Tfp1.Frame(payload));

    [Fact]
    public void A_payload_of_512_bytes_arrives_and_one_of_513_cannot_be_framed()
    {
        _receiver.Take(Tfp1.Frame(new string('x', 512)));
        Assert.Equal(512, Assert.Single(_payloads).Length);
        Assert.Throws<ArgumentException>(() => Tfp1.Frame(new string('x', 513)));
    }

    [Fact]
    public void Frames_arrive_byte_by_byte_with_noise_between_them()
    {
        byte[] stream = [0xFF, 0x00, .. Tfp1.Frame("PING|1"), .. "rubbish"u8, .. Tfp1.Frame("PING|2")];
        foreach (byte unit in stream)
            _receiver.Take([unit]);
        Assert.Equal(["PING|1", "PING|2"], _payloads);
        Assert.Empty(_dropped);
    }

    [Fact]
    public void A_receiver_that_sees_STX_starts_over()
    {
        _receiver.Take([.. Tfp1.Frame("PING|1").AsSpan(0, 5), .. Tfp1.Frame("PING|2")]);
        Assert.Equal(["PING|2"], _payloads);
        Assert.Single(_dropped);
    }

    [Theory]
    [InlineData("\u0002PING|1\u000300000000\r", "CRC")]
    [InlineData("\u0002PING|1\u0003e8a5f21b\r", "CRC")]
    [InlineData("\u0002PI\u0001NG|1\u000300000000\r", "byte 0x01")]
    [InlineData("\u0002123456789\u0003CBF43926\n", "CR should be")]
    [InlineData("\u0002\u000300000000\r", "empty")]
    public void A_damaged_frame_is_dropped_and_counted(string bytes, string why)
    {
        _receiver.Take(Encoding.Latin1.GetBytes(bytes));
        Assert.Empty(_payloads);
        Assert.Contains(why, Assert.Single(_dropped));
    }

    [Fact]
    public void A_frame_that_is_too_long_is_dropped_with_everything_up_to_the_next_STX()
    {
        _receiver.Take([0x02, .. new string('x', 600).Select(unit => (byte)unit), 0x03, .. "00000000\r"u8, .. Tfp1.Frame("PING|3")]);
        Assert.Equal(["PING|3"], _payloads);
        Assert.Single(_dropped);
    }

    [Theory]
    [InlineData("50%", "50%25")]
    [InlineData("a|b", "a%7Cb")]
    [InlineData("Åse", "%C3%85se")]
    [InlineData("a=b c", "a=b c")]
    public void Values_are_escaped_and_read_back(string value, string escaped)
    {
        Assert.Equal(escaped, Tfp1.Escape(value));
        Assert.Equal(value, Tfp1.Unescape(escaped));
    }

    [Theory]
    [InlineData("50%")]
    [InlineData("%G0")]
    [InlineData("%2")]
    [InlineData("%FF")]
    public void A_bad_escape_is_no_value(string escaped) => Assert.Null(Tfp1.Unescape(escaped));

    [Theory]
    [InlineData("PING")]
    [InlineData("PING|")]
    [InlineData("PING|65536")]
    [InlineData("PING|007")]
    [InlineData("PING|-1")]
    [InlineData("|1")]
    [InlineData("PAID|1|amount")]
    [InlineData("PAID|1|=5")]
    [InlineData("PAID|1|a=1|a=1")]
    [InlineData("PAID|1|a=%")]
    public void A_payload_that_is_no_message_is_told(string payload)
    {
        Assert.Null(Tfp1Message.Parse(payload, out string? fault));
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("34500", true)]
    [InlineData("999999999", true)]
    [InlineData("1000000000", false)]
    [InlineData("007", false)]
    [InlineData("-5", false)]
    [InlineData("+5", false)]
    [InlineData("3.5", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_amount_is_digits_without_leading_zero(string? text, bool isAmount) => Assert.Equal(isAmount, Tfp1Message.IsAmount(text, out _));
}
