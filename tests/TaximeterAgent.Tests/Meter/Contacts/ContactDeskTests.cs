using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.Tests.Meter.Contacts;

/// <summary>A meter that says no amount, from its contacts to a paid fare, with the power cut wherever it hurts.</summary>
public sealed class ContactDeskTests
{
    private readonly ContactRig _rig = new();

    [Fact]
    public void The_driver_is_asked_for_the_amount_as_on_a_till_and_confirms_it_once_more()
    {
        Stop();
        Assert.EndsWith(" Amount?|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        var shown = new List<string>();
        foreach (var key in "34500")
        {
            _rig.Press($"{key}");
            shown.Add(_rig.Driver.Shown[1]);
        }

        Assert.Equal(["0,03 kr", "0,34 kr", "3,45 kr", "34,50 kr", "345,00 kr"], shown);
        _rig.Press("#");
        Assert.Equal("345,00 kr|Right? 1=yes", _rig.Shown);
        Assert.Empty(Fares());
        // Enter pressed twice takes nothing.
        _rig.Press("#");
        Assert.Equal("345,00 kr|Right? 1=yes", _rig.Shown);
        _rig.Press("1");
        Assert.Equal("345,00 kr Phone?|_   Customer ok?", _rig.Shown);
        Assert.Equal(34_500, Assert.Single(Fares()).Fare!.Total.MinorUnits);
    }

    [Fact]
    public void The_fare_is_paid_and_closed_although_nobody_can_tell_the_meter()
    {
        Keyed("34500");
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromSeconds(30));

        Assert.Equal("345,00 kr|PAID", _rig.Shown);
        Assert.Equal([OperationKind.Create, OperationKind.Capture], _rig.Service.Calls.Select(call => call.Kind).Where(kind => kind is OperationKind.Create or OperationKind.Capture));
        var state = Assert.Single(Fares());
        Assert.True(state.Word is { Kind: WordKind.Paid, Acknowledged: true });
        Assert.False(state.Busy);
        Assert.Contains("not-told: the meter has no line back: the driver has the result", _rig.History);
        Assert.Empty(_rig.Outbox.LoadOpen());
    }

    [Fact]
    public void A_refusal_is_closed_too_and_the_driver_may_ask_again()
    {
        _rig.Service.Refusing = true;
        Keyed("34500");
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromSeconds(30));
        Assert.StartsWith("345,00 Refused", _rig.Driver.Shown[0].Replace("   ", " "), StringComparison.Ordinal);
        Assert.True(Assert.Single(Fares()).Word is { Kind: WordKind.Unpaid, Acknowledged: true });

