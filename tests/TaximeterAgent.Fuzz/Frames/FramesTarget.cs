using System.Globalization;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>The reader of the meter's line, alone and with the whole session behind it.</summary>
internal sealed class FramesTarget : IFuzzTarget
{
    /// <summary>Between two reads with everything else collected, in bytes: what a car could leak in a run of any length.</summary>
    private const long GrowthMaximum = 512 * 1024;

    /// <summary>A wrong frame that the CRC lets through is no defect as long as there are not more of them than its 32 bits explain.</summary>
    private const double Improbable = 1e-6;

    private const int StreamMaximum = 4096;

    /// <summary>Frames of one letter over and over are sent too, from a little below the longest payload to a little above.</summary>
    private const int LongText = TfpFrame.PayloadMaximum - 3;

    private static readonly byte[][] s_frames = [.. MeterSamples.Payloads.Select(ReferenceReader.Frame)];
    private static readonly HashSet<string> s_sent = [.. MeterSamples.Payloads];

    private readonly Func<IFrameSource> _reader;
    private readonly IFrameSource _lasting;
    private readonly LinkProbe _lastingLink = new();
    private readonly List<TfpFrame> _kept = [];
    private long _candidates;
    private long _right;
    private long _forged;
    private long _retained;

    public FramesTarget(Func<IFrameSource> reader)
    {
        _reader = reader;
        _lasting = reader();
        var damage = new DamageProof(reader());
        Proofs =
        [
            new FuzzProof("crc-three-flips", _ => CrcProof.UpToThreeFlips()),
            new FuzzProof("crc-bursts-over-the-end", _ => CrcProof.BurstsOverTheEnd()),
            new FuzzProof("single-bits", damage.Single),
            new FuzzProof("pairs", damage.Pairs),
            new FuzzProof("triples", damage.Triples),
            new FuzzProof("bursts", damage.Bursts),
        ];
        Parts = [new FuzzPart("stream", Budget.OfBytes(1_000_000), Budget.OfBytes(100_000_000), 1, Make, Judge)];
    }

    public string Name => "frames";

    public IReadOnlyList<FuzzProof> Proofs { get; }

    public IReadOnlyList<FuzzPart> Parts { get; }

    public ValueTask StartAsync()
    {
        // All that is made once is made.
        foreach (var frame in s_frames)
            _ = Judge(frame);
        (_candidates, _right, _forged) = (0, 0, 0);
        _retained = GC.GetTotalMemory(forceFullCollection: true);
        return ValueTask.CompletedTask;
    }

