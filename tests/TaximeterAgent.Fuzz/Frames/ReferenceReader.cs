using System.Text;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>
/// What the protocol says a stream holds, written for being read and not for being fast, and without a line of the agent's own: a second opinion.
/// </summary>
internal static class ReferenceReader
{
    private const int PayloadMaximum = 512;
    private const int Digits = 8;

    /// <param name="stream">From a quiet line on.</param>
    /// <param name="candidates">Frames that were whole in all but their CRC, right ones included: each is one chance for a wrong one to be taken.</param>
    public static List<TfpFrame> Read(ReadOnlySpan<byte> stream, out long candidates)
    {
        var frames = new List<TfpFrame>();
        candidates = 0;
        for (var start = 0; start < stream.Length; start++)
        {
            // A receiver that sees STX starts over, so no frame goes beyond the next.
            if (stream[start] != 0x02)
                continue;
            var end = start + 1;
            while (end < stream.Length && stream[end] is >= 0x20 and <= 0x7E)
                end++;
            var length = end - start - 1;
            if (length is < 1 or > PayloadMaximum || end + Digits + 1 >= stream.Length || stream[end] != 0x03 || stream[end + Digits + 1] != 0x0D)
                continue;
            var digits = Encoding.Latin1.GetString(stream.Slice(end + 1, Digits));
            if (!digits.All(digit => digit is (>= '0' and <= '9') or (>= 'A' and <= 'F')))
                continue;
            candidates++;
            var payload = stream.Slice(start + 1, length);
            var said = Convert.ToUInt32(digits, 16);
            if (said == Crc(payload))
                frames.Add(new TfpFrame(Encoding.ASCII.GetString(payload), said));
        }

        return frames;
    }

    /// <summary>CRC-32/ISO-HDLC, bit by bit as its definition has it.</summary>
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var register = uint.MaxValue;
        foreach (var value in bytes)
        {
            register ^= value;
            for (var bit = 0; bit < 8; bit++)
                register = (register & 1) != 0 ? (register >> 1) ^ 0xEDB88320 : register >> 1;
        }

        return ~register;
    }

    public static byte[] Frame(ReadOnlySpan<byte> payload) => [0x02, .. payload, 0x03, .. Encoding.ASCII.GetBytes($"{Crc(payload):X8}"), 0x0D];

    public static byte[] Frame(string payload) => Frame(Encoding.ASCII.GetBytes(payload));
}
