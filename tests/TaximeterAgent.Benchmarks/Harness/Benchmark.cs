namespace TaximeterAgent.Benchmarks;

/// <summary>Something that is measured. It gives one line or several: each a comparison with a limit, or a count.</summary>
internal abstract class Benchmark
{
    /// <summary>As it is chosen; its lines begin with it.</summary>
    public abstract string Name { get; }

    /// <summary>Why it cannot run here, such as a program that is not installed; null if it can.</summary>
    public virtual string? Missing => null;

    /// <summary>Measures; what it starts has ended when this returns, also if it throws.</summary>
    public abstract Task RunAsync(Measurements run, CancellationToken stop);
}
