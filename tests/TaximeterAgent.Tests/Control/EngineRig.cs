using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Outbox;
using TaximeterAgent.Sync;
using TaximeterAgent.Telemetry;
using TaximeterAgent.Telemetry.Metrics;
using TaximeterAgent.Tests.Driver;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Control;

/// <summary>A real engine on its own thread over a real outbox, with its control socket; only the payment service is the test's.</summary>
internal sealed class EngineRig : IAsyncDisposable
{
    private readonly TestFiles _files = new();
    private readonly AutoResetEvent _woken = new(false);
    private readonly FullOutbox _outbox;
    private readonly Thread _thread;
    private readonly AgentControl _control;
    private readonly ControlServer _server;
    private readonly AgentTelemetry _telemetry;
    private volatile IReadOnlyList<string> _shown = [];
    private volatile bool _stop;
    private volatile bool _asleep;

    public EngineRig(params (TripState State, HistoryLine[] History)[] trips)
        : this([], trips)
    {
    }

    /// <param name="missingKeys">Secrets that the agent lacks.</param>
    /// <param name="trips">What its outbox has.</param>
    public EngineRig(IReadOnlyList<string> missingKeys, params (TripState State, HistoryLine[] History)[] trips)
    {
        var sqlite = SqliteOutbox.Open(_files.Path("outbox"), TimeProvider.System);
        _outbox = new FullOutbox(sqlite);
        foreach (var (state, history) in trips)
        {
            var key = _outbox.NextKey();
            var batch = new OutboxBatch { Sync = true, Trips = { [key] = state } };
            batch.History.AddRange(history.Select(line => line with { TripKey = key }));
            _outbox.Commit(batch);
        }

        Service = new TestService();
        var counted = new TripMetrics(TimeProvider.System);
        _telemetry = new AgentTelemetry(new MeasuredParts(() => Engine, TimeProvider.System), counted, "EL12345", "9.9.9");
        Engine = new Engine(
            new EngineParts
            {
                Outbox = _outbox,
                Time = TimeProvider.System,
                Ids = new RandomIds(),
                Calls = Service,
                Policy = new PaymentPolicy { Prefix = "tx", Car = "EL12345", SalesUnit = Examples.SalesUnit },
                Dispatch = new DispatchOptions(),
                Meter = new TfpOptions { Agent = "EL12345", Version = "0", Currency = Currency.NOK, Home = Country.NO },
                WriteLine = _ => { },
                Log = NullLogger.Instance,
                Witness = counted,
            },
            () => _woken.Set());
        Desk = new DriverDesk(Engine, () => new CarStatus { LineOpen = true, MeterHeard = true, KeypadReady = true, StoreWritable = Engine.StoreWritable, Online = true }, TimeProvider.System, Language.English, Country.NO, lines => _shown = lines);
        _thread = new Thread(Run) { IsBackground = true };
        _control = new AgentControl(new AgentParts(
            "EL12345", "9.9.9", () => Engine, key => _outbox.Load(key)?.State, () => OutboxReader.Open(_files.Path("outbox")),
            () => new DeviceStatus(DeviceState.Missing, "/dev/ttyUSB0: there is no such device"), () => new SerialTraffic { Openings = 3, BytesDamaged = 7 }, () => Keypad, () => Display, null, TimeProvider.System)
        {
            Publish = () => sqlite.Fold(),
            Metrics = _telemetry.TextAsync,
            Watch = Watch,
            Desk = () => Desk,
            TestPicture = ["12", "34"],
            TestLength = TimeSpan.FromSeconds(2),
            Gpio = () => Gpio,
            Printer = Printer,
            MissingSecrets = missingKeys,
        });
        _server = new ControlServer(Socket, _control, new LogCollector());
    }

    public Engine Engine { get; }

    public TestService Service { get; }

    public DriverDesk Desk { get; }

    public WatchBus Watch { get; } = new(TimeProvider.System);

    /// <summary>How the keypad says that it is.</summary>
    public DeviceStatus? Keypad { get; set; } = new(DeviceState.Open, "open");

    public DeviceStatus? Display { get; set; }

    public DeviceStatus? Gpio { get; set; }

    /// <summary>Paper for the customer; there is none unless it is said to be fitted.</summary>
    public KeptPaper Printer { get; } = new() { Fitted = false };

    /// <summary>What stands on the display.</summary>
    public IReadOnlyList<string> Shown => _shown;

    public string Socket => _files.Path("control.sock");

    /// <summary>The outbox's directory.</summary>
    public string Outbox => _files.Path("outbox");

    /// <summary>From now on the disk has no room.</summary>
    public void NoRoom() => _outbox.Full = true;

    /// <summary>From now on the engine does not take what is posted.</summary>
    public void FallAsleep() => _asleep = true;

    public void WakeUp() => _asleep = false;

    public async Task<SocketClient> StartAsync()
    {
        _thread.Start();
        await _server.StartAsync(CancellationToken.None);
        return new SocketClient(Socket);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _stop = true;
        _woken.Set();
        _thread.Join();
        _control.Dispose();
        _telemetry.Dispose();
        _woken.Dispose();
        _files.Dispose();
    }

    private void Run()
    {
        Engine.Start();
        while (!_stop)
        {
            if (!_asleep)
                Engine.Drain();
            _woken.WaitOne(TimeSpan.FromMilliseconds(20));
        }

        Engine.Dispose();
    }

    /// <summary>The outbox, with a disk that can be full.</summary>
    private sealed class FullOutbox(IOutbox inner) : IOutbox
    {
        public volatile bool Full;

        public void Commit(OutboxBatch batch)
        {
            if (Full)
                throw new OutboxFullException("no room");
            inner.Commit(batch);
        }

        public IReadOnlyList<KnownIdentity> FindByCheck(uint check) => inner.FindByCheck(check);

        public KnownIdentity? Find(Identity identity) => inner.Find(identity);

        public StoredTrip? Load(long key) => inner.Load(key);

        public IReadOnlyList<StoredTrip> LoadOpen() => inner.LoadOpen();

        public long NextKey() => inner.NextKey();

        public string? Setting(string name) => inner.Setting(name);

        public void Dispose() => inner.Dispose();
    }
}

/// <summary>A payment service of which every payment was approved and captured; it refunds, and it can be out of reach.</summary>
internal sealed class TestService : IPaymentCalls
{
    private readonly Lock _lock = new();
    private readonly List<(OperationKind Kind, long? Amount)> _calls = [];
    private long _refunded;

    public bool Reachable { get; set; } = true;

    public IReadOnlyList<(OperationKind Kind, long? Amount)> Calls
    {
        get
        {
            lock (_lock)
                return [.. _calls];
        }
    }

    public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => default;

    public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _calls.Add((operation.Operation.Kind, operation.Operation.Amount?.MinorUnits));
            if (!Reachable)
                return Task.FromResult(new CallReport(new TryOutcome.NotSent("no network"), Offline: true));
            if (operation.Operation.Kind == OperationKind.Refund)
                _refunded += operation.Operation.Amount!.Value.MinorUnits;
            return Task.FromResult(new CallReport(new TryOutcome.Read(new PaymentReading { State = PaymentState.Authorized, Authorized = 34_500, Captured = 34_500, Refunded = _refunded }), "200"));
        }
    }
}
