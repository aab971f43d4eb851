namespace TaximeterAgent.Hosting.Logging;

/// <summary>
/// The net below everything that is written: it masks the configured secrets wherever they turn up. It excuses nobody from keeping them out at the source, and
/// knows nothing of phone numbers, which are masked where they are put into a message.
/// </summary>
internal sealed class Redaction
{
    public const string Mark = "(secret)";

    private readonly string[] _secrets;

    /// <param name="secrets">The secrets as configured. The longest goes first: a secret that holds another one must not be left in halves.</param>
    public Redaction(IEnumerable<string> secrets) =>
        _secrets = [.. secrets.Where(secret => secret.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)];

    public string Mask(string text)
    {
        foreach (var secret in _secrets)
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        return text;
    }
}
