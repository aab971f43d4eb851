namespace TaximeterAgent.Meter.Tfp;

/// <summary>Why a message was understood and cannot be used, as the protocol names it.</summary>
public readonly record struct NakReason
{
    // A key may be as long as the frame; the answer that names it has to fit into one.
    private const int KeyMaximum = 64;

    private readonly string? _text;

    private NakReason(string text) => _text = text;

    /// <summary>The message's TYPE is unknown.</summary>
    public static NakReason Type { get; } = new("type");

    /// <summary>What is stored under the same identity says otherwise; the first stands.</summary>
    public static NakReason Conflict { get; } = new("conflict");

    /// <summary>The trip is unknown.</summary>
    public static NakReason Trip { get; } = new("trip");

    /// <summary>The booking is unknown or cannot be used.</summary>
    public static NakReason Booking { get; } = new("booking");

    /// <summary>This key is missing, there twice, or its value cannot be.</summary>
    public static NakReason Field(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new("field:" + key[..Math.Min(key.Length, KeyMaximum)]);
    }

    /// <summary>As the wire says it, before percent coding.</summary>
    public override string ToString() => _text ?? throw new InvalidOperationException("A reason that was never given has no text.");
}
