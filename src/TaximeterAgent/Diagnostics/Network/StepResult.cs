using TaximeterAgent.Cli.Output;
using TaximeterAgent.Control;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>How a step ended.</summary>
internal enum StepState
{
    Ok,
    Broken,
    Skipped,
}

/// <summary>What a step found. Whoever prints it adds nothing.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Text">What was seen; of a step that was skipped, why. One line, no secret.</param>
internal sealed record StepResult(StepState State, string Text)
{
    /// <summary>Why it is broken, in one line.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do, in one line.</summary>
    public string? Cure { get; init; }

    /// <summary>The step that is really at fault, where it is another one.</summary>
    public string? Because { get; init; }

    /// <summary>How long the part that counts took, where it is not the whole step.</summary>
    public TimeSpan? Took { get; init; }

    public IReadOnlyList<ModemReport>? Modems { get; init; }

    public IReadOnlyList<NetworkAddressReport>? Addresses { get; init; }

    public CertificateReport? Certificate { get; init; }

    public ClockSkewReport? Clock { get; init; }

    public int? HttpStatus { get; init; }

    public string? TraceId { get; init; }

    public static StepResult Ok(string text) => new(StepState.Ok, text);

    public static StepResult Skipped(string why) => new(StepState.Skipped, why);

    public static StepResult Broken(string text, string cause, string cure) => new(StepState.Broken, text) { Cause = cause, Cure = cure };

    public NetworkStepReport Report(string step, TimeSpan took) => new()
    {
        Step = step,
        State = Kebab.Of(State),
        Milliseconds = State == StepState.Skipped ? 0 : (long)(Took ?? took).TotalMilliseconds,
        Text = Text,
        Cause = Cause,
        Cure = Cure,
        Because = Because,
        Modems = Modems,
        Addresses = Addresses,
        Certificate = Certificate,
        Clock = Clock,
        HttpStatus = HttpStatus,
        TraceId = TraceId,
    };
}
