using Microsoft.Extensions.Logging;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter;
using TaximeterAgent.Meter.Contacts;
using TaximeterAgent.Meter.Print.Desk;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Sync;

/// <summary>
/// The one loop. Everything that happens waits in a queue for <see cref="Drain"/>, which takes all that waits, decides, commits once, and only then answers the
/// meter, calls the payment service and lets the display speak. Has no thread and no timer of its own: whoever runs it asks <see cref="NextDue"/>.
/// </summary>
internal sealed class Engine : IDisposable
{
    /// <summary>Work taken before a commit: a flood of input cannot put off the commit of what came first.</summary>
    private const int DrainMaximum = 256;

    private static readonly TimeSpan s_storeRetry = TimeSpan.FromSeconds(5);

    private readonly WorkQueue _queue;
    private readonly IOutbox _outbox;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Upkeep? _upkeep;
    private readonly ITripWitness? _witness;
    private long? _storeRetryAt;
    private long? _listensUntil;
    private Action? _beat;

    public Engine(EngineParts parts, Action wake)
    {
        _queue = new WorkQueue(wake);
        _outbox = parts.Outbox;
        _time = parts.Time;
        _log = parts.Log;
        _upkeep = parts.Upkeep;
        _witness = parts.Witness;
        Currency = parts.Meter.Currency;
        Timers = new TripTimers(parts.Time);
        Dispatcher = new Dispatcher(parts.Calls, parts.Time, parts.Dispatch, parts.Ids, _queue.Post, (stored, report) => Book!.Tried(stored, report), parts.Witness);
        Book = new TripBook(parts.Outbox, parts.Time, parts.Ids, parts.Calls, () => Policy(parts), () => RoomToWait(parts), Dispatcher, Timers, parts.Witness);
        Unknown = new UnknownPayments(Book);
        Power = parts.Power is { } power ? new PowerDesk(power, Book, Dispatcher, parts.Time, parts.Log) : null;
        Orders = new OrderDesk(Book, parts.Outbox.Setting, parts.Time);
        Meter = new MeterDesk(Book, Orders, parts.Outbox.Setting, parts.Time, parts.Log);
        Link = new TfpLink(parts.Meter, parts.Time, Meter, parts.WriteLine);
        if (parts.Contacts is { } contacts)
            Contacts = new ContactDesk(contacts, Meter, Book, parts.Outbox.Setting, parts.Ids, parts.Time);
        else if (parts.Prints is { } prints)
            Prints = new PrintDesk(prints, Meter, Book, parts.Outbox.Setting, parts.Ids, parts.Time);
        else
            Meter.Link = Link;
    }

    public TripBook Book { get; }

    /// <summary>Payments that somebody tells of and no trip may have.</summary>
    public UnknownPayments Unknown { get; }

    public MeterDesk Meter { get; }

    /// <summary>Bookings and cancellations, whoever brings them. To be given something only while <see cref="StoreWritable"/>.</summary>
    public OrderDesk Orders { get; }

    /// <summary>The session on the meter's line; never started where the meter is heard by its contacts or by what it prints.</summary>
    public TfpLink Link { get; }

    /// <summary>What fares are in.</summary>
    public Currency Currency { get; }

    /// <summary>A meter that is heard by its contacts; null for one with a line.</summary>
    public ContactDesk? Contacts { get; }

    /// <summary>A meter that only prints; null for another.</summary>
    public PrintDesk? Prints { get; }

    /// <summary>The meter whose amounts the driver keys; null for one that says them all.</summary>
    public IAmountsToAsk? Amounts => Contacts ?? (IAmountsToAsk?)Prints;

    /// <summary>True while there is a sign of life from the meter.</summary>
    public bool MeterHeard => Contacts?.Heard ?? Prints?.Heard ?? Link.MeterHeard;

    public Dispatcher Dispatcher { get; }

    public TripTimers Timers { get; }

    /// <summary>False while the store has no room: no fare is acknowledged, and nothing new is begun.</summary>
    public bool StoreWritable => _storeRetryAt is null;

    /// <summary>True once nothing new may be begun, because the agent is about to stop.</summary>
    public bool Stopping { get; set; }

    /// <summary>What the ignition has to do with it; null where it is not sensed.</summary>
    public PowerDesk? Power { get; }

