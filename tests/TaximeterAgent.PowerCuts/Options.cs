using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Outbox;
using TaximeterAgent.PowerCuts.Disk;

namespace TaximeterAgent.PowerCuts;

/// <summary>What is asked of a run.</summary>
internal sealed record Options
{
    public const string Usage = "[--quick] [--cuts N] [--seed S] [--seconds T] [--kills N] [--sabotage NAME|all] [--replay CUT[/CUT]] [--store sqlite|litedb] [--verbose]";

    /// <summary>How many cuts; each is one state of the disk, opened and judged.</summary>
    public int Cuts { get; init; } = 12_000;

    /// <summary>Exactly this workload, and no other.</summary>
    public int? Seed { get; init; }

    /// <summary>Stop after so long.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How often the real agent is killed while fares come.</summary>
    public int Kills { get; init; }

    public string? Sabotage { get; init; }

    /// <summary>One cut of <see cref="Seed"/>; more than one if the store went on after the first and was cut again.</summary>
    public IReadOnlyList<Cut>? Replay { get; init; }

    /// <summary>What is cut.</summary>
    public OutboxStore Store { get; init; }

    public bool Verbose { get; init; }

    /// <exception cref="FormatException">An argument cannot be understood.</exception>
    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--quick" => options with { Cuts = 600, Kills = 5 },
                "--cuts" => options with { Cuts = Number(Value()) },
                "--seed" => options with { Seed = Number(Value()) },
                "--seconds" => options with { Time = TimeSpan.FromSeconds(Number(Value())), Cuts = int.MaxValue },
                "--kills" => options with { Kills = Number(Value()) },
                "--sabotage" => options with { Sabotage = Value() },
                "--replay" => options with { Replay = [.. Value().Split('/').Select(Cut.Parse)] },
                "--store" => options with { Store = StoreOf(Value()) },
                "--verbose" => options with { Verbose = true },
                var other => throw new FormatException($"{other} is not known."),
            };
        }

        return options is { Replay: not null, Seed: null } ? throw new FormatException("--replay needs the --seed.") : options;
    }

    private static OutboxStore StoreOf(string text) => text switch
    {
        "sqlite" => OutboxStore.Sqlite,
        "litedb" when OutboxStores.IsBuiltIn(OutboxStore.LiteDb) => OutboxStore.LiteDb,
        "litedb" => throw new FormatException($"LiteDB is not in this build: build with {OutboxStores.LiteDbProperty}."),
        _ => throw new FormatException($"'{text}' is no store."),
    };

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"'{text}' is no number.");
}
