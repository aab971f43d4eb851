using System.Globalization;

namespace TaximeterAgent.Simulation;

/// <summary>What is asked of a run.</summary>
internal sealed record CampaignOptions
{
    public const string Usage = "[--trips N] [--keys N] [--seed S] [--seconds T] [--workers N] [--verbose] [--keep-going] [--store memory|sqlite] [--sabotage NAME|all]";

    /// <summary>Stop once so many trips were driven.</summary>
    public long Trips { get; init; } = 20_000;

    /// <summary>The driver does everything wrong in every order: stop once so many keys were pressed, or with 0 after the one world of the seed. Null for a driver who looks at the display.</summary>
    public long? Keys { get; init; }

    /// <summary>The first world. Without a number of trips or a time: exactly this one, and no other.</summary>
    public int? Seed { get; init; }

    /// <summary>True if the run goes on from world to world.</summary>
    public bool Many => Seed is null || Bounded;

    /// <summary>A bound was asked for.</summary>
    public bool Bounded { get; init; }

    /// <summary>Stop after so long.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How many worlds run at the same time. What is printed does not depend on it, but for the speed.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    public bool Verbose { get; init; }

    /// <summary>Do not stop at the first broken promise: for finding out how many there are.</summary>
    public bool KeepGoing { get; init; }

    public bool Sqlite { get; init; }

    public string? Sabotage { get; init; }

    /// <exception cref="FormatException">An argument cannot be understood.</exception>
    public static CampaignOptions Parse(IReadOnlyList<string> args)
    {
        var options = new CampaignOptions();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--trips" => options with { Trips = Number(Value()), Bounded = true },
                "--keys" => WithKeys(options, Number(Value())),
                "--seed" => options with { Seed = (int)Number(Value()) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(Number(Value())), Trips = long.MaxValue, Bounded = true },
                "--workers" => options with { Workers = Number(Value()) is > 0 and <= 1024 and var workers ? (int)workers : throw new FormatException("--workers needs 1 to 1024.") },
                "--verbose" => options with { Verbose = true },
                "--keep-going" => options with { KeepGoing = true },
                "--store" => options with { Sqlite = Value() switch { "sqlite" => true, "memory" => false, var other => throw new FormatException($"There is no store {other}.") } },
                "--sabotage" => options with { Sabotage = Value() },
                var other => throw new FormatException($"{other} is not known."),
            };
        }

        return options;
    }

    private static CampaignOptions WithKeys(CampaignOptions options, long keys) =>
        options with { Keys = keys, Trips = keys > 0 ? long.MaxValue : options.Trips, Bounded = options.Bounded || keys > 0 };

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= int.MaxValue ? number : throw new FormatException($"'{text}' is no number.");
}
