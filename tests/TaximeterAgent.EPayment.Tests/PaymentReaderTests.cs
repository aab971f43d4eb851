using System.Text;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>What is understood of answers, and that nothing an answer holds does harm.</summary>
public sealed class PaymentReaderTests
{
    private static Payment? Read(string json) => PaymentReader.ReadPayment(Encoding.UTF8.GetBytes(json), Rig.Reference);

    [Fact]
    public void A_payment_has_all_that_decisions_need()
    {
        var payment = Read(Rig.PaymentJson("AUTHORIZED", 50000, 34500, 100, 15500, more: ""","metadata":{"trip":"t","car":null},"captureGuaranteedUntil":"2026-12-04T10:00:00.123Z","new":[1]"""));
        Assert.NotNull(payment);
        Assert.Equal(
            (PaymentState.Authorized, new Amount(34500, "NOK"), new Aggregate(50000, 34500, 100, 15500), "psp-1", new DateTimeOffset(2026, 12, 4, 10, 0, 0, 123, TimeSpan.Zero)),
            (payment.State, payment.Amount, payment.Aggregate, payment.PspReference, payment.CaptureGuaranteedUntil));
        Assert.Equal(new Dictionary<string, string> { ["trip"] = "t" }, payment.Metadata);
    }

    [Theory]
    [InlineData("CREATED", PaymentState.Created)]
    [InlineData("AUTHORIZED", PaymentState.Authorized)]
    [InlineData("ABORTED", PaymentState.Aborted)]
    [InlineData("EXPIRED", PaymentState.Expired)]
    [InlineData("TERMINATED", PaymentState.Terminated)]
    [InlineData("authorized", PaymentState.Unknown)]
    [InlineData("SOMETHING_NEW", PaymentState.Unknown)]
    public void Each_state_is_known_and_a_new_one_is_unknown(string text, PaymentState state) => Assert.Equal(state, Read(Rig.PaymentJson(text))?.State);

    [Fact]
    public void A_payment_in_another_currency_can_be_read() => Assert.Equal("SEK", Read(Rig.PaymentJson().Replace("NOK", "SEK"))?.Amount.Currency);

    [Theory]
    [InlineData("\"reference\":\"taxi-NO4711-1042-ab12cd34-1\"", "\"reference\":\"taxi-NO4711-1042-ab12cd34-2\"")]
    [InlineData("\"reference\":\"taxi-NO4711-1042-ab12cd34-1\"", "\"reference\":\"TAXI-NO4711-1042-ab12cd34-1\"")]
    [InlineData("\"state\":\"AUTHORIZED\",", "")]
    [InlineData("\"state\":\"AUTHORIZED\",", "\"state\":3,")]
    [InlineData("\"state\":\"AUTHORIZED\",", "\"state\":\"AUTHORIZED\",\"state\":\"ABORTED\",")]
    [InlineData("\"value\":34500", "\"value\":345.5")]
    [InlineData("\"value\":34500", "\"value\":\"34500\"")]
    [InlineData("\"value\":34500", "\"value\":-1")]
    [InlineData("\"value\":34500", "\"value\":1e99")]
    [InlineData("\"value\":34500", "\"value\":null")]
    [InlineData("\"currency\":\"NOK\"", "\"currency\":\"NOKK\"")]
    [InlineData("\"capturedAmount\"", "\"capturedAmounts\"")]
    [InlineData("\"aggregate\":{", "\"aggregat\":{")]
    public void An_answer_that_lacks_contradicts_or_is_about_another_is_none(string from, string to)
    {
        var json = Rig.PaymentJson();
        Assert.NotNull(Read(json));
        Assert.Contains(from, json);
        Assert.Null(Read(json.Replace(from, to)));
    }

    [Fact]
    public void An_aggregate_in_another_currency_than_the_amount_is_none() =>
        Assert.Null(Read(Rig.PaymentJson(captured: 5).Replace("\"capturedAmount\":{\"currency\":\"NOK\"", "\"capturedAmount\":{\"currency\":\"DKK\"")));

