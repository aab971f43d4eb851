using System.Globalization;

namespace TaximeterAgent.Benchmarks;

/// <summary>What a measured number counts, and how a person reads it.</summary>
internal sealed class Unit
{
    private readonly (double Size, string Suffix)[] _scales;

    private Unit(string name, params (double Size, string Suffix)[] scales)
    {
        Name = name;
        _scales = scales;
    }

    /// <summary>Measured in seconds.</summary>
    public static Unit Seconds { get; } = new("s", (1, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"));

    /// <summary>So many a second.</summary>
    public static Unit PerSecond { get; } = new("/s", (1, "/s"));

    /// <summary>Bytes.</summary>
    public static Unit Bytes { get; } = new("B", (1024 * 1024 * 1024, "GiB"), (1024 * 1024, "MiB"), (1024, "KiB"), (1, "B"));

    /// <summary>Measured as a share of one.</summary>
    public static Unit Share { get; } = new("1", (0.01, "%"));

    /// <summary>A number of things.</summary>
    public static Unit Number { get; } = new("1", (1, ""));

    /// <summary>In which the numbers of the JSON file are.</summary>
    public string Name { get; }

    /// <summary>Numbers that stand side by side: in one scale, that of the smallest, so that they can be compared at a glance.</summary>
    public IReadOnlyList<string> Write(params IReadOnlyList<double> values)
    {
        var smallest = values.Min();
        var (size, suffix) = Array.Find(_scales, scale => smallest >= scale.Size) is { Suffix: not null } fitting ? fitting : _scales[^1];
        return [.. values.Select(value => Digits(value / size) + suffix)];
    }

    // Three digits that count.
    private static string Digits(double value) => value.ToString(value >= 100 ? "0" : value >= 10 ? "0.#" : "0.##", CultureInfo.InvariantCulture);
}
