using System.Globalization;

namespace TaximeterAgent.Board;

/// <summary>What is asked of a run.</summary>
internal sealed record Options
{
    public const string Usage = "[--cuts N] [--minutes N] [--scenarios all|none|NAME,…] [--kernel debian|own] [--seed S] [--image FOLDER] [--keep FOLDER] "
        + "[--sabotage lying-disk|no-lcd|no-gpio|cut-wire] [--starts N] [--verbose]";

    /// <summary>How often the power is cut.</summary>
    public int Cuts { get; init; } = 200;

    /// <summary>No trip is begun later than this after the first; null: without bound.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>By name; empty for none.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = ["all"];

    /// <summary>What everything random is drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>What <c>tests/board/image.sh</c> made; null: it is called.</summary>
    public string? Image { get; init; }

    /// <summary>Where what is kept after a violation goes.</summary>
    public string Keep { get; init; } = Path.Combine(Path.GetTempPath(), "taximeter-board");

    /// <summary>What is broken on purpose, and has to be found.</summary>
    public string? Sabotage { get; init; }

    /// <summary>As the arguments that play it again have it.</summary>
    public string Broken => Sabotage is null ? "" : " --sabotage " + Sabotage;

    /// <summary>The kernel of everything; null: Debian's, and the own one where Debian's has not what a scenario needs.</summary>
    public KernelKind? Kernel { get; init; }

    /// <summary>How often the start is measured against an empty host's.</summary>
    public int Starts { get; init; }

    public bool Verbose { get; init; }

    /// <exception cref="FormatException">An argument cannot be understood.</exception>
    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (int i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--cuts" => options with { Cuts = Number(Value()) },
                "--minutes" => options with { Time = TimeSpan.FromMinutes(Number(Value())) },
                "--scenarios" => options with { Scenarios = Names(Value()) },
                "--seed" => options with { Seed = Number(Value()) },
                "--image" => options with { Image = Path.GetFullPath(Value()) },
                "--keep" => options with { Keep = Path.GetFullPath(Value()) },
                "--sabotage" => options with { Sabotage = Known(Value()) },
                "--kernel" => options with { Kernel = Kind(Value()) },
                "--starts" => options with { Starts = Number(Value()) },
                "--verbose" => options with { Verbose = true },
                string other => throw new FormatException($"{other} is not known."),
            };
        }

        return options;
    }

    private static string[] Names(string text) => text == "none" ? [] : text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static string Known(string sabotage) =>
        Power.Sabotage.All.Contains(sabotage) ? sabotage : throw new FormatException($"There is no sabotage {sabotage}.");

    private static KernelKind Kind(string text) => text switch
    {
        "debian" => KernelKind.Debian,
        "own" => KernelKind.Own,
        _ => throw new FormatException($"There is no kernel {text}."),
    };

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new FormatException($"'{text}' is no number.");
}

/// <summary>Whose kernel a board starts.</summary>
internal enum KernelKind
{
    Debian,

    /// <summary>Made by <c>tests/board/kernel.sh</c>.</summary>
    Own,
}
