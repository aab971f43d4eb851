namespace TaximeterAgent.Simulation;

/// <summary>All chance of a world, from its seed.</summary>
internal sealed class Chance(int seed)
{
    private ulong _state = Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15);

    /// <summary>True with this probability. Draws nothing for 0, so that a fault that is switched off changes nothing else.</summary>
    public bool Of(double probability) => probability > 0 && Fraction() < probability;

    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From <paramref name="from"/> up to but not including <paramref name="to"/>.</summary>
    public int Between(int from, int to) => from + (int)(Next() % (uint)Math.Max(1, to - from));

    public TimeSpan Seconds(double from, double to) => TimeSpan.FromMilliseconds(Math.Round((from + (to - from) * Fraction()) * 1000));

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Between(0, choices.Length)];

    // SplitMix64: small, fast to start, and the same on every version of .NET.
    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
