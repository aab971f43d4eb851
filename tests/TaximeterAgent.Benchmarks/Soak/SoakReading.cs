using System.Globalization;

namespace TaximeterAgent.Benchmarks.Soak;

/// <summary>What a process holds at one moment, after a full collection.</summary>
/// <param name="Trips">Settled so far.</param>
/// <param name="Heap">Bytes of live objects.</param>
/// <param name="Resident">Bytes of memory that it has of the machine's.</param>
/// <param name="Descriptors">Open ones.</param>
/// <param name="Threads">All, the runtime's own too.</param>
internal sealed record SoakReading(int Trips, double Heap, double Resident, double Descriptors, double Threads)
{
    private const string ResidentLine = "VmRSS:";
    private const string ThreadsLine = "Threads:";

    /// <summary>As the kernel sees a process of which the heap is known.</summary>
    public static SoakReading Of(int process, int trips, long heap)
    {
        var status = File.ReadAllLines($"/proc/{process}/status");
        return new SoakReading(
            trips, heap, Number(status, ResidentLine) * 1024, Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count(), Number(status, ThreadsLine));
    }

    // "VmRSS:     96240 kB"
    private static long Number(string[] status, string name) => long.Parse(
        status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
}
