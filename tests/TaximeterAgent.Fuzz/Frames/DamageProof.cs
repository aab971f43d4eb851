using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>
/// Real frames with real damage, anywhere from STX to CR, through the reader. A damaged frame may be dropped; it is never taken for another, and the frame behind
/// it is always heard.
/// </summary>
internal sealed class DamageProof(IFrameSource reader)
{
    private const string Behind = "PING|4711";

    private static readonly byte[] s_behind = ReferenceReader.Frame(Behind);

    private readonly List<TfpFrame> _read = [];

    private static IEnumerable<byte[]> Frames => MeterSamples.Payloads.Select(ReferenceReader.Frame).OrderBy(frame => frame.Length);

    public long Single(bool quick)
    {
        _ = quick;
        var cases = 0L;
        foreach (var frame in Frames)
        {
            var line = Line(frame);
            for (var bit = 0; bit < frame.Length * 8; bit++, cases++)
            {
                Flip(line, bit);
                Judge(line, frame);
                Flip(line, bit);
            }
        }

        return cases;
    }

    /// <summary>Every two bits; quick: of frames of up to 64 bytes.</summary>
    public long Pairs(bool quick)
    {
        var cases = 0L;
        foreach (var frame in Frames.Where(frame => !quick || frame.Length <= 64))
        {
            var line = Line(frame);
            for (var one = 0; one < frame.Length * 8; one++)
            {
                Flip(line, one);
                for (var two = 0; two < one; two++, cases++)
                {
                    Flip(line, two);
                    Judge(line, frame);
                    Flip(line, two);
                }

                Flip(line, one);
            }
        }

        return cases;
    }

    /// <summary>Every three bits of the shortest frame, and some of each other.</summary>
    public long Triples(bool quick)
    {
        var cases = 0L;
        var shortest = Frames.First();
        var line = Line(shortest);
        for (var one = 0; one < shortest.Length * 8; one++)
        {
            Flip(line, one);
            for (var two = 0; two < one; two++)
            {
                Flip(line, two);
                for (var three = 0; three < two; three++, cases++)
                {
                    Flip(line, three);
                    Judge(line, shortest);
                    Flip(line, three);
                }

                Flip(line, two);
            }

            Flip(line, one);
        }

        var dice = Dice.Of(1, "triples", 0);
        foreach (var frame in Frames.Skip(1))
        {
            line = Line(frame);
            for (var sample = quick ? 10_000 : 1_000_000; sample > 0; sample--, cases++)
            {
                int one = dice.Below(frame.Length * 8), two = dice.Below(frame.Length * 8), three = dice.Below(frame.Length * 8);
                if (one == two || two == three || one == three)
                    continue;
                Flip(line, one);
                Flip(line, two);
                Flip(line, three);
                Judge(line, frame);
                Flip(line, one);
                Flip(line, two);
                Flip(line, three);
            }
        }

        return cases;
    }

    /// <summary>A burst at every bit of every frame: all ones, alternating and many by chance, of every length from 1 to 32; the line's order, lowest bit first.</summary>
    public long Bursts(bool quick)
    {
        var cases = 0L;
        var dice = Dice.Of(1, "bursts", 0);
        foreach (var frame in Frames)
        {
            var line = Line(frame);
            for (var start = 0; start < frame.Length * 8; start++)
            {
                for (var pattern = quick ? 24 : 2_000; pattern > 0; pattern--, cases++)
                {
                    var length = Math.Min(pattern <= 2 ? 32 : 1 + dice.Below(32), (frame.Length * 8) - start);
                    var ends = 1u | (1u << (length - 1));
                    var burst = (pattern switch { 1 => uint.MaxValue, 2 => 0x55555555u, _ => (uint)dice.Next() } | ends) & (uint.MaxValue >> (32 - length));
                    Apply(line, start, burst);
                    Judge(line, frame);
                    Apply(line, start, burst);
                }
            }
        }

        return cases;
    }

    private static byte[] Line(byte[] frame) => [.. frame, .. s_behind];

    private static void Flip(byte[] line, int bit) => line[bit >> 3] ^= (byte)(1 << (bit & 7));

    private static void Apply(byte[] line, int start, uint burst)
    {
        for (var bit = 0; burst != 0; bit++, burst >>= 1)
        {
            if ((burst & 1) != 0)
                Flip(line, start + bit);
        }
    }

    private void Judge(byte[] line, byte[] sent)
    {
        _read.Clear();
        reader.Read(line, _read);
        if (_read is [{ Payload: Behind }])
            return;
        var wrong = _read.Count == 0 || _read[^1].Payload != Behind ? "the frame behind a damaged one was lost" : "a damaged frame was taken for another";
        throw new CheckFailedException($"{wrong}: sent {Convert.ToHexString(sent)}", (byte[])line.Clone());
    }
}
