using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Outbox;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Fuzz;

/// <summary>A real engine on its own thread over a real outbox with two trips: one whose customer is asked, one that is paid.</summary>
internal sealed class ControlProbe : IDisposable, IPaymentCalls
{
    private static readonly SalesUnit s_unit = new("https://apitest.vipps.no", "123456");

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("taximeter-fuzz-");
    private readonly AutoResetEvent _woken = new(false);
    private readonly SqliteOutbox _outbox;
    private readonly Engine _engine;
    private readonly Thread _thread;
    private readonly AgentControl _control;
    private volatile bool _stop;
    private int _refunds;

    public ControlProbe()
    {
        var place = Path.Combine(_directory.FullName, "outbox");
        _outbox = SqliteOutbox.Open(place, TimeProvider.System);
        foreach (var state in (TripState[])[Open(1), Paid(2)])
            _outbox.Commit(new OutboxBatch { Sync = true, Trips = { [_outbox.NextKey()] = state } });
        _engine = new Engine(
            new EngineParts
            {
                Outbox = _outbox,
                Time = TimeProvider.System,
                Ids = new RandomIds(),
                Calls = this,
                Policy = new PaymentPolicy { Prefix = "tx", Car = "EL12345", SalesUnit = s_unit },
                Dispatch = new DispatchOptions(),
                Meter = new TfpOptions { Agent = "EL12345", Version = "0", Currency = Currency.NOK, Home = Country.NO },
                WriteLine = _ => { },
                Log = NullLogger.Instance,
            },
            () => _woken.Set());
        _control = new AgentControl(new AgentParts(
            "EL12345", "9.9.9", () => _engine, key => _outbox.Load(key)?.State, () => OutboxReader.Open(place), () => new DeviceStatus(DeviceState.Open, "open"), () => new SerialTraffic(),
            () => null, () => null, null, TimeProvider.System) { Publish = () => _outbox.Fold() });
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public string Socket => Path.Combine(_directory.FullName, "control.sock");

    public IControlTarget Control => _control;

    /// <summary>Refunds that were sent so far.</summary>
    public int Orders => Volatile.Read(ref _refunds);

    public void Dispose()
    {
        _stop = true;
        _woken.Set();
        _thread.Join();
        _control.Dispose();
        _woken.Dispose();
        _directory.Delete(recursive: true);
    }

    public ReadOnlyMemory<byte> Body(Core.Payments.Operation operation, TripState state) => default;

    public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        if (operation.Operation.Kind == OperationKind.Refund)
            Interlocked.Increment(ref _refunds);
        return Task.FromResult(new CallReport(new TryOutcome.NotSent("no network"), Offline: true));
    }

    private void Run()
    {
        _engine.Start();
        while (!_stop)
        {
            _engine.Drain();
            _woken.WaitOne(TimeSpan.FromMilliseconds(20));
        }

        _engine.Dispose();
    }

    private static TripId Trip(int number) => new("meter-7", $"{number}", "2026-11-03T11:31:00+01:00");

    private static Money Nok(long minorUnits) => new(minorUnits, Currency.NOK);

    private static Attempt Attempt(int number, PhoneNumber phone) => new()
    {
        Kind = AttemptKind.Request,
        Number = 1,
        Reference = Reference.OfTrip("tx", "EL12345", Trip(number), 1),
        SalesUnit = s_unit,
        Amount = Nok(34_500),
        Phone = phone,
        Existence = Existence.Unsent,
        CreateId = $"in-{number}-1-1",
    };

    private static TripState Open(int number)
    {
        Check.That(PhoneNumber.TryFromMsisdn("4791234567", out var phone), "the sample's number is none");
        var fare = new Fare(Trip(number), Nok(34_500), Nok(34_500), Nok(0), Nok(0), 1_200, 1_200) { Finish = "2026-11-03T12:00:00+01:00", Distance = 12_345, Tariff = "2", Phone = phone };
        return new TripState { Trip = Trip(number), Fare = fare, Phone = phone, Attempts = [Attempt(number, phone)] };
    }

    private static TripState Paid(int number)
    {
        var open = Open(number);
        var paid = open.Attempts[0] with { Existence = Existence.Exists, State = PaymentState.Authorized, Authorized = 34_500, Captured = 34_500, Receipt = ReceiptState.Posted, CreateId = null };
        return open with { Attempts = [paid], Word = new Word(1, WordKind.Paid, paid.Reference) { Amount = 34_500, Acknowledged = true } };
    }
}
