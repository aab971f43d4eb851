using System.Threading.Channels;

namespace TaximeterAgent.Control.Watch;

/// <summary>One who watches: events wait here until they are read. Ends with <see cref="Dispose"/>.</summary>
internal sealed class Watcher : IDisposable
{
    /// <summary>Events that may wait; more than a meter says in a minute.</summary>
    public const int Capacity = 256;

    private readonly Channel<Watched> _waiting = Channel.CreateBounded<Watched>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Action<Watcher> _ended;
    private long _dropped;

    public Watcher(WatchTopic topic, Action<Watcher> ended)
    {
        Topic = topic;
        _ended = ended;
    }

    public WatchTopic Topic { get; }

    /// <summary>Never waits: what does not fit is counted.</summary>
    public void Add(Watched watched)
    {
        if (!_waiting.Writer.TryWrite(watched))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>True once there is something to read.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _waiting.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead(out Watched watched) => _waiting.Reader.TryRead(out watched);

    /// <summary>How many were lost since this was last asked.</summary>
    public long TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    public void Dispose() => _ended(this);
}
