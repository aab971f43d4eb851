using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Masking;

namespace TaximeterAgent.Sync;

/// <summary>
/// Takes bookings, and that a trip or a booking is settled otherwise, by the same rules whoever brings them: the meter's line or the fleet's relay. A repeat is known by
/// identity and content; a cancellation may come before its booking. What it says is to be told to nobody before it is stored.
/// </summary>
internal sealed class OrderDesk(TripBook book, Func<string, string?> setting, TimeProvider time)
{
    private readonly Repeats _repeats = new();

    /// <summary>A trip was ordered.</summary>
    /// <param name="booking">What was ordered.</param>
    /// <param name="source">Who says so, as the history names it.</param>
    public (long Key, OrderResult Result) Book(Booking booking, string source)
    {
        var identity = Identity.OfBooking(booking.Id);
        var content = Identity.ContentOf(booking);
        var known = book.Find(identity);
        // The number itself is compared as long as it is kept.
        var other = known is { Content: not 0 } && book.Find(known.Key)?.Booking?.KnownPhone is { } phone && phone != booking.Phone;
        var result = Repetition.Judge(known, content, sameNumber: !other);
        // Named by a fare, or cancelled, so long ago that the trip is not kept any more: no reservation is of use to it.
        if (result == OrderResult.New && known is not null && book.Find(known.Key) is null)
            result = OrderResult.Repeat;
        if (result != OrderResult.New)
            return (known!.Key, result);

        var key = known?.Key ?? book.NewTrip();
        book.Know(identity, new KnownIdentity(key, content));
        Note(key, source, "booking", $"booking {booking.Id} for {booking.Phone.Masked}{(booking.Maximum is { } max ? $", at most {max}" : "")}");
        // A booking has no time by which one could tell whether an earlier store has reserved for it.
        var probe = known is null && setting(IOutbox.BegunAnew) is not null;
        book.Take(key, (at, id) => new Input.BookReceived(booking, probe) { At = at, Id = id });
        return (key, OrderResult.New);
    }

    /// <summary>A trip or a booking is settled otherwise; each may be named before it is known.</summary>
    /// <param name="trip">The trip; null for a booking.</param>
    /// <param name="booking">The booking; null for a trip.</param>
    /// <param name="reason">For people.</param>
    /// <param name="source">Who says so, as the history names it.</param>
    /// <param name="old">True if an earlier store may have known the trip.</param>
    public (long Key, OrderResult Result) Void(TripId? trip, string? booking, string? reason, string source, bool old = false)
    {
        var identity = trip is not null ? Identity.OfTrip(trip) : Identity.OfBooking(booking!);
        var known = book.Find(identity);
        // Its fare has come: from now on the trip is what can be voided.
        if (trip is null && known is not null && book.Find(known.Key) is { Fare: not null })
            return (known.Key, OrderResult.HasFare);

        var key = known?.Key ?? book.NewTrip();
        if (known is null)
            book.Know(identity, new KnownIdentity(key, 0));
        if (_repeats.Worth(key, $"void {reason}") == 1)
            Note(key, source, "void", $"{(trip is not null ? $"trip {trip}" : $"booking {booking}")}{(reason is { Length: > 0 } ? $": {PhoneText.Any.Mask(reason)}" : "")}");
        book.Take(key, (at, id) => new Input.Voided(trip, booking, known is null && old) { At = at, Id = id });
        return (key, OrderResult.New);
    }

    private void Note(long key, string source, string what, string text) => book.Note(new HistoryLine(key, time.GetUtcNow(), source, what, text));
}
