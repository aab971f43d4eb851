using System.Collections.Immutable;

namespace TaximeterAgent.Telemetry.Metrics;

/// <summary>Every metric of ours; docs/metrics.md is written from it.</summary>
internal static class MetricTable
{
    /// <summary>The meter that they belong to.</summary>
    public const string MeterName = "TaximeterAgent";

    public static readonly Label Outcome = new("taximeter.outcome", "what came of it");
    public static readonly Label Operation = new("taximeter.operation", "`create`, `query`, `capture`, `cancel`, `cancel-unapproved`, `post-receipt`, `refund`");
    public static readonly Label Currency = new("taximeter.currency", "`NOK`, `DKK`, `EUR`");
    public static readonly Label Stage = new("taximeter.stage", "`fare-to-paid`, `request-to-approval`, `approval-to-paid`");
    public static readonly Label PaymentKind = new("taximeter.payment.kind", "`request` or `reservation`");
    public static readonly Label Sync = new("taximeter.sync", "`true` where the commit was to be on disk before anything went on");
    public static readonly Label Direction = new("taximeter.direction", "`received` or `sent`");
    public static readonly Label Reason = new("taximeter.reason", "why");
    public static readonly Label State = new("taximeter.state", "the state");
    public static readonly Label Device = new("taximeter.device", "`meter`, `keypad`, `display`, and where the car has them `ignition`, `signals`, `printer`");

    public static readonly Metric Fares = new("taximeter.fares", MetricKind.Counter, "{fare}", "Fares that were taken and stored.", Currency);

    public static readonly Metric Trips = new(
        "taximeter.trips", MetricKind.Counter, "{trip}", "Trips that have come to this, by what was stored; a trip may come to more than one.",
        Outcome with { Values = "`paid`, `unpaid`, `refunded` as the meter is told; `cash`, `void`, `otherwise` settled without us; `stopped` by the agent, because its state was impossible" });

    public static readonly Metric Unpaid = new(
        "taximeter.trips.unpaid", MetricKind.Counter, "{trip}", "Trips of which the meter is told that they are unpaid, by the reason that it is told.", Reason with { Values = "`aborted`, `expired`, `rejected`, `cancelled`, `offline`" });

    public static readonly Metric Captured = new(
        "taximeter.payment.captured", MetricKind.Counter, "{minor_unit}", "Money seen captured, in minor units; not what a payment had when an agent with a new outbox found it.", Currency);

    public static readonly Metric Refunded = new("taximeter.payment.refunded", MetricKind.Counter, "{minor_unit}", "Money seen given back, in minor units; as the captured is counted.", Currency);

    public static readonly Metric PaymentDuration = new(
        "taximeter.payment.duration", MetricKind.Histogram, "s",
        "How long a payment took: from the fare to its PAID, of which most is people's time; from the request to the customer's approval; from the approval to PAID. What began before the agent did is not in it.",
        Stage, PaymentKind)
    {
        Buckets = [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600],
    };

    public static readonly Metric Calls = new(
        "taximeter.service.calls", MetricKind.Counter, "{call}", "Calls to the payment service.", Operation,
        Outcome with { Values = "`done`, or as the status names a failure: `unreachable`, `no-token`, `no-answer`, `keys-refused`, `refused`" });

    public static readonly Metric CommitDuration = new("taximeter.outbox.commit.duration", MetricKind.Histogram, "s", "How long the outbox took for a commit.", Sync)
    {
        Buckets = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    };

    public static readonly Metric EngineAnswers = new("taximeter.engine.answers", MetricKind.Gauge, "1", "1 if the engine has answered the question behind these figures, else 0; then those that only it knows are missing.");

    public static readonly Metric Operations = new(
        "taximeter.outbox.operations", MetricKind.Gauge, "{operation}", "Calls that are still to be made.", State with { Values = "`waiting`, `on-its-way`" });

