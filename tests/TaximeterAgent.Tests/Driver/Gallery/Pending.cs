using System.Collections.Immutable;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>What can be open on the display besides a trip: an entry, an amount that is asked for, a page of the menu.</summary>
/// <param name="Kind">The enumeration's value that it is the example of; null for nothing at all.</param>
/// <param name="Open">Opens it over whatever is shown.</param>
internal sealed record Pending(Enum? Kind, Func<ScreenView, Home, ScreenView> Open)
{
    private const long Key = 7;

    /// <summary>How the pictures name it.</summary>
    public string Name => Kind is { } kind ? NameOf(kind) : "";

    /// <summary>Every value that needs an example, by reflection: one that is added to an enumeration is asked for here.</summary>
    public static IEnumerable<Enum> Kinds =>
        [.. Enum.GetValues<EntryMode>().Cast<Enum>(), .. Enum.GetValues<AmountMode>().Cast<Enum>(), .. Enum.GetValues<MenuPage>().Cast<Enum>()];

    public static Pending Nothing { get; } = new(null, (view, _) => view);

    public static string NameOf(Enum kind) => $"{kind.GetType().Name}.{kind}";

    /// <exception cref="ArgumentOutOfRangeException">It has no example.</exception>
    public static Pending Of(Enum kind) => new(kind, kind switch
    {
        EntryMode.Number => Number(home => home.National),
        EntryMode.Choice => (view, _) => view with { Entry = new Entry(Key, EntryMode.Choice) },
        EntryMode.OtherWay => (view, _) => view with { Entry = new Entry(Key, EntryMode.OtherWay) },
        AmountMode.Keying => Amount(new AmountEntry(Key) { Minor = TripExamples.Total }),
        AmountMode.Confirming => Amount(new AmountEntry(Key) { Mode = AmountMode.Confirming, Minor = TripExamples.Total }),
        AmountMode.Dropping => Amount(new AmountEntry(Key) { Mode = AmountMode.Dropping }),
        MenuPage.Main => Menu(MenuPage.Main),
        MenuPage.Unpaid or MenuPage.Paid => Menu((MenuPage)kind, (34_500, 38, "1042"), (21_800, 5, "1041"), (9_750, -52, "1039")),
        MenuPage.Detail or MenuPage.RefundSure => Menu((MenuPage)kind, (34_500, 38, "1042")),
        MenuPage.RefundPin => Pin(menu => menu with { Typed = 3 }),
        MenuPage.Language or MenuPage.Light or MenuPage.State => Menu((MenuPage)kind),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"{NameOf(kind)} has no example: add one, and look at its pictures."),
    });

    /// <summary>A number as far as it has been keyed.</summary>
    public static Func<ScreenView, Home, ScreenView> Number(Func<Home, string> digits, bool tooShort = false) =>
        (view, home) => view with { Entry = new Entry(Key, EntryMode.Number) { Digits = digits(home), TooShort = tooShort } };

    /// <summary>An amount as far as it has been keyed, for a trip that was stopped two minutes ago.</summary>
    public static Func<ScreenView, Home, ScreenView> Amount(AmountEntry entry) => (view, _) => view with { Amount = entry, Stopped = TripExamples.Now.AddMinutes(-2) };

    /// <summary>A page of the menu with trips in it: what each comes to, how many minutes after nine it was over, its number.</summary>
    public static Func<ScreenView, Home, ScreenView> Menu(MenuPage page, params (long Amount, int Minute, string Number)[] trips) => (view, home) => view with
    {
        Menu = new Menu(page)
        {
            Offered = [.. Offered],
            Unpaid = 3,
            Trips = [.. trips.Select((trip, at) => new MenuTrip(at + 1, home.Money(trip.Amount), trip.Number, new DateTimeOffset(2026, 11, 3, 21, 0, 0, TimeSpan.Zero).AddMinutes(trip.Minute), home.Phone.Masked))],
        },
    };

    /// <summary>The page that asks for the PIN.</summary>
    public static Func<ScreenView, Home, ScreenView> Pin(Func<Menu, Menu> change) => (view, home) => Menu(MenuPage.RefundPin)(view, home) is { Menu: { } menu } open ? open with { Menu = change(menu) } : view;

    // A car with everything: a PIN, and a display with a light.
    private static ImmutableArray<MenuPage> Offered => [MenuPage.Unpaid, MenuPage.Paid, MenuPage.RefundPin, MenuPage.Language, MenuPage.Light, MenuPage.State];
}
