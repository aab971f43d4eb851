using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Fleet;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Telemetry.Metrics;

/// <summary>What the metrics see of the agent: the sources that the status report has too. The functions are called from any thread.</summary>
/// <param name="Engine">Null before it has started and after it has ended.</param>
/// <param name="Time">The clock.</param>
internal sealed record MeasuredParts(Func<Engine?> Engine, TimeProvider Time)
{
    /// <summary>What the outbox knows of all its trips; called on the engine's thread.</summary>
    public Func<StoreFigures> Store { get; init; } = () => default;

    public Func<SerialTraffic> Traffic { get; init; } = () => new SerialTraffic();

    /// <summary>The devices that the car has, by the words of <see cref="MetricTable.Device"/>; null before a device's first word.</summary>
    public Func<IEnumerable<(string Name, DeviceStatus? Status)>> Devices { get; init; } = () => [];

    public Func<DiskReport?> Disk { get; init; } = () => null;

    public Func<TimeSpan?> Skew { get; init; } = () => null;

    /// <summary>Null where the agent has no listener.</summary>
    public Func<WebhookReport>? Webhooks { get; init; }

    /// <summary>Null where the car is in no fleet.</summary>
    public Func<RelayReport>? Relay { get; init; }
}

/// <summary>Keeps what the engine last said of itself. It is asked before each collection, and not held up: the outbox is not written for it.</summary>
internal sealed class FigureSource(MeasuredParts parts)
{
    private volatile AgentFigures? _latest;

    /// <summary>How old figures may be that are told: one collection asks for them once and not for each instrument.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);

    private long _asked;
    private volatile bool _over;

    /// <summary>
    /// Null if the engine did not answer. Waits for it where nobody has asked for a while: to be called by instruments that are observed, on a collector's own thread or after
    /// <see cref="RefreshAsync"/>.
    /// </summary>
    public AgentFigures? Latest
    {
        get
        {
            if (!_over && parts.Time.GetElapsedTime(Interlocked.Read(ref _asked)) > s_fresh)
                RefreshAsync(CancellationToken.None).GetAwaiter().GetResult();
            return _latest;
        }
    }

    /// <summary>The engine is about to end, or has: what it said last stands.</summary>
    public void End() => _over = true;

    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var answer = await EngineQuestion.AskAsync(
            parts.Engine(),
            _ => null,
            engine =>
            {
                var store = parts.Store();
                return Answer<AgentFigures>.Of(AgentFigures.Of(engine, store.Failed, store.OldestOpen));
            },
            changes: false,
            parts.Time,
            cancellationToken);
        _latest = answer.Succeeded(out _, out var figures) ? figures : null;
        Interlocked.Exchange(ref _asked, parts.Time.GetTimestamp());
    }
}
