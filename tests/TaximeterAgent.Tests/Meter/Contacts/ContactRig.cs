using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Meter.Contacts;
using TaximeterAgent.Meter.Print.Desk;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Meter.Contacts;

/// <summary>A real engine with the driver's desk, over an outbox that can crash, on one thread and in time that the test moves; the payment service is the test's.</summary>
internal sealed class ContactRig
{
    private readonly ContactOptions? _contacts;
    private readonly DeskOptions? _desk;
    private readonly PrintOptions? _prints;
    private readonly Currency _currency;

    /// <param name="contacts">False: the meter has a line.</param>
    /// <param name="desk">What the driver's desk is told besides.</param>
    /// <param name="prints">The meter only prints, and so.</param>
    public ContactRig(bool contacts = true, DeskOptions? desk = null, PrintOptions? prints = null)
    {
        _prints = prints;
        _currency = prints?.Currency ?? Currency.NOK;
        _desk = desk;
        _contacts = contacts && prints is null ? new ContactOptions("M-88", Currency.NOK, 1_200) : null;
        Service = new PayingService(Time);
        Start();
    }

    public ManualTime Time { get; } = new();

    public MemoryOutbox Outbox { get; } = new();

    public PayingService Service { get; }

    public Engine Engine { get; private set; } = null!;

    public DriverDesk Driver { get; private set; } = null!;

    public List<Signal> Signals { get; } = [];

    /// <summary>How often the store was brought to rest.</summary>
    public int Rests { get; private set; }

    public string Shown => string.Join('|', Driver.Shown);

    public IEnumerable<string> History => Outbox.History.Select(line => $"{line.What}: {line.Text}");

    /// <summary>The power is cut, and what was not synced is lost; then it is back.</summary>
    public void Crash()
    {
        Outbox.Crash(keepUnsynced: false);
        Start();
    }

    /// <summary>H hired, S stopped, P paid.</summary>
    public void Levels(string levels, bool seamless = true) =>
        Do(() => Engine.Contacts!.Take(new ContactLevels(levels.Contains('H'), levels.Contains('S'), levels.Contains('P')), seamless));

    /// <summary>Each after a while.</summary>
    public void Play(params string[] levels)
    {
        foreach (var one in levels)
        {
            Pass(TimeSpan.FromMinutes(3));
            Levels(one);
        }
    }

    /// <summary>Digits, <c>#</c> enter, <c>*</c> clear, <c>&lt;</c> back, <c>+</c> down, <c>/</c> menu.</summary>
    public void Press(string keys)
    {
        foreach (var key in keys)
        {
            Do(() => Driver.Press(key switch
            {
                '#' => Key.Enter,
                '*' => Key.Clear,
                '<' => Key.Back,
                '+' => Key.Down,
                '/' => Key.Menu,
                _ => Key.Digit0 + (key - '0'),
            }));
        }
    }

    public void Do(Action work)
    {
        Assert.True(Engine.Post(work));
        Engine.Drain();
    }

    public void Pass(TimeSpan time)
    {
        for (var step = 0; step < 20; step++)
        {
            Time.Advance(time / 20);
            Engine.Drain();
        }
    }

    private void Start()
    {
        Engine = new Engine(
            new EngineParts
            {
                Outbox = Outbox,
                Time = Time,
                Ids = new RandomIds(),
                Calls = Service,
                Policy = new PaymentPolicy { Prefix = "tx", Car = "EL12345", SalesUnit = Examples.SalesUnit, Currency = _currency },
                Dispatch = new DispatchOptions(),
                Meter = new TfpOptions { Agent = "EL12345", Version = "0", Currency = _currency, Home = Country.NO },
                Contacts = _contacts,
                Prints = _prints,
                Power = new PowerPlan(TimeSpan.FromSeconds(10), () => Rests++),
                WriteLine = _ => { },
                Log = NullLogger.Instance,
            },
            () => { });
        Driver = new DriverDesk(Engine, Status, Time, Language.English, Country.NO, _ => { }, _desk);
        Driver.Signalled += Signals.Add;
        Engine.Start();
        if (Engine.Contacts is { } desk)
            desk.Heard = true;
        if (Engine.Prints is { } printer)
            printer.Heard = true;
        Engine.Drain();
    }

