using System.Text.RegularExpressions;
using TaximeterAgent.Hosting.Logging;

namespace TaximeterAgent.Cli.Logs;

/// <summary>
/// Masks what the log has already masked, once more: the journal may hold lines of another program's or of an older version. Secrets go wherever they turn up; of what
/// could be a phone number the last two digits stay. A trip's number of eight digits or more looks like one and is masked too.
/// </summary>
internal sealed partial class LogMask(Redaction secrets)
{
    private const int ShownDigits = 2;

    public string Apply(string text) => Number().Replace(secrets.Mask(text), match => $"•••• ••{match.Value[^ShownDigits..]}");

    // Digits in one run, or with blanks after a plus; not within a reference, a trace id, an address or a time.
    [GeneratedRegex(@"(?<![\w.:-])(?:\+\d(?: ?\d){7,14}|\d{8,15})(?![\w:-]|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