        _rig.Service.Refusing = false;
        _rig.Press("1");
        _rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("345,00 kr|PAID", _rig.Shown);
    }

    [Fact]
    public void A_result_that_a_meter_with_a_line_never_took_is_closed_once_it_is_gone()
    {
        var paid = Outbox.Examples.Closed() with { Word = new Word(1, WordKind.Paid, Outbox.Examples.Reference()) { Amount = 34_500 } };
        _rig.Outbox.Commit(new OutboxBatch { Sync = true, Trips = { [_rig.Outbox.NextKey()] = paid } });
        _rig.Crash();
        Assert.Empty(_rig.Outbox.LoadOpen());
    }

    [Fact]
    public void The_question_is_asked_again_after_a_power_cut_and_what_was_keyed_is_not_taken_for_confirmed()
    {
        Stop();
        _rig.Press("345");
        _rig.Crash();
        Assert.EndsWith(" Amount?|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("34500#");
        _rig.Crash();
        Assert.EndsWith(" Amount?|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        Assert.Empty(Fares());
    }

    [Fact]
    public void A_fare_that_is_shown_as_taken_survives_a_power_cut_and_is_not_asked_for_twice()
    {
        Keyed("34500");
        _rig.Crash();
        Assert.Equal("345,00 kr Phone?|_   Customer ok?", _rig.Shown);
        Assert.Single(Fares());
        _rig.Levels("S", seamless: false);
        Assert.Equal("345,00 kr Phone?|_   Customer ok?", _rig.Shown);
        Assert.Single(Fares());
    }

    [Fact]
    public void A_trip_that_began_before_a_power_cut_keeps_its_name()
    {
        _rig.Levels("", seamless: false);
        _rig.Play("H");
        _rig.Crash();
        _rig.Levels("S", seamless: false);
        _rig.Press("34500#1");
        var trip = Assert.Single(Fares()).Trip!;
        Assert.Equal("M-88", trip.Meter);
        Assert.StartsWith("1-", trip.Trip, StringComparison.Ordinal);
        Assert.Equal("1970-01-01T00:03:00Z", trip.Start);
    }

    [Fact]
    public void Trips_of_a_store_that_was_lost_and_of_the_next_are_never_the_same()
    {
        Keyed("34500");
        var other = new ContactRig();
        other.Levels("", seamless: false);
        other.Play("H", "S");
        other.Press("34500#1");
        Assert.NotEqual(Fares()[0].Trip, other.Outbox.LoadOpen()[0].State.Trip);
    }

    [Theory]
    [InlineData("99", "Too little")]
    [InlineData("65000001", "Too much")]
    [InlineData("", "Too little")]
    public void An_amount_that_no_payment_can_be_made_of_is_not_taken(string digits, string fault)
    {
        Stop();
        _rig.Press(digits + "#");
        Assert.EndsWith($" Amount?|{fault}", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("1");
        Assert.Empty(Fares());
    }

    [Fact]
    public void No_more_digits_are_taken_than_a_fare_can_have()
    {
        Stop();
        _rig.Press("9999999999");
        Assert.EndsWith("|9999999,99 kr", _rig.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_is_taken_back()
    {
        Stop();
        _rig.Press("345<");
        Assert.EndsWith("|0,34 kr", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("*");
        Assert.EndsWith("|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("34500#<");
        Assert.EndsWith(" Amount?|345,00 kr", _rig.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trip_without_an_amount_is_let_go_only_when_the_driver_says_so_twice()
    {
        Stop();
        _rig.Press("*");
        Assert.EndsWith(" Amount?|No fare? 1=yes", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("2");
        Assert.EndsWith("|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("*1");
        Assert.Equal("Ready|", _rig.Shown);
        Assert.Contains(_rig.History, line => line.StartsWith("no-amount: ", StringComparison.Ordinal));
        _rig.Crash();
        Assert.Equal("Ready|", _rig.Shown);
    }

    [Fact]
    public void Paid_at_the_meter_takes_the_question_away_even_while_it_is_keyed()
    {
        Stop();
        _rig.Press("34500#");
        _rig.Levels("SP");
        Assert.Equal("Ready|", _rig.Shown);
        _rig.Press("1");
        Assert.Empty(Fares());
        Assert.Contains(_rig.History, line => line.StartsWith("paid: trip M-88/1-", StringComparison.Ordinal) && line.EndsWith("no amount was keyed", StringComparison.Ordinal));
        _rig.Crash();
        Assert.Equal("Ready|", _rig.Shown);
    }

    [Fact]
    public void Paid_at_the_meter_cancels_no_payment_that_is_under_way()
    {
        _rig.Service.Undecided = true;
        Keyed("34500");
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromSeconds(10));
        _rig.Levels("SP");
        _rig.Pass(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(_rig.Service.Calls, call => call.Kind is OperationKind.Cancel or OperationKind.CancelUnapproved);
        _rig.Service.Undecided = false;
        _rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal("345,00 kr|PAID", _rig.Shown);
    }

    [Fact]
    public void The_next_trip_is_asked_for_first_and_the_one_before_can_be_turned_to()
    {
        Stop();
        _rig.Play("", "H", "S");
        _rig.Press("20000#1");
        Assert.Equal("200,00 kr Phone?|_   Customer ok?", _rig.Shown);
        _rig.Press("+");
        Assert.EndsWith(" Amount?|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("10000#1");
        Assert.Equal("100,00 kr Phone?|_   Customer ok?", _rig.Shown);
        Assert.Equal([20_000, 10_000], Fares().Select(fare => fare.Fare!.Total.MinorUnits));
    }

    [Fact]
    public void Hired_clears_the_last_result_from_the_display()
    {
        Keyed("34500");
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromSeconds(30));
        _rig.Play("", "H");
        Assert.Equal("Ready|", _rig.Shown);
    }

    [Fact]
    public void What_the_contacts_do_while_the_store_is_full_is_asked_for_when_there_is_room()
    {
        _rig.Levels("", seamless: false);
        _rig.Play("H");
        _rig.Outbox.NoRoom(true);
        _rig.Play("S");
        _rig.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("STORE FULL|Pay another way", _rig.Shown);
        _rig.Play("");
        _rig.Outbox.NoRoom(false);
        _rig.Pass(TimeSpan.FromSeconds(20));
        Assert.EndsWith(" Amount?|0,00 kr", _rig.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_that_could_not_be_stored_is_asked_for_again()
    {
        Stop();
        _rig.Press("34500#");
        _rig.Outbox.NoRoom(true);
        _rig.Press("1");
        _rig.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal("STORE FULL|Pay another way", _rig.Shown);
        _rig.Outbox.NoRoom(false);
        _rig.Pass(TimeSpan.FromSeconds(20));
        Assert.EndsWith(" Amount?|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        Assert.Empty(Fares());
    }

    [Fact]
    public void A_stored_state_that_cannot_be_read_begins_anew_and_says_so()
    {
        _rig.Outbox.Commit(new OutboxBatch { Sync = true, Settings = { ["contact-meter"] = "{" } });
        _rig.Crash();
        _rig.Levels("S", seamless: false);
        Assert.EndsWith(" Amount?|0,00 kr", _rig.Shown, StringComparison.Ordinal);
        Assert.Contains(_rig.History, line => line.StartsWith("contacts: ", StringComparison.Ordinal));
    }

    private void Stop()
    {
        _rig.Levels("", seamless: false);
        _rig.Play("H", "S");
    }

    private void Keyed(string digits)
    {
        Stop();
        _rig.Press(digits + "#1");
    }

    private List<TripState> Fares() =>
        [.. Enumerable.Range(1, 20).Select(key => _rig.Outbox.Load(key)?.State).OfType<TripState>().Where(state => state.Fare is not null)];
}