    /// <summary>When the driver's side wants a round though nothing else is due; a monotonic timestamp.</summary>
    public Func<long?>? ScreenDue { get; set; }

    /// <summary>Called on the engine's thread after each round in which all is stored.</summary>
    public event Action? Settled;

    /// <summary>
    /// Called on the engine's thread after a round that the store had no room for: nothing that was decided in it has happened. For whoever shows how things stand;
    /// never to be taken for <see cref="Settled"/>.
    /// </summary>
    public event Action? NotStored;

    /// <summary>Work for the engine's thread.</summary>
    /// <returns>False if the queue is full and the work was dropped.</returns>
    public bool Post(Action work) => _queue.Post(work);

    /// <summary>
    /// A tick that goes the way of all input: queue, round, commit, dispatcher. It arrives when the round that took it has come to its end, with all stored or known
    /// not to be, and what is due begun. It is held back while the dispatcher waits for a call beyond all bounds.
    /// </summary>
    /// <param name="arrived">Called on the engine's thread.</param>
    /// <returns>False if the queue is full.</returns>
    public bool Beat(Action arrived) => Post(() => _beat = arrived);

    /// <summary>When <see cref="Drain"/> wants to be called though nothing was posted; a monotonic timestamp.</summary>
    public long? NextDue => _storeRetryAt ?? Schedule.Earliest(
        Schedule.Earliest(Schedule.Earliest(Timers.NextDue, Prints is null ? Link.NextDue : Prints.NextDue), ScreenDue?.Invoke()),
        MayBegin ? Schedule.Earliest(Dispatcher.NextDue, _upkeep?.NextDue) : Schedule.Earliest(Power?.NextDue, Listening ? _listensUntil : null));

    /// <summary>A small fact of the store's; null if never set.</summary>
    public string? Setting(string name) => _outbox.Setting(name);

    private bool MayBegin => !Stopping && Power?.Failing != true && !Listening;

    private bool Listening => _listensUntil is { } until && !MeterHeard && _time.GetTimestamp() < until;

    /// <summary>
    /// No call is made for so long, or until the meter is heard: at a start the meter waits for its answer, and the first calls keep a small board busy for longer than that takes.
    /// </summary>
    public void ListenFirst(TimeSpan most) => _listensUntil = _time.After(most);

    /// <summary>Reads all open trips from the store; everything that was under way is read back before anything else is sent for it.</summary>
    public void Start()
    {
        Meter.Resume();
        Book.Resume();
        Contacts?.Resume();
        Prints?.Resume();
    }

    /// <summary>
    /// This version has started with this store and got ready: stored with the next commit, for whoever has to go back to it. Nothing is written where it was so before.
    /// </summary>
    public void RunsWell(string version)
    {
        if (_outbox.Setting(IOutbox.LastVersion) != version)
            Book.Batch.Settings[IOutbox.LastVersion] = version;
    }

    /// <summary>Takes everything that waits and everything that is due.</summary>
    /// <exception cref="OutboxFailedException">The store must not be used further: the process ends, and is started anew.</exception>
    public void Drain()
    {
        bool more;
        do
        {
            more = Round();
            if (_beat is { } arrived && !Dispatcher.Overdue)
            {
                _beat = null;
                arrived();
            }
        }
        while (more);
    }

    public void Dispose()
    {
        Dispatcher.Stop();
        _outbox.Dispose();
    }

    private bool Round()
    {
        if (_storeRetryAt is not null && !StoreIsBack())
        {
            TakeWork();
            Settled?.Invoke();
            return false;
        }

        var taken = TakeWork();
        while (Timers.TryTake(out var timer))
        {
            taken++;
            Book.Take(timer.Trip, (at, id) => new Input.Due(timer.Kind, timer.Reference) { At = at, Id = id });
        }

        Link.OnDue();
        Prints?.OnDue();
        if (!Commit())
        {
            NotStored?.Invoke();
            return false;
        }

        Meter.Stored();
        Prints?.AllStored();
        Meter.TellResults();
        if (MayBegin)
            Dispatcher.RunDue();
        Settled?.Invoke();
        // Now that the meter has its answer and the calls are on their way.
        _outbox.Tend();
        if (MayBegin)
            _upkeep?.RunDue();
        Power?.Stored();
        return taken >= DrainMaximum;
    }

