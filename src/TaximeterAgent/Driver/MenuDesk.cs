using System.Collections.Immutable;
using TaximeterAgent.Control;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Driver;

/// <summary>
/// The driver's menu: which page is open, and what a key means there. Every page is left by Clear or Back, page by page, and all of it closes by itself after a time
/// without a key.
/// </summary>
internal sealed class MenuDesk(Engine engine, DeskOptions options, RefundLock refunds, DisplayLanguage language, ReceiptDesk receipts, TimeProvider time)
{
    /// <summary>How long it stays open without a key.</summary>
    public static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(30);

    /// <summary>How many of the last paid trips it shows.</summary>
    public const int PaidMaximum = 10;

    private readonly TripBook _book = engine.Book;
    private Menu? _menu;
    private string _pin = "";
    private long _closesAt;

    /// <summary>What is open; null for nothing.</summary>
    public Menu? Shown => _menu;

    /// <summary>When it closes by itself; a monotonic timestamp.</summary>
    public long? NextDue => _menu is null ? null : _closesAt;

    /// <summary>Opens it at a page.</summary>
    public void Open(MenuPage page)
    {
        _pin = "";
        _closesAt = time.After(IdleFor);
        _menu = page switch
        {
            MenuPage.Unpaid => new Menu(page) { Trips = [.. Unpaid().Take(IOutbox.UnpaidMaximum)] },
            MenuPage.Paid => new Menu(page) { Trips = [.. options.LastPaid(PaidMaximum)] },
            MenuPage.RefundPin => new Menu(page) { LockedUntil = refunds.LockedUntil },
            MenuPage.Main => new Menu(page) { Offered = Offered(), Unpaid = Unpaid().Count() },
            _ => new Menu(page),
        };
    }

    public void Close()
    {
        _menu = null;
        _pin = "";
    }

    /// <summary>A fare has come: it is what the driver has to see. Only what is being keyed stays.</summary>
    public void GiveWay()
    {
        if (_menu is { Busy: false })
            Close();
    }

    /// <summary>Closes it when nobody has pressed a key for long.</summary>
    public void OnDue()
    {
        if (_menu is not null && time.GetTimestamp() >= _closesAt)
            Close();
        else if (_menu is { LockedUntil: not null } locked && refunds.LockedUntil is null)
            _menu = locked with { LockedUntil = null };
    }

    /// <summary>A key while it is open.</summary>
    /// <returns>The trip that the driver turns to; null for none.</returns>
    public long? Press(Key key)
    {
        if (_menu is not { } menu)
            return null;
        _closesAt = time.After(IdleFor);
        switch (key)
        {
            case Key.Menu or Key.D:
                Close();
                return null;
            case Key.A:
                Open(MenuPage.Unpaid);
                return null;
            case Key.B:
                Open(MenuPage.Paid);
                return null;
            case Key.C:
                Open(MenuPage.State);
                return null;
        }

        return menu.Page switch
        {
            MenuPage.RefundPin => OnPin(menu, key),
            MenuPage.RefundSure => OnRefund(menu, key),
            _ => OnList(menu, key),
        };
    }

