using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Printer;
using TaximeterAgent.Sync;
using TaximeterAgent.Meter;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>A screen that has a picture.</summary>
internal sealed record Exhibit(string Name, ScreenView View);

/// <summary>Every screen there is: each phase of a trip with each thing that can be open over it; then what else changes one.</summary>
internal static class Exhibits
{
    public const string NoTrip = "no trip";

    /// <summary>Stands between the name of a trip's phase and of what is open over it.</summary>
    public const string Over = " + ";

    public static readonly CarStatus Well = new() { MeterHeard = true };

    /// <summary>Begins the name of a screen that only a car with a printer has.</summary>
    public const string Code = "a code, ";

    public static IEnumerable<Exhibit> Of(Home home) => [.. Everything(home), .. Variants(home), .. OnPaper(home), .. Troubles(home)];

    public static ScreenView View(Home home, TripPhase? phase = null) => new()
    {
        Trip = phase is { } at ? TripExamples.Of(at, home) : null,
        Car = Well with { Online = phase is not { } needs || TripExamples.Online(needs) },
        Country = home.Country,
        Currency = home.Currency,
        Brand = home.Brand,
        Now = TripExamples.Now,
    };

    public static ScreenView View(Home home, TripPhase? phase, Func<ScreenView, Home, ScreenView> open) => open(View(home, phase), home);

    private static IEnumerable<Exhibit> Everything(Home home)
    {
        List<Pending> pending = [Pending.Nothing, .. Pending.Kinds.Select(Pending.Of)];
        List<TripPhase?> phases = [null, .. Enum.GetValues<TripPhase>()];
        return from phase in phases
               from open in pending
               // Nothing can be keyed for a trip that is not there.
               where phase is not null || open.Kind is not EntryMode
               select new Exhibit(Name(phase, open), View(home, phase, open.Open));
    }

    private static string Name(TripPhase? phase, Pending open) => (phase?.ToString() ?? NoTrip) + (open.Kind is null ? "" : Over + open.Name);

    private static IEnumerable<Exhibit> Variants(Home home)
    {
        yield return Asking("a digit", Pending.Number(at => at.National[..1]));
        yield return Asking("half a number", Pending.Number(at => at.National[..5]));
        yield return Asking("nothing keyed yet", Pending.Number(_ => ""));
        yield return Asking("confirmed too early", Pending.Number(at => at.National[..5], tooShort: true));
        yield return Asking("a digit too many", Pending.Number(at => at.National + "89012"));
        yield return Asking("no mobile number", Pending.Number(_ => "11111111"));
        yield return Asking("another country's number", Pending.Number(_ => "0049151123456"));
        yield return Asking("the longest number", Pending.Number(_ => "00491511234567890"));
        yield return Amount("no digit yet", new AmountEntry(1));
        yield return Amount("a receipt in doubt", new AmountEntry(1) { Minor = TripExamples.Total, Why = AskedFor.Doubt });
        yield return Amount("a receipt on which no amount was read", new AmountEntry(1) { Why = AskedFor.Doubt });
        yield return Amount("a copy of a receipt that is not known", new AmountEntry(1) { Minor = TripExamples.Total, Why = AskedFor.Copy });
        yield return Amount("too little", new AmountEntry(1) { Fault = AmountFault.TooLittle });
        yield return Amount("too much", new AmountEntry(1) { Minor = 999_999_999, Fault = AmountFault.TooMuch });
        yield return Menu("the second line of the menu", (view, at) => Down(Pending.Menu(MenuPage.Main)(view, at), 1));
        yield return Menu("the last line of the menu", (view, at) => Down(Pending.Menu(MenuPage.Main)(view, at), 5));
        yield return Menu("no trip is unpaid", Pending.Menu(MenuPage.Unpaid));
        yield return Menu("no trip was paid", Pending.Menu(MenuPage.Paid));
        yield return Menu("the PIN, nothing keyed", Pending.Pin(menu => menu));
        yield return Menu("a wrong PIN", Pending.Pin(menu => menu with { Wrong = true }));
        yield return Menu("too many wrong PINs", Pending.Pin(menu => menu with { LockedUntil = TripExamples.Now.AddSeconds(272) }));
        yield return Menu("nothing to refund", Pending.Menu(MenuPage.RefundSure));
        yield return Menu("a paid trip where there is a printer", Detail(printed: false));
        yield return Menu("its receipt is printed", Detail(printed: true));
        yield return new Exhibit("the menu, its receipt waits for paper", View(home, null, Detail(printed: true)) with { Car = Well with { Printer = new PrinterStatus(PrinterState.NoPaper, Waiting: 1) } });
        yield return new Exhibit("State, offline with work to do", View(home, null, Pending.Menu(MenuPage.State)) with { Car = Well with { Online = false, MeterHeard = false, UnderWay = 12 } });
        var waiting = TripExamples.Of(TripPhase.WaitingForCustomer, home);
        yield return new Exhibit("WaitingForCustomer, a second later", View(home, TripPhase.WaitingForCustomer) with { Now = TripExamples.Now.AddSeconds(1) });
        yield return new Exhibit("WaitingForCustomer, the time is up", View(home, TripPhase.WaitingForCustomer) with { Now = TripExamples.Now.AddMinutes(10) });
        yield return new Exhibit("Approved, a second later", View(home, TripPhase.Approved) with { Now = TripExamples.Now.AddSeconds(1) });
        yield return new Exhibit("WaitingForCustomer, a large fare", View(home) with { Trip = waiting with { Attempts = [waiting.Attempts[0] with { Amount = home.Money(65_000_000) }] } });

        Exhibit Asking(string what, Func<ScreenView, Home, ScreenView> open) => new($"EntryMode.Number, {what}", View(home, TripPhase.AskNumber, open));

        Exhibit Amount(string what, AmountEntry entry) => new($"AmountMode.Keying, {what}", View(home, null, Pending.Amount(entry)));

        Exhibit Menu(string what, Func<ScreenView, Home, ScreenView> open) => new($"the menu, {what}", View(home, null, open));
    }

