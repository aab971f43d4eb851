using System.Text;
using System.Text.RegularExpressions;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Masking;

namespace TaximeterAgent.Diagnostics.Bundle;

/// <summary>Takes out of a text what must not leave the car: secrets, tokens, phone numbers, where customers are picked up.</summary>
/// <param name="secrets">The secrets as configured.</param>
/// <param name="numbers">Phone numbers that are known to be somewhere, all digits with the country's code.</param>
/// <param name="home">The car's country.</param>
internal sealed partial class Scrubber(IEnumerable<string> secrets, IEnumerable<string> numbers, Country home)
{
    public const string Mark = "(secret)";

    private readonly IReadOnlyList<string> _secrets = SecretForms.Of(secrets);
    private readonly PhoneText _phones = new(numbers, home);

    public string Text(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        text = Token().Replace(text, Mark);
        text = Named().Replace(text, match => match.Groups["before"].Value + Mark);
        text = InAddress().Replace(text, $"://{Mark}@");
        text = Pickup().Replace(text, match => match.Groups["before"].Value + "(left out)\"");
        return _phones.Mask(text);
    }

    /// <summary>The same for bytes that are text; others stay as they are.</summary>
    public byte[] Bytes(byte[] bytes)
    {
        string text;
        try
        {
            text = s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return bytes;
        }

        var scrubbed = Text(text);
        return scrubbed == text ? bytes : Encoding.UTF8.GetBytes(scrubbed);
    }

    /// <summary>What must not be in a file and is: a secret in any of its forms, or a number that is known.</summary>
    /// <returns>What, without saying it; null if there is nothing.</returns>
    public string? Left(ReadOnlySpan<byte> file)
    {
        // Byte for byte, whatever it is: a database is no text, and holds some.
        var text = Encoding.Latin1.GetString(file);
        if (_secrets.Any(secret => text.Contains(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(secret)), StringComparison.Ordinal)))
            return "a secret";
        if (Token().IsMatch(text))
            return "a token";
        return _phones.FindsKnown(text) ? "a phone number" : null;
    }

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A JSON web token, which is what the service gives.
    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    // What is called a secret is one, whether or not it is ours. What is masked already begins with a bracket.
    [GeneratedRegex(
        @"(?<before>(?:(?:client[-_]?secret|subscription[-_]?key|api[-_]?key|access[-_]?token|refresh[-_]?token|password|passwd|webhook[-_]?secret|refund[-_]?pin)(?:""|\\""|')?\s*[:=]\s*(?:""|\\""|')?|(?:bearer|basic)\s+))(?!\()[^\s""'\\,&;}{)]{4,}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"://[^/\s:@]+:[^/\s@]+@", RegexOptions.CultureInvariant)]
    private static partial Regex InAddress();

    [GeneratedRegex(@"(?<before>""pickup""\s*:\s*"")(?:[^""\\]|\\.)*""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pickup();
}
