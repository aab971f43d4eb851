using TaximeterAgent.Simulator.Measure;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>Processor time that some processes take while something is done, each time it is done.</summary>
internal sealed class ProcessorUse(params int[] processes)
{
    private readonly List<double>[] _seconds = [.. processes.Select(_ => new List<double>())];

    public async Task<T> DuringAsync<T>(Func<Task<T>> work)
    {
        var before = Now();
        var result = await work();
        foreach (var (now, earlier, list) in Now().Zip(before, _seconds))
            list.Add((now - earlier).TotalSeconds);
        return result;
    }

    /// <summary>The median of one process, for each of so many pieces of work, as a person reads it.</summary>
    public string Each(int process, int pieces) => Unit.Seconds.Write(Median.Of(_seconds[process]) / pieces)[0];

    private TimeSpan[] Now() => [.. processes.Select(id => TaskCounters.Of(id).Processor)];
}
