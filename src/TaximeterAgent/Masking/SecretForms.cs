using System.Text;
using System.Text.Encodings.Web;

namespace TaximeterAgent.Masking;

/// <summary>In how many ways a secret may have been written down.</summary>
internal static class SecretForms
{
    /// <summary>A shorter one would take away half of every text.</summary>
    private const int Shortest = 4;

    /// <summary>The longest first: one that holds another must not be left in halves.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> secrets) =>
        [.. secrets.Where(secret => secret.Length >= Shortest).SelectMany(Of).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length)];

    private static IEnumerable<string> Of(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return JavaScriptEncoder.Default.Encode(secret);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return Convert.ToBase64String(bytes);
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
    }
}
