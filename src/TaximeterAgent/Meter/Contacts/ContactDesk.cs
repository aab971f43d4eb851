using System.Globalization;
using System.Text.Json;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Meter.Contacts;

/// <summary>
/// Takes what the contacts say to the trips. Its state is stored with what follows from it, so that a question that was asked is asked again after a power cut.
/// Lives on the engine's thread.
/// </summary>
internal sealed class ContactDesk(ContactOptions options, MeterDesk meter, TripBook book, Func<string, string?> setting, IIdSource ids, TimeProvider time) : IAmountsToAsk
{
    private const string Setting = "contact-meter";

    /// <summary>Characters of a series: enough to tell the stores of one car apart.</summary>
    private const int SeriesLength = 6;

    private ContactState _state = new() { Series = "" };
    private long? _begun;
    private long? _moved;
    private bool _restless = true;
    private ContactLevels? _missed;
    private bool _missedPaid;

    /// <summary>True while the lines are to be had; there is no other sign of life.</summary>
    public bool Heard { get; set; }

    /// <summary>Trips whose amount is to be keyed, oldest first; as stored, once the round is over.</summary>
    public IReadOnlyList<ContactTrip> Asked => _state.Asked;

    /// <summary>The last trip that began, if it is over and its amount is asked for.</summary>
    public ContactTrip? Newest => _state.Asked is [.., var last] && last.Number == _state.Count ? last : null;

    IEnumerable<AskedAmount> IAmountsToAsk.Waiting => _state.Asked.Select(Amount);

    AskedAmount? IAmountsToAsk.Last => Newest is { } newest ? Amount(newest) : null;

    AskedAmount? IAmountsToAsk.Asked(long number) => Find(number) is { } trip ? Amount(trip) : null;

    /// <summary>What was taken could not be stored: it has not happened, and is taken again when there is room.</summary>
    public void NotStored()
    {
        if (_state.Levels is not { } levels)
            return;
        _missed = levels;
        _missedPaid |= levels.Paid;
    }

    /// <summary>Reads what is stored; at the start, and when the store has room again.</summary>
    public void Resume()
    {
        _begun = null;
        _moved = null;
        _restless = true;
        _state = Stored() ?? new ContactState { Series = ids.NewId()[..SeriesLength] };
        if (_missed is not { } levels)
            return;
        // While the store was full nothing could be kept. A payment at the meter is over by now; how it stands says the rest.
        _missed = null;
        Take(levels with { Paid = levels.Paid || _missedPaid }, seamless: false);
        if (_missedPaid && !levels.Paid)
            Take(levels, seamless: false);
        _missedPaid = false;
    }

    /// <summary>Takes the contacts' levels.</summary>
    /// <param name="levels">How they stand.</param>
    /// <param name="seamless">False: read anew; what led there was not seen.</param>
    public void Take(ContactLevels levels, bool seamless)
    {
        if (!meter.Writable)
        {
            _missed = levels;
            _missedPaid |= levels.Paid;
            return;
        }

        seamless &= !_restless;
        _restless = false;
        var ages = seamless ? new ContactAges(Since(_begun), Since(_moved)) : default;
        var change = ContactMeter.Take(_state, levels, time.GetUtcNow(), ages);
        if (_state.Levels?.Position != levels.Position)
            _moved = time.GetTimestamp();
        meter.Position(options.Meter, levels.Position);
        if (change.State == _state)
            return;
        foreach (var told in change.Events)
            Tell(told);
        Keep(change.State, sync: change.Events.Count > 0);
    }

    /// <summary>The driver has keyed and confirmed what a trip costs: from here on it is a fare like any other.</summary>
    /// <param name="number">The trip.</param>
    /// <param name="total">What is due, VAT included.</param>
    /// <returns>False if it is not asked for any more, or nothing can be stored now.</returns>
    public bool Keyed(long number, Money total)
    {
        if (!meter.Writable || Find(number) is not { } trip)
            return false;
        Note("driver", "amount", $"{total} keyed and confirmed for trip {Identity(trip)}");
        Keep(ContactMeter.Answered(_state, number), sync: true);
        var none = Money.Zero(total.Currency);
        meter.Fare(new Fare(Identity(trip), total, total, none, none, options.Vat, options.Vat) { Finish = Rfc3339(trip.Stopped ?? trip.Start) });
        return true;
    }

    /// <summary>The driver says that nothing is due for a trip, or that it was collected otherwise.</summary>
    public void Dismissed(long number)
    {
        if (!meter.Writable || Find(number) is not { } trip)
            return;
        Note("driver", "no-amount", $"no amount for trip {Identity(trip)}, says the driver");
        Keep(ContactMeter.Answered(_state, number), sync: true);
    }

    public ContactTrip? Find(long number) => _state.Asked.FirstOrDefault(trip => trip.Number == number);

    private static AskedAmount Amount(ContactTrip trip) => new(trip.Number, trip.Stopped);

    private TripId Identity(ContactTrip trip) =>
        new(options.Meter, string.Create(CultureInfo.InvariantCulture, $"{trip.Number}-{_state.Series}"), Rfc3339(trip.Start));

    private void Tell(ContactEvent told)
    {
        if (told.Kind is ContactEventKind.Began)
            _begun = time.GetTimestamp();
        var trip = told.Trip is { } named ? $"trip {Identity(named)}" : "";
        var (what, text) = told.Kind switch
        {
            ContactEventKind.Began => ("hired", $"{trip} begins"),
            ContactEventKind.StoppedOnly => ("hired", $"{trip}: its beginning was not seen"),
            ContactEventKind.Stopped => ("stopped", $"{trip} is over: its amount is asked for"),
            ContactEventKind.StopMissed => ("stopped", $"{trip} is over, its stop was not seen: its amount is asked for"),
            ContactEventKind.GoesOn => ("hired", $"{trip} goes on"),
            ContactEventKind.TooShort => ("hired", $"{trip} was no trip: it was hired for less than a second"),
            ContactEventKind.PaidUnkeyed => ("paid", $"{trip} is paid at the meter; no amount was keyed"),
            ContactEventKind.LetGo => ("let-go", $"{trip} is not asked for any more: too many amounts wait"),
            _ => ("paid", "the meter says that it was paid"),
        };
        Note("meter", what, text);
    }

    private void Keep(ContactState state, bool sync)
    {
        _state = state;
        book.Batch.Settings[Setting] = ContactStateJson.Write(state);
        book.Batch.Sync |= sync;
    }

    private ContactState? Stored()
    {
        if (setting(Setting) is not { } text)
            return null;
        try
        {
            return ContactStateJson.Read(text);
        }
        catch (JsonException)
        {
            // Written by another version, or by hand. Without it the count begins anew, under a series of its own.
            Note("agent", "contacts", "the stored state of the meter's contacts cannot be read: the count of trips begins anew");
            return null;
        }
    }

    private TimeSpan? Since(long? timestamp) => timestamp is { } at ? time.GetElapsedTime(at) : null;

    private void Note(string actor, string what, string text) => book.Note(new HistoryLine(null, time.GetUtcNow(), actor, what, text));

    private static string Rfc3339(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
