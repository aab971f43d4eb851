using Microsoft.Extensions.Hosting;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Telemetry.Otlp;
using TaximeterAgent.Telemetry.Prometheus;

namespace TaximeterAgent.Telemetry;

/// <summary>
/// The agent's metrics, and its traces where they are sent somewhere. Nothing is made before a while after the engine's start, when the meter has had its first answer, or
/// before somebody asks: what happens until then is kept and counted then. Has no thread.
/// </summary>
internal sealed class AgentTelemetry(MeasuredParts parts, TripMetrics trips, string car, string version, Sending? sending = null) : IHostedLifecycleService, IDisposable
{
    /// <summary>From the meter's first answer to the making of the instruments.</summary>
    private static readonly TimeSpan s_after = TimeSpan.FromSeconds(2);

    /// <summary>A meter that was not heard by then is not waited for. Less than the engine listens before it makes its first call: there is a round after it.</summary>
    private static readonly TimeSpan s_silent = TimeSpan.FromMilliseconds(400);

    private readonly Lock _making = new();
    private readonly FigureSource _figures = new(parts);
    private AgentMeter? _meter;
    private Collector? _collector;
    private ITimer? _timer;
    private IDisposable? _export;
    private bool _disposed;

    /// <summary>Labels that say whose metrics and traces these are.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Resource { get; } =
        [new("service.name", "taximeter-agent"), new("service.version", version), new("service.instance.id", car)];

    /// <summary>The engine runs: the instruments are made once it has given its first answer.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (parts.Engine() is not { } engine)
            return Task.CompletedTask;
        var started = parts.Time.GetTimestamp();
        engine.Settled += AfterRound;
        return Task.CompletedTask;

        void AfterRound()
        {
            if (!engine.MeterHeard && parts.Time.GetElapsedTime(started) < s_silent)
                return;
            engine.Settled -= AfterRound;
            lock (_making)
            {
                if (!_disposed)
                    _timer = parts.Time.CreateTimer(_ => Begin(), null, s_after, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The engine has ended: what is left is sent, if that does not take long.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _figures.End();
        sending?.Traces.EndAll();
        lock (_making)
            _export?.Dispose();
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>All metrics as they are now, in Prometheus' text format.</summary>
    public async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        var collector = Begin();
        await _figures.RefreshAsync(cancellationToken);
        return collector.Write(Resource);
    }

    public void Dispose()
    {
        lock (_making)
        {
            _disposed = true;
            _timer?.Dispose();
            _export?.Dispose();
            _collector?.Dispose();
            _meter?.Dispose();
        }
    }

    private Collector Begin()
    {
        lock (_making)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var meter = _meter ??= new AgentMeter(parts, _figures, version);
            _collector ??= new Collector(meter.Owns);
            _export ??= sending?.Begin(Resource, meter.Owns);
            // A queue that is full drops it; whoever asks next tries again.
            if (!trips.Recording)
            {
                parts.Engine()?.Post(() =>
                {
                    trips.Use(meter);
                    sending?.Traces.Use();
                });
            }

            return _collector;
        }
    }
}
