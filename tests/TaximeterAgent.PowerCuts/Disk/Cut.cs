using System.Globalization;

namespace TaximeterAgent.PowerCuts.Disk;

/// <summary>What a cut leaves of the changes since the last sync.</summary>
internal enum CutKind
{
    /// <summary>All of them: the process was stopped, the disk was not.</summary>
    All,

    /// <summary>None of them.</summary>
    None,

    /// <summary>All but one.</summary>
    Without,

    /// <summary>One alone.</summary>
    Only,

    /// <summary>Any of them.</summary>
    Subset,

    /// <summary>Any of them, and of some writes only some sectors of 512 bytes.</summary>
    Torn,

    /// <summary>Any of them; of some writes that make a file longer only the length, and zeros.</summary>
    Zeros,

    /// <summary>Any of them; of some writes nothing but noise, in the whole of each sector of 4096 bytes that they touch.</summary>
    Noise,
}

/// <summary>What becomes of one change.</summary>
internal enum Fate
{
    Lost,
    Kept,
    Torn,
    Zeros,
    Noise,
}

/// <summary>A power cut: after which operation, and what it leaves. Its text is enough to make it again from the same seed.</summary>
/// <param name="After">Operations carried out before it.</param>
/// <param name="Kind">What is left.</param>
/// <param name="Number">Which change, for <see cref="CutKind.Without"/> and <see cref="CutKind.Only"/>; else the seed of the choice.</param>
internal sealed record Cut(int After, CutKind Kind, int Number)
{
    public bool IsPrefix => Kind is CutKind.All or CutKind.None;

    public bool IsTorn => Kind is CutKind.Torn or CutKind.Zeros or CutKind.Noise;

    /// <exception cref="FormatException">It is no cut's text.</exception>
    public static Cut Parse(string text) =>
        text.Split('.') is [var after, var kind, var number]
            && int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var operation)
            && Enum.TryParse<CutKind>(kind, ignoreCase: true, out var known)
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var choice)
            ? new Cut(operation, known, choice)
            : throw new FormatException($"'{text}' is no cut; one looks like 812.torn.77.");

    /// <summary>What becomes of each change.</summary>
    public Fate[] Fates(IReadOnlyList<Pending> pending)
    {
        var fates = new Fate[pending.Count];
        var chance = new Chance(Number);
        var kept = chance.Pick([0.1, 0.5, 0.9]);
        var hurt = chance.Pick([0.05, 0.3, 1.0]);
        for (var i = 0; i < fates.Length; i++)
        {
            var keep = chance.Of(kept);
            var damage = chance.Of(hurt);
            fates[i] = Kind switch
            {
                CutKind.All => Fate.Kept,
                CutKind.None => Fate.Lost,
                CutKind.Without => i == Number ? Fate.Lost : Fate.Kept,
                CutKind.Only => i == Number ? Fate.Kept : Fate.Lost,
                _ when damage && IsTorn && pending[i] is Pending.Write => Damage,
                _ => keep ? Fate.Kept : Fate.Lost,
            };
        }

        // What is called torn has something torn.
        var writes = Enumerable.Range(0, fates.Length).Where(i => pending[i] is Pending.Write).ToList();
        if (IsTorn && writes.Count > 0 && !writes.Any(i => fates[i] == Damage))
            fates[chance.Pick(writes)] = Damage;
        return fates;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{After}.{Kind.ToString().ToLowerInvariant()}.{Number}");

    private Fate Damage => Kind switch
    {
        CutKind.Torn => Fate.Torn,
        CutKind.Zeros => Fate.Zeros,
        _ => Fate.Noise,
    };
}
