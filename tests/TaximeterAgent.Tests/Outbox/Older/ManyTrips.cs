using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Tests.Outbox.Older;

/// <summary>How the trips of a fixture stand, by their key and by the number that the meter has given them.</summary>
internal enum Standing : long
{
    /// <summary>The driver is asked for the number.</summary>
    Asked = 1,

    /// <summary>The answer to the create was lost.</summary>
    CreateUnknown,

    /// <summary>The customer has not approved yet.</summary>
    Waiting,

    /// <summary>The answer to the capture was lost.</summary>
    Capturing,
    Paid,
    Refunded,
    Voided,

    /// <summary>A booking whose fare has not come.</summary>
    Reserved,

    /// <summary>The customer has refused.</summary>
    Unpaid,

    /// <summary>The service has said something impossible.</summary>
    Stopped,

    /// <summary>Voided before its fare has come.</summary>
    VoidedUnseen,

    /// <summary>Captured; neither the receipt is posted nor the meter told.</summary>
    Untold,

    /// <summary>Nothing has reached the service.</summary>
    Offline,
}

/// <summary>An engine on one thread over an outbox, in time that moves when the test says so: it brings trips to every standing, or on from there.</summary>
/// <param name="outbox">The outbox; owned.</param>
/// <param name="clock">The car's clock.</param>
/// <param name="payments">The payment service.</param>
/// <param name="ids">Begins every id: what is stored keeps its own.</param>
internal sealed class ManyTrips : IDisposable
{
    public const string BookingName = "B-1";
    public const long Maximum = 50_000;

    private readonly ToldClock _clock;
    private readonly ToldPayments _payments;
    private bool _woken;
    private ushort _sequence;

    public ManyTrips(IOutbox outbox, ToldClock clock, ToldPayments payments, string ids)
    {
        _clock = clock;
        _payments = payments;
        Engine = new Engine(
            new EngineParts
            {
                Outbox = outbox,
                Time = clock,
                Ids = new CountedIds(ids),
                Calls = payments,
                Log = NullLogger.Instance,
                WriteLine = _ => { },
                Dispatch = new DispatchOptions(),
                Policy = new PaymentPolicy { Prefix = "tx", Car = "EL12345", SalesUnit = Examples.SalesUnit },
                Meter = new TfpOptions { Agent = "EL12345", Version = "1", Currency = Currency.NOK, Home = Country.NO },
            },
            () => _woken = true);
        Engine.Start();
        Do(() => Engine.Meter.Position(new MeterPosition(Examples.Trip().Meter, OperatingPosition.ForHire, ToldClock.Begin.AddDays(-30))));
    }

    public Engine Engine { get; }

    /// <summary>Brings a new outbox's trips to all standings.</summary>
    public void Make()
    {
        foreach (var standing in Enum.GetValues<Standing>())
        {
            Begin(standing);
            Pass(TimeSpan.FromSeconds(20));
            Continue(standing);
            Pass(TimeSpan.FromSeconds(10));
        }
    }

    public static Fare Fare(Standing standing, bool known = true, string? booking = null) =>
        Examples.Fare((int)standing) with { Phone = known ? Examples.Phone : null, Booking = booking };

    public TripState State(Standing standing) => Engine.Book.Find((long)standing)!;

    public void Meter(Fare fare) => Do(() => Engine.Meter.Fare(fare, Token()));

    public void Take(Standing standing, Func<DateTimeOffset, string, Input> input) => Do(() => Engine.Book.Take((long)standing, input));

    /// <summary>The meter has heard the newest result of each trip.</summary>
    public void Acknowledge()
    {
        foreach (var (key, state) in Engine.Book.Trips.Where(trip => trip.Value.WordDue is not null).ToList())
            Do(() => Engine.Book.Take(key, (at, id) => new Input.WordAnswered(state.Word!.Number) { At = at, Id = id }));
    }

    /// <summary>Lets time pass, and all that becomes due in it happen.</summary>
    public void Pass(TimeSpan time)
    {
        var end = _clock.GetTimestamp() + time.Ticks;
        do
        {
            Drain();
            _clock.MoveTo(Math.Min(end, Math.Max(Engine.NextDue ?? end, _clock.GetTimestamp() + 1)));
        }
        while (_clock.GetTimestamp() < end);
        Drain();
    }

    public void Dispose() => Engine.Dispose();

    private void Begin(Standing standing)
    {
        var reference = Examples.Reference((int)standing);
        switch (standing)
        {
            case Standing.Asked:
                Meter(Fare(standing, known: false));
                return;
            case Standing.CreateUnknown:
                _payments.LoseFrom(reference, OperationKind.Create);
                break;
            case Standing.Capturing:
                _payments.LoseFrom(reference, OperationKind.Capture);
                break;
            case Standing.Untold:
                _payments.LoseFrom(reference, OperationKind.PostReceipt);
                break;
            case Standing.Offline:
                _payments.Unreachable = true;
                break;
            case Standing.Reserved:
                Do(() => Engine.Meter.Book(new Booking(BookingName, Examples.Phone, Currency.NOK, Examples.Nok(Maximum)), Token()));
                return;
            case Standing.VoidedUnseen:
                Void(standing);
                return;
        }

        Meter(Fare(standing));
    }

    private void Continue(Standing standing)
    {
        var reference = Examples.Reference((int)standing);
        switch (standing)
        {
            case Standing.Capturing or Standing.Untold:
                _payments.Approve(reference);
                break;
            case Standing.Paid:
                _payments.Approve(reference);
                Pass(TimeSpan.FromMinutes(1));
                Acknowledge();
                break;
            case Standing.Refunded:
                _payments.Approve(reference);
                Pass(TimeSpan.FromMinutes(1));
                Acknowledge();
                Take(standing, (at, id) => new Input.RefundOrdered(Examples.Fare().Total.MinorUnits) { At = at, Id = id });
                Pass(TimeSpan.FromSeconds(30));
                Acknowledge();
                break;
            case Standing.Voided:
                Void(standing);
                break;
            case Standing.Reserved:
                _payments.Approve(State(standing).Attempts[0].Reference);
                break;
            case Standing.Unpaid:
                _payments.Refuse(reference);
                Pass(TimeSpan.FromSeconds(30));
                Acknowledge();
                break;
            case Standing.Stopped:
                _payments.SayImpossible(reference);
                break;
        }
    }

    private void Void(Standing standing) => Do(() => Engine.Meter.Void(MeterVoid.OfTrip(Examples.Trip((int)standing), null), Token()));

    private void Do(Action what)
    {
        Engine.Post(what);
        Drain();
    }

    private void Drain()
    {
        do
        {
            _woken = false;
            Engine.Drain();
        }
        while (_woken);
    }

    private FrameToken Token() => new(_sequence++, 1);

    private sealed class CountedIds(string begin) : IIdSource
    {
        private int _given;

        public string NewId() => $"{begin}{++_given:d10}";

        public double NextFraction() => 0.5;
    }
}

/// <summary>The car's clock, moved by the test.</summary>
internal sealed class ToldClock(TimeSpan after) : TimeProvider
{
    /// <summary>When the trips of a fixture begin to happen.</summary>
    public static readonly DateTimeOffset Begin = Examples.Noon;

    private long _now = TimeSpan.TicksPerSecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => Begin + after + TimeSpan.FromTicks(_now);

    public void MoveTo(long timestamp) => _now = Math.Max(_now, timestamp);
}
