using System.Globalization;
using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulation;

/// <summary>A fare is acknowledged as soon as it is heard.</summary>
internal sealed class AckBeforeCommit : Saboteur
{
    public override bool Swallows(byte[] bytes, World world, Boot boot)
    {
        if (HeardFare.In(bytes) is { } fare)
            world.Line.WriteFromAgent(fare.Ack, boot.Power);
        return false;
    }
}

/// <summary>What comes under a SEQ that was there before is taken for a repeat.</summary>
internal sealed class DedupeBySeq : Saboteur
{
    private readonly HashSet<int> _seen = [];

    public override bool Swallows(byte[] bytes, World world, Boot boot)
    {
        if (HeardFare.In(bytes) is not { } fare || _seen.Add(fare.Seq))
            return false;
        world.Line.WriteFromAgent(fare.Ack, boot.Power);
        return true;
    }
}

/// <summary>A whole, undamaged FARE in one read, and the answer that would acknowledge it.</summary>
internal sealed record HeardFare(int Seq, byte[] Ack)
{
    public static HeardFare? In(byte[] bytes)
    {
        if (bytes.Length < 12 || bytes[0] != Tfp1.StartOfText || bytes[^1] != Tfp1.CarriageReturn)
            return null;
        var payload = Encoding.ASCII.GetString(bytes, 1, bytes.Length - 11);
        var crc = Encoding.ASCII.GetString(bytes, bytes.Length - 9, 8);
        if (!payload.StartsWith("FARE|", StringComparison.Ordinal) || crc != Crc32.Digits(Encoding.ASCII.GetBytes(payload)) || Tfp1Message.Parse(payload, out _) is not { } message)
            return null;
        return new HeardFare(message.Seq, Tfp1.Frame(string.Create(CultureInfo.InvariantCulture, $"ACK|{message.Seq}|of={crc}")));
    }
}
