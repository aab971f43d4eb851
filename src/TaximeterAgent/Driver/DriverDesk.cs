using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Gpio;
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
    private readonly Currency _currency;
    private readonly Action<IReadOnlyList<string>> _show;
    private readonly AmountDesk? _amounts;
    private readonly SignalWatch _signals = new();
    private IReadOnlyList<string> _shown = [];
    private Seen? _seen;
    private Entry? _entry;
    private long? _focus;
    private long? _newest;
    private IReadOnlyList<string>? _test;
    private IReadOnlyList<string> _underTest = [];

    public DriverDesk(Engine engine, Func<CarStatus> car, TimeProvider time, Language language, Country country, Action<IReadOnlyList<string>> show)
    {
        _book = engine.Book;
        _meter = engine.Meter;
        _car = car;
        _time = time;
        _language = language;
        _country = country;
        _currency = engine.Currency;
        _show = show;
        _amounts = engine.Contacts is { } contacts ? new AmountDesk(contacts, engine.Currency, language) : null;
        engine.Settled += Refresh;
        // Not at the next round, which may be seconds away: the driver stands before a passenger who wants to pay.
        engine.NotStored += Refresh;
        _meter.Hired += Dismiss;
    }

    /// <summary>Something that the driver should hear or see without looking at the display. Must return at once.</summary>
    public event Action<Signal>? Signalled;

    /// <summary>What the display shows.</summary>
    public IReadOnlyList<string> Shown => _shown;

    /// <summary>True while digits are, or would become, a customer's number: then a key is nobody else's business.</summary>
    public bool TakesNumber => _entry is not null || (_focus is { } focus && _book.Find(focus) is { Fare: not null } state && !state.PhaseOf(_car().Online).IsFinal());

    /// <summary>Shows a technician's picture until it is ended, a key is pressed, or there is something else to tell: that is never kept from the driver.</summary>
    public void ShowTest(IReadOnlyList<string> lines)
    {
        _test = lines;
        _underTest = Picture(Look());
    }

    public void EndTest() => _test = null;

    /// <summary>A key; belongs to the trip that is shown.</summary>
    public void Press(Key key)
    {
        _test = null;
        ChooseFocus();
        if (key is Key.Down or Key.Menu or Key.Up && _entry is null && _amounts?.Busy != true)
        {
            Turn(key == Key.Up ? -1 : 1);
            return;
        }

        if (_entry is null && _amounts?.Shown is not null)
        {
            _amounts.Press(key);
            return;
        }

        if (_focus is not { } trip || _book.Find(trip) is not { } state)
            return;

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

        // Shown before it was stored, and then there was no room for it.
        if (_focus is { } gone && _book.Find(gone) is null)
            _focus = null;
        if (_meter.NewestTrip is { } newest && newest != _newest)
        {
            _newest = newest;
            _amounts?.Leave();
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
        _amounts?.Choose(blocked: question is not null && question == _focus, idle: _focus is null);
    }

    // Trips that the driver can turn to, oldest first.
    private IEnumerable<long> Waiting() => _book.Trips.Where(trip => CanTurnTo(trip.Value)).Select(trip => trip.Key).Order();

    private static bool CanTurnTo(TripState state) => state.Fare is not null && (state.Unpaid || state.Question != Question.None);

    private void Turn(int by)
    {
        // Amounts that are asked for come behind the trips.
        List<(bool Amount, long Key)> open = [.. Waiting().Select(trip => (false, trip)), .. _amounts?.Waiting.Select(trip => (true, trip)) ?? []];
        if (open.Count == 0)
            return;
        var at = _amounts?.Shown is { } shown ? open.IndexOf((true, shown.Trip)) : _focus is { } focus ? open.IndexOf((false, focus)) : -1;
        var (amount, key) = open[((at + by) % open.Count + open.Count) % open.Count];
        if (amount)
        {
            _amounts!.Turn(key);
            return;
        }

        _amounts?.Leave();
        _focus = key;
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
    private readonly record struct Seen(TripState? Trip, Entry? Entry, CarStatus Car, AmountEntry? Amount, DateTimeOffset? Stopped, IReadOnlyList<string>? Test)
    {
        // States do not change: another state is another object, and to compare what is in them would cost more than to draw the screen.
        public bool Equals(Seen other) =>
            ReferenceEquals(Trip, other.Trip) && ReferenceEquals(Entry, other.Entry) && Car.Equals(other.Car) && Amount == other.Amount && Stopped == other.Stopped
            && ReferenceEquals(Test, other.Test);

        public override int GetHashCode() => HashCode.Combine(Car);
    }

    private Seen Look()
    {
        ChooseFocus();
        var trip = _focus is { } focus ? _book.Find(focus) : null;
        var entry = _entry is { } open && open.Trip == _focus ? open : null;
        return new Seen(trip, entry, _car(), entry is null ? _amounts?.Shown : null, _amounts?.Stopped, _test);
    }

    private IReadOnlyList<string> Picture(Seen seen) => seen.Amount is { } amount
        ? Screen.Of(amount, seen.Stopped, _currency, seen.Car, _language)
        : Screen.Of(seen.Trip, seen.Entry, seen.Car, _language, _country);

    private void Refresh()
    {
        // After every round, and in most of them nothing that can be seen has changed.
        var seen = Look();
        if (seen == _seen)
            return;
        _seen = seen;
        if (_signals.Look(_focus, seen.Trip?.PhaseOf(seen.Car.Online), _amounts?.Shown?.Trip) is { } signal)
            Signalled?.Invoke(signal);
        var lines = Picture(seen);
        if (_test is { } test && lines.SequenceEqual(_underTest))
            lines = test;
        else
            _test = null;
        if (lines.SequenceEqual(_shown))
            return;
        _shown = lines;
        _show(lines);
    }
}
