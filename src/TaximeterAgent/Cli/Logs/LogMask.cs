using TaximeterAgent.Hosting.Logging;
using TaximeterAgent.Masking;

namespace TaximeterAgent.Cli.Logs;

/// <summary>
/// Masks what the log has already masked, once more: the journal may hold lines of another program's or of an older version. Secrets go wherever they turn up; of what
/// could be a phone number the last two digits stay. A trip's number of eight digits or more looks like one and is masked too.
/// </summary>
internal sealed class LogMask(Redaction secrets)
{
    public string Apply(string text) => PhoneText.Any.Mask(secrets.Mask(text));
}
