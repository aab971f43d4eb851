using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Benchmarks;

/// <summary>Runs the chosen benchmarks one after another. One that breaks does not keep the others from running.</summary>
internal sealed class Session(BenchmarkOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <returns>The exit code.</returns>
    /// <exception cref="FormatException">The JSON file cannot be written: said before anything is measured.</exception>
    public async Task<int> RunAsync(IReadOnlyList<Benchmark> benchmarks, CancellationToken stop)
    {
        await using var json = OpenJson();
        var began = time.GetUtcNow();
        var machine = Machine.Describe();
        await output.WriteLineAsync($"{began.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, {machine}{(options.Quick ? ", quick" : "")}");
        var run = new Measurements(options.Quick, output) { Trips = options.Trips };
        try
        {
            foreach (var benchmark in benchmarks.Where(Chosen))
                await RunAsync(benchmark, run, stop);
        }
        finally
        {
            // Also what was measured until it was interrupted.
            if (json is not null)
            {
                var report = new JsonObject
                {
                    ["at"] = began.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                    ["machine"] = machine,
                    ["quick"] = options.Quick,
                    ["results"] = new JsonArray([.. run.Results.Select(result => result.ToJson())]),
                };
                await json.WriteLineAsync(report.ToJsonString(s_indented));
            }
        }

        return run.Results.Any(result => result is NoResult { Word: NoResult.Broken }) ? ExitCode.Broken : ExitCode.Ok;
    }

    private bool Chosen(Benchmark one) => options.Names.Count == 0 ? options.Quick || !one.OnlyIfNamed : options.Names.Contains(one.Name);

    private async Task RunAsync(Benchmark benchmark, Measurements run, CancellationToken stop)
    {
        try
        {
            await benchmark.RunAsync(run, stop);
        }
        catch (NotHereException e)
        {
            await run.AddAsync(new NoResult(benchmark.Name, NoResult.Skipped, e.Message));
        }
#pragma warning disable CA1031 // Whatever it was, it is said, and the others still run.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Whoever is told to stop may end in any way.
            stop.ThrowIfCancellationRequested();
            await error.WriteLineAsync(e.ToString());
            await run.AddAsync(new NoResult(benchmark.Name, NoResult.Broken, e.Message.ReplaceLineEndings(" ")));
        }
    }

    private StreamWriter? OpenJson()
    {
        try
        {
            return options.JsonFile is { } file ? new StreamWriter(file) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FormatException($"--json: {e.Message}", e);
        }
    }
}
