namespace TaximeterAgent.Control.Wire;

// What the control socket says, as JSON. The names and meanings are documented in docs/control.md and do not change within /v1; a reader passes over names
// that it does not know. Amounts are minor units; times RFC 3339 by the car's clock; words for states are lower case with hyphens.

/// <summary><c>GET /v1/status</c>.</summary>
internal sealed record StatusReport
{
    public required string Version { get; init; }

    public required string Car { get; init; }

    public required ClockReport Clock { get; init; }

    public required MeterReport Meter { get; init; }

    public required DeviceReport Keypad { get; init; }

    public required DeviceReport Display { get; init; }

    /// <summary>False since a call did not reach the payment service, until one does.</summary>
    public required bool Online { get; init; }

    public required OutboxReport Outbox { get; init; }

    /// <summary>Missing while the outbox cannot be read.</summary>
    public TripCountsReport? Trips { get; init; }

    /// <summary>What is wrong now and wants a person; empty when all is well.</summary>
    public required IReadOnlyList<AlarmReport> Alarms { get; init; }

    /// <summary>Missing unless the agent listens for webhooks itself.</summary>
    public WebhookReport? Webhooks { get; init; }

    /// <summary>Missing unless the car is in a fleet.</summary>
    public RelayReport? Relay { get; init; }

    /// <summary>Missing unless metrics and traces are sent somewhere.</summary>
    public TelemetryReport? Telemetry { get; init; }

    /// <summary>The parts of the car, graded, in the order to look at them.</summary>
    public IReadOnlyList<PartReport> Parts { get; init; } = [];

    /// <summary>Secrets that the agent lacks, by the names of their keys; missing if it lacks none.</summary>
    public IReadOnlyList<string>? MissingKeys { get; init; }

    public TokenReport? Token { get; init; }

    public EPaymentReport? EPayment { get; init; }

    /// <summary>Missing while the disk does not say.</summary>
    public DiskReport? Disk { get; init; }

    /// <summary>Missing where the ignition is not sensed.</summary>
    public IgnitionReport? Ignition { get; init; }

    /// <summary>Buzzer and lamps; missing where there are none.</summary>
    public DeviceReport? Signals { get; init; }

    /// <summary>Missing where there is none.</summary>
    public PrinterReport? Printer { get; init; }

    /// <summary>The version of the outbox's tables.</summary>
    public int? Schema { get; init; }

    /// <summary>What the agent runs on: <c>.NET 10.0.1</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>The agent's process: whoever else has a device open is another.</summary>
    public int? ProcessId { get; init; }
}

/// <summary>The car's clock, which may be wrong at start and be corrected later.</summary>
internal sealed record ClockReport
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Seconds since the agent started, by a clock that does not jump.</summary>
    public required long UptimeSeconds { get; init; }

    /// <summary>By how much the clock was set since the agent started; positive if it was slow.</summary>
    public required long CorrectedBySeconds { get; init; }

    /// <summary>By how many seconds the clock is ahead of the payment service's, negative if behind; missing before the service has answered.</summary>
    public long? SkewSeconds { get; init; }
}

internal sealed record MeterReport
{
    /// <summary>How the meter is heard: <c>serial</c>, <c>contacts</c> or <c>receipt-printer</c>.</summary>
    public string? Source { get; init; }

    /// <summary>True while the meter keeps talking.</summary>
    public required bool Heard { get; init; }

    public string? Id { get; init; }

    /// <summary><c>for-hire</c>, <c>hired</c> or <c>stopped</c>; missing before the meter has said it.</summary>
    public string? Position { get; init; }

    /// <summary>The name of a meter that speaks and is not the configured one: what it says is refused.</summary>
    public string? Other { get; init; }

    public required DeviceReport Line { get; init; }

    public required TrafficReport Traffic { get; init; }

    /// <summary>What it has printed; missing for a meter that is heard otherwise.</summary>
    public PrintsReport? Prints { get; init; }
}

/// <summary>What a meter has printed since the agent started.</summary>
internal sealed record PrintsReport
{
    /// <summary>Receipts that were fares without a question.</summary>
    public required long Fares { get; init; }

    /// <summary>Prints that the driver was asked about.</summary>
    public required long Asked { get; init; }

    /// <summary>Receipts and copies that were known.</summary>
    public required long Repeats { get; init; }

    public required long Reports { get; init; }

    /// <summary>Prints in doubt since the last that was understood.</summary>
    public required long DoubtfulInARow { get; init; }
}

