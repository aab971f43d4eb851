using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Driver.Screens;

/// <summary>Every screen in every language fits every display, and shows what is due.</summary>
public sealed class ScreenSizeTests
{
    private static readonly (int Columns, int Rows)[] s_sizes = [(16, 2), (20, 2), (40, 2), (16, 4), (20, 4)];

    // The largest payment there is, and the longest that a meter may call a trip.
    private static readonly TripState s_long = Large(Examples.Open());

    public static TheoryData<string> Languages => [.. Enum.GetNames<Language>()];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_screen_fits_every_display(string name)
    {
        foreach (var (what, view) in Views())
        {
            foreach (var (columns, rows) in s_sizes)
            {
                var lines = Screen.Of(view, columns, rows, Enum.Parse<Language>(name));
                Assert.Equal(rows, lines.Count);
                Assert.All(lines, line => Assert.True(line.Length <= columns && !line.Any(char.IsControl), $"{what} {columns}x{rows}: '{line}'"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_is_due_is_on_every_screen_of_a_trip(string name)
    {
        foreach (var (what, view) in Views().Where(view => view.View.Trip is { Unpaid: true } && view.View is { Car.StoreWritable: true, Menu: not { Page: MenuPage.RefundSure } }))
        {
            foreach (var (columns, rows) in s_sizes)
            {
                var first = Screen.Of(view, columns, rows, Enum.Parse<Language>(name))[0];
                Assert.True(first.StartsWith("345,00", StringComparison.Ordinal) || first.StartsWith("650000,00", StringComparison.Ordinal), $"{what} {columns}x{rows}: '{first}'");
            }
        }
    }

    [Fact]
    public void Every_phase_is_among_them() =>
        Assert.Empty(Enum.GetValues<TripPhase>().Except(States().Select(state => state.State.PhaseOf(online: true)).Append(TripPhase.WaitingForNetwork).Append(TripPhase.Booked)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wide_display_says_whom_it_asks_and_what_the_keys_do(bool known)
    {
        var state = States().Single(state => state.What == nameof(TripPhase.WaitingForCustomer)).State;
        var lines = Screen.Of(View(known ? state : state with { Phone = null, Attempts = [], Fare = Unknown(state.Fare!) }), 20, 4, Language.English);
        Assert.Equal(
            known ? ["345,00 kr       9:41", "Waiting for **67", "+47 **** **67      1", "*=change  #=menu"] : ["345,00 kr     Phone?", "_       Customer ok?", "Vipps ok?", "*=other way  #=menu"],
            lines);
    }

    [Theory]
    [InlineData(Country.NO, "91234567", "912 34 567")]
    [InlineData(Country.DK, "12345678", "12 34 56 78")]
    [InlineData(Country.SE, "0701234567", "070-123 45 67")]
    [InlineData(Country.FI, "0401234567", "040 123 4567")]
    [InlineData(Country.NO, "0046701234567", "+46701234567")]
    [InlineData(Country.NO, "912", "912")]
    [InlineData(Country.NO, "9123", "912 3")]
    [InlineData(Country.NO, "91234567890", "91234567890")]
    public void A_number_is_grouped_as_people_say_it(Country country, string digits, string grouped) => Assert.Equal(grouped, Numbers.Grouped(digits, country));

    [Theory]
    [InlineData(Currency.NOK, "345,05 kr")]
    [InlineData(Currency.DKK, "345,05 kr")]
    [InlineData(Currency.EUR, "345,05 EUR")]
    public void An_amount_is_in_the_countrys_form(Currency currency, string shown) => Assert.Equal(shown, Amounts.Of(34_505, currency));

    private static ScreenView View(TripState? trip) => new() { Trip = trip, Car = new CarStatus { MeterHeard = true }, Now = Examples.Noon };

    private static IEnumerable<(string What, ScreenView View)> Views()
    {
        var cars = new CarStatus[]
        {
            new() { MeterHeard = true }, new() { MeterHeard = false, Online = false, KeypadReady = false, Ignition = false }, new() { StoreWritable = false, UnderWay = 123_456 },
        };
        Menu[] menus =
        [
            .. Enum.GetValues<MenuPage>().Select(page => new Menu(page) { Offered = [.. Enum.GetValues<MenuPage>()], Trips = [Listed(1, 34_500), Listed(2, 65_000_000), Listed(3, 100)], Unpaid = 100 }),
            new(MenuPage.Paid), new(MenuPage.Main) { Top = 3 }, new(MenuPage.RefundPin) { Wrong = true }, new(MenuPage.RefundPin) { Typed = 8 },
            new(MenuPage.RefundPin) { LockedUntil = Examples.Noon.AddMinutes(5) },
        ];
        foreach (var (what, state) in States().Append(("large", s_long)).Append(("none", new TripState())))
        {
            foreach (var car in cars)
            {
                var view = View(state) with { Car = car };
                yield return (what, view);
                foreach (var menu in menus)
                    yield return ($"{what} under {menu.Page}", view with { Menu = menu });
                if (state.Fare is null)
                    continue;
                foreach (var mode in Enum.GetValues<EntryMode>())
                    yield return ($"{what} {mode}", view with { Entry = new Entry(1, mode) });
                foreach (var digits in (string[])["9", "91234567", "912345678", "00491512345678901", "00999999999999999", "11111111111111111"])
                    yield return ($"{what} {digits}", view with { Entry = new Entry(1, EntryMode.Number) { Digits = digits, TooShort = true }, Brand = "SixteenLettersXX" });
            }
        }

        foreach (var mode in Enum.GetValues<AmountMode>())
        {
            foreach (var fault in Enum.GetValues<AmountFault>())
                yield return ($"amount {mode} {fault}", View(null) with { Amount = new AmountEntry(1) { Mode = mode, Fault = fault, Minor = AmountEntry.Maximum }, Stopped = Examples.Noon });
        }
    }

    private static IEnumerable<(string What, TripState State)> States()
    {
        var open = Examples.Open();
        var live = open.Attempts[0] with { Existence = Existence.Exists, CreateId = null, State = PaymentState.Created, ExpiresAt = Examples.Noon.AddSeconds(581) };
        yield return ("ask", open with { Phone = null, Attempts = [], Fare = Unknown(open.Fare!) });
        yield return ("sending", open);
        yield return (nameof(TripPhase.WaitingForCustomer), open with { Attempts = [live] });
        yield return ("checking", open with { Attempts = [live with { Existence = Existence.Probing, State = PaymentState.None }] });
        yield return ("ending", open with { Attempts = [live with { Withdraw = true }] });
        yield return ("uncertain", open with { Attempts = [live with { Existence = Existence.Uncertain, State = PaymentState.None, Failures = 1, CertainAt = Examples.Noon }] });
        yield return ("uncertain for good", open with { Attempts = [live with { Existence = Existence.Uncertain, State = PaymentState.None, TooOld = true }] });
        yield return ("approved", open with { Attempts = [live with { State = PaymentState.Authorized, Authorized = 34_500 }] });
        yield return ("offer", open with { Attempts = [], OnlyOnRequest = true });
        foreach (var ending in Enum.GetValues<Ending>())
            yield return ($"{ending}", open with { Attempts = [live with { Ending = ending, State = PaymentState.Aborted }] });
        foreach (var question in Enum.GetValues<Question>())
            yield return ($"{question}", open with { Attempts = [live], Question = question });
        yield return ("cash", open with { Attempts = [], Settled = SettledBy.Cash });
        yield return ("void", open with { Attempts = [], Settled = SettledBy.Void });
        yield return ("giving back", open with { Attempts = [live with { State = PaymentState.Authorized, Authorized = 34_500 }], Settled = SettledBy.Void });
        yield return ("held", open with { Held = true });
        yield return ("stopped", open with { Stopped = "impossible" });
        var paid = Examples.Closed();
        yield return ("paid", paid);
        yield return ("refunded", paid with { Word = paid.Word! with { Kind = WordKind.Refunded } });
        yield return ("refund ordered", paid with { RefundTarget = 34_500 });
        var nothing = Examples.Nok(0);
        yield return ("nothing due", new TripState { Trip = open.Trip, Fare = new Fare(open.Trip!, nothing, nothing, nothing, nothing, 0, 0) { Finish = "" } });
    }

    private static MenuTrip Listed(long key, long minor) => new(key, Examples.Nok(minor), new string('7', 64), Examples.Noon, "+47 •••• ••67");

    private static Fare Unknown(Fare fare) => fare with { Phone = null };

    private static TripState Large(TripState state)
    {
        Money most = Examples.Nok(Currencies.MaximumPayment), nothing = Examples.Nok(0);
        var trip = new TripId("meter-7", new string('8', 64), "2026-11-03T11:31:00+01:00");
        return state with { Trip = trip, Fare = new Fare(trip, most, most, nothing, nothing, 0, 0) { Finish = "yesterday" }, Attempts = [state.Attempts[0] with { Amount = most }] };
    }
}
