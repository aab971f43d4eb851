namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>A benchmark of a test's own making.</summary>
internal sealed class Bench(string name, Func<Measurements, CancellationToken, Task> run) : Benchmark
{
    public override string Name => name;

    public override Task RunAsync(Measurements measurements, CancellationToken stop) => run(measurements, stop);

    /// <summary>A side that always measures the same.</summary>
    public static Func<CancellationToken, Task<double>> Always(double value) => _ => Task.FromResult(value);

    /// <summary>A side that measures one after another.</summary>
    public static Func<CancellationToken, Task<double>> Each(Func<double> value) => _ => Task.FromResult(value());

    /// <summary>A comparison by itself: its result, and what was printed.</summary>
    public static async Task<(RatioResult Result, string Line)> CompareAsync(Comparison comparison, bool quick = false)
    {
        using var output = new StringWriter();
        var result = await new Measurements(quick, output).CompareAsync(comparison, CancellationToken.None);
        return (result, output.ToString().Split('\n')[0]);
    }

    /// <summary>The whole program.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(IReadOnlyList<Benchmark> benchmarks, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.InvokeAsync(args, benchmarks, new Dictionary<string, LimitProgram>(), output, error);
        return (code, output.ToString(), error.ToString());
    }
}
