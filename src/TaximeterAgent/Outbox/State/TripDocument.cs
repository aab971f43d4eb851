using System.Text.Json.Serialization;

namespace TaximeterAgent.Outbox.State;

// The shape of a stored trip. Apart from Core's records, so that a name can change there without changing what is on disk; every property that is not set is
// left out. A property that is added here is a new schema version: an older agent refuses a document with a property that it does not know.
// Set, not init: what can only be given at the making is read by way of a constructor, whose machinery has to be compiled at each start.
// What has a form of its own is text here (StoredText): each further type of value would cost every start some forty methods that have to be compiled for it.

internal sealed record TripDocument
{
    public TripIdDocument? Trip { get; set; }

    public FareDocument? Fare { get; set; }

    public BookingDocument? Booking { get; set; }

    public string? Phone { get; set; }

    public bool ByCode { get; set; }

    public string? Settled { get; set; }

    public string? ReservationEnd { get; set; }

    public bool OtherWay { get; set; }

    public WishDocument? Wish { get; set; }

    public string? Question { get; set; }

    public bool OnlyOnRequest { get; set; }

    public bool Unrequestable { get; set; }

    public bool RequestTooOld { get; set; }

    public bool Probe { get; set; }

    public OrphanDocument? Orphan { get; set; }

    public AttemptDocument?[]? Attempts { get; set; }

    public WordDocument? Word { get; set; }

    public long RefundTarget { get; set; }

    public bool RefundRefused { get; set; }

    public string? Stopped { get; set; }

    public bool Held { get; set; }

    public bool GivenUp { get; set; }
}

internal sealed record OrphanDocument
{
    public string? Reference { get; set; }

    public string? Booking { get; set; }

    public bool ReleaseDue { get; set; }

    public bool NotOurs { get; set; }

    public bool LetGo { get; set; }
}

internal sealed record TripIdDocument
{
    public string? Meter { get; set; }

    public string? Trip { get; set; }

    public string? Start { get; set; }
}

internal sealed record FareDocument
{
    /// <summary>Left out where it is the trip's own, which it always is.</summary>
    public TripIdDocument? Trip { get; set; }

    public string? Total { get; set; }

    public string? FareAmount { get; set; }

    public string? Supplements { get; set; }

    public string? Tip { get; set; }

    public int Vat { get; set; }

    public int SupplementsVat { get; set; }

    public string? Finish { get; set; }

    public long Distance { get; set; }

    public string? Tariff { get; set; }

    public string? Driver { get; set; }

    public string? Phone { get; set; }

    public string? Booking { get; set; }
}

internal sealed record BookingDocument
{
    public string? Id { get; set; }

    /// <summary>Null once wiped.</summary>
    public string? Phone { get; set; }

    /// <summary>Always written: the first currency is not a default to be guessed.</summary>
    public string? Currency { get; set; }

    public string? Maximum { get; set; }

    public string? Pickup { get; set; }
}

internal sealed record WishDocument
{
    /// <summary>Null for a code on paper.</summary>
    public string? Phone { get; set; }

    public bool Replace { get; set; }
}

internal sealed record AttemptDocument
{
    public string? Kind { get; set; }

    public int Number { get; set; }

    public string? Reference { get; set; }

    public string? BaseUrl { get; set; }

    public string? Msn { get; set; }

    public string? Amount { get; set; }

    public string? Phone { get; set; }

    public bool ByCode { get; set; }

    public string? Link { get; set; }

    public string? Existence { get; set; }

    public string? CreateId { get; set; }

    public bool TooOld { get; set; }

    public bool Certain { get; set; }

    public string? CertainAt { get; set; }

    public string? ExpiresAt { get; set; }

    public string? State { get; set; }

    public long Authorized { get; set; }

    public long Captured { get; set; }

    public long Cancelled { get; set; }

    public long Refunded { get; set; }

    public bool GuaranteePast { get; set; }

    public bool ToldPaid { get; set; }

    public bool CaptureAnyway { get; set; }

    public string? Uncapturable { get; set; }

    public bool Gone { get; set; }

    public bool Withdraw { get; set; }

    public bool Undo { get; set; }

    public string? Ending { get; set; }

    public bool FinalReadDue { get; set; }

    public MoneyCallDocument? Capture { get; set; }

    public MoneyCallDocument? Refund { get; set; }

    public string? Receipt { get; set; }

    public int Refusals { get; set; }

    public int ReceiptFailures { get; set; }
}

internal sealed record MoneyCallDocument
{
    public string? Id { get; set; }

    public long Amount { get; set; }

    public long Before { get; set; }

    public bool Unknown { get; set; }
}

internal sealed record WordDocument
{
    public int Number { get; set; }

    public string? Kind { get; set; }

    public string? Reference { get; set; }

    public long Amount { get; set; }

    public long Due { get; set; }

    public string? Reason { get; set; }

    public bool Acknowledged { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(TripDocument))]
internal sealed partial class TripJsonContext : JsonSerializerContext;
