using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Driver.Screens;

public class ScreenTests
{
    [Theory]
    [InlineData(Ending.Aborted, "Refused")]
    [InlineData(Ending.Expired, "No answer")]
    [InlineData(Ending.Rejected, "Not asked")]
    [InlineData(Ending.Offline, "Not sent")]
    [InlineData(Ending.Cancelled, "Ended")]
    public void What_came_of_a_request_stands_whole_beside_the_amount(Ending ending, string word)
    {
        var lines = Lines(ending);

        Assert.StartsWith("345,00", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(" " + word, lines[0], StringComparison.Ordinal);
        Assert.Equal("1Agn 2Phone 3Oth", lines[1]);
    }

    [Fact]
    public void A_line_has_sixteen_characters_at_most()
    {
        foreach (var ending in Enum.GetValues<Ending>())
            Assert.All(Lines(ending), line => Assert.InRange(line.Length, 0, 16));
    }

    [Fact]
    public void Without_network_the_number_is_asked_for_although_an_earlier_store_may_have_asked() =>
        Assert.Equal(TripPhase.AskNumber, (Probed() with { Phone = null }).PhaseOf(online: false));

    [Fact]
    public void A_number_that_is_known_waits_for_the_network_and_for_what_an_earlier_store_may_have_asked() =>
        Assert.Equal(TripPhase.WaitingForNetwork, Probed().PhaseOf(online: false));

    [Fact]
    public void A_request_that_waited_too_long_is_offered_although_an_earlier_store_may_have_asked() =>
        Assert.Equal(TripPhase.Offer, (Probed() with { OnlyOnRequest = true }).PhaseOf(online: false));

    [Fact]
    public void With_network_it_says_that_it_looks_for_what_an_earlier_store_may_have_asked() =>
        Assert.Equal(TripPhase.Checking, (Probed() with { Phone = null }).PhaseOf(online: true));

    [Fact]
    public void A_keypad_that_is_gone_stands_in_place_of_every_question_and_of_nothing_else()
    {
        var gone = new CarStatus { MeterHeard = true, KeypadReady = false };
        Assert.Equal(["Ready", "Keypad is gone"], Show(null, null, gone));
        Assert.Equal(["Ready", "Meter is silent"], Show(null, null, gone with { MeterHeard = false }));
        var asked = Examples.Open() with { Phone = null, Attempts = [] };
        Assert.Equal(["345,00 kr Phone?", "Keypad is gone"], Show(asked, null, gone));
        Assert.Equal(["345,00 kr Phone?", "Keypad is gone"], Show(asked, new Entry(1, EntryMode.Number) { Digits = "912" }, gone));
        Assert.Equal("Keypad is gone", Refused(gone)[1]);
        Assert.Equal("1Agn 2Phone 3Oth", Refused(gone with { KeypadReady = true })[1]);
        var waiting = Examples.Open();
        Assert.Equal(TripPhase.WaitingForCustomer, (waiting with { Attempts = [waiting.Attempts[0] with { Existence = Existence.Exists }] }).PhaseOf(online: true));
        Assert.StartsWith(
            "Waiting", Show(waiting with { Attempts = [waiting.Attempts[0] with { Existence = Existence.Exists }] }, null, gone)[1], StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Show(TripState? trip, Entry? entry, CarStatus car) =>
        Screen.Of(new ScreenView { Trip = trip, Entry = entry, Car = car, Country = Country.NO }, 16, 2, Language.English);

    private static IReadOnlyList<string> Refused(CarStatus car)
    {
        var state = Examples.Open();
        state = state with { Attempts = [state.Attempts[0] with { Existence = Existence.Exists, Ending = Ending.Aborted, State = PaymentState.Aborted }] };
        return Show(state, null, car);
    }

    [Theory]
    [InlineData(false, false, true, true, "No meter line")]
    [InlineData(false, true, true, true, "No meter line")]
    [InlineData(true, true, true, true, "WRONG METER")]
    [InlineData(true, false, false, false, "Meter is silent")]
    [InlineData(true, false, true, false, "No network")]
    [InlineData(true, false, true, true, "")]
    public void Between_trips_it_says_what_keeps_the_next_fare_from_being_paid(bool lineOpen, bool otherMeter, bool heard, bool online, string words) => Assert.Equal(
        ["Ready", words],
        Show(null, null, new CarStatus { LineOpen = lineOpen, OtherMeter = otherMeter, MeterHeard = heard, Online = online }));

    private static TripState Probed() => Examples.Open() with { Attempts = [Examples.Attempt() with { Existence = Existence.Probing, Phone = null, CreateId = null }] };

    private static IReadOnlyList<string> Lines(Ending ending)
    {
        var state = Examples.Open();
        state = state with { Attempts = [state.Attempts[0] with { Existence = Existence.Exists, Ending = ending, State = PaymentState.Aborted }] };
        return Show(state, null, new CarStatus { MeterHeard = true });
    }
}
