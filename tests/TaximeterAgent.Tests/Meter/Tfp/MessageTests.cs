using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Tests.Meter.Tfp;

/// <summary>What each message may say, and what is refused with which reason.</summary>
public class MessageTests
{
    private const string Book = "BOOK|7|booking=B-9|phone=4791234567|cur=NOK|max=50000|pickup=Storgata 1";
    private const string VoidTrip = "VOID|8|meter=NO-4711|trip=1042|start=2026-11-20T10:00:00Z|reason=cash";
    private const string Hello = "HELLO|1|proto=1|meter=NO-4711|model=Semel|fw=2.1";
    private const string Position = "POS|2|meter=NO-4711|pos=HIRED|time=2026-11-20T11:00:00+01:00";

    private readonly TfpBench _bench = new TfpBench().Greeted();

    [Fact]
    public void The_example_of_the_protocol_is_read_and_answered_to_the_byte()
    {
        const string frame = "\u0002" + TfpBench.Fare345 + "\u0003617A8E80\r"; // by zlib.crc32 of Python
        Assert.Empty(_bench.SaysRaw(frame));
        var (fare, token) = Assert.Single(_bench.Fares);
        Assert.Equal(TfpBench.Trip, fare.Trip);
        Assert.Equal(new Money(34500, Currency.NOK), fare.Total);
        Assert.Equal(new Money(31000, Currency.NOK), fare.FareAmount);
        Assert.Equal(new Money(3500, Currency.NOK), fare.Supplements);
        Assert.True(fare.Tip.IsZero);
        Assert.Equal(1200, fare.Vat);
        Assert.Equal(1200, fare.SupplementsVat);
        Assert.Equal("2026-11-20T10:24:10Z", fare.Finish);
        Assert.Equal(12400, fare.Distance);
        Assert.Equal("2", fare.Tariff);
        Assert.Null(fare.Phone);
        Assert.Null(fare.Booking);
        Assert.Null(fare.Driver);

        _bench.Link.Acknowledge(token);
        Assert.Equal("\u0002ACK|17|of=617A8E80\u0003E5FE8BFD\r", System.Text.Encoding.ASCII.GetString(_bench.RawSent[^1]));
    }

    [Fact]
    public void A_fare_may_say_more()
    {
        _bench.Says(Fare() + "|tip=0|supplvat=2500|driver=K%C3%A5re|phone=91234567|booking=B-9|unknown=%zz|another");
        var (fare, _) = Assert.Single(_bench.Fares);
        Assert.Equal(2500, fare.SupplementsVat);
        Assert.Equal("Kåre", fare.Driver);
        Assert.Equal("4791234567", fare.Phone!.Value.Msisdn);
        Assert.Equal("B-9", fare.Booking);
    }

    [Theory]
    [InlineData("91234567")]
    [InlineData("4791234567")]
    [InlineData("+4791234567")]
    [InlineData("004791234567")]
    public void A_number_is_read_in_every_form(string phone)
    {
        _bench.Says(Fare() + "|phone=" + phone);
        Assert.Equal("4791234567", Assert.Single(_bench.Fares).Fare.Phone!.Value.Msisdn);
    }

    [Fact]
    public void A_booking_is_read()
    {
        Assert.Empty(_bench.Says(Book));
        var (booking, token) = Assert.Single(_bench.Bookings);
        Assert.Equal("B-9", booking.Id);
        Assert.Equal("4791234567", booking.Phone.Msisdn);
        Assert.Equal(new Money(50000, Currency.NOK), booking.Maximum);
        Assert.Equal("Storgata 1", booking.Pickup);
        _bench.Link.Acknowledge(token);
        Assert.Equal(TfpBench.Ack(Book), _bench.Sent[^1].Payload);
    }

    [Fact]
    public void A_booking_without_a_maximum_reserves_nothing()
    {
        _bench.Says("BOOK|7|booking=B-9|phone=4791234567|cur=NOK");
        Assert.Null(Assert.Single(_bench.Bookings).Booking.Maximum);
    }

    [Fact]
    public void A_void_names_a_trip_or_a_booking()
    {
        Assert.Empty(_bench.Says(VoidTrip));
        Assert.Empty(_bench.Says("VOID|9|booking=B-9"));
        Assert.Empty(_bench.Says("VOID|9|booking=B-9|meter=NO-4711"));
        Assert.Equal((TfpBench.Trip, null, "cash"), (_bench.Voids[0].Order.Trip, _bench.Voids[0].Order.Booking, _bench.Voids[0].Order.Reason));
        Assert.Equal((null, "B-9", null), (_bench.Voids[1].Order.Trip, _bench.Voids[1].Order.Booking, _bench.Voids[1].Order.Reason));
        Assert.Equal(3, _bench.Voids.Count);
    }

