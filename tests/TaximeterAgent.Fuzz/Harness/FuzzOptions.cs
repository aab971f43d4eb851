using System.Globalization;

namespace TaximeterAgent.Fuzz;

/// <summary>What is asked of a run.</summary>
internal sealed record FuzzOptions
{
    public const string Usage = "[TARGET…|all] [--bytes N | --runs N] [--seed S] [--seconds T] [--quick] [--verbose] [--input HEX with one TARGET/PART]";

    public const long DefaultSeed = 1;

    /// <summary>Names of targets, or of one part as <c>target/part</c>; empty for all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public long? Runs { get; init; }

    public long? Bytes { get; init; }

    public long Seed { get; init; } = DefaultSeed;

    /// <summary>For each target; the counts decide otherwise, so that a run is the same every time.</summary>
    public TimeSpan? Time { get; init; }

    public bool Quick { get; init; }

    public bool Verbose { get; init; }

    /// <summary>Judge this and nothing else.</summary>
    public byte[]? Input { get; init; }

    public Budget BudgetOf(FuzzPart part) => (Runs, Bytes, Time) switch
    {
        ({ } runs, _, _) => Budget.OfRuns(Math.Max(1, (long)(runs * part.Share))),
        (_, { } bytes, _) => Budget.OfBytes(Math.Max(1, (long)(bytes * part.Share))),
        (_, _, not null) => Budget.OfRuns(long.MaxValue),
        _ => Quick ? part.Quick : part.Long,
    };

    /// <exception cref="FormatException">An argument cannot be understood.</exception>
    public static FuzzOptions Parse(IReadOnlyList<string> args)
    {
        var options = new FuzzOptions();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--runs" => options with { Runs = Number(Value()) },
                "--bytes" => options with { Bytes = Number(Value()) },
                "--seed" => options with { Seed = Number(Value()) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(Number(Value())) },
                "--quick" => options with { Quick = true },
                "--verbose" => options with { Verbose = true },
                "--input" => options with { Input = Hex(Value()) },
                "all" => options,
                ['-', ..] => throw new FormatException($"{args[i]} is not known."),
                var target => options with { Targets = [.. options.Targets, target] },
            };
        }

        if (options is { Runs: not null, Bytes: not null })
            throw new FormatException("--runs or --bytes, not both.");
        if (options.Input is not null && (options.Targets.Count != 1 || !options.Targets[0].Contains('/')))
            throw new FormatException("--input is for one TARGET/PART.");
        return options;
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 1_000_000_000_000
        ? number
        : throw new FormatException($"'{text}' is no number.");

    private static byte[] Hex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            throw new FormatException("--input is hex digits, two a byte.");
        }
    }
}
