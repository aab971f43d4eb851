namespace TaximeterAgent.Fuzz;

/// <summary>A source of chance that is the same on every machine and every version of .NET: splitmix64.</summary>
internal sealed class Dice
{
    private ulong _state;

    public Dice(long seed) => _state = unchecked((ulong)seed);

    /// <summary>The dice of one run of one part: any run can be made again without those before it.</summary>
    public static Dice Of(long seed, string part, long run)
    {
        var mixed = unchecked((ulong)seed * 0x9E3779B97F4A7C15);
        foreach (var letter in part)
            mixed = unchecked((mixed ^ letter) * 0x100000001B3);
        return new Dice(unchecked((long)(mixed ^ ((ulong)run * 0xD1342543DE82EF95))));
    }

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>0 to <paramref name="limit"/> − 1; the limit is at least 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public bool OneIn(int many) => Below(many) == 0;

    public byte Byte() => (byte)Next();

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
            bytes[index] = Byte();
        return bytes;
    }
}