/// <summary>What has gone over the meter's line since the agent started.</summary>
internal sealed record TrafficReport
{
    /// <summary>How often the line was opened.</summary>
    public required long Openings { get; init; }

    public required long BytesReceived { get; init; }

    public required long BytesSent { get; init; }

    /// <summary>With a parity or framing error.</summary>
    public required long BytesDamaged { get; init; }

    /// <summary>In no frame: noise, and the rest of frames that were dropped.</summary>
    public required long BytesOutside { get; init; }

    public required long Breaks { get; init; }

    public required long FramesReceived { get; init; }

    public required long FramesSent { get; init; }

    /// <summary>Of those sent: repeats, because no answer came in time.</summary>
    public required long FramesSentAgain { get; init; }

    /// <summary>Not sent, because the line was not open or took nothing.</summary>
    public required long FramesNotSent { get; init; }

    /// <summary>Frames received and dropped, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Answers to no message of ours: late, doubled.</summary>
    public required long AnswersIgnored { get; init; }

    /// <summary>Our own frames that came back.</summary>
    public required long Echoes { get; init; }
}

/// <summary>A device: <c>open</c>, <c>lost</c>, <c>missing</c>, <c>busy</c>, <c>forbidden</c>, <c>unusable</c>, <c>stalled</c>, or <c>unknown</c> before its first word.</summary>
/// <param name="Fitted">False where the configuration has no such device; else missing.</param>
internal sealed record DeviceReport(string State, string? Message, bool? Fitted = null);

internal sealed record OutboxReport
{
    /// <summary>False while the disk has no room: no fare is acknowledged.</summary>
    public required bool Writable { get; init; }

    /// <summary>Operations that are not finished.</summary>
    public required int Operations { get; init; }

    /// <summary>Of these, calls that wait for their answer now.</summary>
    public required int OnTheirWay { get; init; }

    /// <summary>When the oldest trip that is not finished was learnt.</summary>
    public DateTimeOffset? OldestOpenTrip { get; init; }

    /// <summary>Why the outbox's lists cannot be read; missing while they can.</summary>
    public string? Unreadable { get; init; }

    /// <summary>What each open trip waits for, oldest first; at most 20.</summary>
    public required IReadOnlyList<WaitingReport> Waiting { get; init; }
}

internal static class StatusLimits
{
    public const int Waiting = 20;

    public const int Alarms = 20;
}

/// <param name="Since">When the trip was learnt.</param>
internal sealed record WaitingReport(string Trip, NextReport Next, DateTimeOffset? Since = null);

internal sealed record TripCountsReport
{
    /// <summary>With money or a request out, or somebody to be told.</summary>
    public required long Open { get; init; }

    /// <summary>For which the driver could still send a request.</summary>
    public required long Unpaid { get; init; }

    /// <summary>That a person has to look at.</summary>
    public required long Failed { get; init; }

    /// <summary>That a technician holds: nothing is sent for them.</summary>
    public required long Held { get; init; }
}

/// <summary>Something that is wrong now.</summary>
/// <param name="Kind"><c>trip</c>, <c>store</c>, <c>setup</c>, <c>ignition</c>, <c>meter</c> or <c>device</c>.</param>
/// <param name="Trip">The trip's id, for a trip.</param>
internal sealed record AlarmReport(string Kind, string Text, string? Trip = null);

/// <summary>How it stands with the fleet's relay. Counts are since the agent started.</summary>
internal sealed record RelayReport
{
    public required bool Connected { get; init; }

    /// <summary>Since when it is so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why it is away, for people; missing while it is there, and before the first try has ended.</summary>
    public string? Why { get; init; }

    /// <summary>
    /// The same for programs: <c>unreachable</c>, <c>certificate</c>, <c>refused</c>, <c>not-added</c>, <c>lost</c>, <c>no-password</c>, <c>no-authority</c>.
    /// </summary>
    public string? Cause { get; init; }

    /// <summary>Hints that came.</summary>
    public long Hints { get; init; }

    /// <summary>Bookings and cancellations that came, repeats too.</summary>
    public long Orders { get; init; }

    /// <summary>Messages that could not be read, and were passed over.</summary>
    public long Unreadable { get; init; }

    /// <summary>Reports of this car that the broker has taken.</summary>
    public long Reports { get; init; }

    public DateTimeOffset? LastReport { get; init; }
}

/// <summary>What came to the agent's own webhook listener since it started.</summary>
internal sealed record WebhookReport
{
    public required bool Listening { get; init; }

