using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Meter.Tfp;

/// <summary>What a session on the meter's line needs to know.</summary>
public sealed record TfpOptions
{
    /// <summary>The car's identity, as HELLO says it; 1 to 64 characters.</summary>
    public required string Agent { get; init; }

    /// <summary>The agent's version, as HELLO says it; 1 to 64 characters.</summary>
    public required string Version { get; init; }

    /// <summary>The sales unit's currency: fares in another are refused.</summary>
    public required Currency Currency { get; init; }

    /// <summary>The country whose national phone numbers need no code.</summary>
    public required Country Home { get; init; }

    /// <summary>The only meter that is listened to; empty for any.</summary>
    public string ExpectedMeter { get; init; } = "";

    /// <summary>How long an answer may take before the frame is sent again. More than zero.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a frame is sent before the pause, 1 or more.</summary>
    public int Tries { get; init; } = 10;

    /// <summary>The pause after the last try; then the same message begins again. More than zero.</summary>
    public TimeSpan AnswerPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this long without a word the meter counts as gone. More than zero.</summary>
    public TimeSpan HeartbeatLost { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>Results that may wait to be told, the outstanding one included; 1 or more.</summary>
    public int QueueMaximum { get; init; } = 64;

    /// <summary>The first SEQ that is used; it may start anywhere.</summary>
    public ushort FirstSequence { get; init; }

    internal void Validate()
    {
        Text(Agent, nameof(Agent));
        Text(Version, nameof(Version));
        ArgumentNullException.ThrowIfNull(ExpectedMeter);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AnswerTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AnswerPause, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HeartbeatLost, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(Tries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueMaximum, 1);
    }

    private static void Text(string value, string name)
    {
        if (value is not { Length: >= 1 and <= TripId.PartMaximum })
            throw new ArgumentException($"{name} has 1 to {TripId.PartMaximum} characters.", name);
    }
}
