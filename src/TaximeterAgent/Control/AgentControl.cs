using System.Runtime.InteropServices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Outbox;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Control;

/// <summary>
/// The running agent as the control socket sees it. Lists and histories come from the outbox, over a connection of their own; what is under way comes from the
/// engine, which is asked for a snapshot and not held up.
/// </summary>
internal sealed class AgentControl : IControlTarget, IDisposable
{
    private readonly AgentParts _parts;
    private readonly ITimer _testEnds;
    private readonly TripArchive _archive;
    private readonly TechnicianOrders _orders;
    private readonly long _started;
    private readonly DateTimeOffset _startedAt;

    public AgentControl(AgentParts parts)
    {
        _parts = parts;
        _archive = new TripArchive(parts.OpenReader);
        _orders = new TechnicianOrders(parts, _archive);
        _started = parts.Time.GetTimestamp();
        _startedAt = parts.Time.GetUtcNow();
        _testEnds = parts.Time.CreateTimer(_ => EndTest(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task<Answer<StatusReport>> StatusAsync(CancellationToken cancellationToken) => PublishedAsync(() => PublishedStatusAsync(cancellationToken), cancellationToken);

    private async Task<Answer<StatusReport>> PublishedStatusAsync(CancellationToken cancellationToken)
    {
        var lists = TripLists.Of(_archive);
        var disk = _parts.Disk();
        return await AskAsync(
            _ => null,
            engine =>
            {
                var status = Status(engine, lists) with { Disk = disk };
                return Answer<StatusReport>.Of(status with { Parts = CarHealth.Of(status) });
            },
            changes: false,
            cancellationToken);
    }

    public async Task<Answer<string>> MetricsAsync(CancellationToken cancellationToken) => _parts.Metrics is { } metrics
        ? await metrics(cancellationToken)
        : Problem.NotPossible("no-metrics", "This agent keeps no metrics.");

    public async Task<Answer<TripListReport>> TripsAsync(TripQuery query, CancellationToken cancellationToken)
    {
        // Of an engine that does not answer at least what the database has.
        await PublishAsync(cancellationToken);
        return _archive.Trips(query);
    }

    public Task<Answer<TripDetailReport>> TripAsync(string id, CancellationToken cancellationToken) => PublishedAsync(() => PublishedTripAsync(id, cancellationToken), cancellationToken);

    private async Task<Answer<TripDetailReport>> PublishedTripAsync(string id, CancellationToken cancellationToken)
    {
        if (!_archive.Find(id).Succeeded(out var problem, out var trip)
            || !_archive.History(trip.Key, TripDetailReport.HistoryMaximum).Succeeded(out problem, out var history))
            return problem;
        TripState? found = null;
        return await AskAsync<TripDetailReport>(
            engine => (found = State(engine, trip.Key)) is null ? Problem.UnknownTrip(id) : null,
            engine =>
            {
                // Under way in the round of the question: as it was stored by it. Gone: it was not stored, or is as it was read.
                if (engine.InMemory(trip.Key) is { } now)
                    found = now;
                else if (found!.Busy)
                    return engine.StoreWritable ? Problem.TooBusy : Problem.StoreFull;
                return Reporting.Of(trip, found!, history, engine.Dispatcher.DueIn, engine.Dispatcher.Online);
            },
            changes: false,
            cancellationToken);
    }

    public Task<Answer<OutboxListReport>> OutboxAsync(CancellationToken cancellationToken) => AskAsync<OutboxListReport>(
        _ => null,
        engine =>
        {
            var operations = engine.Dispatcher.Queue().ToLookup(queued => queued.Stored.TripKey);
            return OutboxListing.Of(engine.Book.Trips.Select(trip => (trip.Value, operations[trip.Key])), _parts.Time.GetUtcNow(), running: true);
        },
        changes: false,
        cancellationToken);

    public Task<Answer<RefundReport>> RefundAsync(string id, long? total, string caller, CancellationToken cancellationToken) =>
        PublishedAsync(() => PublishedRefundAsync(id, total, caller, cancellationToken), cancellationToken);

    private async Task<Answer<RefundReport>> PublishedRefundAsync(string id, long? total, string caller, CancellationToken cancellationToken)
    {
        if (!_archive.Find(id).Succeeded(out var problem, out var trip))
            return problem;
        RefundCheck? check = null;
        return await AskAsync<RefundReport>(
            engine =>
            {
                if (!engine.StoreWritable)
                    return Problem.StoreFull;
                if (engine.Stopping)
                    return Problem.Starting;
                if (State(engine, trip.Key) is not { } state)
                    return Problem.UnknownTrip(id);
                check = RefundCheck.Of(state, total);
                if (check.Problem is null && check.New)
                    Order(engine, trip.Key, check, caller);
                return check.Problem;
            },
            engine =>
            {
                if (engine.InMemory(trip.Key) is { } now && now.RefundTarget >= check!.Total)
                    return Report(engine, now, check);
                // Already given back, and quiet: nothing was to be stored.
                return check!.New ? Problem.NotCertain : Report(engine, check.State, check);
            },
            changes: true,
            cancellationToken);
    }

    public Task<Answer<HoldReport>> HoldAsync(string id, bool hold, string caller, CancellationToken cancellationToken) =>
        PublishedAsync(() => _orders.HoldAsync(id, hold, caller, cancellationToken), cancellationToken);

    public Task<Answer<RetryReport>> RetryAsync(string? id, string caller, CancellationToken cancellationToken) =>
        PublishedAsync(() => _orders.RetryAsync(id, caller, cancellationToken), cancellationToken);

    public Task<Answer<ResolveReport>> ResolveAsync(string id, bool giveUp, string note, string caller, CancellationToken cancellationToken) =>
        PublishedAsync(() => _orders.ResolveAsync(id, giveUp, note, caller, cancellationToken), cancellationToken);

    public Answer<Watcher> Watch(WatchTopic topic) => _parts.Watch.Watch(topic) is { } watcher ? watcher : Problem.TooManyWatch;

    public WatchReport Watching(WatchTopic topic)
    {
        var device = Reporting.Of(topic switch
        {
            WatchTopic.Meter => _parts.Line(),
            WatchTopic.Keypad => _parts.Keypad(),
            _ => _parts.Gpio(),
        });
        return new WatchReport(_parts.Time.GetUtcNow(), "watching") { Name = Kebab.Of(topic), Value = device.State, Text = device.Message };
    }

    public Task<Answer<DisplayTestReport>> TestDisplayAsync(CancellationToken cancellationToken) => AskAsync<DisplayTestReport>(
        _ =>
        {
            if (_parts.Display() is not { State: DeviceState.Open })
                return Problem.NotPossible("no-display", _parts.Display()?.Message ?? "The configuration has no display.");
            if (_parts.Desk() is not { } desk)
                return Problem.Starting;
            desk.ShowTest(_parts.TestPicture);
            _testEnds.Change(_parts.TestLength, Timeout.InfiniteTimeSpan);
            return null;
        },
        _ => new DisplayTestReport(_parts.TestPicture, (int)_parts.TestLength.TotalSeconds, Reporting.Of(_parts.Display())),
        changes: false,
        cancellationToken);

    // Not the engine's: a printer takes what it is given from any thread.
    public Task<Answer<PrinterReport>> TestPrinterAsync(CancellationToken cancellationToken)
    {
        var printer = _parts.Printer;
        if (printer.Device is not { State: DeviceState.Open })
            return Task.FromResult<Answer<PrinterReport>>(Problem.NotPossible("no-printer", printer.Device?.Message ?? "The configuration has no printer."));
        printer.PrintTestPage(_parts.Language);
        return Task.FromResult<Answer<PrinterReport>>(Reporting.Of(printer)!);
    }

    public void Dispose()
    {
        _testEnds.Dispose();
        _archive.Dispose();
    }

    private async Task<Answer<T>> PublishedAsync<T>(Func<Task<Answer<T>>> then, CancellationToken cancellationToken)
        where T : class =>
        await PublishAsync(cancellationToken) is { } hidden ? hidden : await then();

    // What the reader cannot see yet is in the journal.
    private async Task<Problem?> PublishAsync(CancellationToken cancellationToken)
    {
        var published = await AskAsync<object>(
            _ =>
            {
                _parts.Publish();
                return null;
            },
            _ => _parts,
            changes: false,
            cancellationToken);
        return published.Succeeded(out var problem, out _) ? null : problem;
    }

    private void EndTest() => _parts.Engine()?.Post(() => _parts.Desk()?.EndTest());

    private static void Order(Engine engine, long key, RefundCheck check, string caller)
    {
        engine.Book.Take(key, (at, id) =>
        {
            engine.Book.Note(new Core.Ports.HistoryLine(key, at, "technician", "refund", $"{caller} orders that {check.Amount} shall have been refunded in all"));
            return new Input.RefundOrdered(check.Total) { At = at, Id = id };
        });
    }

    private static RefundReport Report(Engine engine, TripState state, RefundCheck check) => new(
        Reporting.IdOf(state),
        check.Amount.Currency.ToString(),
        state.Attempts.Sum(attempt => attempt.Captured),
        check.Total,
        state.Refunded,
        check.New,
        engine.NextOf(state));

    // Not by the book, which would take the trip up again: looking changes nothing.
    private TripState? State(Engine engine, long key) => engine.InMemory(key) ?? _parts.Load(key);

    private Task<Answer<T>> AskAsync<T>(Func<Engine, Problem?> take, Func<Engine, Answer<T>> answer, bool changes, CancellationToken cancellationToken)
        where T : class => EngineQuestion.AskAsync(_parts.Engine(), take, answer, changes, _parts.Time, cancellationToken);

    private StatusReport Status(Engine engine, TripLists lists)
    {
        var online = engine.Dispatcher.Online;
        var uptime = _parts.Time.GetElapsedTime(_started);
        var now = _parts.Time.GetUtcNow();
        return new StatusReport
        {
            Version = _parts.Version,
            ProcessId = Environment.ProcessId,
            Car = _parts.Car,
            Clock = new ClockReport
            {
                Now = now,
                UptimeSeconds = (long)uptime.TotalSeconds,
                CorrectedBySeconds = (long)Math.Round((now - _startedAt - uptime).TotalSeconds),
                SkewSeconds = _parts.Calls?.Skew is { } skew ? (long)Math.Round(skew.TotalSeconds) : null,
            },
            Meter = new MeterReport
            {
                Source = _parts.ByContacts ? Reporting.Contacts : engine.Prints is null ? "serial" : Reporting.ReceiptPrinter,
                Heard = engine.MeterHeard,
                Id = engine.Meter.MeterId,
                Position = engine.Meter.Operating is { } position ? Kebab.Of(position) : null,
                Other = engine.Link.OtherMeter is { } other ? Shown.Plain(other) : null,
                Line = Reporting.Of(_parts.Line()),
                Traffic = Reporting.Of(_parts.Traffic(), engine.Link),
                Prints = Reporting.Of(engine.Prints?.Tally),
            },
            Keypad = Reporting.Of(_parts.Keypad(), _parts.KeypadFitted),
            Display = Reporting.Of(_parts.Display(), _parts.DisplayFitted),
            Online = online,
            Outbox = lists.Outbox(engine.Book.Trips, state => NextStep.OfTrip(state, engine.Dispatcher.DueIn, online)) with
            {
                Writable = engine.StoreWritable,
                Operations = engine.Dispatcher.Count,
                OnTheirWay = engine.Dispatcher.InFlight,
            },
            Trips = lists.Trips(engine.Book.Trips.Select(trip => trip.Value)),
            Alarms = [.. Alarms(engine, lists)],
            MissingKeys = _parts.MissingSecrets.Count > 0 ? _parts.MissingSecrets : null,
            Webhooks = _parts.Webhooks?.Report(),
            Relay = _parts.Relay?.Invoke(),
            Telemetry = _parts.Exports?.Invoke(),
            Token = _parts.Token() is { } token ? Reporting.Of(token, now) : null,
            EPayment = _parts.Calls is { } calls ? Reporting.Of(calls, now) : null,
            Ignition = _parts.Ignition is { } ignition && Reporting.Of(ignition()) is var line ? new IgnitionReport(engine.Power?.Failing != true, line.State, line.Message) : null,
            Signals = _parts.Signals is { } signals ? Reporting.Of(signals()) : null,
            Printer = Reporting.Of(_parts.Printer),
            Schema = Schema.Newest,
            Runtime = RuntimeInformation.FrameworkDescription,
        };
    }

    private IEnumerable<AlarmReport> Alarms(Engine engine, TripLists lists)
    {
        if (!engine.StoreWritable)
            yield return new AlarmReport("store", "the outbox has no room: no fare is acknowledged");
        if (_parts.MissingSecrets.Count > 0)
            yield return new AlarmReport("setup", $"missing: {string.Join(", ", _parts.MissingSecrets)}. Fares are stored; what needs them is not done until they are there and the agent is started anew");
        if (engine.Power?.Failing == true)
            yield return new AlarmReport("ignition", "the ignition is off: nothing new is begun");
        if (!engine.MeterHeard)
            yield return new AlarmReport("meter", "the meter is not heard");
        if (engine.Link.OtherMeter is { } other)
            yield return new AlarmReport("meter", $"another meter, {Shown.Plain(other)}, is on the line and not the configured one: what it says is refused");
        if (engine.Link.EchoesIgnored > 0)
            yield return new AlarmReport("meter", "the line sends back what we send: its wires are joined, or the adapter echoes");
        if (lists.Unreadable is { } unreadable)
            yield return new AlarmReport("store", unreadable);
        (string Name, DeviceStatus? Status)[] devices = [("meter line", _parts.Line()), ("keypad", _parts.Keypad()), ("display", _parts.Display())];
        foreach (var (name, status) in devices)
        {
            if (status is not null && status.State != DeviceState.Open)
                yield return new AlarmReport("device", $"{name}: {status.Message}");
        }

        foreach (var (_, held) in engine.Book.Trips.Where(trip => trip.Value.Held).OrderBy(trip => trip.Key).Take(StatusLimits.Alarms))
            yield return new AlarmReport("trip", "a technician holds it: nothing is sent for it until taximeter-agent outbox release", Reporting.IdOf(held));
        foreach (var trip in lists.Failed)
            yield return new AlarmReport("trip", trip.Stopped ?? "a refund, receipt or payment was refused for good; its history says why", Reporting.IdOf(trip));
    }
}