    private static Func<ScreenView, Home, ScreenView> Detail(bool printed) => (view, at) =>
    {
        var shown = Pending.Of(MenuPage.Detail).Open(view, at);
        return shown with { Menu = shown.Menu! with { Prints = true, Printed = printed }, Car = Well with { Printer = new PrinterStatus(PrinterState.Ready) } };
    };

    private static IEnumerable<Exhibit> OnPaper(Home home)
    {
        var ready = Well with { Printer = new PrinterStatus(PrinterState.Ready) };
        yield return new Exhibit(Code + "offered where it can be printed", View(home, TripPhase.AskNumber) with { Car = ready });
        yield return new Exhibit(Code + "0, not yet confirmed", View(home, TripPhase.AskNumber, Pending.Number(_ => "0")) with { Car = ready });
        yield return Waiting("printed", new PrinterStatus(PrinterState.Ready, SlipState.Printed));
        yield return Waiting("waits to be printed", new PrinterStatus(PrinterState.Ready, SlipState.Waiting));
        yield return Waiting("not printed", new PrinterStatus(PrinterState.Ready, SlipState.Dropped));
        yield return Waiting("no paper", new PrinterStatus(PrinterState.NoPaper, SlipState.Waiting));
        yield return Waiting("the printer is off", new PrinterStatus(PrinterState.Off, SlipState.Waiting));
        yield return Waiting("something else is wrong with the printer", new PrinterStatus(PrinterState.CoverOpen, SlipState.Waiting));

        Exhibit Waiting(string what, PrinterStatus printer)
        {
            var trip = TripExamples.Of(TripPhase.WaitingForCustomer, home);
            trip = trip with { ByCode = true, Phone = null, Attempts = [trip.Attempts[0] with { ByCode = true, Phone = null, Link = "https://qr.vipps.no/payment?token=1" }] };
            return new Exhibit(Code + what, View(home) with { Trip = trip, Car = Well with { Printer = printer } });
        }
    }

    private static ScreenView Down(ScreenView view, int lines) => view with { Menu = view.Menu! with { Top = lines } };

    private static IEnumerable<Exhibit> Troubles(Home home)
    {
        (string Name, CarStatus Car)[] troubles =
        [
            ("no network", Well with { Online = false }),
            ("no line to the meter", Well with { LineOpen = false, MeterHeard = false }),
            ("another meter", Well with { OtherMeter = true }),
            ("meter silent", Well with { MeterHeard = false }),
            ("meter silent, no network", Well with { MeterHeard = false, Online = false }),
            ("keypad gone", Well with { KeypadReady = false }),
            ("ignition off", Well with { Ignition = false }),
            ("store full", Well with { StoreWritable = false }),
            ("not set up", Well with { SetUp = false }),
        ];
        TripPhase?[] shown = [null, TripPhase.AskNumber, TripPhase.WaitingForCustomer, TripPhase.Refused, TripPhase.QuestionApproved, TripPhase.Approved];
        return from trouble in troubles
               from phase in shown
               select new Exhibit($"{phase?.ToString() ?? NoTrip}{Over}{trouble.Name}", View(home, phase) with { Car = trouble.Car });
    }
}
