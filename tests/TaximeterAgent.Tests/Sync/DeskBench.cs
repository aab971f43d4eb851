using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Sync;

/// <summary>An engine on one thread over an outbox in memory, without a network: what the meter's messages do to the trips.</summary>
internal sealed class DeskBench : IDisposable
{
    public const string Meter = "NO-4711";
    private readonly Engine _engine;
    private ushort _sequence;
    private int _ids;

    public DeskBench(IOutbox? outbox = null, TimeProvider? time = null, IPaymentCalls? calls = null)
    {
        _engine = new Engine(
            new EngineParts
            {
                Outbox = outbox ?? new MemoryOutbox(),
                Time = time ?? TimeProvider.System,
                Ids = new Counting(this),
                Calls = calls ?? new NoNetwork(),
                Log = NullLogger.Instance,
                WriteLine = frame => Written?.Invoke(frame.ToArray()),
                Dispatch = new DispatchOptions(),
                Policy = new PaymentPolicy { Prefix = "taxi", Car = "NO4711", Currency = Currency.NOK, SalesUnit = new SalesUnit("https://example.test", "123456") },
                Meter = new TfpOptions { Agent = "NO4711", Version = "1", Currency = Currency.NOK, Home = Country.NO },
            },
            () => { });
        _engine.Start();
        // The store has heard from the meter before the trips of these tests begin.
        _engine.Meter.Position(new MeterPosition(Meter, OperatingPosition.ForHire, new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero)));
        _engine.Drain();
    }

    public Engine Engine => _engine;

    /// <summary>Each frame that goes to the meter.</summary>
    public event Action<byte[]>? Written;

    public void Fare(string trip, string start, string? booking = null, long total = 34_500, PhoneNumber? phone = null) => _engine.Do(() => _engine.Meter.Fare(
        new Fare(Id(trip, start), new Money(total, Currency.NOK), new Money(total, Currency.NOK), Money.Zero(Currency.NOK), Money.Zero(Currency.NOK), 1_200, 1_200)
        {
            Finish = "2026-11-20T10:24:10Z",
            Booking = booking,
            Phone = phone,
        },
        Token()));

    public void Book(string booking, long? maximum = 50_000) =>
        _engine.Do(() => _engine.Meter.Book(new Booking(booking, Phone, Currency.NOK, maximum is { } most ? new Money(most, Currency.NOK) : null), Token()));

    public void Void(string trip, string start) => _engine.Do(() => _engine.Meter.Void(MeterVoid.OfTrip(Id(trip, start), null), Token()));

    /// <summary>The trip with this identity.</summary>
    public TripState State(string trip, string start) => _engine.Book.Find(_engine.Book.Find(Identity.OfTrip(Id(trip, start)))!.Key)!;

    /// <summary>All references that any trip asks for or looks for.</summary>
    public IEnumerable<string> References => _engine.Book.Trips.SelectMany(trip => trip.Value.Attempts).Select(attempt => attempt.Reference.ToString());

    public void Dispose() => _engine.Dispose();

    public static PhoneNumber Phone => PhoneNumber.TryFromMsisdn("4791234567", out var phone) ? phone : throw new InvalidOperationException();

    private static TripId Id(string trip, string start) => new(Meter, trip, start);

    private FrameToken Token() => new(_sequence++, 1);

    private sealed class Counting(DeskBench bench) : IIdSource
    {
        public string NewId() => $"{++bench._ids:d32}";

        public double NextFraction() => 0.5;
    }

    private sealed class NoNetwork : IPaymentCalls
    {
        public ReadOnlyMemory<byte> Body(Operation operation, TripState state) => default;

        public Task<CallReport> TryAsync(StoredOperation operation, CancellationToken cancellationToken) => Task.FromResult(new CallReport(new TryOutcome.NotSent(), Offline: true));
    }
}

internal static class EngineSteps
{
    /// <summary>One thing on the engine's thread, and all that follows at once.</summary>
    public static void Do(this Engine engine, Action what)
    {
        engine.Post(what);
        engine.Drain();
    }
}
