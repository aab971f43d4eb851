using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Tests.Outbox;

/// <summary>Trips, operations and lines to store.</summary>
internal static class Examples
{
    public const string Digits = "4791234567";

    public static readonly DateTimeOffset Noon = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    public static readonly SalesUnit SalesUnit = new("https://apitest.vipps.no", "123456");

    public static PhoneNumber Phone { get; } = PhoneNumber.TryFromMsisdn(Digits, out var phone) ? phone : throw new InvalidOperationException();

    public static TripId Trip(int number = 1) => new("meter-7", $"{number}", "2026-11-03T11:31:00+01:00");

    public static Reference Reference(int trip = 1, int attempt = 1) => Core.Payments.Reference.OfTrip("tx", "EL12345", Trip(trip), attempt);

    public static Money Nok(long minorUnits) => new(minorUnits, Currency.NOK);

    public static Fare Fare(int number = 1) => new(Trip(number), Nok(34_500), Nok(31_000), Nok(2_500), Nok(1_000), 1_200, 1_200)
    {
        Finish = "2026-11-03T12:00:00+01:00",
        Distance = 12_345,
        Tariff = "2",
        Driver = "Åse",
        Phone = Phone,
    };

    public static Attempt Attempt(int trip = 1, int number = 1) => new()
    {
        Kind = AttemptKind.Request,
        Number = number,
        Reference = Reference(trip, number),
        SalesUnit = SalesUnit,
        Amount = Nok(34_500),
        Phone = Phone,
        Existence = Existence.Unsent,
        CreateId = $"in-{trip}-{number}-1",
    };

    /// <summary>A trip whose customer is being asked.</summary>
    public static TripState Open(int number = 1) => new() { Trip = Trip(number), Fare = Fare(number), Phone = Phone, Attempts = [Attempt(number)] };

    /// <summary>A trip that is paid, told and done.</summary>
    public static TripState Closed(int number = 1) => Open(number) with
    {
        Attempts =
        [
            Attempt(number) with { Existence = Existence.Exists, State = PaymentState.Authorized, Authorized = 34_500, Captured = 34_500, Receipt = ReceiptState.Posted, CreateId = null },
        ],
        Word = new Word(1, WordKind.Paid, Reference(number)) { Amount = 34_500, Acknowledged = true },
    };

    public static StoredOperation Create(long key, int trip = 1, string? id = null) => new(
        key,
        new Operation { Id = id ?? $"in-{trip}-1-1", Kind = OperationKind.Create, Reference = Reference(trip), SalesUnit = SalesUnit, Amount = Nok(34_500), Phone = Phone },
        Encoding.UTF8.GetBytes($$"""{"amount":{"currency":"NOK","value":34500},"customer":{"phoneNumber":"{{Digits}}"},"reference":"{{Reference(trip)}}"}"""),
        Noon);

    public static HistoryLine Line(long? key, string text = "create: 201", DateTimeOffset? at = null) =>
        new(key, at ?? Noon, "epayment", "create", text, Reference().ToString(), "201", "0af7651916cd43dd8448eb211c80319c", TimeSpan.FromMilliseconds(312));

    /// <summary>What a fare's first commit holds.</summary>
    public static OutboxBatch FareBatch(long key, int number = 1, bool sync = true)
    {
        var batch = new OutboxBatch { Sync = sync };
        batch.Trips[key] = Open(number);
        batch.Identities.Add((Identity.OfTrip(Trip(number)), new KnownIdentity(key, Identity.ContentOf(Fare(number)))));
        batch.AddedOperations.Add(Create(key, number));
        batch.StartedTimers.Add(new StoredTimer(key, TimerKind.OfflineTooLong, null, Noon, TimeSpan.FromMinutes(15)));
        batch.History.Add(Line(key, "fare 345.00 NOK"));
        return batch;
    }
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Examples.Noon;

    public override DateTimeOffset GetUtcNow() => Now;
}
