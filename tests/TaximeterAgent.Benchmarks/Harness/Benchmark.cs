namespace TaximeterAgent.Benchmarks;

/// <summary>Something that is measured. It gives one line or several: each a comparison with a limit, or a count.</summary>
internal abstract class Benchmark
{
    /// <summary>As it is chosen; its lines begin with it.</summary>
    public abstract string Name { get; }

    /// <summary>True for one that takes long: all the others run without being named, and this one only in its short form.</summary>
    public virtual bool OnlyIfNamed => false;

    /// <summary>Measures; what it starts has ended when this returns, also if it throws.</summary>
    /// <exception cref="NotHereException">It cannot be measured on this machine.</exception>
    public abstract Task RunAsync(Measurements run, CancellationToken stop);
}

/// <summary>Something that a benchmark needs is not there, such as a program that is not installed: its line says so, and it is no failure.</summary>
internal sealed class NotHereException(string message) : Exception(message);