    [Fact]
    public void HELLO_POS_and_PING_are_acknowledged_at_once()
    {
        foreach (var message in (string[])[Hello, Position, "PING|65535", "PING|0|what=ever"])
            Assert.Equal([TfpBench.Ack(message)], _bench.Says(message));
        Assert.Equal(["hello NO-4711 Semel 2.1", "position NO-4711 Hired 2026-11-20T10:00:00Z"], _bench.Told);
    }

    [Theory]
    [InlineData("FORHIRE", "ForHire")]
    [InlineData("HIRED", "Hired")]
    [InlineData("STOPPED", "Stopped")]
    public void Each_position_is_known(string wire, string name)
    {
        _bench.Says(Position.Replace("HIRED", wire));
        Assert.Contains(name, Assert.Single(_bench.Told));
    }

    [Theory]
    [InlineData("meter")]
    [InlineData("trip")]
    [InlineData("start")]
    [InlineData("finish")]
    [InlineData("total")]
    [InlineData("fare")]
    [InlineData("suppl")]
    [InlineData("cur")]
    [InlineData("vat")]
    [InlineData("dist")]
    [InlineData("tariff")]
    public void A_fare_that_lacks_a_key_is_refused(string key) => Refused(Without(Fare(), key), "field:" + key);

    [Theory]
    [InlineData("booking")]
    [InlineData("phone")]
    [InlineData("cur")]
    public void A_booking_that_lacks_a_key_is_refused(string key) => Refused(Without(Book, key), "field:" + key);

    [Theory]
    [InlineData("meter")]
    [InlineData("trip")]
    [InlineData("start")]
    public void A_void_that_lacks_a_key_is_refused(string key) => Refused(Without(VoidTrip, key), "field:" + key);

    [Fact]
    public void A_void_that_names_nothing_or_both_is_refused()
    {
        Refused("VOID|8", "field:meter");
        Refused(VoidTrip + "|booking=B-9", "field:booking");
        Refused("VOID|8|booking=", "field:booking");
    }

    [Theory]
    [InlineData("proto")]
    [InlineData("meter")]
    [InlineData("model")]
    [InlineData("fw")]
    public void A_HELLO_that_lacks_a_key_is_refused(string key) => Refused(Without(Hello, key), "field:" + key);

    [Theory]
    [InlineData("meter")]
    [InlineData("pos")]
    [InlineData("time")]
    public void A_POS_that_lacks_a_key_is_refused(string key) => Refused(Without(Position, key), "field:" + key);

