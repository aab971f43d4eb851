using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver;

/// <summary>The driver's side: which trip is shown, what has been typed, and what a key means there. Lives on the engine's thread.</summary>
internal sealed class DriverDesk
{
    private readonly TripBook _book;
    private readonly MeterDesk _meter;
    private readonly Func<CarStatus> _car;
    private readonly TimeProvider _time;
    private readonly Language _language;
    private readonly Country _country;
    private readonly Action<IReadOnlyList<string>> _show;
    private IReadOnlyList<string> _shown = [];
    private Seen? _seen;
    private Entry? _entry;
    private long? _focus;
    private long? _newest;

    public DriverDesk(Engine engine, Func<CarStatus> car, TimeProvider time, Language language, Country country, Action<IReadOnlyList<string>> show)
    {
        _book = engine.Book;
        _meter = engine.Meter;
        _car = car;
        _time = time;
        _language = language;
        _country = country;
        _show = show;
        engine.Settled += Refresh;
        _meter.Hired += Dismiss;
    }

    /// <summary>What the display shows.</summary>
    public IReadOnlyList<string> Shown => _shown;

    /// <summary>A key; belongs to the trip that is shown.</summary>
    public void Press(Key key)
    {
        ChooseFocus();
        if (_focus is not { } trip || _book.Find(trip) is not { } state)
            return;
        if (key is Key.Down or Key.Menu or Key.Up && _entry is null)
        {
            Turn(key == Key.Up ? -1 : 1);
            return;
        }

        var phase = state.PhaseOf(_car().Online);
        if (_entry is { } entry)
            OnEntry(entry, key, state, phase);
        else
            OnScreen(trip, key, state, phase);
    }

