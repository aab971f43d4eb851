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
    private readonly DisplayLanguage _language;
    private readonly DeskOptions _options;
    private readonly MenuDesk _menu;
    private readonly Country _country;
    private readonly Currency _currency;
    private readonly Action<IReadOnlyList<string>> _show;
    private readonly AmountDesk? _amounts;
    private readonly CodeDesk _codes;
    private readonly SignalWatch _signals = new();
    private IReadOnlyList<string> _shown = [];
    private Seen? _seen;
    private Entry? _entry;
    private long? _focus;
    private long? _newest;
    private IReadOnlyList<string>? _test;
    private IReadOnlyList<string> _underTest = [];
    private long? _asked;
    private long? _moves;

    public DriverDesk(Engine engine, Func<CarStatus> car, TimeProvider time, Language language, Country country, Action<IReadOnlyList<string>> show, DeskOptions? options = null)
    {
        _book = engine.Book;
        _meter = engine.Meter;
        _car = car;
        _time = time;
        _options = options ?? new DeskOptions();
        _language = new DisplayLanguage(language, engine.Setting, engine.Book);
        var receipts = new ReceiptDesk(engine, _options, () => _language.Now, time);
        _menu = new MenuDesk(engine, _options, new RefundLock(_options.RefundPin, engine.Setting, engine.Book, time), _language, receipts, time);
        _country = country;
        _currency = engine.Currency;
        _show = show;
        _amounts = engine.Amounts is { } meter ? new AmountDesk(meter, engine.Currency) : null;
        _codes = new CodeDesk(engine.Book, _options.Printer, () => _language.Now);
        engine.Settled += _codes.Look;
        engine.Settled += Refresh;
        // Not at the next round, which may be seconds away: the driver stands before a passenger who wants to pay.
        engine.NotStored += Refresh;
        engine.ScreenDue = () => NextDue;
        _meter.Hired += Dismiss;
    }

    /// <summary>Something that the driver should hear or see without looking at the display. Must return at once.</summary>
    public event Action<Signal>? Signalled;

    /// <summary>What the display shows.</summary>
    public IReadOnlyList<string> Shown => _shown;

    /// <summary>True while digits are, or would become, a customer's number or a PIN: then a key is nobody else's business.</summary>
    public bool TakesNumber => _entry is not null || _menu.Shown is not null || (_focus is { } focus && _book.Find(focus) is { Fare: not null } state && !state.PhaseOf(_car().Online).IsFinal());

    /// <summary>Shows a technician's picture until it is ended, a key is pressed, or there is something else to tell: that is never kept from the driver.</summary>
    public void ShowTest(IReadOnlyList<string> lines)
    {
        _test = lines;
        _underTest = Picture(View());
    }

    public void EndTest() => _test = null;

    /// <summary>
    /// When the screen changes though nothing happens: every second while a trip that is waited for is shown, and when an open menu closes by itself. A monotonic
    /// timestamp; null while nothing moves, so that nobody is woken for it.
    /// </summary>
    public long? NextDue => Schedule.Earliest(_menu.NextDue, _moves);

    /// <summary>A key; belongs to the trip that is shown.</summary>
    public void Press(Key key)
    {
        _test = null;
        // What is on the display then is no answer to keys, and nothing that they say could be stored.
        if (!_car().StoreWritable)
            return;
        ChooseFocus();
        if (_menu.Shown is not null)
        {
            if (_menu.Press(key) is { } chosen)
                TurnTo(chosen);
            return;
        }

        var busy = _entry is not null || _amounts?.Busy == true;
        if (key is Key.Down or Key.Up && !busy)
        {
            Turn(key == Key.Up ? -1 : 1);
            return;
        }

        if (!busy && MenuKey(key) is { } page)
        {
            _menu.Open(page);
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

    // Where there is no key of its own for the menu, Enter opens it on every screen on which it confirms nothing: a pad of three by four reaches all of it. Trips that
    // are unpaid besides the one that is shown are what it is mostly opened for.
    private MenuPage? MenuKey(Key key) => key switch
    {
        Key.A => MenuPage.Unpaid,
        Key.B => MenuPage.Paid,
        Key.C => MenuPage.State,
        Key.Menu or Key.D => First(),
        Key.Enter when _amounts?.Shown is null && !(_focus is { } focus && _book.Find(focus) is { } state && IsOver(state, state.PhaseOf(_car().Online))) => First(),
        _ => null,
    };

    private MenuPage First() => _book.Trips.Any(trip => CanTurnTo(trip.Value) && trip.Value.Unpaid && trip.Key != _focus) ? MenuPage.Unpaid : MenuPage.Main;

    private void TurnTo(long trip)
    {
        _amounts?.Leave();
        _focus = trip;
    }

    private void OnScreen(long trip, Key key, TripState state, TripPhase phase)
    {
        var digit = key.Digit();
        if (phase.IsQuestion())
        {
            if (digit == 1)
                Choose(trip, "1: let stand", (at, id) => new Input.LetStand { At = at, Id = id });
            else if (digit == 2)
                Choose(trip, "2: undo", (at, id) => new Input.UndoChosen { At = at, Id = id });
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
            if (key == Key.Clear || digit is not null)
                _entry = new Entry(trip, EntryMode.OtherWay);
        }
        else if (phase.IsDriversTurn())
        {
            if (digit == 1 && state.Phone is null && !state.ByCode)
                _entry = new Entry(trip, EntryMode.Number);
            else if (digit == 1)
                Choose(trip, "1: send again", (at, id) => new Input.SendAgain { At = at, Id = id });
            else if (digit == 2)
                _entry = new Entry(trip, EntryMode.Number);
            else if (digit == 3)
                _entry = new Entry(trip, EntryMode.OtherWay);
        }
        else if (digit == 0 && state.LiveCode() is not null)
        {
            if (_codes.Again(state))
                _book.Note(new HistoryLine(trip, _time.GetUtcNow(), "driver", "key", "0: print the code again"));
        }
        else if (phase.IsWaiting() && key == Key.Clear)
        {
            _entry = new Entry(trip, EntryMode.Choice);
        }
        else if (phase == TripPhase.Ending && key == Key.Clear)
        {
            _entry = new Entry(trip, EntryMode.OtherWay);
        }
        else if (phase == TripPhase.WithTechnician && state.Unpaid && key == Key.Clear)
        {
            // What the driver decides meanwhile is taken, and carried out once the technician lets it.
            _entry = new Entry(trip, EntryMode.Choice);
        }
        else if (IsOver(state, phase) && key is Key.Enter or Key.Clear)
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
                Choose(entry.Trip, "1: yes, another way to pay", (at, id) => new Input.OtherWayChosen { At = at, Id = id });
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
            _entry = entry with { Digits = digits, TooShort = false };
            return;
        }

        switch (key)
        {
            case Key.Back when entry.Digits.Length > 0:
                _entry = entry with { Digits = entry.Digits[..^1], TooShort = false };
                break;
            case Key.Back:
                _entry = null;
                break;
            case Key.Clear:
                _entry = entry.Digits.Length > 0 ? entry with { Digits = "", TooShort = false } : null;
                break;
            case Key.Enter:
                Confirm(entry, state, phase);
                break;
        }
    }

    private void Confirm(Entry entry, TripState state, TripPhase phase)
    {
        if (entry.IsCode && _car().Printer is not null)
        {
            _entry = null;
            if (CanAsk(state, phase))
                Choose(entry.Trip, "0, confirm: a code on paper", (at, id) => new Input.CodeChosen { At = at, Id = id });
            return;
        }

        if (PhoneNumber.Parse(entry.Digits, _country, out var phone) != PhoneNumberFault.None)
        {
            // What cannot become a number has been said already.
            _entry = entry with { TooShort = true };
            return;
        }

        var keys = $"{entry.Digits.Length} digits, confirm";
        _entry = null;
        if (CanAsk(state, phase))
            Choose(entry.Trip, keys, (at, id) => new Input.NumberConfirmed(phone) { At = at, Id = id });
    }

    // Approved while the number was typed: the fare is being paid, and nobody else is asked.
    private static bool CanAsk(TripState state, TripPhase phase) => phase.IsDriversTurn() || phase.IsWaiting() || state.Unpaid && phase is TripPhase.Ending or TripPhase.WithTechnician;

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
            _menu.GiveWay();
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
            // One that is stopped waits for the technician: once sent away it comes back only when the driver turns to it.
            if (CanTurnTo(state) && state.Stopped is null && !(open >= key))
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
        if (_book.Find(focus) is { } state && !IsOver(state, state.PhaseOf(_car().Online)))
            return;
        _focus = null;
        if (_meter.NewestTrip == focus)
            _meter.MovedOn();
    }

    // Nothing more happens for the driver. What a technician has in hand is the driver's as long as it is unpaid.
    private static bool IsOver(TripState state, TripPhase phase) => phase.IsFinal() || (phase == TripPhase.WithTechnician && !state.Unpaid);

    /// <summary>All that the screen is made from but the time.</summary>
    private readonly record struct Seen(ScreenView View, IReadOnlyList<string>? Test, Language Language)
    {
        // States do not change: another state is another object, and to compare what is in them would cost more than to draw the screen.
        public bool Equals(Seen other) =>
            ReferenceEquals(View.Trip, other.View.Trip) && ReferenceEquals(View.Entry, other.View.Entry) && ReferenceEquals(View.Menu, other.View.Menu)
            && View.Car.Equals(other.View.Car) && View.Amount == other.View.Amount && View.Stopped == other.View.Stopped
            && ReferenceEquals(Test, other.Test) && Language == other.Language;

        public override int GetHashCode() => HashCode.Combine(View.Car);
    }

    private ScreenView View()
    {
        ChooseFocus();
        var trip = _focus is { } focus ? _book.Find(focus) : null;
        var entry = _entry is { } open && open.Trip == _focus ? open : null;
        var amount = entry is null ? _amounts?.Shown : null;
        return new ScreenView
        {
            Trip = trip,
            Entry = entry,
            Amount = amount,
            Stopped = amount is null ? null : _amounts?.Stopped,
            Menu = _menu.Shown,
            Car = _car(),
            Country = _country,
            Currency = _currency,
            Brand = _options.Brand,
            Now = _time.GetUtcNow(),
            Zone = _time.LocalTimeZone,
        };
    }

    private IReadOnlyList<string> Picture(ScreenView view) => Screen.Of(view, _options.Columns, _options.Rows, _language.Now);

    private void Refresh()
    {
        ChooseFocus();
        var asked = _entry is { } open && open.Trip == _focus ? null : _amounts?.Shown;
        if (!_car().StoreWritable)
            _menu.Close();
        else if (asked is not null && asked.Trip != _asked)
            _menu.GiveWay();
        _asked = asked?.Trip;
        _menu.OnDue();
        var view = View();
        var moving = Screen.IsMoving(view);
        _moves = !moving ? null : _moves is { } due && due > _time.GetTimestamp() ? due : _time.After(_options.Tick);
        // After every round, and in most of them nothing that can be seen has changed.
        var seen = new Seen(view, _test, _language.Now);
        if (!moving && seen == _seen)
            return;
        _seen = seen;
        if (_signals.Look(_focus, view.Trip?.PhaseOf(view.Car.Online), _amounts?.Shown?.Trip) is { } signal)
            Signalled?.Invoke(signal);
        var lines = Picture(view);
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
