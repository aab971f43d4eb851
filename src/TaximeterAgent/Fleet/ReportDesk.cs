using Microsoft.Extensions.Logging;
using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Fleet;

/// <summary>
/// Says when the car reports: at once when something has changed, but not sooner than a while after the last report; and now and then though nothing has, so that the
/// operator sees that the car is there. Looks after each round of the engine, and has a timer only while something is held back.
/// </summary>
internal sealed class ReportDesk : IDisposable
{
    /// <summary>A car that is on is heard of at least so often, unless its reports are rarer by configuration.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Engine _engine;
    private readonly CarReports _reports;
    private readonly TimeSpan _every;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _timer;
    private TaskCompletionSource<CarReport> _due = New();
    private long? _reportedAt;
    private Mark _reported;
    private bool _armed;
    private bool _armedForNews;

    public ReportDesk(Engine engine, CarReports reports, TimeSpan every, TimeProvider time, ILogger log)
    {
        (_engine, _reports, _every, _time, _log) = (engine, reports, every, time, log);
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        engine.Settled += Look;
    }

    /// <summary>A new connection: whoever listens now knows nothing.</summary>
    public void Anew()
    {
        lock (_lock)
        {
            _due = New();
            _reportedAt = null;
        }

        _engine.Post(() => { });
    }

    /// <summary>The next report that is due.</summary>
    public Task<CarReport> NextAsync(CancellationToken stop)
    {
        lock (_lock)
            return _due.Task.WaitAsync(stop);
    }

    /// <summary>The report as it is now, with answers: counts as the last one.</summary>
    /// <returns>Null while the engine does not answer.</returns>
    public async Task<CarReport?> NowAsync(BookingAnswer answer, CancellationToken stop)
    {
        var asked = await Control.EngineQuestion.AskAsync<CarReport>(_engine, _ => null, _ => Make(), changes: false, _time, stop);
        return asked.Succeeded(out _, out var report) ? report with { Answers = [answer] } : null;
    }

    /// <summary>The last one that <see cref="NextAsync"/> gave is on its way: the next one may become due.</summary>
    public void Taken()
    {
        lock (_lock)
        {
            if (_due.Task.IsCompleted)
                _due = New();
        }
    }

    public void Dispose()
    {
        _engine.Settled -= Look;
        _timer.Dispose();
    }

    private static TaskCompletionSource<CarReport> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Look()
    {
        lock (_lock)
        {
            if (_due.Task.IsCompleted)
                return;
            var quiet = Quiet > _every ? Quiet : _every;
            var passed = _reportedAt is { } at ? _time.GetElapsedTime(at) : quiet;
            var news = Mark.Of(_engine) != _reported;
            if (passed < (news ? _every : quiet))
            {
                // Once for each wait, and again when there is news before a quiet time is over.
                if (!_armed || (news && !_armedForNews))
                    Arm((news ? _every : quiet) - passed, news);
                return;
            }
        }

        try
        {
            var report = Make();
            lock (_lock)
                _due.TrySetResult(report);
        }
#pragma warning disable CA1031 // A mistake in telling how things stand must not stop the payments.
        catch (Exception e)
#pragma warning restore CA1031
        {
            FleetLog.NoReport(_log, e);
        }
    }

    private CarReport Make()
    {
        var report = _reports.Of(_engine);
        lock (_lock)
        {
            _reported = Mark.Of(_engine);
            _reportedAt = _time.GetTimestamp();
            Arm(Quiet > _every ? Quiet : _every, news: false);
        }

        return report;
    }

    // A round of the engine: what follows is done after it, on its thread. A timer that fires a little early is armed again there.
    private void Wake()
    {
        lock (_lock)
            _armed = _armedForNews = false;
        _engine.Post(() => { });
    }

    private void Arm(TimeSpan after, bool news)
    {
        (_armed, _armedForNews) = (true, news);
        _timer.Change(after, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What tells cheaply whether a report would say something new.</summary>
    private readonly record struct Mark(long Changes, int Operations, bool Writable, bool MeterHeard)
    {
        public static Mark Of(Engine engine) => new(engine.Book.Changes, engine.Dispatcher.Count, engine.StoreWritable, engine.MeterHeard);
    }
}
