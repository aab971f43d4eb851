using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TaximeterAgent.EPayment;

/// <summary>What a verifier needs of a delivery. Header values as they came; null where one was missing or given twice.</summary>
public readonly record struct WebhookDelivery(string PathAndQuery, string? Host, string? Date, string? ContentHash, string? Authorization);

/// <summary>Why a delivery is not believed.</summary>
public enum WebhookVerdict
{
    /// <summary>It is authentic and fresh.</summary>
    Authentic,

    /// <summary>A header is missing or not as it should be.</summary>
    Malformed,

    /// <summary>The body is not the one that was signed.</summary>
    BodyAltered,

    /// <summary>No active secret gives this signature.</summary>
    Forged,

    /// <summary>Signed too long ago, or in the future: perhaps a replay.</summary>
    Stale,
}

/// <summary>Verifies deliveries against every active secret, over the raw bytes, in constant time.</summary>
public sealed class WebhookVerifier
{
    private readonly IReadOnlyList<string> _secrets;
    private readonly TimeSpan _window;
    private readonly TimeProvider _time;

    /// <param name="secrets">One for each active registration; more than one while they are rotated.</param>
    /// <param name="time">The clock that a delivery's date is held against.</param>
    /// <param name="window">How far the date may be off, either way; 5 minutes unless given.</param>
    public WebhookVerifier(IReadOnlyList<string> secrets, TimeProvider time, TimeSpan? window = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(time);
        if (secrets.Count == 0 || secrets.Any(string.IsNullOrEmpty))
            throw new ArgumentException("There is at least one secret, and none is empty.", nameof(secrets));
        _secrets = secrets;
        _time = time;
        _window = window ?? TimeSpan.FromMinutes(5);
    }

    /// <summary>Whether to believe a delivery. The signature is checked before the date: a stranger learns nothing of our clock.</summary>
    public WebhookVerdict Verify(in WebhookDelivery delivery, ReadOnlySpan<byte> body)
    {
        if (delivery is not { Host: { Length: > 0 } host, Date: { Length: > 0 and <= 64 } date, ContentHash: { } hash, Authorization: { } authorization }
            || !authorization.StartsWith(WebhookSignature.Scheme, StringComparison.Ordinal))
            return WebhookVerdict.Malformed;
        var signature = new byte[32];
        if (!Convert.TryFromBase64String(authorization[WebhookSignature.Scheme.Length..], signature, out var length) || length != signature.Length)
            return WebhookVerdict.Malformed;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(hash), Encoding.UTF8.GetBytes(WebhookSignature.ContentHash(body))))
            return WebhookVerdict.BodyAltered;
        var authentic = false;
        foreach (var secret in _secrets)
            authentic |= CryptographicOperations.FixedTimeEquals(signature, WebhookSignature.Compute(secret, delivery.PathAndQuery, date, host, hash));
        if (!authentic)
            return WebhookVerdict.Forged;
        if (!DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed))
            return WebhookVerdict.Malformed;
        return (_time.GetUtcNow() - signed).Duration() > _window ? WebhookVerdict.Stale : WebhookVerdict.Authentic;
    }

    /// <summary>Never the secrets.</summary>
    public override string ToString() => $"WebhookVerifier {{ {_secrets.Count} secrets }}";
}