    public static readonly Metric OldestAge = new("taximeter.outbox.oldest.age", MetricKind.Gauge, "s", "Since when the oldest trip that is not finished is known; 0 if there is none.");
    public static readonly Metric Writable = new("taximeter.outbox.writable", MetricKind.Gauge, "1", "0 while the outbox has no room: no fare is acknowledged.");
    public static readonly Metric OutboxSize = new("taximeter.outbox.size", MetricKind.Gauge, "By", "What the outbox's files take.");
    public static readonly Metric DiskFree = new("taximeter.outbox.disk.free", MetricKind.Gauge, "By", "What is free on the outbox's disk.");

    public static readonly Metric OpenTrips = new(
        "taximeter.trips.open", MetricKind.Gauge, "{trip}", "Trips at this moment.",
        State with { Values = "`under-way`, `unpaid` (the driver could still send a request), `held` by a technician, `failed` (a person has to look)" });

    public static readonly Metric Online = new("taximeter.network.online", MetricKind.Gauge, "1", "0 since a call did not reach the payment service, until one does.");
    public static readonly Metric ClockSkew = new("taximeter.clock.skew", MetricKind.Gauge, "s", "By how much the car's clock is ahead of the payment service's; missing before the service has said a time.");
    public static readonly Metric MeterHeard = new("taximeter.meter.heard", MetricKind.Gauge, "1", "1 while the meter keeps talking.");
    public static readonly Metric Frames = new("taximeter.meter.frames", MetricKind.Counter, "{frame}", "Whole frames on the meter's line, repeats and answers too.", Direction);
    public static readonly Metric FramesAgain = new("taximeter.meter.frames.repeated", MetricKind.Counter, "{frame}", "Of those sent: repeats, because no answer came in time.");

    public static readonly Metric FramesDropped = new(
        "taximeter.meter.frames.dropped", MetricKind.Counter, "{frame}", "Frames that were not taken, or not sent.",
        Reason with { Values = "as in the status: `crc`, `interrupted`, …; `not-sent` because the line was not open or took nothing, `answer-ignored`, `echo`" });

    public static readonly Metric Bytes = new("taximeter.meter.io", MetricKind.Counter, "By", "Bytes on the meter's line.", Direction);
    public static readonly Metric LineFaults = new("taximeter.meter.faults", MetricKind.Counter, "{fault}", "What is wrong on the meter's line.", Reason with { Values = "`damaged` bytes, `outside` any frame, `break`" });
    public static readonly Metric LineOpenings = new("taximeter.meter.openings", MetricKind.Counter, "{opening}", "How often the meter's line was opened; more than once says that it was lost.");

    public static readonly Metric DeviceState = new(
        "taximeter.device.state", MetricKind.Gauge, "1", "1 for the state that a device is in, 0 for the others.", Device,
        State with { Values = "`open`, `lost`, `missing`, `busy`, `forbidden`, `unusable`, `stalled`, `unknown`" });

    public static readonly Metric Ignition = new("taximeter.ignition.on", MetricKind.Gauge, "1", "0 while the ignition is off and nothing new is begun; missing where it is not sensed.");

    public static readonly Metric Webhooks = new(
        "taximeter.webhooks", MetricKind.Counter, "{request}", "What came to the agent's own webhook listener; missing where it has none.",
        Outcome with { Values = "`accepted`, `forged`, `stale`, `malformed`" });

    public static readonly Metric RelayConnected = new("taximeter.relay.connected", MetricKind.Gauge, "1", "1 while the fleet's broker is there; missing where the car is in no fleet.");

    public static readonly Metric RelayMessages = new(
        "taximeter.relay.messages", MetricKind.Counter, "{message}", "Messages from the fleet's broker and to it; missing where the car is in no fleet.",
        new Label("taximeter.message", "`hint`, `order`, `unreadable`, `report` (of this car, taken by the broker)"));

    /// <summary>All of them, in the order of the page.</summary>
    public static readonly ImmutableArray<Metric> All =
    [
        Fares, Trips, Unpaid, Captured, Refunded, PaymentDuration, Calls, CommitDuration, EngineAnswers, Operations, OldestAge, Writable, OutboxSize, DiskFree, OpenTrips, Online,
        ClockSkew, MeterHeard, Frames, FramesAgain, FramesDropped, Bytes, LineFaults, LineOpenings, DeviceState, Ignition, Webhooks, RelayConnected, RelayMessages,
    ];
}
