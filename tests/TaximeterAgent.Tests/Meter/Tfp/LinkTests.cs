using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Tests.Meter.Tfp;

/// <summary>The session: HELLO, results, repeats, pauses, answers.</summary>
public class LinkTests
{
    private const string MeterHello = "HELLO|1|proto=1|meter=NO-4711|model=Semel|fw=2.1";
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_start_says_HELLO()
    {
        var bench = new TfpBench(options => options with { FirstSequence = 65535 });
        Assert.Null(bench.Link.NextDue);
        bench.Link.Start();
        Assert.Equal("HELLO|65535|proto=1|agent=NO-4711-T7|ver=0.1.0", Assert.Single(bench.Sent).Payload);
        bench.AcksLast();
        bench.Link.Tell(TfpBench.Paid("p"));
        Assert.StartsWith("PAID|0|", bench.Sent[^1].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void HELLO_is_repeated_as_the_same_frame_until_answered()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.Passes(s_second * 3);
        Assert.Equal(4, bench.RawSent.Count);
        Assert.All(bench.RawSent, frame => Assert.Equal(bench.RawSent[0], frame));
        bench.AcksLast();
        bench.Passes(s_second * 30);
        Assert.Equal(4, bench.RawSent.Count);
    }

    [Fact]
    public void After_ten_tries_comes_the_pause_and_then_the_same_message_again()
    {
        var bench = new TfpBench(options => options with { HeartbeatLost = TimeSpan.FromHours(1) });
        bench.Link.Start();
        List<double> seconds = [0];
        for (var step = 0; step < 25; step++)
        {
            var count = bench.RawSent.Count;
            bench.Time.Advance(TimeSpan.FromTicks(bench.Link.NextDue!.Value - bench.Time.GetTimestamp()));
            bench.Link.OnDue();
            if (bench.RawSent.Count > count)
                seconds.Add(bench.Time.GetTimestamp() / (double)TimeSpan.TicksPerSecond);
        }

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 80, 81, 82, 83], seconds);
        Assert.All(bench.RawSent, frame => Assert.Equal(bench.RawSent[0], frame));
    }

    [Fact]
    public void An_answer_that_comes_in_the_pause_counts()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.Passes(s_second * 20);
        Assert.Equal(10, bench.RawSent.Count);
        bench.AcksLast();
        bench.Passes(s_second * 100);
        Assert.Equal(10, bench.RawSent.Count);
    }

    [Fact]
    public void OnDue_before_its_time_does_nothing()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.Time.Advance(s_second - TimeSpan.FromTicks(1));
        bench.Link.OnDue();
        Assert.Single(bench.RawSent);
        bench.Time.Advance(TimeSpan.FromTicks(1));
        bench.Link.OnDue();
        bench.Link.OnDue();
        Assert.Equal(2, bench.RawSent.Count);
    }

    [Fact]
    public void Results_are_written_as_the_protocol_says()
    {
        var bench = new TfpBench().Greeted();
        const string identity = "|meter=NO-4711|trip=1042|start=2026-11-20T10:00:00Z";
        bench.Link.Tell(TfpBench.Paid("p"));
        Assert.Equal($"PAID|1{identity}|amount=34500|cur=NOK|ref={TfpBench.Ref()}|method=wallet", bench.Sent[^1].Payload);
        bench.AcksLast();
        bench.Link.Tell(new RefundedResult("r", TfpBench.Trip, TfpBench.Ref(), new Money(500, Currency.NOK)));
        Assert.Equal($"REFUNDED|2{identity}|ref={TfpBench.Ref()}-r500|amount=500", bench.Sent[^1].Payload);
        bench.AcksLast();
        foreach (var reason in Enum.GetValues<UnpaidReason>())
        {
            bench.Link.Tell(new UnpaidResult("u" + reason, TfpBench.Trip, TfpBench.Ref(2), Money.Zero(Currency.NOK), new Money(34500, Currency.NOK), reason));
            var rest = $"|ref={TfpBench.Ref(2)}|paid=0|due=34500|reason={reason.ToString().ToLowerInvariant()}";
            Assert.EndsWith(identity + rest, bench.Sent[^1].Payload, StringComparison.Ordinal);
            bench.AcksLast();
        }

        Assert.Equal(["acknowledged p", "acknowledged r"], bench.Told.Take(2));
    }

    [Fact]
    public void An_identity_with_other_letters_comes_back_percent_coded()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(new PaidResult("p", new TripId("Å|1%", "7=8", "2026-11-20T10:00:00Z"), TfpBench.Ref(), new Money(100, Currency.NOK)));
        Assert.Contains("|meter=%C3%85%7C1%25|trip=7=8|", bench.Sent[^1].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_one_message_is_outstanding_and_the_next_follows_its_answer()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(TfpBench.Paid("a", "1"));
        bench.Link.Tell(TfpBench.Paid("b", "2"));
        bench.Passes(s_second * 5);
        Assert.All(bench.Sent.Skip(1), frame => Assert.Contains("|trip=1|", frame.Payload, StringComparison.Ordinal));
        Assert.Contains("|trip=2|", Assert.Single(bench.AcksLast()), StringComparison.Ordinal);
        Assert.Equal(["acknowledged a"], bench.Told);
    }

    [Fact]
    public void A_refused_result_is_reported_and_not_sent_again()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(TfpBench.Paid("a"));
        bench.Says(TfpBench.Nak(bench.Sent[^1].Payload, "trip"));
        Assert.Equal(["refused a trip"], bench.Told);
        var count = bench.Sent.Count;
        bench.Passes(s_second * 30);
        Assert.Equal(count, bench.Sent.Count);
    }

    [Fact]
    public void A_refused_HELLO_is_reported_and_not_sent_again()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.Says(TfpBench.Nak(bench.Sent[^1].Payload, "field:proto"));
        Assert.Equal(["hello refused field:proto"], bench.Told);
        bench.Passes(s_second * 30);
        Assert.Single(bench.Sent);
    }

    [Fact]
    public void An_answer_whose_SEQ_or_of_does_not_match_is_ignored()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(TfpBench.Paid("a"));
        var crc = TfpBench.Crc(bench.Sent[^1].Payload);
        string[] wrong =
        [
            $"ACK|2|of={crc}", "ACK|1|of=00000000", "ACK|1", "ACK|1|of=", $"ACK|1|of={crc.ToLowerInvariant()}x",
            $"NAK|0|of={crc}|reason=trip", $"ACK|1|of={crc}|of={crc}",
        ];
        foreach (var answer in wrong)
            Assert.Empty(bench.Says(answer));
        Assert.Equal(wrong.Length, bench.Link.AnswersIgnored);
        Assert.Empty(bench.Told);
        Assert.Empty(bench.Says($"ACK|1|of={crc}"));
        Assert.Equal(["acknowledged a"], bench.Told);
        Assert.Empty(bench.Says($"ACK|1|of={crc}"));
        Assert.Equal(["acknowledged a"], bench.Told);
    }

    [Fact]
    public void An_answer_is_never_answered()
    {
        var bench = new TfpBench().Greeted();
        Assert.Empty(bench.Says("ACK|7"));
        Assert.Empty(bench.Says("NAK|7|of=00000000|reason=type"));
    }

    [Fact]
    public void A_message_is_answered_at_once_while_an_answer_of_ones_own_is_awaited()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(TfpBench.Paid("a"));
        var paid = bench.Sent[^1].Payload;
        byte[] both = [.. TfpBench.Frame("PING|5"), .. TfpBench.Frame(TfpBench.Ack(paid)), .. TfpBench.Frame(TfpBench.Fare345)];
        foreach (var octet in both)
            bench.Link.Receive([octet]);
        bench.Link.Acknowledge(Assert.Single(bench.Fares).Token);
        Assert.Equal([TfpBench.Ack("PING|5"), TfpBench.Ack(TfpBench.Fare345)], bench.Sent.TakeLast(2).Select(frame => frame.Payload));
        Assert.Equal(["acknowledged a"], bench.Told);
    }

    [Fact]
    public void A_fare_repeated_while_the_first_is_being_committed_gets_an_answer_each()
    {
        var bench = new TfpBench().Greeted();
        var other = TfpBench.Fare345.Replace("FARE|17|", "FARE|18|");
        bench.Says(TfpBench.Fare345);
        bench.Says(TfpBench.Fare345);
        bench.Says(other);
        Assert.Equal(3, bench.Fares.Count);
        foreach (var (_, token) in bench.Fares)
            bench.Link.Acknowledge(token);
        string[] answers = [TfpBench.Ack(TfpBench.Fare345), TfpBench.Ack(TfpBench.Fare345), TfpBench.Ack(other)];
        Assert.Equal(answers, bench.Sent.TakeLast(3).Select(frame => frame.Payload));
    }

    [Fact]
    public void The_owner_may_answer_and_tell_from_within()
    {
        var bench = new TfpBench().Greeted();
        bench.OnFare = token =>
        {
            bench.Link.Acknowledge(token);
            bench.Link.Tell(TfpBench.Paid("a"));
        };
        var sent = bench.Says(TfpBench.Fare345);
        Assert.Equal(TfpBench.Ack(TfpBench.Fare345), sent[0]);
        Assert.StartsWith("PAID|", sent[1], StringComparison.Ordinal);
        bench.OnFare = _ => Assert.Throws<InvalidOperationException>(() => bench.Link.Receive("x"u8));
        bench.Says(TfpBench.Fare345);
        Assert.Equal(2, bench.Fares.Count);
    }

    [Fact]
    public void A_HELLO_of_the_meter_is_acknowledged_and_sends_the_outstanding_result_at_once_but_no_HELLO()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(TfpBench.Paid("a"));
        var paid = bench.Sent[^1].Payload;
        bench.Passes(s_second * 25);
        var sent = bench.Says(MeterHello);
        Assert.Equal([TfpBench.Ack(MeterHello), paid], sent);
        bench.Passes(s_second * 3);
        Assert.Equal([paid, paid, paid], bench.Sent.TakeLast(3).Select(frame => frame.Payload));
        bench.AcksLast();
        Assert.Equal([TfpBench.Ack(MeterHello)], bench.Says(MeterHello));
    }

    [Fact]
    public void A_HELLO_of_the_meter_ends_the_pause_of_ours_without_ping_pong()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.Passes(s_second * 15);
        Assert.Equal(10, bench.Sent.Count);
        for (var times = 0; times < 5; times++)
            Assert.Equal([TfpBench.Ack(MeterHello)], bench.Says(MeterHello));
        bench.Passes(s_second);
        Assert.Equal(bench.RawSent[0], bench.RawSent[^1]);
    }

    [Fact]
    public void A_meter_that_says_HELLO_again_and_again_does_not_hold_ours_back()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        for (var half = 0; half < 8; half++)
        {
            bench.Passes(s_second / 2);
            bench.Says(MeterHello);
        }

        Assert.Equal(5, bench.Sent.Count(frame => frame.Payload.StartsWith("HELLO|", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_withdrawn_result_is_not_sent_again_and_its_late_answer_is_ignored()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(TfpBench.Paid("a", "1"));
        var old = bench.Sent[^1].Payload;
        bench.Link.Tell(TfpBench.Paid("b", "2"));
        bench.Link.Tell(TfpBench.Paid("c", "3"));
        bench.Link.Withdraw("b");
        bench.Link.Withdraw("a");
        bench.Link.Withdraw("nobody");
        Assert.Contains("|trip=3|", bench.Sent[^1].Payload, StringComparison.Ordinal);
        Assert.Empty(bench.Says(TfpBench.Ack(old)));
        Assert.Empty(bench.Told);
        bench.Link.Withdraw("c");
        var count = bench.Sent.Count;
        bench.Passes(s_second * 30);
        Assert.Equal(count, bench.Sent.Count);
    }

    [Fact]
    public void The_same_result_told_twice_is_one_and_another_under_its_name_is_an_error()
    {
        var bench = new TfpBench().Greeted();
        Assert.True(bench.Link.Tell(TfpBench.Paid("a")));
        Assert.True(bench.Link.Tell(TfpBench.Paid("a")));
        Assert.Throws<ArgumentException>(() => bench.Link.Tell(TfpBench.Paid("a", "2")));
        bench.AcksLast();
        Assert.Equal(2, bench.Sent.Count);
    }

    [Fact]
    public void The_queue_is_bounded_and_says_so()
    {
        var bench = new TfpBench(options => options with { QueueMaximum = 2 });
        bench.Link.Start();
        Assert.True(bench.Link.Tell(TfpBench.Paid("a", "1")));
        Assert.True(bench.Link.Tell(TfpBench.Paid("b", "2")));
        Assert.False(bench.Link.Tell(TfpBench.Paid("c", "3")));
        bench.AcksLast();
        Assert.False(bench.Link.Tell(TfpBench.Paid("c", "3")));
        bench.AcksLast();
        Assert.True(bench.Link.Tell(TfpBench.Paid("c", "3")));
    }

    [Fact]
    public void Results_told_before_the_start_wait_for_HELLO()
    {
        var bench = new TfpBench();
        bench.Link.Tell(TfpBench.Paid("a"));
        Assert.Empty(bench.Sent);
        bench.Link.Start();
        Assert.StartsWith("HELLO|", Assert.Single(bench.Sent).Payload, StringComparison.Ordinal);
        Assert.StartsWith("PAID|", Assert.Single(bench.AcksLast()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_opened_anew_says_HELLO_first_and_then_the_same_result_as_the_same_frame()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.Tell(TfpBench.Paid("a", "1"));
        bench.Link.Tell(TfpBench.Paid("b", "2"));
        var paid = bench.RawSent[^1];
        bench.Link.Start();
        bench.Link.Start();
        Assert.StartsWith("HELLO|2|", bench.Sent[^1].Payload, StringComparison.Ordinal);
        Assert.Equal(bench.RawSent[^1], bench.RawSent[^2]);
        bench.AcksLast();
        Assert.Equal(paid, bench.RawSent[^1]);
        Assert.Contains("|trip=2|", Assert.Single(bench.AcksLast()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_meter_that_falls_silent_is_reported_lost_once_and_back_once()
    {
        var bench = new TfpBench().Greeted();
        Assert.True(bench.Link.MeterHeard);
        for (var beat = 0; beat < 5; beat++)
        {
            bench.Passes(s_second * 34);
            bench.Says("PING|1");
        }

        Assert.Empty(bench.Told);
        bench.Passes(s_second * 200);
        Assert.Equal(["lost"], bench.Told);
        Assert.False(bench.Link.MeterHeard);
        Assert.Null(bench.Link.NextDue);
        bench.Says("PING|1");
        bench.Says("PING|2");
        Assert.Equal(["lost", "back"], bench.Told);
        Assert.True(bench.Link.MeterHeard);
        bench.Passes(s_second * 35);
        Assert.Equal(["lost", "back", "lost"], bench.Told);
    }

    [Fact]
    public void A_line_that_is_lost_is_a_meter_that_is_not_heard_at_once_and_heard_again_when_it_speaks()
    {
        var bench = new TfpBench().Greeted();
        bench.Link.LineLost();
        bench.Link.LineLost();
        Assert.Equal(["lost"], bench.Told);
        Assert.False(bench.Link.MeterHeard);
        bench.Link.Start();
        Assert.Equal(["lost"], bench.Told);
        bench.AcksLast();
        Assert.Equal(["lost", "back"], bench.Told);
        bench.Passes(s_second * 35);
        Assert.Equal(["lost", "back", "lost"], bench.Told);
    }

    [Fact]
    public void Another_meter_is_told_once_by_its_name_until_ours_speaks_or_it_falls_silent()
    {
        var bench = new TfpBench(options => options with { ExpectedMeter = "NO-4711" }).Greeted();
        var other = MeterHello.Replace("NO-4711", "NO-4712");
        bench.Says(other);
        bench.Says(other);
        Assert.Equal("NO-4712", bench.Link.OtherMeter);
        bench.Says("PING|3");
        Assert.Equal("NO-4712", bench.Link.OtherMeter); // a heartbeat has no name
        bench.Says(MeterHello.Replace("NO-4711", "NO-4713"));
        Assert.Equal(["other NO-4712", "other NO-4713"], bench.Told);
        bench.Says(MeterHello);
        Assert.Null(bench.Link.OtherMeter);
        bench.Says(other);
        bench.Told.Clear();
        bench.Passes(s_second * 40);
        Assert.Equal(["lost"], bench.Told);
        Assert.Null(bench.Link.OtherMeter);
    }

    [Fact]
    public void Without_a_configured_meter_any_is_taken()
    {
        var bench = new TfpBench().Greeted();
        bench.Says(MeterHello.Replace("NO-4711", "anybody"));
        Assert.Null(bench.Link.OtherMeter);
        Assert.DoesNotContain(bench.Told, told => told.StartsWith("other", StringComparison.Ordinal));
    }

    [Fact]
    public void Our_own_frames_that_come_back_are_nobodys_words()
    {
        // With both wires joined an agent that answers itself would refuse its own result, and the driver would never know why the meter does not have it.
        var bench = new TfpBench();
        bench.Link.Start();
        Assert.Empty(bench.Says(bench.Sent[0].Payload));
        bench.AcksLast();
        Assert.True(bench.Link.Tell(TfpBench.Paid("p")));
        bench.Told.Clear();
        Assert.Empty(bench.Says(bench.Sent[^1].Payload));
        Assert.Equal(2, bench.Link.EchoesIgnored);
        Assert.Empty(bench.Told);
        bench.AcksLast();
        Assert.Equal(["acknowledged p"], bench.Told);
    }

    [Fact]
    public void Both_sides_speak_at_once_and_each_is_answered_once()
    {
        var bench = new TfpBench().Greeted();
        Assert.True(bench.Link.Tell(TfpBench.Paid("p")));
        var paid = bench.Sent[^1].Payload;
        // The meter's heartbeat, position and fare cross our PAID and each other's answers on the way.
        Assert.Equal([TfpBench.Ack("PING|8")], bench.Says("PING|8"));
        Assert.Empty(bench.Says(TfpBench.Fare345));
        bench.Passes(s_second);
        Assert.Equal(paid, bench.Sent[^1].Payload);
        Assert.Empty(bench.Says(TfpBench.Ack(paid)));
        bench.Link.Acknowledge(bench.Fares[0].Token);
        Assert.Equal(TfpBench.Ack(TfpBench.Fare345), bench.Sent[^1].Payload);
        Assert.Empty(bench.Says(TfpBench.Ack(paid))); // the answer to the second copy, too late
        Assert.Equal(1, bench.Link.AnswersIgnored);
        Assert.Equal(["acknowledged p"], bench.Told);
    }

    [Fact]
    public void Frames_are_counted_and_repeats_apart()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.Passes(s_second * 2);
        bench.Says("PING|1");
        Assert.Equal((4, 2), (bench.Link.FramesSent, bench.Link.FramesSentAgain));
        Assert.Equal([false, true, true], bench.History.Where(frame => frame.Sent && frame.Type == "HELLO").Select(frame => frame.Again));
    }

    [Fact]
    public void A_meter_that_was_never_heard_is_lost_too()
    {
        var bench = new TfpBench();
        bench.Link.Start();
        bench.SaysRaw("\u0000noise\u0002\u0002");
        bench.Says("WHAT|1");
        bench.Says("ACK|1|of=00000000");
        bench.Passes(s_second * 35);
        Assert.Equal(["lost"], bench.Told);
    }

    [Theory]
    [InlineData("timeout")]
    [InlineData("pause")]
    [InlineData("heartbeat")]
    [InlineData("tries")]
    [InlineData("queue")]
    [InlineData("agent")]
    [InlineData("version")]
    [InlineData("long")]
    public void Options_that_cannot_work_are_refused(string which) => Assert.ThrowsAny<ArgumentException>(() => new TfpBench(options => which switch
    {
        "timeout" => options with { AnswerTimeout = TimeSpan.Zero },
        "pause" => options with { AnswerPause = TimeSpan.Zero },
        "heartbeat" => options with { HeartbeatLost = TimeSpan.Zero },
        "tries" => options with { Tries = 0 },
        "queue" => options with { QueueMaximum = 0 },
        "agent" => options with { Agent = "" },
        "version" => options with { Version = new string('1', 65) },
        _ => options with { Agent = new string('€', 64) },
    }));
}