    private int TakeWork()
    {
        var taken = 0;
        while (taken < DrainMaximum && _queue.TryTake(out var work))
        {
            taken++;
            work();
        }

        return taken;
    }

    private bool Commit()
    {
        Meter.CloseUntellable();
        Book.Complete();
        Meter.AddSettings();
        try
        {
            // What would be seen again is not worth a sync, unless the supply is about to go.
            Book.Batch.Sync |= Power?.Failing == true;
            if (!Book.Batch.IsEmpty)
                CommitBatch();
        }
        catch (OutboxFullException e)
        {
            Log.StoreFull(_log, e.Message);
            Meter.NotStored();
            Contacts?.NotStored();
            Prints?.NotStored();
            Meter.Writable = false;
            // What was decided is not stored, so it has not happened: when there is room again, all is read from the store as after a start.
            Book.Clear();
            _storeRetryAt = _time.After(s_storeRetry);
            return false;
        }

        foreach (var (trip, alarm) in Book.Alarms)
            Log.Alarm(_log, alarm.Kind, trip, alarm.Detail);
        Book.Alarms.Clear();
        Book.Stored();
        return true;
    }

    private void CommitBatch()
    {
        var began = _time.GetTimestamp();
        _outbox.Commit(Book.Batch);
        _witness?.Committed(Book.Batch, began);
    }

    private bool StoreIsBack()
    {
        if (_time.GetTimestamp() < _storeRetryAt)
            return false;
        var trial = new OutboxBatch { Sync = true };
        trial.Settings["store-writable-at"] = _time.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            _outbox.Commit(trial);
        }
        catch (OutboxFullException)
        {
            _storeRetryAt = _time.After(s_storeRetry);
            return false;
        }

        Log.StoreBack(_log);
        _storeRetryAt = null;
        Meter.Writable = true;
        Book.Clear();
        Book.Resume();
        Contacts?.Resume();
        Prints?.Resume();
        return true;
    }

    // Asked at every decision, and the same nearly always.
    private PaymentPolicy Policy(EngineParts parts) =>
        !parts.Policy.ReserveAhead || _outbox.Setting(FullCaptureOnly(parts.Policy.SalesUnit.MerchantSerialNumber)) is null
            ? parts.Policy
            : parts.Policy with { ReserveAhead = false };

    /// <summary>The setting that says: this sales unit refused to capture a part, reserve no more for it.</summary>
    internal static string FullCaptureOnly(string merchantSerialNumber) => $"full-capture-only-{merchantSerialNumber}";

    // How many trips, and how much money, may wait for the network at the same time.
    private bool RoomToWait(EngineParts parts)
    {
        var waiting = Book.Trips.SelectMany(trip => trip.Value.Attempts).Where(a => a.Ending is null && a.Existence is Existence.Unsent or Existence.Uncertain).ToList();
        return waiting.Count <= parts.OfflineMaxCount && waiting.Sum(a => a.Amount.MinorUnits) <= parts.OfflineMaxAmount;
    }
}

/// <summary>What an engine is made of.</summary>
internal sealed record EngineParts
{
    public required IOutbox Outbox { get; init; }

    public required TimeProvider Time { get; init; }

    public required IIdSource Ids { get; init; }

    public required IPaymentCalls Calls { get; init; }

    public required PaymentPolicy Policy { get; init; }

    public required DispatchOptions Dispatch { get; init; }

    public required TfpOptions Meter { get; init; }

    /// <summary>The meter that is heard by its contacts; null for one with a line.</summary>
    public ContactOptions? Contacts { get; init; }

    /// <summary>The meter that is heard by what it prints; null for another.</summary>
    public PrintOptions? Prints { get; init; }

    public required LineWriter WriteLine { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>Who looks on; null where nobody does.</summary>
    public ITripWitness? Witness { get; init; }

    /// <summary>Trips that may wait for the network at the same time.</summary>
    public int OfflineMaxCount { get; init; } = 10;

    /// <summary>What the store needs now and then; null for one that needs nothing.</summary>
    public Upkeep? Upkeep { get; init; }

    /// <summary>What happens when the ignition is switched off; null where it is not sensed.</summary>
    public PowerPlan? Power { get; init; }

    /// <summary>Minor units that may wait for the network in all.</summary>
    public long OfflineMaxAmount { get; init; } = 500_000;
}
