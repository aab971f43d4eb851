namespace TaximeterAgent.Simulator.Server;

/// <summary>A request that the server sends to a registered address.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Headers">Date, hash and signature.</param>
/// <param name="Body">The raw body.</param>
public sealed record WebhookDelivery(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body)
{
    internal string Registration { get; init; } = "";

    /// <summary>Which entry of the registration's queue it is; null for a forged one or a second copy, of which the outcome does not matter.</summary>
    internal long? Number { get; init; }
}

/// <summary>What goes wrong with deliveries on their way. Settable while the server runs.</summary>
public sealed record WebhookFaults
{
    public static WebhookFaults None { get; } = new();

    /// <summary>Each delivery comes so much later than the event.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Each delivery is sent so many times.</summary>
    public int Copies { get; init; } = 1;

    /// <summary>Of the deliveries that wait, the newest goes first.</summary>
    public bool Reorder { get; init; }

    /// <summary>How far the date that is signed is off the true one; negative for old. Tried again, a delivery gets a date anew.</summary>
    public TimeSpan DateOff { get; init; }

    /// <summary>Before each true delivery comes one by somebody who does not know the secret.</summary>
    public bool Forge { get; init; }
}
