using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Driver.Screens;

/// <summary>The menu's pages. The first line has what is due and the page's title, the lines below it as much of the page as there is room for.</summary>
internal static class MenuScreen
{
    /// <summary>The languages in the order of their digits, 1 first, each by its own name.</summary>
    public static readonly IReadOnlyList<(Language Language, string Name)> Languages =
    [
        (Language.Norwegian, "Norsk"), (Language.Swedish, "Svenska"), (Language.Danish, "Dansk"), (Language.Finnish, "Suomi"), (Language.English, "English"),
    ];

    /// <summary>Lines of a page that are shown at a time, on a display of so many.</summary>
    public static int Window(int rows) => rows >= 4 ? rows - 2 : rows - 1;

    /// <summary>Lines that a page has in all.</summary>
    public static int Length(Menu menu) => menu.Page switch
    {
        MenuPage.Main => menu.Offered.Length,
        MenuPage.Unpaid or MenuPage.Paid => Math.Max(1, menu.Trips.Length),
        MenuPage.Detail => menu.Prints ? 3 : 2,
        MenuPage.Language => Languages.Count,
        MenuPage.Light => 2,
        MenuPage.State => 3,
        _ => 1,
    };

    public static List<string> Of(ScreenView view, Menu menu, Line line, int rows, Words words)
    {
        var due = view.Trip is { Unpaid: true } trip ? Amounts.Of(trip) : "";
        var window = Window(rows);
        var keys = rows >= 4 ? [words.KeysMenu] : Array.Empty<string>();
        if (menu is { Page: MenuPage.RefundSure, Trips: [var last, ..] })
            return [Amounts.Of(last.Amount.MinorUnits, last.Amount.Currency), words.RefundYesNo, line.Apart(Time(last, view.Zone), last.Number), words.KeysNo];
        var title = menu.Page == MenuPage.Detail ? words.PaidTrips : Title(menu.Page, words);
        // What a digit does must be seen where there is one line of it only, and so must what came of it.
        if (menu is { Page: MenuPage.Detail, Prints: true, Trips: [var printed, ..] } && window == 1 && menu.Top == 0)
            return [line.Pair(Amounts.Of(printed.Amount.MinorUnits, printed.Amount.Currency), Time(printed, view.Zone)), Printing(view, menu, words)];
        List<string> shown = [.. Lines(view, menu, line, window, words).Skip(menu.Top).Take(window)];
        return [line.Pair(due, title), .. shown, .. Enumerable.Repeat("", window - shown.Count), .. keys];
    }

    private static string Title(MenuPage page, Words words) => page switch
    {
        MenuPage.Unpaid => words.UnpaidTrips,
        MenuPage.Paid => words.PaidTrips,
        MenuPage.RefundPin or MenuPage.RefundSure => words.Refund,
        MenuPage.Language => words.LanguageTitle,
        MenuPage.Light => words.Light,
        MenuPage.State => words.State,
        _ => words.Menu,
    };

    private static IEnumerable<string> Lines(ScreenView view, Menu menu, Line line, int window, Words words) => menu.Page switch
    {
        MenuPage.Main => menu.Offered.Select((page, at) => line.Apart($"{at + 1} {Title(page, words)}", page == MenuPage.Unpaid ? Number(menu.Unpaid) : "")),
        MenuPage.Unpaid or MenuPage.Paid when menu.Trips.Length == 0 => [words.None],
        // Numbered from the first line that is shown, so that a digit is enough however many there are.
        MenuPage.Unpaid or MenuPage.Paid => menu.Trips.Select((trip, at) => line.Pair($"{at % window + 1}:{Amounts.Of(trip.Amount.MinorUnits, trip.Amount.Currency)}", Time(trip, view.Zone))),
        MenuPage.Detail when menu.Trips is [var trip, ..] =>
        [
            line.Pair(Amounts.Of(trip.Amount.MinorUnits, trip.Amount.Currency), Time(trip, view.Zone)),
            .. menu.Prints ? [Printing(view, menu, words)] : Array.Empty<string>(),
            trip.Phone.Length > 0 ? line.Apart(Numbers.Masked(trip.Phone), trip.Number) : line.Last(trip.Number),
        ],
        MenuPage.RefundPin => [Pin(view, menu, words)],
        MenuPage.RefundSure => [words.None],
        MenuPage.Language => Languages.Select((language, at) => $"{at + 1} {language.Name}"),
        MenuPage.Light => [$"1 {words.LightOn}", $"2 {words.LightOff}"],
        MenuPage.State =>
        [
            view.Car.Online ? words.NetworkOk : words.NoNetwork,
            view.Car.MeterHeard ? words.MeterOk : words.MeterSilent,
            view.Car.UnderWay > 0 ? $"{words.UnderWay} {Number(Math.Min(999, view.Car.UnderWay))}" : words.NothingUnderWay,
        ],
        _ => [words.None],
    };

    private static string Printing(ScreenView view, Menu menu, Words words) => (menu.Printed, view.Car.Printer?.State) switch
    {
        (false, _) => words.PrintReceipt,
        (_, null or PrinterState.Off) => words.PrinterOff,
        (_, PrinterState.NoPaper) => words.NoPaper,
        (_, PrinterState.CoverOpen or PrinterState.Fault) => words.PrinterFault,
        _ => words.Printing,
    };

    private static string Pin(ScreenView view, Menu menu, Words words)
    {
        if (menu.LockedUntil > view.Now)
            return $"{words.Locked} {Times.Left(menu.LockedUntil.Value - view.Now)}";
        return menu.Wrong && menu.Typed == 0 ? words.WrongPin : $"PIN: {new string('*', Math.Min(menu.Typed, Menu.PinMaximum))}_";
    }

    private static string Time(MenuTrip trip, TimeZoneInfo zone) => trip.At is { } at ? Times.Clock(at, zone) : "";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
