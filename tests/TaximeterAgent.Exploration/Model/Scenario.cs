using System.Collections.Immutable;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Exploration.Model;

/// <summary>What may happen to one trip, and how often. All that it allows can happen in any order.</summary>
internal sealed record Scenario
{
    public const string BookingName = "B-1";
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 25, 0, TimeSpan.Zero);
    public static readonly TripId Trip = new("NO-4711", "1042", "2026-11-20T10:00:00Z");
    public static readonly string TripName = Trip.ToString();
    public static readonly PhoneNumber Phone = Number("4791234567");
    public static readonly PhoneNumber OtherPhone = Number("4741234567");
    private static readonly SalesUnit s_unit = new("https://example.test", "123456");

    public required string Name { get; init; }

    public PaymentPolicy Policy { get; init; } = new() { Prefix = "taxi", Car = "NO4711", SalesUnit = s_unit };

    /// <summary>The fare that the meter will say, minor units; null for a ride that never takes place.</summary>
    public long? Total { get; init; } = 34_500;

    /// <summary>The meter knows the number.</summary>
    public bool KnownPhone { get; init; } = true;

    /// <summary>A booking comes, before its fare.</summary>
    public bool Booked { get; init; }

    /// <summary>The booking comes after its fare.</summary>
    public bool FareFirst { get; init; }

    /// <summary>The booking's maximum, minor units.</summary>
    public long? Maximum { get; init; } = 50_000;

    /// <summary>The store is younger than the trip: an earlier one may have made payments.</summary>
    public bool Probe { get; init; }

    /// <summary>The fare is too old to be requested by itself.</summary>
    public bool OldFare { get; init; }

    /// <summary>The meter may say VOID.</summary>
    public bool Voids { get; init; }

    /// <summary>The driver asks for requests: the number, and again.</summary>
    public bool DriverAsks { get; init; } = true;

    /// <summary>The driver may ask another number.</summary>
    public bool OtherNumber { get; init; }

    /// <summary>The driver takes another way to pay.</summary>
    public bool DriverTakesOtherWay { get; init; } = true;

    /// <summary>Totals that a person may order to be refunded.</summary>
    public ImmutableArray<long> Refunds { get; init; } = [];

    /// <summary>How often a technician may hold the trip, and release it.</summary>
    public int Holds { get; init; }

    /// <summary>How often a technician may say that it was paid otherwise; and that what cannot be undone is given up.</summary>
    public int Resolves { get; init; }

    /// <summary>The guarantee of a capture may run out, and the bank may let go.</summary>
    public bool GuaranteeEnds { get; init; }

    /// <summary>Somebody may say that a payment has changed.</summary>
    public bool Hints { get; init; }

    /// <summary>Somebody may speak of a payment that an earlier store has made before its fare comes, if it comes.</summary>
    public bool Orphaned { get; init; }

    /// <summary>The policy's room for waiting trips may be used up.</summary>
    public bool NoRoomToWait { get; init; }

    /// <summary>What the service may refuse for reasons of its own.</summary>
    public ImmutableArray<(OperationKind Kind, Refusal Refusal)> RefusalKinds { get; init; } = [];

    /// <summary>The service may answer a key with the refusal that it gave to it once.</summary>
    public bool RefusalsAreRemembered { get; init; }

    /// <summary>The service may forget the keys it has seen.</summary>
    public bool KeysAreForgotten { get; init; }

    /// <summary>Payments that an earlier store has made; each makes a start of its own.</summary>
    public ImmutableArray<Payment?> EarlierPayments { get; init; } = [null];

    public int Attempts { get; init; } = 2;

    public int Crashes { get; init; } = 2;

    public int Losses { get; init; } = 2;

    public int Refusals { get; init; }

    public Reference FirstReference { get; } = Reference.OfTrip("taxi", "NO4711", Trip, 1);

    public Reference ReservationReference { get; } = Reference.OfBooking("taxi", "NO4711", BookingName, 1);

    public Fare? Fare => Total is { } total
        ? new Fare(Trip, Nok(total), Nok(total), Nok(0), Nok(0), 1_200, 1_200)
        {
            Finish = "2026-11-20T10:24:10Z",
            Phone = KnownPhone ? Phone : null,
            Booking = Booked ? BookingName : null,
        }
        : null;

    public Booking? Booking => Booked ? new Booking(BookingName, Phone, Currency.NOK, Maximum is { } maximum ? Nok(maximum) : null) : null;

    private static Money Nok(long amount) => new(amount, Currency.NOK);

    private static PhoneNumber Number(string msisdn) => PhoneNumber.TryFromMsisdn(msisdn, out var number) ? number : throw new ArgumentException(msisdn);
}
