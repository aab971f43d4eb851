using System.Text.Json.Serialization;

namespace TaximeterAgent.Outbox.State;

// The shape of a stored trip. Apart from Core's records, so that a name can change there without changing what is on disk; every property that is not set is
// left out. A property that is added here is a new schema version: an older agent refuses a document with a property that it does not know.
// What has a form of its own is text here (StoredText): each further type of value would cost every start some forty methods that have to be compiled for it.

internal sealed record TripDocument
{
    public TripIdDocument? Trip { get; init; }

    public FareDocument? Fare { get; init; }

    public BookingDocument? Booking { get; init; }

    public string? Phone { get; init; }

    public bool ByCode { get; init; }

    public string? Settled { get; init; }

    public string? ReservationEnd { get; init; }

    public bool OtherWay { get; init; }

    public WishDocument? Wish { get; init; }

    public string? Question { get; init; }

    public bool OnlyOnRequest { get; init; }

    public bool Unrequestable { get; init; }

    public bool RequestTooOld { get; init; }

    public bool Probe { get; init; }

    public OrphanDocument? Orphan { get; init; }

    public AttemptDocument?[]? Attempts { get; init; }

    public WordDocument? Word { get; init; }

    public long RefundTarget { get; init; }

    public bool RefundRefused { get; init; }

    public string? Stopped { get; init; }

    public bool Held { get; init; }

    public bool GivenUp { get; init; }
}

internal sealed record OrphanDocument
{
    public string? Reference { get; init; }

    public string? Booking { get; init; }

    public bool ReleaseDue { get; init; }

    public bool NotOurs { get; init; }

    public bool LetGo { get; init; }
}

internal sealed record TripIdDocument
{
    public string? Meter { get; init; }

    public string? Trip { get; init; }

    public string? Start { get; init; }
}

internal sealed record FareDocument
{
    /// <summary>Left out where it is the trip's own, which it always is.</summary>
    public TripIdDocument? Trip { get; init; }

    public string? Total { get; init; }

    public string? FareAmount { get; init; }

    public string? Supplements { get; init; }

    public string? Tip { get; init; }

    public int Vat { get; init; }

    public int SupplementsVat { get; init; }

    public string? Finish { get; init; }

    public long Distance { get; init; }

    public string? Tariff { get; init; }

    public string? Driver { get; init; }

    public string? Phone { get; init; }

    public string? Booking { get; init; }
}

internal sealed record BookingDocument
{
    public string? Id { get; init; }

    /// <summary>Null once wiped.</summary>
    public string? Phone { get; init; }

    /// <summary>Always written: the first currency is not a default to be guessed.</summary>
    public string? Currency { get; init; }

    public string? Maximum { get; init; }

    public string? Pickup { get; init; }
}

internal sealed record WishDocument
{
    /// <summary>Null for a code on paper.</summary>
    public string? Phone { get; init; }

    public bool Replace { get; init; }
}

internal sealed record AttemptDocument
{
    public string? Kind { get; init; }

    public int Number { get; init; }

    public string? Reference { get; init; }

    public string? BaseUrl { get; init; }

    public string? Msn { get; init; }

    public string? Amount { get; init; }

    public string? Phone { get; init; }

    public bool ByCode { get; init; }

    public string? Link { get; init; }

    public string? Existence { get; init; }

    public string? CreateId { get; init; }

    public bool TooOld { get; init; }

    public bool Certain { get; init; }

    public string? CertainAt { get; init; }

    public string? ExpiresAt { get; init; }

    public string? State { get; init; }

    public long Authorized { get; init; }

    public long Captured { get; init; }

    public long Cancelled { get; init; }

    public long Refunded { get; init; }

    public bool GuaranteePast { get; init; }

    public bool ToldPaid { get; init; }

    public bool CaptureAnyway { get; init; }

    public string? Uncapturable { get; init; }

    public bool Gone { get; init; }

    public bool Withdraw { get; init; }

    public bool Undo { get; init; }

    public string? Ending { get; init; }

    public bool FinalReadDue { get; init; }

    public MoneyCallDocument? Capture { get; init; }

    public MoneyCallDocument? Refund { get; init; }

    public string? Receipt { get; init; }

    public int Refusals { get; init; }

    public int ReceiptFailures { get; init; }
}

internal sealed record MoneyCallDocument
{
    public string? Id { get; init; }

    public long Amount { get; init; }

    public long Before { get; init; }

    public bool Unknown { get; init; }
}

internal sealed record WordDocument
{
    public int Number { get; init; }

    public string? Kind { get; init; }

    public string? Reference { get; init; }

    public long Amount { get; init; }

    public long Due { get; init; }

    public string? Reason { get; init; }

    public bool Acknowledged { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TripDocument))]
internal sealed partial class TripJsonContext : JsonSerializerContext;