    [Theory]
    [InlineData("meter", "")]
    [InlineData("meter", "%00")]
    [InlineData("meter", "12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("trip", "")]
    [InlineData("trip", "1042%0A")]
    [InlineData("trip", "%4")]
    [InlineData("trip", "%")]
    [InlineData("trip", "%GG")]
    [InlineData("trip", "%C3")]
    [InlineData("trip", "%C0%80")]
    [InlineData("start", "2026-11-20T10:00:00")]
    [InlineData("start", "2026-11-20 10:00:00Z")]
    [InlineData("finish", "yesterday")]
    [InlineData("finish", "2026-02-29T10:00:00Z")]
    [InlineData("total", "")]
    [InlineData("total", "034500")]
    [InlineData("total", "-34500")]
    [InlineData("total", "+34500")]
    [InlineData("total", "345.00")]
    [InlineData("total", "34500 ")]
    [InlineData("total", "1000000000")]
    [InlineData("total", "34501")]
    [InlineData("total", "34499")]
    [InlineData("fare", "00")]
    [InlineData("suppl", "x")]
    [InlineData("suppl", "%33500")]
    [InlineData("cur", "DKK")]
    [InlineData("cur", "nok")]
    [InlineData("cur", "SEK")]
    [InlineData("vat", "10001")]
    [InlineData("vat", "12.5")]
    [InlineData("dist", "-1")]
    [InlineData("tariff", "%1B[2J")]
    [InlineData("tip", "x")]
    [InlineData("tip", "")]
    [InlineData("supplvat", "10001")]
    [InlineData("driver", "%FF")]
    [InlineData("phone", "")]
    [InlineData("phone", "1234")]
    [InlineData("phone", "4712345678")]
    [InlineData("phone", "call me")]
    [InlineData("booking", "")]
    public void A_fare_with_an_impossible_value_is_refused(string key, string value) => Refused(With(Fare(), key, value), "field:" + key);

    [Fact]
    public void A_total_that_is_not_the_sum_of_its_parts_is_refused()
    {
        Refused(Fare() + "|tip=1", "field:total");
        Refused(With(With(Fare(), "fare", "999999999"), "suppl", "999999999"), "field:total");
        Assert.Empty(_bench.Says(With(With(Fare(), "fare", "30999") + "|tip=1", "total", "34500")));
        Assert.Equal(1, Assert.Single(_bench.Fares).Fare.Tip.MinorUnits);
    }

    [Theory]
    [InlineData("phone", "123")]
    [InlineData("cur", "EUR")]
    [InlineData("max", "1e3")]
    [InlineData("max", "")]
    [InlineData("booking", "")]
    [InlineData("pickup", "%07")]
    public void A_booking_with_an_impossible_value_is_refused(string key, string value) => Refused(With(Book, key, value), "field:" + key);

    [Fact]
    public void A_POS_or_HELLO_with_an_impossible_value_is_refused()
    {
        Refused(With(Position, "pos", "PARKED"), "field:pos");
        Refused(With(Position, "time", "2026-11-20T25:00:00Z"), "field:time");
        Refused(With(Hello, "proto", "2"), "field:proto");
    }

    [Fact]
    public void A_key_given_twice_is_refused_whether_known_or_not_even_with_the_same_value()
    {
        Refused(Fare() + "|total=34500", "field:total");
        Refused(Fare() + "|new=1|new=1", "field:new");
        Refused("PING|3|a%b=1|a%b=1", "field:a%25b");
    }

    [Fact]
    public void A_refusal_that_names_a_key_of_any_length_fits_into_a_frame()
    {
        var key = new string('%', 200);
        Refused($"PING|3|{key}=1|{key}=1", "field:" + string.Concat(Enumerable.Repeat("%25", 64)));
    }

    [Theory]
    [InlineData("FAIR|9|total=1")]
    [InlineData("|9")]
    [InlineData("ping|9")]
    [InlineData("PAID|9|meter=NO-4711")]
    public void An_unknown_TYPE_is_refused(string message) => Refused(message, "type");

    [Theory]
    [InlineData("PING")]
    [InlineData("PING|")]
    [InlineData("PING|65536")]
    [InlineData("PING|-1")]
    [InlineData("PING| 1")]
    [InlineData("PING|x")]
    [InlineData("PING|000001")]
    [InlineData("FAIR|key=1")]
    public void A_message_without_a_usable_SEQ_is_met_with_silence_and_counted(string message)
    {
        Assert.Empty(_bench.Says(message));
        Assert.Equal(1, _bench.Link.Reader.Dropped(DroppedFrame.NoSequence));
        Assert.DoesNotContain(_bench.History, frame => frame.Payload.Contains("FAIR"));
    }

    [Fact]
    public void Another_meter_than_the_configured_one_is_refused()
    {
        var bench = new TfpBench(options => options with { ExpectedMeter = "NO-4711" }).Greeted();
        foreach (var message in (string[])[Fare(), VoidTrip, Hello, Position, "VOID|9|booking=B|meter=NO-4711"])
        {
            var foreign = message.Replace("NO-4711", "NO-4712");
            Assert.Equal([TfpBench.Nak(foreign, "field:meter")], bench.Says(foreign));
            Assert.DoesNotContain(bench.Says(message), answer => answer.StartsWith("NAK", StringComparison.Ordinal));
        }

        Assert.Single(bench.Fares);
    }

    [Fact]
    public void An_identity_too_long_for_the_results_that_carry_it_back_is_refused()
    {
        var wide = string.Concat(Enumerable.Repeat("%C3%A6", 56));
        Refused(With(VoidTrip, "trip", wide), "field:trip");
        Assert.Empty(_bench.Says(With(VoidTrip, "trip", wide[6..] + "xxx")));
        var trip = Assert.Single(_bench.Voids).Order.Trip!;
        var most = new Money(Money.Maximum, Currency.NOK);
        Assert.True(_bench.Link.Tell(new UnpaidResult("u", trip, TfpBench.Ref(), most, most, UnpaidReason.Cancelled)));
    }

    [Fact]
    public void The_engine_refuses_a_conflict()
    {
        _bench.Says(Fare());
        _bench.Link.Refuse(_bench.Fares[0].Token, NakReason.Conflict);
        _bench.Link.Refuse(_bench.Fares[0].Token, NakReason.Booking);
        _bench.Link.Refuse(_bench.Fares[0].Token, NakReason.Trip);
        Assert.Equal(
            [TfpBench.Nak(Fare(), "conflict"), TfpBench.Nak(Fare(), "booking"), TfpBench.Nak(Fare(), "trip")],
            _bench.Sent.TakeLast(3).Select(frame => frame.Payload));
    }

    [Fact]
    public void Silence_is_what_the_engine_does_not_answer()
    {
        Assert.Empty(_bench.Says(Fare()));
        _bench.Passes(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(_bench.Sent, frame => frame.Payload.Contains("|17|"));
    }

    private static string Fare() => TfpBench.Fare345;

    private static string Without(string message, string key) =>
        string.Join('|', message.Split('|').Where(field => !field.StartsWith(key + "=", StringComparison.Ordinal)));

    private static string With(string message, string key, string value) => Without(message, key) + $"|{key}={value}";

    private void Refused(string message, string reason)
    {
        var heard = (_bench.Fares.Count, _bench.Bookings.Count, _bench.Voids.Count, _bench.Told.Count);
        Assert.Equal([TfpBench.Nak(message, reason)], _bench.Says(message));
        Assert.Equal(heard, (_bench.Fares.Count, _bench.Bookings.Count, _bench.Voids.Count, _bench.Told.Count));
    }
}
