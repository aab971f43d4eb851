using System.Globalization;

namespace TaximeterAgent.Exploration;

/// <summary>What is asked of a run.</summary>
internal sealed record ExplorationOptions
{
    public const string Usage =
        "[--quick] [--scenario NAME] [--attempts N] [--crashes N] [--losses N] [--refusals N] [--seconds T] [--max-states N] [--sabotage NAME|all] [--verbose]";

    /// <summary>Only this scenario.</summary>
    public string? Scenario { get; init; }

    /// <summary>The bounded part: every scenario with at most one crash and one lost or late message.</summary>
    public bool Quick { get; init; }

    /// <summary>Requests that the driver may come to for a trip, instead of the scenarios' own.</summary>
    public int? Attempts { get; init; }

    /// <summary>Power cuts, instead of the scenarios' own.</summary>
    public int? Crashes { get; init; }

    /// <summary>Lost and late messages, instead of the scenarios' own.</summary>
    public int? Losses { get; init; }

    /// <summary>Refusals that the service has reasons of its own for, instead of the scenarios' own.</summary>
    public int? Refusals { get; init; }

    /// <summary>Stop after so long, and say that it was not all.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Stop a scenario at so many states, and say that it was not all.</summary>
    public int MaxStates { get; init; } = 20_000_000;

    public string? Sabotage { get; init; }

    public bool Verbose { get; init; }

    /// <summary>Pairs that are never reached are only a failure where everything was explored.</summary>
    public bool Everything => Scenario is null && !Quick && Attempts is null && Crashes is null && Losses is null && Refusals is null;

    /// <exception cref="FormatException">An argument cannot be understood.</exception>
    public static ExplorationOptions Parse(IReadOnlyList<string> args)
    {
        var options = new ExplorationOptions();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--scenario" => options with { Scenario = Value() },
                "--attempts" => options with { Attempts = Number(Value()) },
                "--crashes" => options with { Crashes = Number(Value()) },
                "--losses" => options with { Losses = Number(Value()) },
                "--refusals" => options with { Refusals = Number(Value()) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(Number(Value())) },
                "--max-states" => options with { MaxStates = Number(Value()) },
                "--sabotage" => options with { Sabotage = Value() },
                "--verbose" => options with { Verbose = true },
                var other => throw new FormatException($"{other} is not known."),
            };
        }

        return options;
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{text}' is no number.");
}
