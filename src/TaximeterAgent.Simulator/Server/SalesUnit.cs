namespace TaximeterAgent.Simulator.Server;

/// <summary>A set of API keys. One set may act for several sales units, as a partner's does.</summary>
public sealed record ApiKeys(string ClientId, string ClientSecret, string SubscriptionKey);

/// <summary>A sales unit: what the merchant serial number stands for, and what it has been set up for.</summary>
public sealed record SalesUnit
{
    /// <summary>The merchant serial number, 4-6 digits.</summary>
    public required string Msn { get; init; }

    public required ApiKeys Keys { get; init; }

    /// <summary>NOK, DKK or EUR; a payment in another currency is refused with 5060.</summary>
    public string Currency { get; init; } = "NOK";

    /// <summary>False: a payment with PUSH_MESSAGE is refused with 5080.</summary>
    public bool PushAllowed { get; init; } = true;

    /// <summary>False: <c>expiresAt</c> is refused with 5050.</summary>
    public bool LongLivedAllowed { get; init; }

    /// <summary>False: a capture of less than all that is reserved is refused with 6140.</summary>
    public bool PartialCaptureAllowed { get; init; } = true;
}