    public IReadOnlyList<string> Conclude()
    {
        var growth = GC.GetTotalMemory(forceFullCollection: true) - _retained;
        Check.That(growth < GrowthMaximum, $"memory grew: {growth} bytes");
        var chances = _candidates - _right;
        var expected = chances / (double)(1L << 32);
        Check.That(AtLeast(_forged, expected) > Improbable, $"the CRC let too much through: {_forged} of {chances}, {expected:G3} to be expected");
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"candidates={_candidates} right={_right} wrong={chances} wrong-accepted={_forged} expected={expected:G3}"),
            string.Create(CultureInfo.InvariantCulture, $"retained={growth} bytes"),
        ];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The chance of seeing so many or more where so many are to be expected (Poisson).</summary>
    internal static double AtLeast(long seen, double expected)
    {
        var (less, term) = (0.0, Math.Exp(-expected));
        for (var count = 0; count < seen; count++)
        {
            less += term;
            term *= expected / (count + 1);
        }

        // Far below what 1 − less can tell from zero, the next term is the sum.
        return seen == 0 ? 1 : Math.Max(1 - less, term);
    }

    private static bool IsSent(TfpFrame frame) =>
        s_sent.Contains(frame.Payload) || (frame.Payload.Length >= LongText && frame.Payload.All(letter => letter == frame.Payload[0]));

    private static byte[] Make(Dice dice)
    {
        switch (dice.Below(7))
        {
            case 0:
                return dice.Bytes(1 + dice.Below(StreamMaximum));
            case 1:
                return Letters(dice, 1 + dice.Below(StreamMaximum));
            case 2:
                return ByteMutator.Mutate(dice, dice.Of(s_frames), 4, s_frames, StreamMaximum);
            case 3:
                return ByteMutator.Mutate(dice, Several(dice), 12, s_frames, StreamMaximum);
            case 4:
                return Whole(dice);
            case 5:
                return Reworded(dice);
            default:
                // Around the longest payload there is.
                return ReferenceReader.Frame(new string((char)(0x20 + dice.Below(95)), LongText + dice.Below(6)));
        }
    }

    // Mostly the bytes that mean something, so that every state of the reader is met in every order.
    private static byte[] Letters(Dice dice, int length)
    {
        ReadOnlySpan<byte> letters = [0x02, 0x02, 0x03, 0x03, 0x0D, 0x0D, (byte)'A', (byte)'F', (byte)'0', (byte)'9', (byte)'|', (byte)'=', (byte)'%', 0x7F, 0x00, 0xFF];
        var stream = new byte[length];
        for (var index = 0; index < length; index++)
            stream[index] = letters[dice.Below(letters.Length)];
        return stream;
    }

    private static byte[] Several(Dice dice)
    {
        var stream = new List<byte>();
        for (var count = 1 + dice.Below(8); count > 0; count--)
            stream.AddRange(dice.Of(s_frames));
        return [.. stream];
    }

    // Whole in all but the CRC, which is by chance: each is one chance for the CRC to be wrong about.
    private static byte[] Whole(Dice dice)
    {
        var stream = new List<byte>();
        while (stream.Count < StreamMaximum - 64)
        {
            stream.Add(0x02);
            for (var count = 1 + dice.Below(8); count > 0; count--)
                stream.Add((byte)(0x20 + dice.Below(95)));
            stream.Add(0x03);
            for (var count = 0; count < 8; count++)
                stream.Add((byte)"0123456789ABCDEF"[dice.Below(16)]);
            stream.Add(0x0D);
        }

        return [.. stream];
    }

    // Real frames in which more than three bits of the payload are wrong, and nothing else.
    private static byte[] Reworded(Dice dice)
    {
        var stream = new List<byte>();
        while (stream.Count < StreamMaximum / 2)
        {
            var frame = (byte[])dice.Of(s_frames).Clone();
            for (var count = 2 + dice.Below(12); count > 0; count--)
                frame[1 + dice.Below(frame.Length - 11)] = (byte)(0x20 + dice.Below(95));
            stream.AddRange(frame);
        }

        return [.. stream];
    }

    private ValueTask<bool> Judge(byte[] stream)
    {
        var expected = ReferenceReader.Read(stream, out var candidates);
        var burst = Read(_reader(), stream, stream.Length);
        Check.That(burst.Frames.SequenceEqual(expected), $"other frames than the protocol says: {burst.Frames.Count} and not {expected.Count}");
        var single = Read(_reader(), stream, 1);
        Check.That(single.Frames.SequenceEqual(expected) && single.Counts.SequenceEqual(burst.Counts), "byte by byte is not as at once");
        var cut = Read(_reader(), stream, 0);
        Check.That(cut.Frames.SequenceEqual(expected) && cut.Counts.SequenceEqual(burst.Counts), "cut anyhow is not as at once");
        Check.That(burst.Counts[0] == expected.Count, "the count of frames received is wrong");
        Session(stream, expected);
        Lasting(stream);
        _candidates += candidates;
        _right += expected.Count(IsSent);
        _forged += expected.Count(frame => !IsSent(frame));
        return ValueTask.FromResult(expected.Count > 0);
    }

    /// <param name="reader">A new one.</param>
    /// <param name="stream">All of it.</param>
    /// <param name="chunk">Bytes at a time; 0 for cuts that depend on the bytes themselves, so that the same input is cut in the same way again.</param>
    private static (List<TfpFrame> Frames, IReadOnlyList<long> Counts) Read(IFrameSource reader, ReadOnlySpan<byte> stream, int chunk)
    {
        var frames = new List<TfpFrame>();
        var dice = new Dice(ReferenceReader.Crc(stream));
        while (!stream.IsEmpty)
        {
            var length = Math.Min(chunk > 0 ? chunk : 1 + dice.Below(dice.OneIn(3) ? 3 : 100), stream.Length);
            reader.Read(stream[..length], frames);
            stream = stream[length..];
        }

        return (frames, reader.Counts);
    }

    // What the meter hears is at most one answer for each frame, and HELLO again after the meter's.
    private static void Session(byte[] stream, List<TfpFrame> frames)
    {
        var link = new LinkProbe();
        link.Receive(stream);
        Check.That(link.Answers.Count <= frames.Count, $"more answers than frames: {link.Answers.Count} to {frames.Count}");
        Check.That(link.Heard.Count <= frames.Count, "more messages than frames");
    }

    // The same reader and session for the whole run: what they keep is measured at the end.
    private void Lasting(byte[] stream)
    {
        _kept.Clear();
        _lasting.Read(stream, _kept);
        _lastingLink.Receive(stream);
        _lastingLink.Forget();
    }
}
