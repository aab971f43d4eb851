using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Telemetry.Metrics;

/// <summary>What only the engine knows, at one moment.</summary>
internal sealed record AgentFigures
{
    public required int Operations { get; init; }

    public required int OnTheirWay { get; init; }

    public required int UnderWay { get; init; }

    public required int Unpaid { get; init; }

    public required int Held { get; init; }

    public required long Failed { get; init; }

    /// <summary>By the car's clock; null if nothing is open.</summary>
    public required DateTimeOffset? OldestOpen { get; init; }

    public required bool Online { get; init; }

    public required bool Writable { get; init; }

    public required bool MeterHeard { get; init; }

    /// <summary>Null where the ignition is not sensed.</summary>
    public required bool? Ignition { get; init; }

    public required long FramesReceived { get; init; }

    public required long FramesSent { get; init; }

    public required long FramesSentAgain { get; init; }

    public required long AnswersIgnored { get; init; }

    public required long Echoes { get; init; }

    public required long BytesOutside { get; init; }

    public required IReadOnlyList<(DroppedFrame Cause, long Count)> Dropped { get; init; }

    /// <summary>On the engine's thread.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="failed">Trips that a person has to look at.</param>
    /// <param name="oldestOpen">When the oldest open trip was learnt.</param>
    public static AgentFigures Of(Engine engine, long failed, DateTimeOffset? oldestOpen)
    {
        var trips = engine.Book.Trips.Select(trip => trip.Value).ToList();
        return new AgentFigures
        {
            Operations = engine.Dispatcher.Count,
            OnTheirWay = engine.Dispatcher.InFlight,
            UnderWay = trips.Count(trip => trip.Busy),
            Unpaid = trips.Count(trip => trip.Unpaid),
            Held = trips.Count(trip => trip.Held),
            Failed = failed,
            OldestOpen = oldestOpen,
            Online = engine.Dispatcher.Online,
            Writable = engine.StoreWritable,
            MeterHeard = engine.MeterHeard,
            Ignition = engine.Power is { } power ? !power.Failing : null,
            FramesReceived = engine.Link.Reader.Received,
            FramesSent = engine.Link.FramesSent,
            FramesSentAgain = engine.Link.FramesSentAgain,
            AnswersIgnored = engine.Link.AnswersIgnored,
            Echoes = engine.Link.EchoesIgnored,
            BytesOutside = engine.Link.Reader.NoiseBytes,
            Dropped = [.. Enum.GetValues<DroppedFrame>().Select(cause => (cause, engine.Link.Reader.Dropped(cause)))],
        };
    }
}
