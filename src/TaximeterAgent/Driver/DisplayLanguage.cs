using TaximeterAgent.Configuration;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver;

/// <summary>The language of the display: the configured one, until a driver has chosen another, which is stored.</summary>
internal sealed class DisplayLanguage
{
    private const string Setting = "display-language";

    private readonly TripBook _book;

    public DisplayLanguage(Language configured, Func<string, string?> setting, TripBook book)
    {
        _book = book;
        Now = Enum.TryParse<Language>(setting(Setting), out var chosen) && Enum.IsDefined(chosen) ? chosen : configured;
    }

    public Language Now { get; private set; }

    public void Choose(Language language)
    {
        Now = language;
        _book.Batch.Settings[Setting] = language.ToString();
        _book.Batch.Sync = true;
    }
}
