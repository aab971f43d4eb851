using TaximeterAgent.Masking;

namespace TaximeterAgent.Hosting.Logging;

/// <summary>
/// The net below everything that is written: it masks the configured secrets wherever they turn up, as they are or as programs write them in addresses, JSON and headers.
/// It excuses nobody from keeping them out at the source, and knows nothing of phone numbers, which are masked where they are put into a message.
/// </summary>
/// <param name="secrets">The secrets as configured.</param>
internal sealed class Redaction(IEnumerable<string> secrets)
{
    public const string Mark = "(secret)";

    private readonly IReadOnlyList<string> _secrets = SecretForms.Of(secrets);

    public string Mask(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        return text;
    }
}
