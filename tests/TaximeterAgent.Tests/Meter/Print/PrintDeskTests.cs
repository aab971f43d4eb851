using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Meter.Print.Desk;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Meter.Contacts;

namespace TaximeterAgent.Tests.Meter.Print;

/// <summary>From a print to a fare, or to a question: the real engine and the driver's desk, over a store that can crash.</summary>
public sealed class PrintDeskTests
{
    private readonly ContactRig _rig = new(prints: new PrintOptions("P-88", Currency.NOK, Samples.Template("narrow-nb"), TimeSpan.FromSeconds(3), 1_200));

    [Fact]
    public void A_receipt_is_a_fare_and_the_driver_is_asked_for_the_number_as_ever()
    {
        Print("narrow-nb/supplement");
        _rig.Pass(TimeSpan.FromSeconds(5));

        Assert.StartsWith("345,00 kr Phone?", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("91234567#");
        _rig.Pass(TimeSpan.FromMinutes(1));
        Assert.StartsWith("345,00 kr|PAID", _rig.Shown, StringComparison.Ordinal);
        Assert.Equal(34_500, Assert.Single(Captures()));
        var state = Assert.Single(Trips).State;
        Assert.Equal("P-88/4736/2026-11-21T02:53:00", state.Trip!.ToString());
        Assert.Equal((31_000, 3_500, 1_200, 12_400), (state.Fare!.FareAmount.MinorUnits, state.Fare.Supplements.MinorUnits, state.Fare.Vat, state.Fare.Distance));
        // There is no way to tell the meter: nothing is left to be told.
        Assert.Contains(_rig.History, line => line.StartsWith("not-told", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_receipt_again_or_a_copy_of_it_is_no_second_fare()
    {
        Print("narrow-nb/supplement");
        Print("narrow-nb/supplement");
        Print("narrow-nb/copy");

        Assert.Single(Trips);
        Assert.Empty(_rig.Engine.Prints!.Waiting);
        Assert.Equal(2, _rig.Engine.Prints.Tally.Repeats);
        _rig.Crash();
        Print("narrow-nb/supplement");
        Assert.Single(Trips);
    }

    [Fact]
    public void Another_receipt_of_a_known_trip_does_not_change_what_is_due()
    {
        Print("narrow-nb/supplement");
        Print(Changed("narrow-nb/supplement", ("310,00", "320,00"), ("345,00", "355,00"), ("36,96", "38,04")));

        Assert.Equal(34_500, Assert.Single(Trips).State.Fare!.Total.MinorUnits);
        Assert.Contains(_rig.History, line => line.Contains("the first stands", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_trips_that_were_over_at_the_same_time_are_a_question()
    {
        Print("narrow-nb/supplement");
        Print(Changed("narrow-nb/supplement", ("4736", "4739")));

        Assert.Single(Trips);
        Assert.Equal(34_500, Assert.Single(_rig.Engine.Prints!.Waiting).Read);
    }

    [Fact]
    public void A_print_in_doubt_is_shown_and_nothing_is_charged_until_the_driver_says_so()
    {
        Print("narrow-nb/sum-wrong");
        Assert.Matches(@"^\d\d:\d\d Receipt\?\|340,00 kr", _rig.Shown);
        Assert.Empty(Trips);
        _rig.Pass(TimeSpan.FromHours(1));
        Assert.Empty(_rig.Service.Calls);

        // What was read is a proposal: the driver keys what the paper says.
        _rig.Press("34500");
        Assert.Contains("345,00 kr", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("#1");
        _rig.Pass(TimeSpan.FromSeconds(1));
        Assert.StartsWith("345,00 kr Phone?", _rig.Shown, StringComparison.Ordinal);
        Assert.Equal(34_500, Assert.Single(Trips).State.Fare!.Total.MinorUnits);
        // It was printed once more: known.
        Print("narrow-nb/supplement");
        Assert.Single(Trips);
    }

    [Fact]
    public void What_was_read_is_confirmed_by_two_keys_and_dismissed_by_two()
    {
        Print("narrow-nb/torn");
        _rig.Press("#");
        Assert.StartsWith("345,00 kr|Right? 1=yes", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("1");
        Assert.Equal(34_500, Assert.Single(Trips).State.Fare!.Total.MinorUnits);

        Print("narrow-nb/no-total");
        Assert.Empty(_rig.Engine.Prints!.Waiting); // of the same trip
        Print(Changed("narrow-nb/no-total", ("4736", "4740"), ("03:17", "03:44")));
        Assert.Contains("0,00 kr", _rig.Shown, StringComparison.Ordinal);
        _rig.Press("*1");
        Assert.Single(Trips);
        Assert.Empty(_rig.Engine.Prints.Waiting);
    }

    [Fact]
    public void The_question_is_asked_again_after_a_power_cut()
    {
        Print("narrow-nb/two-totals");
        _rig.Crash();

        Assert.Matches(@"^\d\d:\d\d Receipt\?\|0,00 kr", _rig.Shown);
        Print("narrow-nb/two-totals");
        Assert.Single(_rig.Engine.Prints!.Waiting);
    }

    [Fact]
    public void A_receipt_that_is_printed_anew_after_a_torn_one_answers_the_question()
    {
        Print("narrow-nb/torn");
        Assert.Single(_rig.Engine.Prints!.Waiting);
        Print("narrow-nb/supplement");

        Assert.Empty(_rig.Engine.Prints.Waiting);
        Assert.Equal(34_500, Assert.Single(Trips).State.Fare!.Total.MinorUnits);
    }

    [Fact]
    public void A_copy_of_a_receipt_that_nobody_has_heard_is_a_question()
    {
        Print("narrow-nb/copy");

        Assert.Matches(@"^\d\d:\d\d Copy\?\|345,00 kr", _rig.Shown);
        Assert.Empty(Trips);
    }

    [Fact]
    public void A_report_is_noted_and_asks_for_nothing()
    {
        Print("narrow-nb/report");

        Assert.Empty(Trips);
        Assert.Empty(_rig.Engine.Prints!.Waiting);
        Assert.Contains(_rig.History, line => line.StartsWith("report", StringComparison.Ordinal));
    }

    [Fact]
    public void A_print_without_a_cut_is_over_when_the_line_is_quiet()
    {
        Feed(Samples.Bytes("narrow-nb/supplement")[..^4]);
        _rig.Pass(TimeSpan.FromSeconds(2));
        Assert.Empty(Trips);
        _rig.Pass(TimeSpan.FromSeconds(2));
        Assert.Single(Trips);
    }

    [Fact]
    public void Byte_by_byte_is_the_same_receipt_and_what_comes_too_late_is_another()
    {
        foreach (var value in Samples.Bytes("narrow-nb/supplement"))
        {
            Feed([value]);
            _rig.Pass(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(34_500, Assert.Single(Trips).State.Fare!.Total.MinorUnits);
        var bytes = Changed("narrow-nb/supplement", ("4736", "4741"), ("03:17", "03:50"));
        Feed(bytes[..150]);
        _rig.Pass(TimeSpan.FromSeconds(4));
        Feed(bytes[150..]);
        _rig.Pass(TimeSpan.FromSeconds(4));
        Assert.Single(Trips);
        Assert.Equal(2, _rig.Engine.Prints!.Waiting.Count());
    }

    [Fact]
    public void Bytes_that_were_lost_on_the_way_make_it_a_question()
    {
        Feed(Samples.Bytes("narrow-nb/supplement")[..100]);
        _rig.Do(_rig.Engine.Prints!.Lost);
        Feed(Samples.Bytes("narrow-nb/supplement")[100..]);

        Assert.Empty(Trips);
        Assert.Single(_rig.Engine.Prints.Waiting);
    }

    [Fact]
    public void What_was_printed_while_the_store_was_full_is_taken_when_it_has_room()
    {
        _rig.Outbox.NoRoom(true);
        Print("narrow-nb/supplement");
        Print(Changed("narrow-nb/supplement", ("4736", "4742"), ("03:17", "03:55")));
        Assert.Empty(Trips);
        _rig.Outbox.NoRoom(false);
        _rig.Pass(TimeSpan.FromSeconds(30));

        Assert.Equal(2, Trips.Count());
    }

    [Fact]
    public void Questions_are_bounded_and_what_is_let_go_is_said()
    {
        for (var trip = 0; trip < PrintDesk.AskedMaximum + 2; trip++)
            Print(Changed("narrow-nb/no-total", ("4736", $"{5000 + trip}"), ("03:17", $"04:{trip:00}")));

        Assert.Equal(PrintDesk.AskedMaximum, _rig.Engine.Prints!.Waiting.Count());
        Assert.Equal(2, _rig.History.Count(line => line.StartsWith("let-go", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_the_simulator_s_meter_prints_is_read_as_it_means_it()
    {
        var ride = new PrintedRide("4736", new DateTime(2026, 11, 21, 2, 53, 0), new DateTime(2026, 11, 21, 3, 17, 0), 131_000, 3_500);
        var rig = new ContactRig(prints: new PrintOptions("P-88", Currency.NOK, Samples.Template("narrow-en"), TimeSpan.FromSeconds(3), 1_200));
        Print(ReceiptPaper.Bytes(ride, PrintFault.None, null), rig);

        var state = Assert.Single(rig.Outbox.LoadOpen()).State;
        Assert.Equal((ride.Total, ride.Key("P-88").ToString()), (state.Fare!.Total.MinorUnits, state.Trip!.ToString()));
        foreach (var fault in new[] { PrintFault.Torn, PrintFault.Interleaved })
            Print(ReceiptPaper.Bytes(ride with { Trip = $"5{(int)fault}", Finish = ride.Finish.AddHours(1) }, fault, ride with { Trip = "4740", Finish = ride.Finish.AddHours(2) }), rig);
        Assert.Single(rig.Outbox.LoadOpen());
        Assert.Equal(2, rig.Engine.Prints!.Waiting.Count());
    }

    [Fact]
    public void A_meter_without_trip_numbers_is_known_by_its_finish_and_the_receipt_itself()
    {
        var rig = new ContactRig(prints: new PrintOptions("P-9", Currency.EUR, Samples.Template("compact-en"), TimeSpan.FromSeconds(3), 1_000));
        Print("compact-en/plain", rig);
        Print("compact-en/plain", rig);
        Print("compact-en/duplicate", rig);

        var state = Assert.Single(rig.Outbox.LoadOpen()).State;
        Assert.Matches("^P-9/r-[0-9a-f]{16}/2026-11-21T11:32:00$", state.Trip!.ToString());
        Assert.Equal(1_000, state.Fare!.Vat);
        Assert.Empty(rig.Engine.Prints!.Waiting);
    }

    // A trip that is paid is not open any more, so that all are loaded by their keys.
    private IEnumerable<TaximeterAgent.Core.Ports.StoredTrip> Trips =>
        Enumerable.Range(1, 40).Select(key => _rig.Outbox.Load(key)).OfType<TaximeterAgent.Core.Ports.StoredTrip>();

    private void Print(string sample, ContactRig? rig = null) => Print(Samples.Bytes(sample), rig);

    // The meter is quiet before and behind it.
    private void Print(byte[] bytes, ContactRig? rig = null)
    {
        Feed(bytes, rig);
        (rig ?? _rig).Pass(TimeSpan.FromSeconds(4));
    }

    private void Feed(byte[] bytes, ContactRig? rig = null) => (rig ?? _rig).Do(() => (rig ?? _rig).Engine.Prints!.Receive(bytes));

    private static byte[] Changed(string sample, params (string From, string To)[] changes)
    {
        var text = Encoding.Latin1.GetString(Samples.Bytes(sample));
        foreach (var (from, to) in changes)
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }

        return Encoding.Latin1.GetBytes(text);
    }

    private IEnumerable<long> Captures() => _rig.Service.Calls.Where(call => call.Kind == OperationKind.Capture).Select(call => call.Amount!.Value);
}
