using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Masking;

namespace TaximeterAgent.Outbox.State;

/// <summary>
/// A trip's state as it is stored. What <see cref="Input.Restarted"/> makes anew after a start (an attempt's operations under way, its failures in a row, its
/// wish to be read first) is not written: equal bytes mean that nothing has changed that a crash may not undo.
/// </summary>
public static class TripStateJson
{
    // Names in Norwegian stay readable: the text goes to a database, never into a web page.
    private static readonly TripJsonContext s_context =
        new(new JsonSerializerOptions(TripJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>
    /// Makes ready what reading a state needs, which takes longer than to read twenty: to be called while nothing can be read yet.
    /// </summary>
    public static void Prepare() => _ = JsonSerializer.Deserialize("""{"trip":{},"fare":{},"attempts":[{}]}"""u8, s_context.TripDocument);

    /// <summary>The state in UTF-8. Equal states give equal bytes.</summary>
    public static byte[] Write(TripState state) => JsonSerializer.SerializeToUtf8Bytes(ToDocument(state), s_context.TripDocument);

    /// <exception cref="TripStateUnreadableException">The text is no state, or one with something that this agent does not know.</exception>
    public static TripState Read(long key, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return FromDocument(JsonSerializer.Deserialize(utf8, s_context.TripDocument) ?? throw new JsonException("There is nothing in it."));
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // What went wrong quotes what is stored.
            throw new TripStateUnreadableException(key, PhoneText.Any.Mask(e.Message));
        }
    }

    /// <summary>The state as it will be after a restart: without what is not written.</summary>
    public static TripState Durable(TripState state) =>
        state with { Attempts = [.. state.Attempts.Select(Durable)] };

    /// <summary>True exactly if both states would be written as the same bytes; by far cheaper than to write them.</summary>
    public static bool SameWhenStored(TripState left, TripState right)
    {
        if (ReferenceEquals(left, right))
            return true;
        // The attempts by themselves: an array is equal only to itself.
        if (left.Attempts.Length != right.Attempts.Length || left with { Attempts = [] } != right with { Attempts = [] })
            return false;
        for (var i = 0; i < left.Attempts.Length; i++)
        {
            if (!ReferenceEquals(left.Attempts[i], right.Attempts[i]) && Durable(left.Attempts[i]) != Durable(right.Attempts[i]))
                return false;
        }

        return true;
    }

    /// <summary>The state without phone numbers.</summary>
    public static TripState WithoutPhones(TripState state) => state with
    {
        Phone = null,
        Wish = null,
        Fare = state.Fare is null ? null : state.Fare with { Phone = null },
        // Core's booking has always a number; one that is wiped has no digits.
        Booking = state.Booking is { } b ? new Booking(b.Id, default, b.Currency, b.Maximum) { Pickup = b.Pickup } : null,
        Attempts = [.. state.Attempts.Select(a => a with { Phone = null })],
    };

    internal static bool HasPhones(TripState state) =>
        state.Phone is not null || state.Fare?.Phone is not null || state.Wish?.Phone is not null || (state.Booking is { } booking && booking.Phone != default)
        || state.Attempts.Any(a => a.Phone is not null);

    private static Attempt Durable(Attempt a) => a with { Pending = null, ReceiptPending = null, Failures = 0, ReadFirst = false };

    private static TripDocument ToDocument(TripState state) => new()
    {
        Trip = ToDocument(state.Trip),
        Fare = state.Fare is { } fare
            ? new FareDocument
            {
                Trip = fare.Trip == state.Trip ? null : ToDocument(fare.Trip),
                Total = StoredText.Of(fare.Total),
                FareAmount = StoredText.Of(fare.FareAmount),
                Supplements = StoredText.Of(fare.Supplements),
                Tip = StoredText.Of(fare.Tip),
                Vat = fare.Vat,
                SupplementsVat = fare.SupplementsVat,
                Finish = fare.Finish,
                Distance = fare.Distance,
                Tariff = fare.Tariff.Length == 0 ? null : fare.Tariff,
                Driver = fare.Driver,
                Phone = StoredText.Of(fare.Phone),
                Booking = fare.Booking,
            }
            : null,
        Booking = state.Booking is { } booking
            ? new BookingDocument
            {
                Id = booking.Id,
                Phone = booking.Phone == default ? null : StoredText.Of(booking.Phone),
                Currency = StoredText.Of(booking.Currency),
                Maximum = StoredText.Of(booking.Maximum),
                Pickup = booking.Pickup,
            }
            : null,
        Phone = StoredText.Of(state.Phone),
        ByCode = state.ByCode,
        Settled = StoredText.UnlessFirst(state.Settled),
        ReservationEnd = StoredText.UnlessFirst(state.ReservationEnd),
        OtherWay = state.OtherWay,
        Wish = state.Wish is { } wish ? new WishDocument { Phone = StoredText.Of(wish.Phone), Replace = wish.Replace } : null,
        Question = StoredText.UnlessFirst(state.Question),
        OnlyOnRequest = state.OnlyOnRequest,
        Unrequestable = state.Unrequestable,
        RequestTooOld = state.RequestTooOld,
        Probe = state.Probe,
        Orphan = state.Orphan is { } orphan
            ? new OrphanDocument
            {
                Reference = orphan.Reference.ToString(),
                Booking = orphan.Booking,
                ReleaseDue = orphan.ReleaseDue,
                NotOurs = orphan.NotOurs,
                LetGo = orphan.LetGo,
            }
            : null,
        Attempts = state.Attempts.IsEmpty ? null : [.. state.Attempts.Select(ToDocument)],
        Word = state.Word is { } word
            ? new WordDocument
            {
                Number = word.Number,
                Kind = StoredText.Of(word.Kind),
                Reference = word.Reference.ToString(),
                Amount = word.Amount,
                Due = word.Due,
                Reason = word.Reason is { } reason ? StoredText.Of(reason) : null,
                Acknowledged = word.Acknowledged,
            }
            : null,
        RefundTarget = state.RefundTarget,
        RefundRefused = state.RefundRefused,
        Stopped = state.Stopped,
        Held = state.Held,
        GivenUp = state.GivenUp,
    };

    private static TripIdDocument? ToDocument(TripId? trip) =>
        trip is null ? null : new TripIdDocument { Meter = trip.Meter, Trip = trip.Trip, Start = trip.Start };

    private static AttemptDocument ToDocument(Attempt a) => new()
    {
        Kind = StoredText.Of(a.Kind),
        Number = a.Number,
        Reference = a.Reference.ToString(),
        BaseUrl = a.SalesUnit.BaseUrl,
        Msn = a.SalesUnit.MerchantSerialNumber,
        Amount = StoredText.Of(a.Amount),
        Phone = StoredText.Of(a.Phone),
        ByCode = a.ByCode,
        Link = a.Link,
        Existence = StoredText.UnlessFirst(a.Existence),
        CreateId = a.CreateId,
        TooOld = a.TooOld,
        Certain = a.Certain,
        CertainAt = StoredText.Of(a.CertainAt),
        ExpiresAt = StoredText.Of(a.ExpiresAt),
        State = StoredText.UnlessFirst(a.State),
        Authorized = a.Authorized,
        Captured = a.Captured,
        Cancelled = a.Cancelled,
        Refunded = a.Refunded,
        GuaranteePast = a.GuaranteePast,
        ToldPaid = a.ToldPaid,
        CaptureAnyway = a.CaptureAnyway,
        Uncapturable = a.Uncapturable is { } uncapturable ? StoredText.Of(uncapturable) : null,
        Gone = a.Gone,
        Withdraw = a.Withdraw,
        Undo = a.Undo,
        Ending = a.Ending is { } ending ? StoredText.Of(ending) : null,
        FinalReadDue = a.FinalReadDue,
        Capture = ToDocument(a.Capture),
        Refund = ToDocument(a.Refund),
        Receipt = StoredText.UnlessFirst(a.Receipt),
        Refusals = a.Refusals,
        ReceiptFailures = a.ReceiptFailures,
    };

    private static MoneyCallDocument? ToDocument(MoneyCall? call) =>
        call is null ? null : new MoneyCallDocument { Id = call.Id, Amount = call.Amount, Before = call.Before, Unknown = call.Unknown };

    private static TripState FromDocument(TripDocument document)
    {
        var trip = FromDocument(document.Trip);
        return new TripState
        {
            Trip = trip,
            Fare = document.Fare is { } fare
                ? new Fare(
                    FromDocument(fare.Trip) ?? Required(trip, "trip"),
                    Required(StoredText.ToMoney(fare.Total), "fare.total"),
                    Required(StoredText.ToMoney(fare.FareAmount), "fare.fareAmount"),
                    Required(StoredText.ToMoney(fare.Supplements), "fare.supplements"),
                    Required(StoredText.ToMoney(fare.Tip), "fare.tip"),
                    fare.Vat,
                    fare.SupplementsVat)
                {
                    Finish = Required(fare.Finish, "fare.finish"),
                    Distance = fare.Distance,
                    Tariff = fare.Tariff ?? "",
                    Driver = fare.Driver,
                    Phone = StoredText.ToPhone(fare.Phone),
                    Booking = fare.Booking,
                }
                : null,
            Booking = document.Booking is { } booking
                ? new Booking(
                    Required(booking.Id, "booking.id"),
                    StoredText.ToPhone(booking.Phone) ?? default,
                    StoredText.ToEnum<Currency>(booking.Currency),
                    StoredText.ToMoney(booking.Maximum))
                {
                    Pickup = booking.Pickup,
                }
                : null,
            Phone = StoredText.ToPhone(document.Phone),
            ByCode = document.ByCode,
            Settled = StoredText.ToEnum<SettledBy>(document.Settled),
            ReservationEnd = StoredText.ToEnum<ReservationEnd>(document.ReservationEnd),
            OtherWay = document.OtherWay,
            Wish = document.Wish is { } wish ? new Wish(StoredText.ToPhone(wish.Phone), wish.Replace) : null,
            Question = StoredText.ToEnum<Question>(document.Question),
            OnlyOnRequest = document.OnlyOnRequest,
            Unrequestable = document.Unrequestable,
            RequestTooOld = document.RequestTooOld,
            Probe = document.Probe,
            Orphan = document.Orphan is { } orphan
                ? new Orphan(StoredText.ToReference(orphan.Reference, "orphan.reference"))
                {
                    Booking = orphan.Booking,
                    ReleaseDue = orphan.ReleaseDue,
                    NotOurs = orphan.NotOurs,
                    LetGo = orphan.LetGo,
                }
                : null,
            Attempts = document.Attempts is { } attempts ? [.. attempts.Select(a => FromDocument(Required(a, "attempt")))] : ImmutableArray<Attempt>.Empty,
            Word = document.Word is { } word
                ? new Word(word.Number, StoredText.ToEnum<WordKind>(word.Kind), StoredText.ToReference(word.Reference, "word.reference"))
                {
                    Amount = word.Amount,
                    Due = word.Due,
                    Reason = StoredText.ToEnumOrNull<UnpaidReason>(word.Reason),
                    Acknowledged = word.Acknowledged,
                }
                : null,
            RefundTarget = document.RefundTarget,
            RefundRefused = document.RefundRefused,
            Stopped = document.Stopped,
            Held = document.Held,
            GivenUp = document.GivenUp,
        };
    }

    private static TripId? FromDocument(TripIdDocument? trip) =>
        trip is null ? null : new TripId(Required(trip.Meter, "trip.meter"), Required(trip.Trip, "trip.trip"), Required(trip.Start, "trip.start"));

    private static Attempt FromDocument(AttemptDocument a) => new()
    {
        Kind = StoredText.ToEnum<AttemptKind>(a.Kind),
        Number = a.Number,
        Reference = StoredText.ToReference(a.Reference, "attempt.reference"),
        SalesUnit = new SalesUnit(Required(a.BaseUrl, "attempt.baseUrl"), Required(a.Msn, "attempt.msn")),
        Amount = Required(StoredText.ToMoney(a.Amount), "attempt.amount"),
        Phone = StoredText.ToPhone(a.Phone),
        ByCode = a.ByCode,
        Link = a.Link,
        Existence = StoredText.ToEnum<Existence>(a.Existence),
        CreateId = a.CreateId,
        TooOld = a.TooOld,
        Certain = a.Certain,
        CertainAt = StoredText.ToTime(a.CertainAt),
        ExpiresAt = StoredText.ToTime(a.ExpiresAt),
        State = StoredText.ToEnum<PaymentState>(a.State),
        Authorized = a.Authorized,
        Captured = a.Captured,
        Cancelled = a.Cancelled,
        Refunded = a.Refunded,
        GuaranteePast = a.GuaranteePast,
        ToldPaid = a.ToldPaid,
        CaptureAnyway = a.CaptureAnyway,
        Uncapturable = StoredText.ToEnumOrNull<Ending>(a.Uncapturable),
        Gone = a.Gone,
        Withdraw = a.Withdraw,
        Undo = a.Undo,
        Ending = StoredText.ToEnumOrNull<Ending>(a.Ending),
        FinalReadDue = a.FinalReadDue,
        Capture = FromDocument(a.Capture),
        Refund = FromDocument(a.Refund),
        Receipt = StoredText.ToEnum<ReceiptState>(a.Receipt),
        Refusals = a.Refusals,
        ReceiptFailures = a.ReceiptFailures,
    };

    private static MoneyCall? FromDocument(MoneyCallDocument? call) =>
        call is null ? null : new MoneyCall(Required(call.Id, "call.id"), call.Amount, call.Before) { Unknown = call.Unknown };

    private static T Required<T>(T? value, string name)
        where T : class => value ?? throw new JsonException($"'{name}' is missing.");

    private static T Required<T>(T? value, string name)
        where T : struct => value ?? throw new JsonException($"'{name}' is missing.");
}
