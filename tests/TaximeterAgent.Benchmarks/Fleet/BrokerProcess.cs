using System.Globalization;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Measure;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>What the broker takes of the machine, as the kernel and the broker itself say it.</summary>
/// <param name="id">The process.</param>
/// <param name="management">The broker's management.</param>
internal sealed class BrokerProcess(int id, HttpClient management)
{
    private const string Resident = "VmRSS:";
    private const double Steady = 0.01;
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(3);

    /// <summary>Memory that is really there, in bytes.</summary>
    public double Memory()
    {
        var line = File.ReadLines($"/proc/{id}/status").First(text => text.StartsWith(Resident, StringComparison.Ordinal));
        return 1024 * double.Parse(line[Resident.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>The same once it does not change any more, or at the latest after <paramref name="most"/>.</summary>
    public async Task<double> MemoryAtRestAsync(TimeSpan most, CancellationToken stop)
    {
        var (before, now) = (0.0, Memory());
        for (var waited = TimeSpan.Zero; waited < most && Math.Abs(now - before) > Steady * now; waited += s_look)
        {
            await Task.Delay(s_look, stop);
            (before, now) = (now, Memory());
        }

        return now;
    }

    /// <summary>The share of one processor that it takes.</summary>
    public async Task<double> ProcessorAsync(TimeSpan during, CancellationToken stop)
    {
        var before = TaskCounters.Of(id).Processor;
        await Task.Delay(during, stop);
        return (TaskCounters.Of(id).Processor - before) / during;
    }

    /// <summary>File descriptors that are open.</summary>
    public int Descriptors() => Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Count();

    /// <summary>Erlang processes, of which the broker allows itself a million.</summary>
    public async Task<long> ErlangProcessesAsync(CancellationToken stop)
    {
        var nodes = JsonNode.Parse(await management.GetStringAsync("nodes", stop))!.AsArray();
        return (long)nodes[0]!["proc_used"]!;
    }
}
