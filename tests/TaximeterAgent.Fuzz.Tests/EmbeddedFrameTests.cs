using System.Text;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz.Tests;

/// <summary>
/// What no CRC of this kind can tell, because it covers the payload and not its ends: a payload that was made to hold another frame's beginning or end. Nobody's
/// accident; shown so that the limit of the promise is known exactly.
/// </summary>
public sealed class EmbeddedFrameTests
{
    [Fact]
    public void Two_flipped_bits_can_end_a_frame_early_only_where_its_payload_holds_the_digits_for_that()
    {
        // 'C' is ETX and 'M' is CR with one bit more.
        const string inner = "PING|1";
        var frame = ReferenceReader.Frame($"{inner}C{ReferenceReader.Crc(Encoding.ASCII.GetBytes(inner)):X8}M and more");
        frame[1 + inner.Length] ^= 0x40;
        frame[1 + inner.Length + 9] ^= 0x40;

        Assert.Equal([inner], Read(frame));
    }

    [Fact]
    public void The_same_two_bits_lose_the_frame_where_one_digit_is_another()
    {
        const string inner = "PING|1";
        var digits = $"{ReferenceReader.Crc(Encoding.ASCII.GetBytes(inner)) ^ 1:X8}";
        var frame = ReferenceReader.Frame($"{inner}C{digits}M and more");
        frame[1 + inner.Length] ^= 0x40;
        frame[1 + inner.Length + 9] ^= 0x40;

        Assert.Empty(Read(frame));
    }

    [Fact]
    public void A_flipped_bit_that_makes_an_STX_inside_a_frame_loses_it()
    {
        // 'B' is STX with one bit more. What follows it has another CRC, but for one payload in four thousand million.
        var frame = ReferenceReader.Frame("BOOK|21|booking=B-77|phone=91234567|cur=NOK");
        foreach (var at in Enumerable.Range(1, frame.Length - 12).Where(at => frame[at] == (byte)'B'))
        {
            var damaged = (byte[])frame.Clone();
            damaged[at] ^= 0x40;
            Assert.Empty(Read(damaged));
        }
    }

    private static List<string> Read(byte[] line)
    {
        var frames = new List<TfpFrame>();
        new AgentFrames().Read(line, frames);
        return [.. frames.Select(frame => frame.Payload)];
    }
}
