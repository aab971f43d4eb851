using System.Text;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Tests.Meter.Tfp;

public class FrameTests
{
    private readonly FrameReader _reader = new();

    [Fact]
    public void The_check_value_of_the_CRC_is_right() => Assert.Equal(0xCBF43926u, Crc32.Compute("123456789"u8));

    [Fact]
    public void A_frame_is_STX_payload_ETX_CRC_CR() =>
        Assert.Equal("\u0002123456789\u0003CBF43926\r", Encoding.ASCII.GetString(FrameWriter.Write("123456789", out _)));

    [Fact]
    public void A_CRC_with_leading_zeros_has_eight_digits() =>
        Assert.All(Enumerable.Range(0, 2000).Select(n => FrameWriter.Write("PING|" + n, out _)), frame => Assert.Equal(8, frame.Length - 3 - Payload(frame)));

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("æ")]
    [InlineData("a\u007F")]
    public void A_payload_that_no_receiver_would_take_cannot_be_written(string payload) =>
        Assert.Throws<ArgumentException>(() => FrameWriter.Write(payload, out _));

    [Fact]
    public void A_payload_of_512_bytes_passes_and_one_of_513_is_dropped()
    {
        Assert.Equal(512, Assert.Single(Read(Raw(new string('a', 512)))).Payload.Length);
        Assert.Throws<ArgumentException>(() => FrameWriter.Write(new string('a', 513), out _));
        Assert.Empty(Read(Raw(new string('a', 513))));
        Assert.Equal(1, _reader.Dropped(DroppedFrame.TooLong));
    }

    [Fact]
    public void The_ends_of_the_printable_range_pass() => Assert.Equal(" ~", Assert.Single(Read(Raw(" ~"))).Payload);

    [Theory]
    [InlineData("\u0002PING|\u001F1\u000300000000\r", DroppedFrame.ForbiddenByte)]
    [InlineData("\u0002PING|\u007F1\u000300000000\r", DroppedFrame.ForbiddenByte)]
    [InlineData("\u0002PING|\u00E61\u000300000000\r", DroppedFrame.ForbiddenByte)]
    [InlineData("\u0002PING|1\r\u000300000000\r", DroppedFrame.ForbiddenByte)]
    [InlineData("\u0002\u000300000000\r", DroppedFrame.Empty)]
    [InlineData("\u0002123456789\u0003CBF43927\r", DroppedFrame.WrongCrc)]
    [InlineData("\u0002123456788\u0003CBF43926\r", DroppedFrame.WrongCrc)]
    [InlineData("\u0002123456789\u0003cbf43926\r", DroppedFrame.WrongCrc)]
    [InlineData("\u0002123456789\u0003CBF4392\r", DroppedFrame.WrongCrc)]
    [InlineData("\u0002123456789\u0003CBF439260\r", DroppedFrame.NoEnd)]
    [InlineData("\u0002123456789\u0003CBF43926\n", DroppedFrame.NoEnd)]
    public void A_damaged_frame_is_dropped_and_counted_and_the_next_one_is_read(string damaged, DroppedFrame cause)
    {
        Assert.Equal("PING|2", Assert.Single(Read([.. Encoding.Latin1.GetBytes(damaged), .. Raw("PING|2")])).Payload);
        Assert.Equal(1, _reader.Dropped(cause));
        Assert.Equal(1, Enum.GetValues<DroppedFrame>().Sum(_reader.Dropped));
        Assert.Equal(1, _reader.Received);
    }

    [Theory]
    [InlineData("\u0002")]
    [InlineData("\u0002FARE|17|me")]
    [InlineData("\u0002123456789\u0003")]
    [InlineData("\u0002123456789\u0003CBF4")]
    [InlineData("\u0002123456789\u0003CBF43926")]
    public void A_receiver_that_sees_STX_starts_over(string begun)
    {
        Assert.Equal("PING|2", Assert.Single(Read([.. Encoding.ASCII.GetBytes(begun), .. Raw("PING|2")])).Payload);
        Assert.Equal(1, _reader.Dropped(DroppedFrame.Interrupted));
    }

    [Fact]
    public void Everything_between_a_dropped_frame_and_the_next_STX_goes_with_it()
    {
        var bytes = Encoding.Latin1.GetBytes("\u0002a\u0003ZPING|1\u0003\r\u00FF\u0000PING");
        Assert.Equal("PING|2", Assert.Single(Read([.. bytes, .. Raw("PING|2")])).Payload);
        Assert.Equal(1, _reader.Dropped(DroppedFrame.WrongCrc));
        Assert.Equal(14, _reader.NoiseBytes);
    }

    [Fact]
    public void Noise_before_STX_is_passed_over()
    {
        Assert.Equal("PING|1", Assert.Single(Read([0x00, 0xFF, 0x03, 0x0D, (byte)'A', .. Raw("PING|1")])).Payload);
        Assert.Equal(5, _reader.NoiseBytes);
        Assert.Equal(0, Enum.GetValues<DroppedFrame>().Sum(_reader.Dropped));
    }

    [Fact]
    public void Frames_are_found_however_the_bytes_are_cut()
    {
        byte[] bytes = [0xFF, .. Raw("PING|1"), .. Raw("PING|2"), 0x07, .. Raw("PING|3")];
        for (var size = 1; size <= bytes.Length; size++)
            Assert.Equal(["PING|1", "PING|2", "PING|3"], bytes.Chunk(size).SelectMany(Read).Select(frame => frame.Payload));
    }

    [Fact]
    public void A_frame_half_received_is_forgotten_when_the_line_is_opened_anew()
    {
        var bytes = Raw("PING|1");
        Read(bytes[..5]);
        _reader.Reset();
        Assert.Empty(Read(bytes[5..]));
        Assert.Equal(1, _reader.Dropped(DroppedFrame.Interrupted));
    }

    /// <summary>A frame by its definition, whatever its length.</summary>
    private static byte[] Raw(string payload) =>
        Encoding.ASCII.GetBytes($"\u0002{payload}\u0003{Crc32.Compute(Encoding.ASCII.GetBytes(payload)):X8}\r");

    private static int Payload(byte[] frame) => Array.IndexOf(frame, (byte)3) - 1;

    private List<TfpFrame> Read(byte[] bytes)
    {
        var frames = new List<TfpFrame>();
        ReadOnlySpan<byte> rest = bytes;
        while (_reader.TryRead(ref rest, out var frame))
            frames.Add(frame);
        Assert.True(rest.IsEmpty);
        return frames;
    }
}
