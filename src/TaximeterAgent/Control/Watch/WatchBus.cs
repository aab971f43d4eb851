namespace TaximeterAgent.Control.Watch;

/// <summary>What can be watched.</summary>
internal enum WatchTopic
{
    Meter,
    Keypad,
    Gpio,
}

/// <summary>Something that happened, for whoever watches; fit to be shown: no secrets, no whole phone numbers.</summary>
/// <param name="What"><c>frame</c>, <c>print</c>, <c>device</c>, <c>key</c>, <c>edge</c>.</param>
internal sealed record WatchEvent(string What)
{
    /// <summary>Who it comes from: <c>meter</c> or <c>agent</c>, for a frame.</summary>
    public string? From { get; init; }

    /// <summary>Which key, line or device.</summary>
    public string? Name { get; init; }

    /// <summary>What it is now: a device's state, <c>pressed</c>, <c>on</c>, <c>off</c>.</summary>
    public string? Value { get; init; }

    /// <summary>As it was said, or what to tell a person.</summary>
    public string? Text { get; init; }

    /// <summary>What it means, for people.</summary>
    public string? Meaning { get; init; }

    /// <summary>A GPIO line has moved.</summary>
    /// <param name="line">As the configuration names it.</param>
    /// <param name="on">True if it is active now, whichever level that is.</param>
    /// <param name="what">What it is wired to.</param>
    public static WatchEvent Edge(string line, bool on, string what) => new("edge") { Name = line, Value = on ? "on" : "off", Text = what };
}

/// <summary>
/// Takes events from the agent to those who watch. Whoever publishes never waits: a watcher has a queue with a bound, and what does not fit is counted and lost to
/// that watcher alone. While nobody watches, an event costs one look.
/// </summary>
internal sealed class WatchBus(TimeProvider time)
{
    /// <summary>Watchers at the same time; each holds a connection.</summary>
    public const int WatchersMaximum = 4;

    private readonly Lock _gate = new();

    // Replaced and never changed, so that a publisher reads it without the lock.
    private volatile Watcher[] _watchers = [];

    /// <summary>False while an event of this kind need not be made.</summary>
    public bool IsWatched(WatchTopic topic)
    {
        foreach (var watcher in _watchers)
        {
            if (watcher.Topic == topic)
                return true;
        }

        return false;
    }

    /// <summary>Tells those who watch; from any thread.</summary>
    public void Publish(WatchTopic topic, WatchEvent what)
    {
        var at = time.GetUtcNow();
        foreach (var watcher in _watchers)
        {
            if (watcher.Topic == topic)
                watcher.Add(new Watched(at, what));
        }
    }

    /// <summary>Begins to watch; null if too many do.</summary>
    public Watcher? Watch(WatchTopic topic)
    {
        lock (_gate)
        {
            if (_watchers.Length >= WatchersMaximum)
                return null;
            var watcher = new Watcher(topic, Remove);
            _watchers = [.. _watchers, watcher];
            return watcher;
        }
    }

    private void Remove(Watcher watcher)
    {
        lock (_gate)
            _watchers = [.. _watchers.Where(other => other != watcher)];
    }
}

/// <summary>An event and when it was.</summary>
internal readonly record struct Watched(DateTimeOffset At, WatchEvent Event);