    private long? OnList(Menu menu, Key key)
    {
        var window = MenuScreen.Window(options.Rows);
        switch (key)
        {
            case Key.Clear or Key.Back:
                Leave(menu.Page);
                return null;
            case Key.Enter or Key.Down:
                _menu = menu with { Top = menu.Top + window < MenuScreen.Length(menu) ? menu.Top + window : 0 };
                return null;
            case Key.Up:
                var last = (MenuScreen.Length(menu) - 1) / window * window;
                _menu = menu with { Top = menu.Top == 0 ? last : menu.Top - window };
                return null;
        }

        if (key.Digit() is not { } digit || digit == 0)
            return null;
        switch (menu.Page)
        {
            case MenuPage.Main when digit <= menu.Offered.Length:
                Open(menu.Offered[digit - 1]);
                break;
            case MenuPage.Unpaid when digit <= window && menu.Top + digit <= menu.Trips.Length:
                Close();
                return menu.Trips[menu.Top + digit - 1].Key;
            case MenuPage.Paid when digit <= window && menu.Top + digit <= menu.Trips.Length:
                _menu = new Menu(MenuPage.Detail) { Trips = [menu.Trips[menu.Top + digit - 1]], Prints = receipts.Offered };
                break;
            case MenuPage.Detail when digit == 1 && menu is { Prints: true, Printed: false } && receipts.Print(menu.Trips[0].Key):
                _menu = menu with { Printed = true, Top = 0 };
                break;
            case MenuPage.Language when digit <= MenuScreen.Languages.Count:
                language.Choose(MenuScreen.Languages[digit - 1].Language);
                Leave(menu.Page);
                break;
            case MenuPage.Light when digit <= 2:
                options.Light?.Invoke(digit == 1);
                break;
        }

        return null;
    }

    private long? OnPin(Menu menu, Key key)
    {
        if (key.Digit() is { } digit)
        {
            if (refunds.LockedUntil is null && _pin.Length < Menu.PinMaximum)
                _pin += (char)('0' + digit);
            _menu = menu with { Typed = _pin.Length, Wrong = false };
            return null;
        }

        switch (key)
        {
            case Key.Back or Key.Clear when _pin.Length == 0:
                Leave(menu.Page);
                break;
            case Key.Back or Key.Clear:
                _pin = key == Key.Back ? _pin[..^1] : "";
                _menu = menu with { Typed = _pin.Length };
                break;
            case Key.Enter when _pin.Length > 0:
                var right = refunds.Try(_pin);
                _pin = "";
                _menu = right
                    ? new Menu(MenuPage.RefundSure) { Trips = [.. options.LastPaid(1)] }
                    : menu with { Typed = 0, Wrong = true, LockedUntil = refunds.LockedUntil };
                if (!right)
                    _book.Note(new HistoryLine(null, time.GetUtcNow(), "driver", "refund-pin", refunds.LockedUntil is null ? "wrong PIN" : "wrong PIN, locked"));
                break;
        }

        return null;
    }

    private long? OnRefund(Menu menu, Key key)
    {
        if (key == Key.Digit1 && menu.Trips is [var trip, ..])
        {
            Close();
            return Refund(trip) ? trip.Key : null;
        }

        if (key is Key.Clear or Key.Back || key.Digit() is not null)
            Leave(menu.Page);
        return null;
    }

    // What the driver has seen on the display and confirmed, and no more; all of it, because there is no room for reasons.
    private bool Refund(MenuTrip trip)
    {
        if (_book.Find(trip.Key) is not { } state || RefundCheck.Of(state, trip.Amount.MinorUnits) is not { New: true, Problem: null } check)
            return false;
        _book.Note(new HistoryLine(trip.Key, time.GetUtcNow(), "driver", "refund", $"orders that {check.Amount} shall have been refunded in all"));
        return _book.Take(trip.Key, (at, id) => new Input.RefundOrdered(check.Total) { At = at, Id = id });
    }

    private void Leave(MenuPage page)
    {
        if (page == MenuPage.Main)
            Close();
        else
            Open(page == MenuPage.Detail ? MenuPage.Paid : MenuPage.Main);
    }

    private ImmutableArray<MenuPage> Offered() =>
    [
        MenuPage.Unpaid, MenuPage.Paid, .. refunds.Exists ? [MenuPage.RefundPin] : Array.Empty<MenuPage>(), MenuPage.Language,
        .. options.Light is null ? [] : new[] { MenuPage.Light }, MenuPage.State,
    ];

    private IEnumerable<MenuTrip> Unpaid() => _book.Trips.Where(trip => trip.Value.Fare is not null && trip.Value.Unpaid).OrderBy(trip => trip.Key).Select(trip => MenuTrips.Of(trip.Key, trip.Value));
}
