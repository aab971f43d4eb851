using System.Globalization;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Benchmarks;

/// <summary>On what was measured: a figure without its machine says little.</summary>
internal static class Machine
{
    private const string ModelLine = "model name";

    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} x {Model()}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024):0.#} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    // Boards name the processor elsewhere or not at all.
    private static string Model() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(ModelLine, StringComparison.Ordinal)) is { } found
            ? found[(found.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
