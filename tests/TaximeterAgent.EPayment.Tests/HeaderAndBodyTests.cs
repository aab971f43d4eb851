using System.Text;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>What goes over the wire: paths, headers, exact bytes.</summary>
public sealed class HeaderAndBodyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static CreatePaymentRequest Taxi { get; } = new(Rig.Reference, new Amount(34500, "NOK"), "Drosje 1042 æøå")
    {
        PhoneNumber = "4791234567",
        Metadata = new Dictionary<string, string> { ["trip"] = "NO-4711/1042/2026-11-20T10:00:00Z", ["car"] = "NO-4711-T7" },
    };

    private static Receipt SmallReceipt { get; } = new(
        [
            new OrderLine("Taxi", "fare", 31000, 27679, 3321) { TaxRate = 1200, UnitInfo = new UnitInfo(2500, "12.4", QuantityUnit.Kilometres) },
            new OrderLine("Bompenger", "supplement", 3500, 3500, 0) { TaxRate = 0 },
        ],
        new BottomLine("NOK") { PosId = "NO-4711-T7", ReceiptNumber = "1042", TipAmount = 0 });

    [Fact]
    public async Task Every_call_has_its_path_method_key_and_exact_body()
    {
        await using var rig = new Rig(request => request.Method == "DELETE" ? Reply.Empty(204) : Reply.Json(200, "{}"));
        var (client, unit, body) = (rig.Client, rig.Unit, RequestBodies.Modification(new Amount(100, "NOK")));
        var id = Guid.Parse("490ffb31-2aa4-4c1b-9d8a-1c4c1fbf1f0e");
        await client.CreateAsync(unit, Rig.Reference, "key-create", RequestBodies.Create(Taxi, Now));
        await client.GetAsync(unit, Rig.Reference);
        await client.GetEventsAsync(unit, Rig.Reference);
        await client.CaptureAsync(unit, Rig.Reference, "key-capture", body);
        await client.CancelAsync(unit, Rig.Reference, "key-cancel", RequestBodies.Cancel(false));
        await client.CancelAsync(unit, Rig.Reference, "key-cancel-only", RequestBodies.Cancel(true));
        await client.RefundAsync(unit, Rig.Reference, "key-refund", body);
        await client.PostReceiptAsync(unit, Rig.Reference, RequestBodies.Receipt(SmallReceipt));
        await client.GetOrderAsync(unit, Rig.Reference);
        await new ForceApproval(rig.Connection).ApproveAsync(unit, Rig.Reference, "4791234567");
        await rig.Webhooks.RegisterAsync(unit, new Uri("https://example.com/hook"), ["epayments.payment.authorized.v1"]);
        await rig.Webhooks.ListAsync(unit);
        await rig.Webhooks.DeleteAsync(unit, id);

        const string modification = """{"modificationAmount":{"currency":"NOK","value":100}}""";
        (string, string, string?, string)[] expected =
        [
            ("POST", "/epayment/v1/payments", "key-create", Encoding.UTF8.GetString(RequestBodies.Create(Taxi, Now))),
            ("GET", $"/epayment/v1/payments/{Rig.Reference}", null, ""),
            ("GET", $"/epayment/v1/payments/{Rig.Reference}/events", null, ""),
            ("POST", $"/epayment/v1/payments/{Rig.Reference}/capture", "key-capture", modification),
            ("POST", $"/epayment/v1/payments/{Rig.Reference}/cancel", "key-cancel", ""),
            ("POST", $"/epayment/v1/payments/{Rig.Reference}/cancel", "key-cancel-only", """{"cancelTransactionOnly":true}"""),
            ("POST", $"/epayment/v1/payments/{Rig.Reference}/refund", "key-refund", modification),
            ("POST", $"/order-management/v2/ECOM/receipts/{Rig.Reference}", null, Encoding.UTF8.GetString(RequestBodies.Receipt(SmallReceipt))),
            ("GET", $"/order-management/v2/ECOM/{Rig.Reference}", null, ""),
            ("POST", $"/epayment/v1/test/payments/{Rig.Reference}/approve", null, """{"customer":{"phoneNumber":"4791234567"}}"""),
            ("POST", "/webhooks/v1/webhooks", null, """{"url":"https://example.com/hook","events":["epayments.payment.authorized.v1"]}"""),
            ("GET", "/webhooks/v1/webhooks", null, ""),
            ("DELETE", $"/webhooks/v1/webhooks/{id}", null, ""),
        ];
        Assert.Equal(expected, rig.Server.Calls.Select(c => (c.Method, c.Path, c.Header("Idempotency-Key"), c.Text)));
        Assert.All(rig.Server.Calls, call =>
        {
            Assert.Equal(
                ("Bearer token-1", "the-subscription-key", "123456", "sys", "1.2", "plug in", "3.4"),
                (call.Header("Authorization"), call.Header("Ocp-Apim-Subscription-Key"), call.Header("Merchant-Serial-Number"), call.Header("Vipps-System-Name"),
                    call.Header("Vipps-System-Version"), call.Header("Vipps-System-Plugin-Name"), call.Header("Vipps-System-Plugin-Version")));
            Assert.Equal(call.Body.Length > 0 ? "application/json" : null, call.Header("Content-Type"));
            // The keys go to the token endpoint only.
            Assert.Null(call.Header("client_id"));
            Assert.Null(call.Header("client_secret"));
            Assert.DoesNotContain(call.Headers, h => h.Key is "traceparent" or "Cookie" or "User-Agent" or "Expect");
        });
    }

    [Fact]
    public void A_taxi_s_create_has_exactly_these_bytes() => Assert.Equal(
        """
        {"amount":{"currency":"NOK","value":34500},"paymentMethod":{"type":"WALLET"},"customer":{"phoneNumber":"4791234567"},"customerInteraction":"CUSTOMER_PRESENT","userFlow":"PUSH_MESSAGE","reference":"taxi-NO4711-1042-ab12cd34-1","paymentDescription":"Drosje 1042 æøå","metadata":{"car":"NO-4711-T7","trip":"NO-4711/1042/2026-11-20T10:00:00Z"}}
        """,
        Encoding.UTF8.GetString(RequestBodies.Create(Taxi, Now)));

    [Fact]
    public void A_create_with_everything_has_exactly_these_bytes() => Assert.Equal(
        """
        {"amount":{"currency":"EUR","value":1},"paymentMethod":{"type":"WALLET"},"customerInteraction":"CUSTOMER_NOT_PRESENT","userFlow":"QR","returnUrl":"https://example.com/back","reference":"taxi-NO4711-1042-ab12cd34-1","paymentDescription":"abc","receipt":{"orderLines":[{"name":"a","id":"b","totalAmount":1,"totalAmountExcludingTax":1,"totalTaxAmount":0,"taxRate":0}],"bottomLine":{"currency":"EUR"}},"expiresAt":"2026-11-20T11:00:00Z"}
        """,
        Encoding.UTF8.GetString(RequestBodies.Create(
            new CreatePaymentRequest(Rig.Reference, new Amount(1, "EUR"), "abc")
            {
                UserFlow = UserFlow.Qr, CustomerPresent = false, ReturnUrl = new Uri("https://example.com/back"), ExpiresAt = Now.AddHours(1),
                Receipt = new Receipt([new OrderLine("a", "b", 1, 1, 0) { TaxRate = 0 }], new BottomLine("EUR")),
            },
            Now)));

    [Fact]
    public void A_receipt_has_exactly_these_bytes() => Assert.Equal(
        """
        {"orderLines":[{"name":"Taxi","id":"fare","totalAmount":31000,"totalAmountExcludingTax":27679,"totalTaxAmount":3321,"taxRate":1200,"unitInfo":{"unitPrice":2500,"quantity":"12.4","quantityUnit":"KM"}},{"name":"Bompenger","id":"supplement","totalAmount":3500,"totalAmountExcludingTax":3500,"totalTaxAmount":0,"taxRate":0}],"bottomLine":{"currency":"NOK","tipAmount":0,"posId":"NO-4711-T7","receiptNumber":"1042"}}
        """,
        Encoding.UTF8.GetString(RequestBodies.Receipt(SmallReceipt)));

    public static TheoryData<string, object> BadCreates => new()
    {
        { "reference", Taxi with { Reference = "short-1" } },
        { "reference", Taxi with { Reference = new string('a', 51) } },
        { "reference", Taxi with { Reference = "taxi_1042_abc" } },
        { "reference", Taxi with { Reference = "taxi-1042-æ" } },
        { "amount.currency", Taxi with { Amount = new Amount(34500, "SEK") } },
        { "amount.currency", Taxi with { Amount = default } },
        { "amount.value", Taxi with { Amount = new Amount(99, "NOK") } },
        { "amount.value", Taxi with { Amount = new Amount(0, "DKK") } },
        { "amount.value", Taxi with { Amount = new Amount(-1, "EUR") } },
        { "amount.value", Taxi with { Amount = new Amount(65_000_001, "NOK") } },
        { "customer.phoneNumber", Taxi with { PhoneNumber = null } },
        { "customer.phoneNumber", Taxi with { PhoneNumber = "479123456" } },
        { "customer.phoneNumber", Taxi with { PhoneNumber = "4791234567890123" } },
        { "customer.phoneNumber", Taxi with { PhoneNumber = "+4791234567" } },
        { "customer.phoneNumber", Taxi with { PhoneNumber = "٤٧٩١٢٣٤٥٦٧" } },
        { "paymentDescription", Taxi with { PaymentDescription = "ab" } },
        { "paymentDescription", Taxi with { PaymentDescription = new string('x', 101) } },
        { "paymentDescription", Taxi with { PaymentDescription = "a\nbcd" } },
        { "paymentDescription", Taxi with { PaymentDescription = "abc\ud800" } },
        { "metadata", Taxi with { Metadata = Enumerable.Range(0, 6).ToDictionary(i => $"k{i}", i => "v") } },
        { "metadata key", Taxi with { Metadata = new Dictionary<string, string> { [new string('k', 101)] = "v" } } },
        { "metadata key", Taxi with { Metadata = new Dictionary<string, string> { [""] = "v" } } },
        { "metadata value", Taxi with { Metadata = new Dictionary<string, string> { ["k"] = new string('v', 501) } } },
        { "returnUrl", Taxi with { UserFlow = UserFlow.WebRedirect } },
        { "userFlow", Taxi with { UserFlow = (UserFlow)77 } },
        { "receipt", Taxi with { ExpiresAt = Now.AddHours(1) } },
        { "expiresAt", Taxi with { ExpiresAt = Now.AddMinutes(10), Receipt = SmallReceipt } },
        { "expiresAt", Taxi with { ExpiresAt = Now.AddDays(60).AddSeconds(1), Receipt = SmallReceipt } },
        { "receipt.orderLines", Taxi with { Receipt = SmallReceipt with { OrderLines = [] } } },
    };

    [Theory]
    [MemberData(nameof(BadCreates))]
    public void A_create_outside_its_limits_names_the_field_and_not_the_value(string field, object request)
    {
        var error = Assert.Throws<RequestFieldException>(() => RequestBodies.Create((CreatePaymentRequest)request, Now));
        Assert.Equal(field, error.Field);
        Assert.StartsWith(field + ": expected ", error.Message);
        Assert.DoesNotContain("91234567", error.ToString());
    }

    [Fact]
    public void A_create_at_its_limits_is_accepted()
    {
        CreatePaymentRequest[] atLimits =
        [
            Taxi with { Reference = "abcdefg1" },
            Taxi with { Reference = new string('A', 50) },
            Taxi with { Amount = new Amount(100, "NOK") },
            Taxi with { Amount = new Amount(1, "DKK") },
            Taxi with { Amount = new Amount(65_000_000, "EUR") },
            Taxi with { PhoneNumber = "1234567890" },
            Taxi with { PhoneNumber = "123456789012345" },
            Taxi with { PaymentDescription = "abc" },
            Taxi with { PaymentDescription = new string('x', 98) + "🚕" },
            Taxi with { Metadata = Enumerable.Range(0, 5).ToDictionary(i => i + new string('k', 99), i => new string('v', 500)) },
            Taxi with { ExpiresAt = Now.AddDays(60), Receipt = SmallReceipt },
        ];
        Assert.All(atLimits, request => Assert.NotEmpty(RequestBodies.Create(request, Now)));
    }

    [Theory]
    [InlineData(0, "NOK", "modificationAmount.value")]
    [InlineData(65_000_001, "NOK", "modificationAmount.value")]
    [InlineData(100, "nok", "modificationAmount.currency")]
    public void A_modification_outside_its_limits_names_the_field(long value, string currency, string field) =>
        Assert.Equal(field, Assert.Throws<RequestFieldException>(() => RequestBodies.Modification(new Amount(value, currency))).Field);

    public static TheoryData<string, object> BadReceipts
    {
        get
        {
            var line = SmallReceipt.OrderLines[0];
            var bottom = SmallReceipt.BottomLine;
            Receipt With(OrderLine changed) => SmallReceipt with { OrderLines = [changed] };
            return new TheoryData<string, object>
            {
                { "orderLines", SmallReceipt with { OrderLines = [] } },
                { "orderLines", SmallReceipt with { OrderLines = [.. Enumerable.Repeat(line, 101)] } },
                { "orderLines[0].name", With(line with { Name = "" }) },
                { "orderLines[0].id", With(line with { Id = new string('i', 101) }) },
                { "orderLines[0].totalAmount", With(line with { TotalAmount = -1 }) },
                { "orderLines[0].totalTaxAmount", With(line with { TotalTaxAmount = 3320 }) },
                { "orderLines[0].taxRate", With(line with { TaxRate = null }) },
                { "orderLines[0].taxRate", With(line with { TaxRate = 10001 }) },
                { "orderLines[0].taxPercentage", With(line with { TaxPercentage = 12 }) },
                { "orderLines[0].discount", With(line with { Discount = -1 }) },
                { "orderLines[0].unitInfo.unitPrice", With(line with { UnitInfo = new UnitInfo(-1, "1", null) }) },
                { "orderLines[0].unitInfo.quantity", With(line with { UnitInfo = new UnitInfo(1, "1,5", null) }) },
                { "orderLines[0].unitInfo.quantity", With(line with { UnitInfo = new UnitInfo(1, ".5", null) }) },
                { "orderLines[0].unitInfo.quantity", With(line with { UnitInfo = new UnitInfo(1, "1.", null) }) },
                { "orderLines[0].unitInfo.quantity", With(line with { UnitInfo = new UnitInfo(1, "12345678901", null) }) },
                { "orderLines[0].unitInfo.quantityUnit", With(line with { UnitInfo = new UnitInfo(1, "1", (QuantityUnit)99) }) },
                { "bottomLine.currency", SmallReceipt with { BottomLine = bottom with { Currency = "SEK" } } },
                { "bottomLine.tipAmount", SmallReceipt with { BottomLine = bottom with { TipAmount = -1 } } },
                { "bottomLine.barcode.format", SmallReceipt with { BottomLine = bottom with { Barcode = new Barcode("QR", "x") } } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(BadReceipts))]
    public void A_receipt_outside_its_limits_names_the_field(string field, object receipt) =>
        Assert.Equal(field, Assert.Throws<RequestFieldException>(() => RequestBodies.Receipt((Receipt)receipt)).Field);

    [Fact]
    public async Task What_can_never_be_right_is_an_exception_and_is_not_sent()
    {
        await using var rig = new Rig(_ => Reply.Json(200, Rig.PaymentJson()));
        await Assert.ThrowsAsync<ArgumentException>("reference", () => rig.Client.GetAsync(rig.Unit, "../../x/y/z"));
        await Assert.ThrowsAsync<ArgumentException>("idempotencyKey", () => rig.Client.CaptureAsync(rig.Unit, Rig.Reference, new string('k', 51), Rig.Body));
        await Assert.ThrowsAsync<ArgumentException>("idempotencyKey", () => rig.Client.CancelAsync(rig.Unit, Rig.Reference, "a\r\nb", default));
        await Assert.ThrowsAsync<ArgumentException>("body", () => rig.Client.CaptureAsync(rig.Unit, Rig.Reference, Rig.Key, default));
        await Assert.ThrowsAsync<ArgumentException>("unit", () => new ForceApproval(rig.Connection).ApproveAsync(new SalesUnit(new Uri("https://api.vipps.no"), "123456"), Rig.Reference, "4791234567"));
        await Assert.ThrowsAsync<RequestFieldException>(() => rig.Webhooks.RegisterAsync(rig.Unit, new Uri("http://example.com"), WebhookEvents.All));
        await Assert.ThrowsAsync<RequestFieldException>(() => rig.Webhooks.RegisterAsync(rig.Unit, new Uri("https://example.com"), ["epayments.payment.authorised.v1"]));
        Assert.Empty(rig.Server.Seen);
    }
}
