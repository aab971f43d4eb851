namespace TaximeterAgent.Core.Ports.Devices;

/// <summary>What holds a line where nobody drives it.</summary>
public enum LineBias
{
    /// <summary>As the board has it: a resistor on it, or what the device tree set.</summary>
    AsIs,
    PullUp,
    PullDown,
    Disabled,
}

/// <summary>The lines that are asked for together: their levels come over one descriptor, in order.</summary>
public sealed record LinePlan
{
    /// <summary>What a technician sees in <c>gpioinfo</c> beside our lines.</summary>
    public const string Consumer = "taximeter-agent";

    /// <summary>A device <c>/dev/gpiochipN</c>, a name <c>gpiochipN</c> or a label.</summary>
    public required string Chip { get; init; }

    /// <summary>Lines that are read, by offset or name.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Lines that are driven, by offset or name; they follow the inputs in every bitmap, and begin inactive.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>True: low is active, as where a contact or key pulls a line down.</summary>
    public bool ActiveLow { get; init; }

    public LineBias Bias { get; init; }

    /// <summary>How long an input must stand still before the kernel tells an edge; zero for none.</summary>
    public TimeSpan Debounce { get; init; }

    /// <summary>Driven to low only: two of them that are joined by pressed keys do no harm to each other.</summary>
    public bool OpenDrain { get; init; }

    /// <summary>Inputs, then outputs.</summary>
    public IReadOnlyList<string> All => [.. Inputs, .. Outputs];

    public ulong InputMask => Ones(Inputs.Count);

    public ulong OutputMask => Ones(Outputs.Count) << Inputs.Count;

    private static ulong Ones(int count) => count >= 64 ? ulong.MaxValue : (1ul << count) - 1;
}
