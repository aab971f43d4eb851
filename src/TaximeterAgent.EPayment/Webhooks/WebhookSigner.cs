using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TaximeterAgent.EPayment;

/// <summary>The headers of a signed delivery.</summary>
/// <param name="Date">The value of <c>x-ms-date</c>.</param>
/// <param name="ContentSha256">The value of <c>x-ms-content-sha256</c>.</param>
/// <param name="Authorization">The value of <c>Authorization</c>.</param>
public sealed record WebhookSignature(string Date, string ContentSha256, string Authorization);

/// <summary>Signs a delivery as the real service does; for simulators, tests, and a relay that delivers onward.</summary>
public static class WebhookSigner
{
    internal const string Prefix = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";

    /// <summary>Signs.</summary>
    /// <param name="secret">The registration's secret, as text.</param>
    /// <param name="pathAndQuery">Of the registered URL.</param>
    /// <param name="host">The value of the <c>Host</c> header that will be sent.</param>
    /// <param name="date">When; sent to the second.</param>
    /// <param name="body">The raw bytes.</param>
    public static WebhookSignature Sign(string secret, string pathAndQuery, string host, DateTimeOffset date, ReadOnlySpan<byte> body)
    {
        var dateText = date.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        var hash = Convert.ToBase64String(SHA256.HashData(body));
        return new WebhookSignature(dateText, hash, Prefix + Convert.ToBase64String(Mac(secret, pathAndQuery, dateText, host, hash)));
    }

    internal static byte[] Mac(string secret, string pathAndQuery, string date, string host, string contentHash) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"POST\n{pathAndQuery}\n{date};{host};{contentHash}"));
}
