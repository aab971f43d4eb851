using System.Globalization;
using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.PowerCuts.Workload;

/// <summary>Trips, operations and lines to store. Each holds the number of the step that wrote it, so that what is found says where it is from.</summary>
internal static class Trips
{
    private static readonly SalesUnit s_salesUnit = new("https://apitest.vipps.no", "123456");

    public static DateTimeOffset At(int step) => new DateTimeOffset(2026, 11, 3, 6, 0, 0, TimeSpan.Zero).AddMinutes(step);

    public static TripId Id(int trip) => new("meter-7", Text($"{trip}"), "2026-11-03T06:00:00+01:00");

    public static PhoneNumber Phone(int trip) =>
        PhoneNumber.TryFromMsisdn(Text($"479{1_000_000 + trip}"), out var phone) ? phone : throw new InvalidOperationException();

    public static Reference Reference(int trip) => Core.Payments.Reference.OfTrip("tx", "EL12345", Id(trip), 1);

    public static Identity Identity(int trip) => Core.Payments.Identity.OfTrip(Id(trip));

    /// <summary>A trip whose customer is being asked.</summary>
    public static TripState Open(int trip, int step) => new() { Trip = Id(trip), Fare = Fare(trip, step), Phone = Phone(trip), Attempts = [Attempt(trip)] };

    /// <summary>A trip that is paid, told and done.</summary>
    public static TripState Closed(int trip, int step) => Open(trip, step) with
    {
        Attempts =
        [
            Attempt(trip) with { Existence = Existence.Exists, State = PaymentState.Authorized, Authorized = 34_500, Captured = 34_500, Receipt = ReceiptState.Posted, CreateId = null },
        ],
        Word = new Word(1, WordKind.Paid, Reference(trip)) { Amount = 34_500, Acknowledged = true },
    };

    public static string OperationId(int trip, OperationKind kind) => Text($"op-{trip}-{kind}");

    public static StoredOperation Operation(int trip, OperationKind kind, int step) => new(
        trip,
        new Operation { Id = OperationId(trip, kind), Kind = kind, Reference = Reference(trip), SalesUnit = s_salesUnit, Amount = Nok(34_500), Phone = kind == OperationKind.Create ? Phone(trip) : null },
        Encoding.UTF8.GetBytes(Text($$"""{"step":{{step}},"amount":{"currency":"NOK","value":34500},"reference":"{{Reference(trip)}}"}""")),
        At(step));

    /// <summary>A line of history; the length of its text is the caller's, because lines of all lengths are what a store has.</summary>
    public static HistoryLine Line(int? trip, int step, int number, int of, int filling) => new(
        trip, At(step), "epayment", "create", Text($"step {step}, line {number} of {of} {new string('·', filling)}"), trip is { } known ? Reference(known).ToString() : null, "201");

    private static Fare Fare(int trip, int step) => new(Id(trip), Nok(34_500), Nok(31_000), Nok(2_500), Nok(1_000), 1_200, 1_200)
    {
        Finish = "2026-11-03T12:00:00+01:00",
        Distance = step,
        Tariff = "2",
        Driver = "Åse",
        Phone = Phone(trip),
    };

    private static Attempt Attempt(int trip) => new()
    {
        Kind = AttemptKind.Request,
        Number = 1,
        Reference = Reference(trip),
        SalesUnit = s_salesUnit,
        Amount = Nok(34_500),
        Phone = Phone(trip),
        Existence = Existence.Unsent,
        CreateId = OperationId(trip, OperationKind.Create),
    };

    private static Money Nok(long minorUnits) => new(minorUnits, Currency.NOK);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