    private void OnScreen(long trip, Key key, TripState state, TripPhase phase)
    {
        var digit = key.Digit();
        if (phase.IsQuestion())
        {
            if (digit == 1)
                Choose(trip, "let stand", (at, id) => new Input.LetStand { At = at, Id = id });
            else if (digit == 2)
                Choose(trip, "undo", (at, id) => new Input.UndoChosen { At = at, Id = id });
        }
        else if (phase.TakesNumber())
        {
            if (digit is { } first)
                _entry = new Entry(trip, EntryMode.Number) { Digits = first.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            else if (key == Key.Clear)
                _entry = new Entry(trip, EntryMode.OtherWay);
        }
        else if (phase == TripPhase.NotPossible)
        {
            if (key is Key.Clear or Key.Enter || digit is not null)
                _entry = new Entry(trip, EntryMode.OtherWay);
        }
        else if (phase.IsDriversTurn())
        {
            if (digit == 1 && state.Phone is null)
                _entry = new Entry(trip, EntryMode.Number);
            else if (digit == 1)
                Choose(trip, "send again", (at, id) => new Input.SendAgain { At = at, Id = id });
            else if (digit == 2)
                _entry = new Entry(trip, EntryMode.Number);
            else if (digit == 3)
                _entry = new Entry(trip, EntryMode.OtherWay);
        }
        else if (phase.IsWaiting() && key == Key.Clear)
        {
            _entry = new Entry(trip, EntryMode.Choice);
        }
        else if (phase == TripPhase.Ending && key == Key.Clear)
        {
            _entry = new Entry(trip, EntryMode.OtherWay);
        }
        else if (phase.IsFinal() && key is Key.Enter or Key.Clear)
        {
            Dismiss();
        }
    }

    private void OnEntry(Entry entry, Key key, TripState state, TripPhase phase)
    {
        var digit = key.Digit();
        switch (entry.Mode)
        {
            case EntryMode.Number:
                OnNumber(entry, key, state, phase);
                break;
            case EntryMode.Choice when digit == 2:
                _entry = new Entry(entry.Trip, EntryMode.Number);
                break;
            case EntryMode.Choice when digit == 3:
                _entry = new Entry(entry.Trip, EntryMode.OtherWay);
                break;
            case EntryMode.OtherWay when digit == 1:
                _entry = null;
                Choose(entry.Trip, "other way to pay", (at, id) => new Input.OtherWayChosen { At = at, Id = id });
                break;
            default:
                if (key is Key.Clear or Key.Back || digit is not null)
                    _entry = null;
                break;
        }
    }

    private void OnNumber(Entry entry, Key key, TripState state, TripPhase phase)
    {
        if (key.Digit() is { } digit)
        {
            var digits = entry.Digits.Length < Entry.DigitsMaximum ? entry.Digits + (char)('0' + digit) : entry.Digits;
            _entry = entry with { Digits = digits, Fault = null };
            return;
        }

        switch (key)
        {
            case Key.Back when entry.Digits.Length > 0:
                _entry = entry with { Digits = entry.Digits[..^1], Fault = null };
                break;
            case Key.Back:
                _entry = null;
                break;
            case Key.Clear:
                _entry = entry.Digits.Length > 0 ? entry with { Digits = "", Fault = null } : null;
                break;
            case Key.Enter:
                Confirm(entry, state, phase);
                break;
        }
    }

    private void Confirm(Entry entry, TripState state, TripPhase phase)
    {
        var words = Words.Of(_language);
        var fault = PhoneNumber.Parse(entry.Digits, _country, out var phone);
        if (fault != PhoneNumberFault.None)
        {
            _entry = entry with
            {
                Fault = fault switch
                {
                    PhoneNumberFault.TooLong => words.TooLong,
                    PhoneNumberFault.Impossible or PhoneNumberFault.NotDigits => words.Impossible,
                    _ => words.TooShort,
                },
            };
            return;
        }

        _entry = null;
        // Approved while the number was typed: the fare is being paid, and nobody else is asked.
        if (phase.IsDriversTurn() || phase.IsWaiting() || state.Unpaid && phase == TripPhase.Ending)
            Choose(entry.Trip, $"number {phone.Masked} confirmed", (at, id) => new Input.NumberConfirmed(phone) { At = at, Id = id });
    }

    private void Choose(long trip, string what, Func<DateTimeOffset, string, Input> input)
    {
        _book.Note(new HistoryLine(trip, _time.GetUtcNow(), "driver", "key", what));
        _book.Take(trip, input);
    }

    // Which trip is shown: the one that is being typed for; one with a question; else the newest, or the one that the driver turned to.
    private void ChooseFocus()
    {
        if (_entry is { } entry)
        {
            _focus = entry.Trip;
            return;
        }

        if (_meter.NewestTrip is { } newest && newest != _newest)
        {
            _newest = newest;
            if (_focus is not { } shown || _book.Find(shown)?.PhaseOf(_car().Online).IsQuestion() != true)
                _focus = newest;
        }

        // Asked after every round of the engine: one pass, nothing sorted.
        long? question = null;
        long? open = null;
        foreach (var (key, state) in _book.Trips)
        {
            if (state.Question != Question.None && !(question <= key))
                question = key;
            if (CanTurnTo(state) && !(open >= key))
                open = key;
        }

        if (question is not null && (_focus is null || _book.Find(_focus.Value)?.Question == Question.None))
            _focus = question;
        _focus ??= open;
    }

    // Trips that the driver can turn to, oldest first.
    private IEnumerable<long> Waiting() => _book.Trips.Where(trip => CanTurnTo(trip.Value)).Select(trip => trip.Key).Order();

    private static bool CanTurnTo(TripState state) => state.Fare is not null && (state.Unpaid || state.Question != Question.None);

    private void Turn(int by)
    {
        var open = Waiting().ToList();
        if (open.Count == 0)
            return;
        var at = _focus is { } focus ? open.IndexOf(focus) : -1;
        _focus = open[((at + by) % open.Count + open.Count) % open.Count];
    }

    private void Dismiss()
    {
        if (_entry is not null || _focus is not { } focus)
            return;
        var phase = _book.Find(focus)?.PhaseOf(_car().Online);
        if (phase is not null && !phase.Value.IsFinal())
            return;
        _focus = null;
        if (_meter.NewestTrip == focus)
            _meter.MovedOn();
    }

    /// <summary>All that the screen is made from.</summary>
    private readonly record struct Seen(TripState? Trip, Entry? Entry, CarStatus Car)
    {
        // States do not change: another state is another object, and to compare what is in them would cost more than to draw the screen.
        public bool Equals(Seen other) => ReferenceEquals(Trip, other.Trip) && ReferenceEquals(Entry, other.Entry) && Car.Equals(other.Car);

        public override int GetHashCode() => HashCode.Combine(Car);
    }

    private void Refresh()
    {
        ChooseFocus();
        var trip = _focus is { } focus ? _book.Find(focus) : null;
        var entry = _entry is { } open && open.Trip == _focus ? open : null;
        // After every round, and in most of them nothing that can be seen has changed.
        var seen = new Seen(trip, entry, _car());
        if (seen == _seen)
            return;
        _seen = seen;
        var lines = Screen.Of(trip, entry, seen.Car, _language, _country);
        if (lines.SequenceEqual(_shown))
            return;
        _shown = lines;
        _show(lines);
    }
}
