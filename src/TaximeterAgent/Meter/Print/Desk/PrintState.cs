using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaximeterAgent.Meter.Print.Desk;

/// <summary>A print that the driver is asked about.</summary>
/// <param name="Number">Counted from 1, never given twice.</param>
/// <param name="At">When it was printed, by the car's clock.</param>
/// <param name="Hash">What the print is known again by.</param>
internal sealed record AskedPrint(long Number, DateTimeOffset At, string Hash)
{
    /// <summary>The one total that was read, in minor units.</summary>
    public long? Total { get; init; }

    /// <summary>What of the total is supplements, where the parts add up.</summary>
    public long Supplements { get; init; }

    public long Tip { get; init; }

    /// <summary>Hundredths of a percent.</summary>
    public int? Vat { get; init; }

    /// <summary>The trip's number and its start, where nothing of the identity is in doubt.</summary>
    public string? Trip { get; init; }

    public string? Start { get; init; }

    /// <summary>When it was over, RFC 3339; null if that is not certain.</summary>
    public string? Finish { get; init; }

    /// <summary>The same by the meter's own clock.</summary>
    public string? Ended { get; init; }

    /// <summary>True for a copy.</summary>
    public bool Copy { get; init; }
}

/// <summary>All that must survive a power cut of a meter that only prints.</summary>
internal sealed record PrintState
{
    /// <summary>Prints asked about so far.</summary>
    public long Count { get; init; }

    /// <summary>Drawn once for each new store: keeps its trips without a number apart from those of the next.</summary>
    public required string Series { get; init; }

    /// <summary>Prints that the driver has not answered for, oldest first.</summary>
    public IReadOnlyList<AskedPrint> Asked { get; init; } = [];

    /// <summary>Hashes of the last prints that were answered for, newest last: the same print is not asked about again.</summary>
    public IReadOnlyList<string> Answered { get; init; } = [];
}

/// <summary>The state as it is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PrintState))]
internal sealed partial class PrintStateJson : JsonSerializerContext
{
    public static string Write(PrintState state) => JsonSerializer.Serialize(state, Default.PrintState);

    /// <exception cref="JsonException">It is not what <see cref="Write"/> has written.</exception>
    public static PrintState Read(string text) => JsonSerializer.Deserialize(text, Default.PrintState) ?? throw new JsonException("The printing meter's state is empty.");
}
