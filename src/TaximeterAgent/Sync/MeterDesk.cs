using System.Globalization;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Sync;

/// <summary>
/// Takes what the meter says to the trips, and the trips' results to the meter. Knows repeats by content, answers after the commit, and never answers a fare that
/// is not stored.
/// </summary>
internal sealed class MeterDesk(TripBook book, OrderDesk orders, Func<string, string?> setting, TimeProvider time, ILogger log) : ITfpEvents
{
    private const string NewestTime = "meter-newest-time";
    private const string FirstTime = "meter-first-time";
    private const string ShownTrip = "shown-trip";

    /// <summary>A fare that finished longer ago than this is offered to the driver, never requested by itself.</summary>
    private static readonly TimeSpan s_old = TimeSpan.FromHours(24);

    private readonly List<Action<TfpLink>> _answers = [];
    private readonly Dictionary<long, string> _told = [];
    private readonly Repeats _repeats = new();

    // The meter's frame that is being taken, as the history may have it.
    private string? _heard;
    private int _heardAt;
    private DateTimeOffset? _newest;
    private DateTimeOffset? _first;

    /// <summary>Set once, when the line's session exists. Null for a meter that can be told nothing: its results are the driver's to read.</summary>
    public TfpLink? Link { get; set; }

    /// <summary>False while the store cannot be written: then there is silence, and the meter says it again.</summary>
    public bool Writable { get; set; } = true;

    /// <summary>The operating position, as last heard; null before.</summary>
    public OperatingPosition? Operating { get; private set; }

    /// <summary>The meter that spoke last.</summary>
    public string? MeterId { get; private set; }

    public bool Heard { get; private set; }

    /// <summary>The trip that the newest fare belongs to; the driver's display turns to it, after a start too, until the driver has moved on.</summary>
    public long? NewestTrip { get; private set; }

    /// <summary>The meter was switched to hired: what the display said of the last trip is over.</summary>
    public event Action? Hired;

    /// <summary>The driver has moved on: a start does not show the last trip again.</summary>
    public void MovedOn()
    {
        NewestTrip = null;
        book.Batch.Settings[ShownTrip] = "";
    }

    public void Resume()
    {
        _newest = Read(NewestTime);
        _first = Read(FirstTime);
        NewestTrip = StoredNewest();
    }

    public void Hello(MeterHello hello)
    {
        MeterId = hello.Meter;
        Heard = true;
        NoteOfMeter("hello", $"meter {hello.Meter}, {hello.Model}, firmware {hello.Firmware}");
    }

    public void Position(MeterPosition position)
    {
        Heard = true;
        MeterId = position.Meter;
        Turn(position.Position);
        NoteTime(position.Time);
    }

    /// <summary>The operating position of a meter whose line says nothing else. Its time is the car's, which may be wrong: no fare is measured by it.</summary>
    public void Position(string meter, OperatingPosition position)
    {
        Heard = true;
        MeterId = meter;
        Turn(position);
    }

    public void Fare(Fare fare, FrameToken token)
    {
        Heard = true;
        if (!Writable)
            return;
        var identity = Identity.OfTrip(fare.Trip);
        var content = Identity.ContentOf(fare);
        var known = book.Find(identity);
        if (Repetition.Judge(known, content) is not OrderResult.New and var result)
        {
            Answer(token, (known!.Key, result));
            return;
        }

        var finish = Time(fare.Finish);
        var old = finish is { } finished && _newest is { } newest && finished < newest - s_old;
        NoteTime(finish);
        var key = Take(fare, identity, content, known, old, probe: known is null && IsOlderThanTheStore(fare.Trip));
        Answer(token, (key, OrderResult.New));
    }

    /// <summary>
    /// A fare that this store has named itself and was told just now: new to the world, so that no earlier store can have asked for it. To be called while
    /// <see cref="Writable"/>.
    /// </summary>
    public void Fare(Fare fare)
    {
        var identity = Identity.OfTrip(fare.Trip);
        Take(fare, identity, Identity.ContentOf(fare), book.Find(identity), old: false, probe: false);
    }

