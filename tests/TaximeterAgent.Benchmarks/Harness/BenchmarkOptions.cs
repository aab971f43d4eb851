using System.Globalization;

namespace TaximeterAgent.Benchmarks;

/// <summary>What is asked of a run.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = "[NAME…] [--quick] [--trips N] [--json FILE]";

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Fewer rounds and smaller loads: for a look, not for a figure that is quoted.</summary>
    public bool Quick { get; init; }

    /// <summary>For <c>soak</c>: from 20 to a million; null: as many as it does by itself.</summary>
    public int? Trips { get; init; }

    /// <summary>Where the results go as JSON as well.</summary>
    public string? JsonFile { get; init; }

    /// <exception cref="FormatException">An argument cannot be understood, or there is no such benchmark.</exception>
    public static BenchmarkOptions Parse(IReadOnlyList<string> args, IReadOnlyCollection<string> known)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--trips" => options with { Trips = ++i < args.Count && int.TryParse(args[i], NumberStyles.None, CultureInfo.InvariantCulture, out var trips) && trips is >= 20 and <= 1_000_000 ? trips : throw new FormatException("--trips needs 20 to 1000000.") },
                "--json" => options with { JsonFile = ++i < args.Count ? args[i] : throw new FormatException("--json needs a file.") },
                ['-', ..] => throw new FormatException($"{args[i]} is not known."),
                var name when known.Contains(name) => options with { Names = [.. options.Names, name] },
                var name => throw new FormatException($"There is no benchmark {name}."),
            };
        }

        return options;
    }
}