    [Fact]
    public void Events_keep_key_success_and_order()
    {
        const string json = """
            [{"reference":"taxi-NO4711-1042-ab12cd34-1","pspReference":"p1","name":"CREATED","amount":{"currency":"NOK","value":34500},"timestamp":"2026-11-20T10:00:00Z","idempotencyKey":"k1","success":true},
             {"reference":"taxi-NO4711-1042-ab12cd34-1","pspReference":"p2","name":"CAPTURED","amount":{"currency":"NOK","value":34500},"timestamp":"2026-11-20T10:01:00+01:00","success":false},
             {"reference":"taxi-NO4711-1042-ab12cd34-1","name":"NEW","amount":{"currency":"NOK","value":0},"timestamp":"2026-11-20T10:01:00Z","idempotencyKey":null,"success":true}]
            """;
        var events = PaymentReader.ReadEvents(Encoding.UTF8.GetBytes(json), Rig.Reference);
        Assert.Equal(
            [(PaymentEventName.Created, true, "k1"), (PaymentEventName.Captured, false, null), (PaymentEventName.Unknown, true, null)],
            events!.Select(e => (e.Name, e.Success, e.IdempotencyKey)));
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 9, 1, 0, TimeSpan.Zero), events![1].Timestamp);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("{}")]
    [InlineData("""[{"reference":"taxi-NO4711-1042-ab12cd34-2","name":"CREATED","amount":{"currency":"NOK","value":1},"timestamp":"2026-11-20T10:00:00Z","success":true}]""")]
    [InlineData("""[{"reference":"taxi-NO4711-1042-ab12cd34-1","name":"CREATED","amount":{"currency":"NOK","value":1},"timestamp":"yesterday","success":true}]""")]
    public void A_log_with_one_entry_that_cannot_be_read_is_none(string json) => Assert.Null(PaymentReader.ReadEvents(Encoding.UTF8.GetBytes(json), Rig.Reference));

    [Theory]
    [InlineData("""{"category":null}""", true)]
    [InlineData("""{"receipt":{"orderLines":[{"name":"a","id":"b","totalAmount":1,"totalAmountExcludingTax":1,"totalTaxAmount":0}],"bottomLine":{"currency":"NOK"}}}""", true)]
    [InlineData("""{"receipt":{"orderLines":null,"bottomLine":{"currency":"NOK"}}}""", false)]
    [InlineData("""{"receipt":{"orderLines":[null],"bottomLine":{"currency":"NOK"}}}""", false)]
    [InlineData("""{"receipt":{"orderLines":[]}}""", false)]
    [InlineData("""{"receipt":5}""", false)]
    public void An_order_is_read_whole_or_not(string json, bool readable) => Assert.Equal(readable, OrderReader.Read(Encoding.UTF8.GetBytes(json)) is not null);

    [Fact]
    public void A_receipt_read_back_says_the_same_though_the_server_filled_it_in()
    {
        var posted = new Receipt([new OrderLine("Taxi", "fare", 112, 100, 12) { TaxRate = 1200 }], new BottomLine("NOK") { ReceiptNumber = "1", PosId = "car" });
        var back = OrderReader.Read("""
            {"receipt":{"orderLines":[{"name":"Taxi","id":"fare","totalAmount":112,"totalAmountExcludingTax":100,"totalTaxAmount":12,"taxPercentage":12,"taxRate":null,"discount":0,"isReturn":false,"isShipping":null,"unitInfo":null}],
             "bottomLine":{"currency":"NOK","tipAmount":null,"posId":"car","receiptNumber":"1","totalAmount":112}}}
            """u8.ToArray())!.Receipt!;
        Assert.True(posted.SaysTheSameAs(back));
        Assert.False(posted.SaysTheSameAs(back with { OrderLines = [back.OrderLines[0] with { TotalAmount = 113 }] }));
        Assert.False(posted.SaysTheSameAs(back with { OrderLines = [back.OrderLines[0] with { TaxPercentage = 25 }] }));
        Assert.False(posted.SaysTheSameAs(back with { OrderLines = [.. back.OrderLines, back.OrderLines[0]] }));
        Assert.False(posted.SaysTheSameAs(back with { BottomLine = back.BottomLine with { ReceiptNumber = "2" } }));
    }

    /// <summary>A fixed seed: a failure repeats.</summary>
    [Fact]
    public void No_damage_to_an_answer_makes_a_reader_throw()
    {
        var random = new Random(20261121);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(Rig.PaymentJson(more: ""","metadata":{"trip":"æ\ud83d\ude95"},"captureGuaranteedUntil":"2026-12-04T10:00:00Z" """)),
            Encoding.UTF8.GetBytes(Rig.ProblemJson(400, 6080)),
            """[{"reference":"taxi-NO4711-1042-ab12cd34-1","name":"CREATED","amount":{"currency":"NOK","value":1},"timestamp":"2026-11-20T10:00:00Z","success":true}]"""u8.ToArray(),
            """{"receipt":{"orderLines":[{"name":"a","id":"b","totalAmount":1,"unitInfo":{"unitPrice":1,"quantity":"1","quantityUnit":"KM"}}],"bottomLine":{"currency":"NOK"}}}"""u8.ToArray(),
            """{"msn":"123456","reference":"taxi-NO4711-1042-ab12cd34-1","name":"AUTHORIZED","amount":{"currency":"NOK","value":1},"timestamp":"2026-11-20T10:00:00Z","success":true}"""u8.ToArray(),
        ];
        var junk = "\"\\{}[]:,0-9eE.u"u8.ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])seeds[round % seeds.Length].Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : junk[random.Next(junk.Length)];
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            PaymentReader.ReadPayment(bytes, Rig.Reference);
            PaymentReader.ReadEvents(bytes, Rig.Reference);
            PaymentReader.ReadCreated(bytes, Rig.Reference);
            OrderReader.Read(bytes);
            ProblemReader.Read(new RawResult.Answer(400, bytes, null));
            TokenReader.Read(new RawResult.Answer(200, bytes, null), 0);
            WebhookPayload.TryParse(bytes, out _);
        }
    }
}
