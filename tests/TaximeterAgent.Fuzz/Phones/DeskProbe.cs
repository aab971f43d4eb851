using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Fuzz;

/// <summary>The driver's desk with a real engine behind it, in time that stands still unless a moment says otherwise.</summary>
internal sealed class DeskProbe : IPaymentCalls, IIdSource
{
    private const int Columns = 16;
    private const int Rows = 2;

    private static readonly Core.Ports.Devices.Key[] s_keys = Enum.GetValues<Core.Ports.Devices.Key>();
    private static readonly Language[] s_languages = Enum.GetValues<Language>();
    private static readonly PaymentState[] s_readings = [PaymentState.Created, PaymentState.Authorized, PaymentState.Aborted, PaymentState.Expired, PaymentState.Terminated];

    private readonly MemoryStore _store = new();
    private readonly SteppedTime _time = new();
    private readonly Engine _engine;
    private readonly DriverDesk _desk;
    private readonly HashSet<Reference> _created = [];
    private bool _online = true;
    private int _reading;
    private int _fares;
    private int _ids;

    private DeskProbe(Country country, Language language)
    {
        _engine = new Engine(
            new EngineParts
            {
                Outbox = _store,
                Time = _time,
                Ids = this,
                Calls = this,
                Policy = new PaymentPolicy { Prefix = "tx", Car = "EL12345", SalesUnit = new SalesUnit("https://apitest.vipps.no", "123456") },
                Dispatch = new DispatchOptions(),
                Meter = new TfpOptions { Agent = "EL12345", Version = "1", Currency = Currency.NOK, Home = country },
                WriteLine = _ => { },
                Log = NullLogger.Instance,
            },
            () => { });
        _desk = new DriverDesk(
            _engine,
            () => new CarStatus { MeterHeard = _engine.Link.MeterHeard, Online = _engine.Dispatcher.Online, StoreWritable = _engine.StoreWritable },
            _time,
            language,
            country,
            Shown);
    }

    /// <summary>True if a number was taken.</summary>
    public static bool Type(Country country, ReadOnlySpan<byte> moments)
    {
        var probe = new DeskProbe(country, s_languages[moments.Length % s_languages.Length]);
        probe._engine.Start();
        probe.Fare();
        foreach (var moment in moments)
            probe.Live(moment);
        var numbers = probe._store.Trips.SelectMany(trip => trip.Attempts.Select(attempt => attempt.Phone).Append(trip.Phone)).OfType<PhoneNumber>().Where(number => number.IsGiven).ToList();
        numbers.ForEach(number => PhoneBounds.Judge(number.Msisdn));
        return numbers.Count > 0;
    }

    private void Live(byte moment)
    {
        switch (moment % 32)
        {
            case 24:
                _online = !_online;
                break;
            case 25:
                _reading = (_reading + 1) % s_readings.Length;
                break;
            case 26:
                _time.Now += TimeSpan.FromSeconds(3);
                break;
            case 27:
                _time.Now += TimeSpan.FromMinutes(20);
                break;
            case 28:
                Fare();
                break;
            case 29:
                Meter($"VOID|9|meter=m|trip={_fares}|start=2026-11-20T10:00:00Z");
                break;
            case 30:
                Meter("POS|7|meter=m|pos=HIRED|time=2026-11-20T10:30:00Z");
                break;
            case var key:
                _engine.Post(() => _desk.Press(s_keys[key % s_keys.Length]));
                break;
        }

        _engine.Drain();
        foreach (var line in _desk.Shown)
            Check.That(line.Length <= Columns && !line.Any(char.IsControl), $"a line that does not fit: '{line}'");
    }

    private void Fare()
    {
        _fares++;
        Meter(string.Create(
            CultureInfo.InvariantCulture,
            $"FARE|1|meter=m|trip={_fares}|total=34500|fare=34500|suppl=0|cur=NOK|vat=1200|start=2026-11-20T10:00:00Z|finish=2026-11-20T10:24:10Z|dist=12400|tariff=2"));
    }

    private void Meter(string payload)
    {
        _engine.Post(() => _engine.Link.Receive(ReferenceReader.Frame(payload)));
        _engine.Drain();
    }

    private static void Shown(IReadOnlyList<string> lines) => Check.That(lines.Count == Rows, $"not two lines: {lines.Count}");

    public ReadOnlyMemory<byte> Body(Core.Payments.Operation operation, TripState state) => default;

    public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        if (!_online)
            return Task.FromResult(new CallReport(new TryOutcome.NotSent("no network"), Offline: true));
        if (operation.Operation.Kind == OperationKind.Create)
            _created.Add(operation.Operation.Reference);
        else if (!_created.Contains(operation.Operation.Reference))
            return Task.FromResult(new CallReport(new TryOutcome.Refused(Refusal.NotFound, "404")));
        var state = s_readings[_reading];
        var authorized = state == PaymentState.Authorized ? 34_500 : 0;
        return Task.FromResult(new CallReport(
            new TryOutcome.Read(new PaymentReading
            {
                State = state,
                Authorized = authorized,
                Captured = operation.Operation.Kind == OperationKind.Capture ? authorized : 0,
                Cancelled = operation.Operation.Kind == OperationKind.Cancel ? authorized : 0,
            })));
    }

    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"id-{++_ids}");

    public double NextFraction() => 0.5;

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.Ticks;
    }
}