    public required long Received { get; init; }

    public required long Accepted { get; init; }

    /// <summary>With a wrong signature or none, or changed on the way.</summary>
    public required long Forged { get; init; }

    /// <summary>With a right signature and an old date.</summary>
    public required long Stale { get; init; }

    /// <summary>Too large, no POST, another path, no JSON.</summary>
    public required long Malformed { get; init; }

    /// <summary>Accepted, but for no payment of an open trip.</summary>
    public required long UnknownPayment { get; init; }

    /// <summary>Accepted, but so soon after another that no poll was made.</summary>
    public required long Throttled { get; init; }

    public DateTimeOffset? LastAccepted { get; init; }
}

/// <summary><c>GET /v1/trips</c>.</summary>
internal sealed record TripListReport(IReadOnlyList<TripReport> Trips)
{
    /// <summary>Missing in the agent's own answers.</summary>
    public SourceReport? Source { get; init; }
}

/// <summary>A trip, or a booking whose fare has not come.</summary>
internal sealed record TripReport
{
    /// <summary><c>meter/trip/start</c>, or the booking's name.</summary>
    public required string Id { get; init; }

    public string? Meter { get; init; }

    /// <summary>The meter's own number.</summary>
    public string? Trip { get; init; }

    public string? Start { get; init; }

    public string? Booking { get; init; }

    public required DateTimeOffset LearntAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required bool Open { get; init; }

    public required bool Unpaid { get; init; }

    public required bool Failed { get; init; }

    public string? Currency { get; init; }

    /// <summary>The fare; missing before it has come.</summary>
    public long? Total { get; init; }

    /// <summary>Captured and meant to be kept.</summary>
    public required long Captured { get; init; }

    public required long Refunded { get; init; }

    /// <summary>Masked; missing once wiped.</summary>
    public string? Phone { get; init; }

    public WordReport? Word { get; init; }

    /// <summary>The payments tried, in order.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Why nothing more is sent for it.</summary>
    public string? Stopped { get; init; }

    /// <summary>True while a technician holds it: nothing new is sent. Missing otherwise.</summary>
    public bool? Held { get; init; }

    /// <summary>True if a technician has closed it over what could not be settled. Missing otherwise.</summary>
    public bool? GivenUp { get; init; }
}

/// <summary>The result as the meter is told.</summary>
/// <param name="Kind"><c>paid</c>, <c>unpaid</c> or <c>refunded</c>.</param>
/// <param name="Amount">Paid: captured. Unpaid: captured and kept. Refunded: given back in all.</param>
/// <param name="Due">Unpaid: left to collect.</param>
/// <param name="Acknowledged">The meter has it.</param>
internal sealed record WordReport(string Kind, string Reference, long Amount, long Due, string? Reason, bool Acknowledged);

/// <summary><c>GET /v1/trips/{id}</c>.</summary>
internal sealed record TripDetailReport
{
    public required TripReport Summary { get; init; }

    /// <summary>Where a booking's customer is picked up; missing where it was not said, and once the number is wiped.</summary>
    public string? Pickup { get; init; }

    /// <summary>How it stands, as the driver's display has it: <c>waiting-for-customer</c>, <c>paid</c>, …</summary>
    public required string Phase { get; init; }

    /// <summary>Still to be captured.</summary>
    public required long Outstanding { get; init; }

    /// <summary>What shall have been refunded in all, by order of a person.</summary>
    public required long RefundOrdered { get; init; }

    public required bool RefundRefused { get; init; }

    /// <summary>What only a person can decide.</summary>
    public string? Question { get; init; }

    /// <summary><c>void</c>, <c>cash</c> or <c>otherwise</c> (a technician said so), if it was settled without us.</summary>
    public string? Settled { get; init; }

    public required NextReport Next { get; init; }

    public required IReadOnlyList<AttemptReport> Attempts { get; init; }

    /// <summary>Payments that hold something, or may, though nothing of the trip is to be kept; missing where there are none.</summary>
    public IReadOnlyList<LeftReport>? Left { get; init; }

    /// <summary>Oldest first; the newest 1000.</summary>
    public required IReadOnlyList<HistoryReport> History { get; init; }

    /// <summary>Missing in the agent's own answers.</summary>
    public SourceReport? Source { get; init; }

    public const int HistoryMaximum = 1_000;
}