    /// <summary>
    /// A fare that the meter has printed, and that no answer goes to. An earlier store may have asked for it, so its payment is looked for first. To be called while
    /// <see cref="Writable"/>.
    /// </summary>
    /// <returns>What it is next to what is known of its trip; nothing comes of what is not new.</returns>
    public OrderResult Printed(Fare fare)
    {
        var identity = Identity.OfTrip(fare.Trip);
        var content = Identity.ContentOf(fare);
        var known = book.Find(identity);
        if (Repetition.Judge(known, content) is not OrderResult.New and var result)
            return result;
        var finish = Time(fare.Finish);
        var old = finish is { } finished && _newest is { } newest && finished < newest - s_old;
        NoteTime(finish);
        Take(fare, identity, content, known, old, probe: known is null);
        return OrderResult.New;
    }

    private long Take(Fare fare, Identity identity, long content, KnownIdentity? known, bool old, bool probe)
    {
        // Its name is all that is left of the trip, so nobody knows any more how it stood. No fare is lost, and none is asked for by itself that may have been paid.
        if (known is not null && book.Find(known.Key) is null)
            (known, old, probe) = (null, true, true);
        var bookingTrip = fare.Booking is { } name && book.Find(Identity.OfBooking(name)) is { } booking ? booking.Key : (long?)null;
        var bookingState = bookingTrip is { } booked ? book.Find(booked) : null;
        // A payment of this trip was found before its fare. Where the fare has a trip already, by its booking, that one takes the payment along.
        var orphan = known is not null && bookingTrip != known.Key && bookingState is { Fare: null, Trip: null } && book.Find(known.Key) is { Orphan: not null } ? known.Key : (long?)null;
        if (orphan is not null)
            (known, probe) = (null, true);
        long key;
        if (known is not null)
            key = known.Key;
        else if (bookingState is { Fare: null, Trip: null })
            key = bookingTrip!.Value;
        else
            key = book.NewTrip();
        // The booking serves one trip. Another fare that names it has its number, not its reservation: nor may it look for that one as a payment of its own.
        if (fare.Phone is null && bookingState?.Booking is { } ordered)
            fare = fare with { Phone = ordered.KnownPhone };
        var named = fare.Booking;
        if (bookingTrip is { } owner && owner != key)
            fare = fare with { Booking = null };
        book.Know(identity, new KnownIdentity(key, content));
        // From now on the booking is this trip: a later fare that names it must not look for its reservation, and its BOOK, should it come late, not make one.
        if (named is not null && bookingTrip is null)
            book.Know(Identity.OfBooking(named), new KnownIdentity(key, 0));
        Note(key, "fare", $"{fare.Total} for trip {fare.Trip}{(old ? ", older than a day" : "")}");
        book.Take(key, (at, id) => new Input.FareReceived(fare, old, probe) { At = at, Id = id });
        if (orphan is { } found)
            book.Join(found, key);
        // Voided before it was known: a reservation that it would have used has no use any more. One that another fare has used is that fare's.
        if (known is not null && bookingState is { Fare: null } && bookingTrip is { } unused && unused != key)
            book.Take(unused, (at, id) => new Input.Voided(null, named) { At = at, Id = id });
        NewestTrip = key;
        book.Batch.Settings[ShownTrip] = key.ToString(CultureInfo.InvariantCulture);
        return key;
    }

    public void Book(Booking booking, FrameToken token)
    {
        Heard = true;
        if (Writable)
            Answer(token, orders.Book(booking, "meter"));
    }

    public void Void(MeterVoid order, FrameToken token)
    {
        Heard = true;
        if (Writable)
            Answer(token, orders.Void(order.Trip, order.Booking, order.Reason, "meter", old: order.Trip is { } trip && IsOlderThanTheStore(trip)));
    }

    public void ResultAcknowledged(string id) => Answered(id, null);

    public void ResultRefused(string id, string reason) => Answered(id, reason);

    public void HelloRefused(string reason)
    {
        if (NoteOfMeter("hello-refused", reason))
            Log.HelloRefused(log, Shown.Plain(reason));
    }

