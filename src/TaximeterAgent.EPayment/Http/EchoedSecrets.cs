using System.Text;

namespace TaximeterAgent.EPayment;

/// <summary>An error may repeat the request that it is about. What of our keys it repeats is blanked before anything is read of it, so that none is taken for an id or a text.</summary>
internal static class EchoedSecrets
{
    private const string Blank = "(secret)";
    private const string Scheme = "Bearer ";

    /// <summary>A shorter one is no key that a service gives, and would take letters out of every answer.</summary>
    private const int Shortest = 4;

    /// <param name="answer">An answer's whole body.</param>
    /// <param name="headers">The headers that were sent with keys in them.</param>
    /// <param name="subscriptionKey">Sent with every call.</param>
    internal static byte[] Remove(byte[] answer, ReadOnlySpan<(string Name, string Value)> headers, string subscriptionKey)
    {
        // Byte for byte: what is not ours stays as it came.
        var text = Encoding.Latin1.GetString(answer);
        var blanked = Without(text, subscriptionKey);
        foreach (var (_, value) in headers) blanked = Without(blanked, value.StartsWith(Scheme, StringComparison.Ordinal) ? value[Scheme.Length..] : value);
        return ReferenceEquals(blanked, text) ? answer : Encoding.Latin1.GetBytes(blanked);
    }

    private static string Without(string text, string secret) => secret.Length < Shortest ? text : text.Replace(secret, Blank, StringComparison.Ordinal);
}
