using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public sealed class MeterTests : IDisposable
{
    private static readonly TripKey Trip = new("NO-4711", "1042", "2026-11-20T09:36:00Z");
    private static readonly TripFare Fare = new(Trip, 34_500, "NOK") { Fare = 31_000, Supplement = 3_500, Finish = "2026-11-20T10:00:00Z" };

    private readonly ManualTime _time = new();
    private readonly TestLine _line = new();
    private Meter _meter;

    public MeterTests() => _meter = new Meter(_line, new MeterOptions(), _time);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void A_meter_that_is_switched_on_says_HELLO_and_after_its_answer_the_position()
    {
        _meter.SwitchOn();
        Assert.Equal("HELLO|0|proto=1|meter=NO-4711|model=SIM-1|fw=1.0", _line.Last);
        _line.Answer();
        Assert.StartsWith("POS|1|meter=NO-4711|pos=FORHIRE|time=2026-11-20T10:00:00Z", _line.Last);
        _line.Answer();
        Assert.Equal(2, _line.Sent.Count);
    }

    [Fact]
    public void One_message_waits_for_its_answer_before_the_next_is_said()
    {
        Ready();
        _meter.Stopped();
        _meter.Finish(Fare);
        Assert.StartsWith("POS", _line.Last);
        _line.Answer();
        Assert.StartsWith("FARE", _line.Last);
    }

    [Fact]
    public void A_FARE_has_every_key_of_the_protocol()
    {
        Ready();
        _meter.Finish(Fare with { Tip = 0, Phone = "91234567", Booking = "B|7", SupplementVat = 2500 });
        Assert.Equal(
            "FARE|2|meter=NO-4711|trip=1042|start=2026-11-20T09:36:00Z|finish=2026-11-20T10:00:00Z|total=34500|fare=31000|suppl=3500|cur=NOK|vat=1200"
            + "|supplvat=2500|dist=12400|tariff=2|phone=91234567|booking=B%7C7",
            _line.Last);
    }

    [Fact]
    public void An_unanswered_frame_is_sent_ten_times_a_second_apart_then_after_a_pause_again_with_the_same_bytes()
    {
        Ready();
        _line.Sent.Clear();
        _meter.Finish(Fare);
        _time.Pass(TimeSpan.FromSeconds(9));
        Assert.Equal(10, _line.Sent.Count);
        _time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(10, _line.Sent.Count);
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(11, _line.Sent.Count);
        Assert.Single(_line.Payloads.Distinct());
    }

    [Fact]
    public void A_position_that_nobody_answers_is_given_up_after_ten_tries()
    {
        Ready();
        _meter.Hired();
        _time.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(10, _line.Payloads.Count(payload => payload.Contains("HIRED", StringComparison.Ordinal)));
        Assert.StartsWith("PING", _line.Last);
    }

    [Fact]
    public void PING_comes_every_ten_seconds()
    {
        Ready();
        for (int times = 1; times <= 3; times++)
        {
            _time.Pass(TimeSpan.FromSeconds(10));
            Assert.Equal(times, _line.Payloads.Count(payload => payload.StartsWith("PING", StringComparison.Ordinal)));
            _line.Answer();
        }
    }

    [Fact]
    public void An_acknowledged_fare_is_recorded_and_not_said_again()
    {
        Ready();
        _meter.Finish(Fare);
        Assert.Empty(_meter.Acknowledged);
        Assert.True(_meter.HasUnanswered);
        _line.Answer();
        Assert.Equal(Trip, Assert.Single(_meter.Acknowledged).Key);
        int sent = _line.Sent.Count;
        _time.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(sent, _line.Sent.Count);
        Assert.False(_meter.HasUnanswered);
    }

    [Fact]
    public void A_refused_fare_is_not_recorded_and_not_said_again()
    {
        Ready();
        _meter.Finish(Fare);
        _line.Answer("field:cur");
        Assert.Empty(_meter.Acknowledged);
        Assert.False(_meter.HasUnanswered);
        Assert.Equal("field:cur", _meter.Answers[^1].Reason);
        Assert.Empty(_meter.Violations);
    }

    [Fact]
    public void VOID_of_a_trip_and_of_a_booking_are_recorded_when_acknowledged()
    {
        Ready();
        _meter.Void(Trip, "cash");
        Assert.Equal("VOID|2|meter=NO-4711|trip=1042|start=2026-11-20T09:36:00Z|reason=cash", _line.Last);
        _line.Answer();
        _meter.VoidBooking("B7");
        Assert.Equal("VOID|3|booking=B7", _line.Last);
        _line.Answer();
        Assert.Equal([Trip, null], _meter.Voided.Select(voided => voided.Key));
        Assert.Equal("B7", _meter.Voided[1].Booking);
    }

    [Fact]
    public void BOOK_names_the_customer_and_the_maximum()
    {
        Ready();
        _meter.Book("B7", "+47 912 34 567", "NOK", 60_000);
        Assert.Equal("BOOK|2|booking=B7|phone=+47 912 34 567|cur=NOK|max=60000", _line.Last);
    }

    [Fact]
    public void The_agents_HELLO_is_answered_and_brings_HELLO_the_position_and_all_that_is_unanswered()
    {
        Ready();
        _meter.Finish(Fare);
        string fare = _line.Last;
        _line.Sent.Clear();
        _line.Say("HELLO|500|proto=1|agent=taximeter-agent|ver=0.1.0");
        _line.AnswerAll();
        Assert.Equal(["ACK", "HELLO", "POS", "FARE"], _line.Payloads.Select(payload => payload.Split('|')[0]));
        Assert.Equal(fare, _line.Last);
        Assert.Equal(1, _meter.AgentHellos);
    }

    [Fact]
    public void After_a_restart_SEQ_starts_again_and_what_is_kept_is_said_under_a_new_one()
    {
        Ready();
        _meter.Finish(Fare);
        _line.Sent.Clear();
        _meter.Restart(65_535);
        _line.AnswerAll();
        Assert.Equal(["HELLO|65535", "POS|0", "FARE|1"], _line.Payloads.Select(payload => string.Join('|', payload.Split('|').Take(2))));
    }

    [Fact]
    public void With_three_copies_every_frame_is_sent_three_times_answers_too()
    {
        Replace(new MeterOptions { Copies = 3 });
        _meter.SwitchOn();
        Assert.Equal(3, _line.Sent.Count);
        _line.Sent.Clear();
        _line.Say("HELLO|500|proto=1|agent=a|ver=1");
        Assert.Equal(3, _line.Payloads.Count(payload => payload.StartsWith("ACK|500", StringComparison.Ordinal)));
    }

    [Fact]
    public void Copies_that_are_all_answered_are_no_violation()
    {
        Replace(new MeterOptions { Copies = 3 });
        _meter.SwitchOn();
        (string payload, string crc) = _line.Sent[0];
        for (int answer = 0; answer < 3; answer++)
            _line.Say($"ACK|{payload.Split('|')[1]}|of={crc}");
        Assert.Empty(_meter.Violations);
    }

    [Fact]
    public void A_mangled_frame_reaches_the_agent_damaged()
    {
        _meter.Mangle = LineFaults.FlipBit;
        _meter.SwitchOn();
        Assert.Empty(_line.Sent);
        Assert.Single(_line.Damaged);
        _meter.Mangle = LineFaults.Cut;
        _time.Pass(TimeSpan.FromSeconds(1));
        _meter.Mangle = LineFaults.NoiseBefore;
        _time.Pass(TimeSpan.FromSeconds(1));
        Assert.StartsWith("HELLO|0", Assert.Single(_line.Payloads));
    }

    [Fact]
    public void PAID_is_acknowledged_and_recorded_once_however_often_it_comes()
    {
        Acknowledged();
        _line.Say(Paid(7));
        Assert.StartsWith("ACK|7|of=", _line.Last);
        _line.Say(Paid(8));
        Assert.StartsWith("ACK|8|of=", _line.Last);
        PaidResult paid = Assert.Single(_meter.Paid);
        Assert.Equal((Trip, 34_500, "taxi-1"), (paid.Key, paid.Amount, paid.Ref));
        Assert.Empty(_meter.Violations);
    }

    [Fact]
    public void UNPAID_then_a_new_request_then_PAID_then_REFUNDED_are_recorded()
    {
        Acknowledged();
        _line.Say($"UNPAID|1|{TripKeys}|ref=r1|paid=0|due=34500|reason=aborted");
        _line.Say(Paid(2, reference: "r2"));
        _line.Say($"REFUNDED|3|{TripKeys}|ref=r3|amount=10000");
        Assert.Equal("aborted", Assert.Single(_meter.Unpaid).Reason);
        Assert.Equal(10_000, Assert.Single(_meter.Refunded).Amount);
        Assert.Empty(_meter.Violations);
    }

    [Theory]
    [InlineData(10_000, "after 10000 in all")]
    [InlineData(5_000, "after 10000 in all")]
    [InlineData(34_501, "more than the total")]
    public void REFUNDED_that_is_no_growing_total_is_a_violation(long second, string finding)
    {
        Acknowledged();
        _line.Say(Paid(2));
        _line.Say($"REFUNDED|3|{TripKeys}|ref=r3|amount=10000");
        Assert.Empty(_meter.Violations);
        _line.Say($"REFUNDED|4|{TripKeys}|ref=r4|amount={second}");
        Assert.Contains(finding, Assert.Single(_meter.Violations));
    }

    [Fact]
    public void A_deaf_meter_hears_no_answer_and_says_its_fare_again()
    {
        Ready();
        _meter.Deaf = true;
        _meter.Finish(Fare);
        _line.AnswerAll();
        Assert.Empty(_meter.Acknowledged);
        Assert.True(_meter.HasUnanswered);
        _meter.Deaf = false;
        _line.AnswerAll();
        Assert.Single(_meter.Acknowledged);
    }

    [Fact]
    public void A_result_that_the_meter_does_not_hear_is_neither_recorded_nor_answered()
    {
        Acknowledged();
        _meter.IgnoreResults(1);
        int sent = _line.Sent.Count;
        _line.Say(Paid(7));
        Assert.Equal(sent, _line.Sent.Count);
        Assert.Empty(_meter.Paid);
        _line.Say(Paid(7));
        Assert.Single(_meter.Paid);
    }

    [Theory]
    [InlineData("PAID|1|meter=NO-4711|trip=9|start=x|amount=34500|cur=NOK|ref=r|method=wallet", "trip")]
    [InlineData("PAID|1|meter=NO-1|trip=1042|start=2026-11-20T09:36:00Z|amount=34500|cur=NOK|ref=r|method=wallet", "field:meter")]
    [InlineData("PAID|1|{trip}|amount=34500|cur=NOK|method=wallet", "field:ref")]
    [InlineData("PAID|1|{trip}|amount=034500|cur=NOK|ref=r|method=wallet", "field:amount")]
    [InlineData("PAID|1|{trip}|amount=34500|cur=DKK|ref=r|method=wallet", "field:cur")]
    [InlineData("PAID|1|{trip}|amount=34500|cur=NOK|ref=r|method=card", "field:method")]
    [InlineData("UNPAID|1|{trip}|ref=r|paid=x|due=34500|reason=aborted", "field:paid")]
    [InlineData("UNPAID|1|{trip}|ref=r|paid=0|due=x|reason=aborted", "field:due")]
    [InlineData("UNPAID|1|{trip}|ref=r|paid=0|due=34500|reason=tired", "field:reason")]
    [InlineData("REFUNDED|1|{trip}|ref=r|amount=0", "field:amount")]
    [InlineData("FARE|1|{trip}", "type")]
    public void What_the_agent_must_not_say_is_refused_and_a_violation(string payload, string reason)
    {
        Acknowledged();
        _line.Say(payload.Replace("{trip}", TripKeys, StringComparison.Ordinal));
        Assert.EndsWith("|reason=" + reason, _line.Last);
        Assert.NotEmpty(_meter.Violations);
        Assert.Empty(_meter.Paid);
        Assert.Empty(_meter.Unpaid);
    }

    [Theory]
    [InlineData("PAID|1|{trip}|amount=34400|cur=NOK|ref=r|method=wallet", "not the total")]
    [InlineData("PAID|1|{trip}|amount=34500|cur=NOK|ref=r|method=wallet|tip=5", "key 'tip'")]
    [InlineData("UNPAID|1|{trip}|ref=r|paid=0|due=100|reason=aborted", "are not the total")]
    [InlineData("UNPAID|1|{trip}|ref=r|paid=34500|due=0|reason=aborted", "nothing is due")]
    [InlineData("REFUNDED|1|{trip}|ref=r|amount=100", "never said to be paid")]
    [InlineData("HELLO|1|proto=2|agent=a|ver=1", "proto")]
    [InlineData("HELLO|1|proto=1|agent=a", "key 'ver' is missing")]
    [InlineData("PAID|1|a=1|a=2", "given twice")]
    [InlineData("ACK|9|of=00000000", "no such frame")]
    [InlineData("ACK|9|of=cbf43926", "upper-case")]
    [InlineData("NAK|9|of=00000000|reason=mood", "none of the protocol's")]
    [InlineData("ACK|9|of=00000000|reason=type", "does not belong")]
    public void What_the_meter_can_take_but_an_agent_must_not_say_is_a_violation(string payload, string violation)
    {
        Acknowledged();
        _line.Say(payload.Replace("{trip}", TripKeys, StringComparison.Ordinal));
        Assert.Contains(_meter.Violations, found => found.Contains(violation, StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_PAID_under_another_ref_is_a_violation()
    {
        Acknowledged();
        _line.Say(Paid(1, reference: "r1"));
        _line.Say(Paid(2, reference: "r2"));
        Assert.Contains(_meter.Violations, found => found.Contains("paid before", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_content_under_a_known_ref_is_refused_as_a_conflict()
    {
        Acknowledged();
        _line.Say($"UNPAID|1|{TripKeys}|ref=r1|paid=0|due=34500|reason=aborted");
        _line.Say($"UNPAID|2|{TripKeys}|ref=r1|paid=0|due=34500|reason=expired");
        Assert.EndsWith("|reason=conflict", _line.Last);
        Assert.NotEmpty(_meter.Violations);
    }

    [Fact]
    public void A_damaged_frame_of_the_agents_is_a_violation_and_not_answered()
    {
        Acknowledged();
        int sent = _line.Sent.Count;
        _line.SayBytes(LineFaults.FlipBit(Tfp1.Frame(Paid(1))));
        Assert.Equal(sent, _line.Sent.Count);
        Assert.Contains("damaged", Assert.Single(_meter.Violations));
    }

    [Fact]
    public void An_agent_that_acknowledges_a_conflicting_fare_is_caught()
    {
        Acknowledged();
        _meter.Finish(Fare with { Total = 99_000, Fare = 95_500 });
        _line.Answer();
        Assert.Single(_meter.Acknowledged);
        Assert.Contains("acknowledged with", Assert.Single(_meter.Violations));
    }

    [Fact]
    public void A_meter_without_power_hears_and_says_nothing()
    {
        Ready();
        _meter.SwitchOff();
        _line.Sent.Clear();
        _meter.Finish(Fare);
        _line.Say("HELLO|1|proto=1|agent=a|ver=1");
        _time.Pass(TimeSpan.FromMinutes(2));
        Assert.Empty(_line.Sent);
        _meter.SwitchOn();
        _line.AnswerAll();
        Assert.StartsWith("FARE", _line.Last);
    }

    private static string TripKeys => "meter=NO-4711|trip=1042|start=2026-11-20T09:36:00Z";

    private static string Paid(int seq, string reference = "taxi-1") => $"PAID|{seq}|{TripKeys}|amount=34500|cur=NOK|ref={reference}|method=wallet";

    private void Ready()
    {
        _meter.SwitchOn();
        _line.AnswerAll();
    }

    private void Acknowledged()
    {
        Ready();
        _meter.Finish(Fare);
        _line.Answer();
    }

    private void Replace(MeterOptions options)
    {
        _meter.Dispose();
        _meter = new Meter(_line, options, _time);
    }
}
