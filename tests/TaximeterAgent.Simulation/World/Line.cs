using System.Text;
using ISerialLine = TaximeterAgent.Simulator.Car.ISerialLine;

namespace TaximeterAgent.Simulation;

/// <summary>The serial line between meter and agent: in order, and now and then a frame is lost, cut, damaged or doubled.</summary>
internal sealed class Line(VirtualClock clock, Chance chance, Tally tally, Judge judge, History history) : ISerialLine
{
    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(10);

    public event Action<ReadOnlyMemory<byte>>? Received;

    /// <summary>Takes what comes to the agent's end; null while nobody listens there.</summary>
    public Action<byte[]>? Agent { get; set; }

    /// <summary>Probability for each frame; 0 once the world is healthy.</summary>
    public double Trouble { get; set; }

    /// <summary>From the meter.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var frame = bytes.ToArray();
        var payload = PayloadOf(frame);
        judge.MeterSays(payload);
        history.Note("meter", $"{payload}");
        foreach (var piece in OnItsWay(frame))
            clock.After(s_latency, () => Agent?.Invoke(piece));
    }

    /// <summary>From the agent, whose power may go at any byte.</summary>
    public void WriteFromAgent(ReadOnlySpan<byte> bytes, Power power)
    {
        power.Step(CrashPoint.BeforeFrame);
        var frame = bytes.ToArray();
        if (power.IsCutAt(CrashPoint.InFrame))
        {
            Deliver(frame[..chance.Between(0, frame.Length)]);
            throw new PowerCut();
        }

        var payload = PayloadOf(frame);
        history.Note("agent", $"{payload}");
        judge.AgentSays(payload);
        foreach (var piece in OnItsWay(frame))
            Deliver(piece);
        power.Step(CrashPoint.AfterFrame);
    }

    private void Deliver(byte[] bytes) => clock.After(s_latency, () => Received?.Invoke(bytes));

    private IEnumerable<byte[]> OnItsWay(byte[] frame)
    {
        if (!chance.Of(Trouble))
            return [frame];
        switch (chance.Between(0, 4))
        {
            case 0:
                tally.Count(FaultKind.FrameLost);
                return [];
            case 1:
                tally.Count(FaultKind.FrameCut);
                // Cut off, or only cut into two reads.
                var at = chance.Between(1, frame.Length);
                return chance.Of(0.5) ? [frame[..at]] : [frame[..at], frame[at..]];
            case 2:
                tally.Count(FaultKind.FrameDamaged);
                frame = [.. frame];
                frame[chance.Between(0, frame.Length)] ^= (byte)(1 << chance.Between(0, 8));
                return [frame];
            default:
                tally.Count(FaultKind.FrameDoubled);
                return [frame, frame];
        }
    }

    // STX payload ETX CRC CR.
    private static string PayloadOf(byte[] frame) => Encoding.ASCII.GetString(frame, 1, frame.Length - 11);
}
