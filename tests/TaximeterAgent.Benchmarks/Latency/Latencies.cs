using System.Diagnostics;

namespace TaximeterAgent.Benchmarks.Latency;

/// <summary>Takes a number of samples one after another; keeps all that were not part of a warm-up, for the percentile.</summary>
/// <param name="count">Samples in one measurement.</param>
/// <param name="sample">One: a begin and an end, as monotonic timestamps.</param>
internal sealed class Latencies(int count, Func<CancellationToken, Task<(long Begin, long End)>> sample)
{
    /// <summary>A car rests between two fares. So do both sides, and then neither finds the processor still awake, nor the rest of the sample before.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    private readonly List<double> _all = [];
    private bool _warm;

    /// <summary>The median of a measurement, in seconds.</summary>
    public async Task<double> MeasureAsync(CancellationToken stop)
    {
        var seconds = new List<double>(count);
        while (seconds.Count < count)
        {
            await Task.Delay(Rest, stop);
            var (begin, end) = await sample(stop);
            if (end <= begin)
                throw new InvalidOperationException("a sample ended before it began");
            seconds.Add(Stopwatch.GetElapsedTime(begin, end).TotalSeconds);
        }

        if (_warm)
            _all.AddRange(seconds);
        _warm = true;
        return Median.Of(seconds);
    }

    /// <summary>The median and the 99th percentile of all samples, as a person reads it.</summary>
    public string Describe(string side)
    {
        var written = Unit.Seconds.Write(Median.Of(_all), Median.Percentile(_all, 0.99));
        return $"{side}: median {written[0]}, p99 {written[1]} of {_all.Count} samples";
    }
}
