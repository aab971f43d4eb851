using System.Globalization;
using System.Security.Cryptography;

namespace TaximeterAgent.EPayment;

/// <summary>A delivery's request as it came, nothing normalised: the signature is over these very characters.</summary>
/// <param name="PathAndQuery">As in the request line.</param>
/// <param name="Host">The <c>Host</c> header.</param>
/// <param name="Date">The <c>x-ms-date</c> header, or null.</param>
/// <param name="ContentSha256">The <c>x-ms-content-sha256</c> header, or null.</param>
/// <param name="Authorization">The <c>Authorization</c> header, or null.</param>
public sealed record WebhookRequest(string PathAndQuery, string Host, string? Date, string? ContentSha256, string? Authorization);

/// <summary>What a delivery is.</summary>
public enum WebhookVerdict
{
    /// <summary>Signed with an active secret, fresh, its body unchanged. A hint to read the payment, never the truth itself.</summary>
    Genuine,

    /// <summary>A header is missing, too long or not in its form.</summary>
    Malformed,

    /// <summary>The body is larger than <see cref="WebhookPayload.MostBytes"/>.</summary>
    TooLarge,

    /// <summary>The date is outside the window, before or after: a replay, or a wrong clock here.</summary>
    Stale,

    /// <summary>The body is not the one that was signed.</summary>
    BodyChanged,

    /// <summary>Not signed with an active secret.</summary>
    BadSignature,
}

/// <summary>Tells genuine deliveries from forged ones.</summary>
public sealed class WebhookVerifier
{
    /// <summary>Secrets that may be active at once.</summary>
    public const int MostSecrets = 8;

    private readonly string[] _secrets;
    private readonly TimeProvider _time;
    private readonly TimeSpan _window;

    /// <summary>Verifies with all of the secrets: during a change of secret two are active.</summary>
    /// <param name="secrets">1 to <see cref="MostSecrets"/>, none empty.</param>
    /// <param name="time">For the age of a delivery.</param>
    /// <param name="window">How far the date may be off, either way: up to 1 hour; default 5 minutes.</param>
    /// <exception cref="ArgumentException">No, too many or empty secrets, or a window that is not more than zero and at most an hour.</exception>
    public WebhookVerifier(IEnumerable<string> secrets, TimeProvider time, TimeSpan? window = null)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        ArgumentNullException.ThrowIfNull(time);
        _secrets = [.. secrets.Take(MostSecrets + 1)];
        _time = time;
        _window = window ?? TimeSpan.FromMinutes(5);
        if (_secrets.Length is 0 or > MostSecrets || _secrets.Any(string.IsNullOrEmpty))
            throw new ArgumentException($"1 to {MostSecrets}, none empty", nameof(secrets));
        if (_window <= TimeSpan.Zero || _window > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(window), "more than zero, at most an hour");
    }

    /// <summary>Verifies one delivery. Does not throw whatever came.</summary>
    /// <param name="request">The headers as they came.</param>
    /// <param name="body">The raw bytes as they came.</param>
    public WebhookVerdict Verify(WebhookRequest request, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (body.Length > WebhookPayload.MostBytes) return WebhookVerdict.TooLarge;
        if (request is not { PathAndQuery.Length: > 0 and <= 2048, Host.Length: > 0 and <= 300, Date: { Length: <= 40 } dateText })
            return WebhookVerdict.Malformed;
        Span<byte> claimedHash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> claimedMac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!TryDecode(request.ContentSha256, claimedHash)) return WebhookVerdict.Malformed;
        // Only this list of signed headers: a shorter one would leave the body or the date unsigned.
        if (request.Authorization is not { } authorization || !authorization.StartsWith(WebhookSigner.Prefix, StringComparison.Ordinal))
            return WebhookVerdict.Malformed;
        if (!TryDecode(authorization[WebhookSigner.Prefix.Length..], claimedMac)) return WebhookVerdict.Malformed;
        if (!DateTimeOffset.TryParseExact(dateText, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            return WebhookVerdict.Malformed;

        // Every secret is tried to the end, and each comparison takes the same time wherever the first difference is.
        var signed = false;
        foreach (var secret in _secrets)
        {
            var mac = WebhookSigner.Mac(secret, request.PathAndQuery, dateText, request.Host, request.ContentSha256!);
            signed |= CryptographicOperations.FixedTimeEquals(mac, claimedMac);
        }

        if (!signed) return WebhookVerdict.BadSignature;
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(body), claimedHash)) return WebhookVerdict.BodyChanged;
        return (_time.GetUtcNow() - date).Duration() > _window ? WebhookVerdict.Stale : WebhookVerdict.Genuine;
    }

    // The last letter has bits to spare, which decoding passes over: without writing it back, four texts would be one signature.
    private static bool TryDecode(string? base64, Span<byte> exactly) =>
        base64 is { Length: 44 } && Convert.TryFromBase64String(base64, exactly, out var length) && length == exactly.Length && Convert.ToBase64String(exactly) == base64;
}
