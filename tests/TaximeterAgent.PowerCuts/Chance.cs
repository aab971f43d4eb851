namespace TaximeterAgent.PowerCuts;

/// <summary>All chance of a run, from its seed.</summary>
internal sealed class Chance(long seed)
{
    private ulong _state = Mix((ulong)seed + 0x9E3779B97F4A7C15);

    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Of(double probability) => Fraction() < probability;

    /// <summary>From <paramref name="from"/> up to but not including <paramref name="to"/>; <paramref name="from"/> if that is nothing.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (uint)Math.Max(1, to - from));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count)];

    public byte Byte() => (byte)Next();

    public void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Byte();
    }

    // SplitMix64: small, and the same on every version of .NET.
    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