    private CarStatus Status() => new()
    {
        MeterHeard = Engine.MeterHeard,
        Online = Engine.Dispatcher.Online,
        StoreWritable = Engine.StoreWritable,
        Ignition = Engine.Power?.Failing != true,
        Printer = _desk?.Printer is { Fitted: true } printer ? printer.Status : null,
    };
}

/// <summary>A payment service whose customers approve at once, and which can take its time to answer.</summary>
internal sealed class PayingService(TimeProvider time) : IPaymentCalls
{
    private readonly Dictionary<string, long> _captured = [];
    private readonly HashSet<string> _created = [];
    private readonly Dictionary<string, long> _refunded = [];
    private readonly Dictionary<string, string> _links = [];
    private readonly List<(TaskCompletionSource<CallReport> Source, CallReport Report)> _held = [];

    public List<(OperationKind Kind, string Reference, long? Amount)> Calls { get; } = [];

    /// <summary>From now on answers wait for <see cref="Answer"/>.</summary>
    public bool Hold { get; set; }

    /// <summary>The customer has not answered.</summary>
    public bool Undecided { get; set; }

    /// <summary>The customer refuses.</summary>
    public bool Refusing { get; set; }

    public ReadOnlyMemory<byte> Body(Operation operation, TripState state)
    {
        _trips[operation.Reference.ToString()] = (state.Trip!.ToString(), state.Fare!.Total.MinorUnits);
        return default;
    }

    private readonly Dictionary<string, (string Trip, long Amount)> _trips = [];

    /// <summary>Everything that waits is answered.</summary>
    public void Answer()
    {
        Hold = false;
        foreach (var (source, report) in _held)
            source.SetResult(report);
        _held.Clear();
    }

    public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        var kind = operation.Operation.Kind;
        var reference = operation.Operation.Reference.ToString();
        Calls.Add((kind, reference, operation.Operation.Amount?.MinorUnits));
        if (kind == OperationKind.Create)
            _created.Add(reference);
        if (kind == OperationKind.Capture)
            _captured[reference] = operation.Operation.Amount!.Value.MinorUnits;
        if (kind == OperationKind.Refund)
            _refunded[reference] = _refunded.GetValueOrDefault(reference) + operation.Operation.Amount!.Value.MinorUnits;
        var (trip, amount) = _trips[reference];
        if (kind == OperationKind.Query && !_created.Contains(reference))
            return Task.FromResult(new CallReport(new TryOutcome.Refused(Refusal.NotFound, "404")));
        // A code is given once for all: whoever scans it is the one who pays.
        if (kind == OperationKind.Create && operation.Operation.Phone is null)
            _links[reference] = $"https://qr.example/{reference}";
        var link = _links.GetValueOrDefault(reference);
        CallReport report = new(kind is OperationKind.Create or OperationKind.PostReceipt
            ? new TryOutcome.Done(link)
            : new TryOutcome.Read(new PaymentReading
            {
                State = Refusing ? PaymentState.Aborted : Undecided ? PaymentState.Created : PaymentState.Authorized,
                Amount = amount,
                Currency = "NOK",
                Authorized = Refusing || Undecided ? 0 : amount,
                Captured = _captured.GetValueOrDefault(reference),
                Refunded = _refunded.GetValueOrDefault(reference),
                GuaranteedUntil = time.GetUtcNow().AddDays(7),
                ServerTime = time.GetUtcNow(),
                Link = link,
                Trip = trip,
                Car = "EL12345",
            }));
        if (!Hold)
            return Task.FromResult(report);
        var source = new TaskCompletionSource<CallReport>();
        _held.Add((source, report));
        return source.Task;
    }
}
