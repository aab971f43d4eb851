namespace TaximeterAgent.Simulator.Car;

/// <summary>A bad wire: now and then a bit arrives the other way round, a byte is lost or comes twice, and something comes that nobody sent.</summary>
/// <remarks>Used from one thread at a time: the meter's lock sees to it.</remarks>
internal sealed class Noise(Random random, double perByte)
{
    private static readonly byte[] Rubbish = [0x00, 0xFF, Tfp1.StartOfText, (byte)'P', (byte)'|', 0x80, Tfp1.EndOfText, (byte)'A', Tfp1.CarriageReturn];

    /// <summary>How often something happened to a byte.</summary>
    public int Faults { get; private set; }

    public byte[] Damage(byte[] bytes)
    {
        var arrived = new List<byte>(bytes.Length + Rubbish.Length);
        foreach (byte unit in bytes)
        {
            if (random.NextDouble() >= perByte)
            {
                arrived.Add(unit);
                continue;
            }

            Faults++;
            switch (random.Next(4))
            {
                case 0:
                    arrived.Add((byte)(unit ^ (1 << random.Next(8))));
                    break;
                case 1:
                    break; // lost
                case 2:
                    arrived.AddRange([unit, unit]);
                    break;
                default:
                    arrived.Add(unit);
                    arrived.AddRange(Rubbish.AsSpan(0, random.Next(1, Rubbish.Length + 1)));
                    break;
            }
        }

        return [.. arrived];
    }
}
