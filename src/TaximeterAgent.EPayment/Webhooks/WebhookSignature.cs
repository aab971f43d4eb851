using System.Security.Cryptography;
using System.Text;

namespace TaximeterAgent.EPayment;

/// <summary>How a delivery is signed: HMAC-SHA256 over method, path, date, host and the hash of the raw body.</summary>
public static class WebhookSignature
{
    internal const string Scheme = "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=";

    /// <summary>The value of <c>x-ms-content-sha256</c>.</summary>
    public static string ContentHash(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA256.HashData(body));

    /// <summary>The value of <c>Authorization</c>.</summary>
    /// <param name="secret">The registration's secret; its UTF-8 bytes are the key.</param>
    /// <param name="pathAndQuery">As requested, such as <c>/webhooks?car=1</c>.</param>
    /// <param name="date">The value of <c>x-ms-date</c>.</param>
    /// <param name="host">The value of <c>Host</c>.</param>
    /// <param name="contentHash">See <see cref="ContentHash"/>.</param>
    public static string Authorization(string secret, string pathAndQuery, string date, string host, string contentHash) =>
        Scheme + Convert.ToBase64String(Compute(secret, pathAndQuery, date, host, contentHash));

    internal static byte[] Compute(string secret, string pathAndQuery, string date, string host, string contentHash) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"POST\n{pathAndQuery}\n{date};{host};{contentHash}"));
}
