using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Webhooks;

/// <summary>Verifies a delivery and finds the payment that it is about.</summary>
internal interface IDeliveryReader
{
    /// <summary>Never throws for what was sent.</summary>
    DeliveryResult Read(DeliveryHeaders headers, ReadOnlySpan<byte> body);
}

/// <summary>The parts of a request that its signature covers or is in, as they were sent; empty for what is missing.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="Host">The Host header: a proxy before the agent has to leave it alone.</param>
/// <param name="Date"><c>x-ms-date</c>.</param>
/// <param name="ContentHash"><c>x-ms-content-sha256</c>.</param>
/// <param name="Authorization">The signature.</param>
internal sealed record DeliveryHeaders(string Target, string Host, string Date, string ContentHash, string Authorization);

/// <summary>What a delivery is.</summary>
internal abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>The payment has changed, so it says.</summary>
    public sealed record Hint(Reference Reference) : DeliveryResult;

    /// <summary>Genuine, but about no payment that could be ours.</summary>
    public sealed record NotAPayment : DeliveryResult;

    /// <summary>Signed right, with a date that is too far from now.</summary>
    public sealed record Stale : DeliveryResult;

    /// <summary>Not signed with our secret, or changed on the way.</summary>
    public sealed record Forged : DeliveryResult;
}