/// <summary>What comes next.</summary>
/// <param name="What">An operation such as <c>query</c> or <c>capture</c>, or <c>nothing</c>, <c>driver</c>, <c>fare</c>, <c>meter</c>, <c>technician</c>, <c>timer</c> for whoever is waited for.</param>
/// <param name="InSeconds">When, for an operation; missing while its answer is awaited.</param>
/// <param name="Text">For people.</param>
internal sealed record NextReport(string What, double? InSeconds, string Text);

/// <summary>One payment tried.</summary>
internal sealed record AttemptReport
{
    public required string Reference { get; init; }

    /// <summary><c>request</c> or <c>reservation</c>.</summary>
    public required string Kind { get; init; }

    public required string Msn { get; init; }

    public required long Amount { get; init; }

    public string? Phone { get; init; }

    /// <summary>It asks whoever scans its code; left out where it asks a number.</summary>
    public bool? ByCode { get; init; }

    /// <summary>Whether the service has it: <c>unsent</c>, <c>uncertain</c>, <c>exists</c>, <c>probing</c>.</summary>
    public required string Existence { get; init; }

    /// <summary>As last read: <c>none</c>, <c>created</c>, <c>authorized</c>, <c>aborted</c>, <c>expired</c>, <c>terminated</c>.</summary>
    public required string State { get; init; }

    public required long Authorized { get; init; }

    public required long Captured { get; init; }

    public required long Cancelled { get; init; }

    public required long Refunded { get; init; }

    /// <summary><c>none</c>, <c>first-try</c>, <c>due</c>, <c>posted</c>, <c>refused</c>.</summary>
    public required string Receipt { get; init; }

    /// <summary>Why it can no longer be approved; missing while it can, and for one that was captured.</summary>
    public string? Ending { get; init; }

    /// <summary>Until then a "no such payment" proves nothing.</summary>
    public DateTimeOffset? CertainAt { get; init; }

    public required NextReport Next { get; init; }
}

/// <summary>A line of the history. Phone numbers were masked before it was written.</summary>
internal sealed record HistoryReport
{
    public required DateTimeOffset At { get; init; }

    /// <summary><c>meter</c>, <c>driver</c>, <c>epayment</c>, <c>agent</c> or <c>technician</c>.</summary>
    public required string Actor { get; init; }

    public required string What { get; init; }

    public required string Text { get; init; }

    public string? Reference { get; init; }

    public string? Code { get; init; }

    public string? TraceId { get; init; }

    public double? DurationMs { get; init; }
}

/// <summary>The body of <c>POST /v1/trips/{id}/refund</c>; may be missing.</summary>
internal sealed record RefundOrder
{
    /// <summary>Minor units that shall have been refunded in all when this is done; null for all that was captured.</summary>
    public long? Amount { get; init; }
}

/// <summary>The answer to a refund order that is stored.</summary>
/// <param name="Trip">The trip's id.</param>
/// <param name="Ordered">What shall have been refunded in all.</param>
/// <param name="New">False if the same had been ordered before: nothing changed.</param>
internal sealed record RefundReport(string Trip, string Currency, long Captured, long Ordered, long Refunded, bool New, NextReport Next);

/// <summary>
/// One line of <c>GET /v1/watch/…</c>. The first is <c>watching</c> and says how the device is; then each event as it happens; <c>dropped</c>, with a count, where
/// events were lost because the watcher read too slowly.
/// </summary>
/// <param name="What"><c>watching</c>, <c>frame</c>, <c>device</c>, <c>key</c>, <c>edge</c>, <c>dropped</c>.</param>
internal sealed record WatchReport(DateTimeOffset At, string What)
{
    /// <summary>For a frame: <c>meter</c> or <c>agent</c>.</summary>
    public string? From { get; init; }

    /// <summary>For a key or edge: which.</summary>
    public string? Name { get; init; }

    /// <summary>A device's state; for a key <c>pressed</c>; for an edge <c>on</c> or <c>off</c>, or <c>pressed</c> for a key of a matrix.</summary>
    public string? Value { get; init; }

    public string? Text { get; init; }

    public string? Meaning { get; init; }

    public long? Count { get; init; }
}

/// <summary>The answer to <c>POST /v1/display/test</c>: what should be seen now, and for how long.</summary>
internal sealed record DisplayTestReport(IReadOnlyList<string> Lines, int Seconds, DeviceReport Display);

/// <summary>Every answer that is not 2xx.</summary>
/// <param name="Error">A word for programs.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Candidates">The trips that could be meant.</param>
internal sealed record ErrorReport(string Error, string Message, IReadOnlyList<string>? Candidates = null);
