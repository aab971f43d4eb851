using System.Security.Cryptography;
using System.Text;

namespace TaximeterAgent.Simulator.Server;

/// <summary>The signature of a webhook delivery, as the real service computes it.</summary>
public static class WebhookSignature
{
    /// <summary>Base64 of the SHA-256 of the raw body: the header <c>x-ms-content-sha256</c>.</summary>
    public static string ContentHash(ReadOnlySpan<byte> body) => Convert.ToBase64String(SHA256.HashData(body));

    /// <summary>Base64 of the HMAC.</summary>
    /// <param name="secret">The registration's secret; its UTF-8 bytes are the key.</param>
    /// <param name="pathAndQuery">Of the registered URL.</param>
    /// <param name="date">The header <c>x-ms-date</c>, RFC 1123.</param>
    /// <param name="host">The header <c>Host</c>, with the port if it is not the scheme's own.</param>
    /// <param name="contentHash">Of <see cref="ContentHash"/>.</param>
    public static string Sign(string secret, string pathAndQuery, string date, string host, string contentHash)
    {
        var text = $"POST\n{pathAndQuery}\n{date};{host};{contentHash}";
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }
}
