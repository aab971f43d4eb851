using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Meter.Contacts;

namespace TaximeterAgent.Hosting;

/// <summary>Tells those who watch what the contacts do, as it happens: on the contacts' own thread, whatever the engine makes of it later.</summary>
/// <param name="watch">Where watchers hear of it.</param>
/// <param name="wired">Which line a contact is on.</param>
internal sealed class ContactWatch(WatchBus watch, ContactsOptions wired)
{
    private ContactLevels _last;

    /// <param name="levels">How all contacts stand.</param>
    /// <param name="seamless">False: read anew. Then all that are wired are told, because any of them may have moved.</param>
    public void Moved(ContactLevels levels, bool seamless)
    {
        var before = _last;
        _last = levels;
        if (!watch.IsWatched(WatchTopic.Gpio))
            return;
        Tell(wired.Hired, "hired", before.Hired, levels.Hired, seamless);
        Tell(wired.Stopped, "stopped", before.Stopped, levels.Stopped, seamless);
        Tell(wired.Paid, "paid", before.Paid, levels.Paid, seamless);
    }

    private void Tell(string line, string contact, bool before, bool on, bool seamless)
    {
        if (line.Length > 0 && (on != before || !seamless))
            watch.Publish(WatchTopic.Gpio, WatchEvent.Edge(line, on, seamless ? contact : $"{contact}, as read"));
    }
}