    public void HeartbeatLost()
    {
        Heard = false;
        if (NoteOfMeter("silent", "the meter is not heard"))
            Log.MeterSilent(log);
    }

    public void HeartbeatBack()
    {
        Heard = true;
        if (NoteOfMeter("back", "the meter is heard again"))
            Log.MeterBack(log);
    }

    public void OtherMeter(string meter)
    {
        if (NoteOfMeter("other-meter", $"{Shown.Plain(meter)} is not the configured meter: what it says is refused"))
            Log.OtherMeter(log, Shown.Plain(meter));
    }

    /// <summary>Each frame of every kind; for whoever watches the line.</summary>
    public event Action<TfpFrameRecord>? FrameSeen;

    public void Frame(TfpFrameRecord frame)
    {
        FrameSeen?.Invoke(frame);
        NoteUntaken();
        // Whose it is shows once it is understood.
        if (!frame.Sent)
            (_heard, _heardAt) = (frame.Type is "FARE" or "BOOK" or "VOID" ? frame.Payload : null, book.Batch.History.Count);
        else if (!frame.Again && frame.Type is "PAID" or "UNPAID" or "REFUNDED")
            // A result that nobody answers goes out for as long as it takes: the history has it once, so that it does not push out everything else.
            book.Note(new HistoryLine(TripOf(frame.Payload), time.GetUtcNow(), "agent", "frame", frame.Payload));
    }

    // A message that named no trip of ours: malformed, of another meter, or there was no room for it.
    private void NoteUntaken()
    {
        if (_heard is { } heard && Writable && _repeats.Worth(0, WithoutSequence(heard)) is > 0 and var times)
            book.Note(new HistoryLine(null, time.GetUtcNow(), "meter", "frame", heard + Repeats.Said(times)));
        _heard = null;
    }

    // Of the meter itself. A plug that is loose comes and goes all day: history and log have it each time that it has done so twice as often.
    private bool NoteOfMeter(string what, string text)
    {
        if (_repeats.Worth(0, $"{what} {text}") is not (> 0 and var times))
            return false;
        book.Note(new HistoryLine(null, time.GetUtcNow(), "meter", what, text + Repeats.Said(times)));
        return true;
    }

    // What the meter has said of a trip, and how it is answered once that is stored. A meter that says the same for hours has a line each time that it has said it twice
    // as often.
    private void NoteHeard(long key, NakReason? refusal)
    {
        if (_heard is not { } heard)
            return;
        _heard = null;
        var answer = refusal is { } reason ? $"NAK, {reason}" : "ACK";
        if (_repeats.Worth(key, $"{WithoutSequence(heard)} {answer}") is > 0 and var times)
        {
            // Before what has followed from it.
            var line = new HistoryLine(key, time.GetUtcNow(), "meter", "frame", $"{heard} ({answer}){Repeats.Said(times)}");
            book.Batch.History.Insert(Math.Min(_heardAt, book.Batch.History.Count), line);
        }
    }

    // A repeat has a SEQ of its own after the meter has started anew.
    private static string WithoutSequence(string payload) => payload.Split('|', 3) is [var type, _, var rest] ? $"{type}|{rest}" : payload;

    // The trip that a result of ours is of.
    private long? TripOf(string payload)
    {
        var fields = payload.Split('|');
        string? Value(string key) => fields.FirstOrDefault(field => field.StartsWith(key, StringComparison.Ordinal)) is { } field && PercentCoding.TryDecode(field[key.Length..], out var value) ? value : null;
        return Value("meter=") is { } meter && Value("trip=") is { } trip && Value("start=") is { } start ? book.Find(Identity.OfTrip(new TripId(meter, trip, start)))?.Key : null;
    }

    /// <summary>Says what had to wait for the commit.</summary>
    public void Stored()
    {
        foreach (var answer in _answers)
            answer(Link!);
        _answers.Clear();
    }

    /// <summary>The commit failed: nothing is acknowledged, and the meter will say it again.</summary>
    public void NotStored()
    {
        _answers.Clear();
        NewestTrip = StoredNewest();
    }

