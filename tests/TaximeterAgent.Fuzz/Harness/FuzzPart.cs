namespace TaximeterAgent.Fuzz;

/// <summary>How much of a part is run: it ends with whichever comes first.</summary>
internal readonly record struct Budget(long Runs, long Bytes)
{
    public static Budget OfRuns(long runs) => new(runs, long.MaxValue);

    public static Budget OfBytes(long bytes) => new(long.MaxValue, bytes);
}

/// <summary>
/// One way of throwing things at one thing. Every input is plain bytes, so that a failure can be made smaller, printed and run again without knowing what it
/// means.
/// </summary>
/// <param name="Name">Within its target.</param>
/// <param name="Quick">For <c>--quick</c>.</param>
/// <param name="Long">Otherwise.</param>
/// <param name="Share">How much of <c>--runs</c> or <c>--bytes</c> it gets, 0 to 1: a real socket is slower than memory.</param>
/// <param name="Make">An input, from nothing but the dice.</param>
/// <param name="Judge">True if the input was accepted. Throws if anything is wrong.</param>
internal sealed record FuzzPart(string Name, Budget Quick, Budget Long, double Share, Func<Dice, byte[]> Make, Func<byte[], ValueTask<bool>> Judge);

/// <summary>Something that is gone through in full and not by chance.</summary>
/// <param name="Name">Within its target.</param>
/// <param name="Run">Told whether to be quick; answers how many cases there were. Throws if anything is wrong.</param>
internal sealed record FuzzProof(string Name, Func<bool, long> Run);

/// <summary>One thing of the agent that reads what others write.</summary>
internal interface IFuzzTarget : IAsyncDisposable
{
    string Name { get; }

    IReadOnlyList<FuzzProof> Proofs { get; }

    IReadOnlyList<FuzzPart> Parts { get; }

    /// <summary>Before the first input: sockets and the like.</summary>
    ValueTask StartAsync();

    /// <summary>After the last: what can only be seen over all runs. Throws if anything is wrong; answers what there is to say, perhaps nothing.</summary>
    IReadOnlyList<string> Conclude();
}
