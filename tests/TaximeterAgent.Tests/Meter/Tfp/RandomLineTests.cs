using System.Text;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Tests.Meter.Tfp;

/// <summary>A line that damages, cuts, doubles and invents bytes. The seed is in the name of each run: the same seed is the same run.</summary>
public class RandomLineTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_comes_the_link_answers_each_whole_message_once_and_stays_usable(int seed)
    {
        var random = new Random(seed);
        var bench = new TfpBench().Greeted();
        for (var round = 0; round < 200; round++)
        {
            var before = bench.Sent.Count;
            var fares = bench.Fares.Count + bench.Bookings.Count + bench.Voids.Count;
            var received = bench.Link.Reader.Received;
            var unanswerable = bench.Link.Reader.Dropped(DroppedFrame.NoSequence);
            var ignored = bench.Link.AnswersIgnored;
            foreach (var piece in Damage(TfpBench.Frame(Message(random)), random).Chunk(random.Next(1, 40)))
                bench.Link.Receive(piece);
            var whole = bench.Link.Reader.Received - received - (bench.Link.Reader.Dropped(DroppedFrame.NoSequence) - unanswerable) - (bench.Link.AnswersIgnored - ignored);
            var handed = bench.Fares.Count + bench.Bookings.Count + bench.Voids.Count - fares;
            Assert.Equal(whole, bench.Sent.Count - before + handed);
            Assert.All(bench.Sent.Skip(before), answer => Assert.Matches("^(ACK|NAK)\\|[0-9]{1,5}\\|of=[0-9A-F]{8}", answer.Payload));
        }

        Assert.DoesNotContain(bench.History, frame => frame.Payload.Contains("=91234567") || frame.Payload.Contains("=4791234567"));
        bench.SaysRaw("\u0003");
        Assert.Equal([TfpBench.Ack("PING|9")], bench.Says("PING|9"));
    }

    private static string Message(Random random)
    {
        string[] whole =
        [
            TfpBench.Fare345, TfpBench.Fare345 + "|phone=4791234567|booking=B", "BOOK|1|booking=B|phone=4791234567|cur=NOK|max=1000",
            "VOID|2|booking=B|reason=91234567", "PING|3", "POS|4|meter=M|pos=HIRED|time=2026-11-20T10:00:00Z", "HELLO|5|proto=1|meter=M|model=x|fw=1", "ACK|6|of=00000000",
        ];
        var text = new StringBuilder(whole[random.Next(whole.Length)]);
        for (var change = random.Next(4); change > 0; change--)
        {
            var at = random.Next(text.Length);
            if (random.Next(3) == 0)
                text.Remove(at, 1);
            else if (random.Next(2) == 0)
                text[at] = "|=%09aZ -"[random.Next(9)];
            else
                text.Insert(at, (char)random.Next(0x20, 0x7F));
        }

        return text.Length is >= 1 and <= TfpFrame.PayloadMaximum ? text.ToString() : "PING|1";
    }

    private static byte[] Damage(byte[] frame, Random random)
    {
        var bytes = new List<byte>(frame);
        switch (random.Next(6))
        {
            case 0:
                bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveAt(random.Next(bytes.Count));
                break;
            case 2:
                bytes.Insert(random.Next(bytes.Count + 1), (byte)random.Next(256));
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), frame);
                break;
        }

        return [.. bytes];
    }
}
