using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>How one world is made up.</summary>
internal sealed record WorldOptions
{
    /// <summary>The scenario, or the sub-run of one.</summary>
    public required string Name { get; init; }

    /// <summary>What numbers of trips and customers are drawn from.</summary>
    public int Seed { get; init; } = 1;

    public Pace Pace { get; init; } = Pace.Shortened;

    /// <summary>The agent's program and its first arguments.</summary>
    public required IReadOnlyList<string> AgentCommand { get; init; }

    /// <summary>Where the run's files are kept; null: in a temporary folder that is removed afterwards.</summary>
    public string? Keep { get; init; }

    /// <summary>How often the meter sends each frame.</summary>
    public int MeterCopies { get; init; } = 1;

    public ushort MeterFirstSeq { get; init; }

    public int DisplayColumns { get; init; } = 16;

    public int DisplayRows { get; init; } = 2;

    public KeypadLayout Keypad { get; init; } = KeypadLayout.NumberBlock;
}