    /// <summary>
    /// Closes the results that no line can carry: the display has them. In the same commit as the result itself, so that nothing is left to be told; those of a meter
    /// with a line that was here before, too.
    /// </summary>
    public void CloseUntellable()
    {
        if (Link is not null)
            return;
        foreach (var (key, state) in book.Trips.Where(trip => trip.Value.WordDue is not null).ToList())
        {
            Note(key, "not-told", "the meter has no line back: the driver has the result");
            book.Take(key, (at, id) => new Input.WordAnswered(state.Word!.Number) { At = at, Id = id });
        }
    }

    /// <summary>Tells the meter each trip's newest result that it has not acknowledged.</summary>
    public void TellResults()
    {
        if (Link is null)
            return;
        foreach (var (key, state) in book.Trips)
        {
            var current = state.WordDue is { } word ? $"{key}/{word.Number}" : null;
            if (_told.TryGetValue(key, out var told) && told != current)
            {
                Link.Withdraw(told);
                _told.Remove(key);
            }

            if (current is not null && !_told.ContainsKey(key) && Link.Tell(Result(current, state)))
                _told[key] = current;
        }
    }

    private long? StoredNewest() => long.TryParse(setting(ShownTrip), NumberStyles.None, CultureInfo.InvariantCulture, out var shown) ? shown : null;

    private void Turn(OperatingPosition position)
    {
        if (Operating != position && position == OperatingPosition.Hired)
            Hired?.Invoke();
        Operating = position;
    }

    // What began before this store first heard from the meter may have been known to the store before it.
    private bool IsOlderThanTheStore(TripId trip) => !(Time(trip.Start) is { } start && _first is { } first && start >= first);

    private static MeterResult Result(string id, TripState state)
    {
        var word = state.Word!;
        var currency = state.Fare!.Total.Currency;
        return word.Kind switch
        {
            WordKind.Paid => new PaidResult(id, state.Trip!, word.Reference, new Money(word.Amount, currency)),
            WordKind.Unpaid => new UnpaidResult(id, state.Trip!, word.Reference, new Money(word.Amount, currency), new Money(word.Due, currency), word.Reason!.Value),
            _ => new RefundedResult(id, state.Trip!, word.Reference, new Money(word.Amount, currency)),
        };
    }

    private void Answered(string id, string? refused)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        var key = long.Parse(id.AsSpan(0, slash), CultureInfo.InvariantCulture);
        var number = int.Parse(id.AsSpan(slash + 1), CultureInfo.InvariantCulture);
        if (_told.TryGetValue(key, out var told) && told == id)
            _told.Remove(key);
        Note(key, refused is null ? "acknowledged" : "refused", refused is null ? "the meter has the result" : $"the meter refused the result: {refused}");
        book.Take(key, (at, inputId) => new Input.WordAnswered(number, refused) { At = at, Id = inputId });
    }

    private void Answer(FrameToken token, (long Key, OrderResult Result) order)
    {
        NakReason? refusal = order.Result switch
        {
            OrderResult.Conflict => NakReason.Conflict,
            OrderResult.HasFare => NakReason.Booking,
            _ => null,
        };
        NoteHeard(order.Key, refusal);
        _answers.Add(link =>
        {
            if (refusal is { } reason)
                link.Refuse(token, reason);
            else
                link.Acknowledge(token);
        });
    }

    private void Note(long key, string what, string text) => book.Note(new HistoryLine(key, time.GetUtcNow(), "meter", what, text));

    private void NoteTime(DateTimeOffset? heard)
    {
        if (heard is not { } at)
            return;
        if (_first is null)
        {
            _first = at;
            book.Batch.Settings[FirstTime] = Write(at);
        }

        if (_newest is { } newest && newest >= at)
            return;
        // The newest time need not be on disk to the second: it is stored with what is stored anyway.
        _newest = at;
    }

    /// <summary>The newest time heard, to be stored with what is stored anyway.</summary>
    public void AddSettings()
    {
        if (_newest is { } newest && !book.Batch.IsEmpty)
            book.Batch.Settings[NewestTime] = Write(newest);
    }

    private static string Write(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private DateTimeOffset? Read(string name) => setting(name) is { } text ? Time(text) : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
