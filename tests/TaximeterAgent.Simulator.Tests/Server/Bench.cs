using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

/// <summary>A server on a clock that stands, and a client that does everything right unless it is told otherwise.</summary>
internal sealed class Bench
{
    public const string Reference = "oslo-17-1042-k3m9x2ab-1";
    public const string Phone = "4791234567";
    public const string Trip = "NO-4711/1042/2026-11-20T10:00:00Z";

    private readonly Dictionary<string, string> _tokens = [];
    private int _keys;

    public Bench(ServerOptions? options = null, ICustomerBehaviour? customers = null)
    {
        Server = new VippsServer(Time, options, customers ?? Customers)
        {
            Wire = Wire.Add,
            PaymentNoted = (reference, entry) => Noted.Add($"{reference} {entry.Name}"),
            ViolationFound = ViolationsTold.Add,
        };
    }

    public ManualTime Time { get; } = new();
    public VippsServer Server { get; }
    public ScriptedCustomers Customers { get; } = new() { Otherwise = CustomerPlan.Approves(TimeSpan.FromSeconds(3)) };
    public List<WireEntry> Wire { get; } = [];
    public List<string> Noted { get; } = [];
    public List<Violation> ViolationsTold { get; } = [];
    public IEnumerable<string> BrokenRules => Server.Violations.Select(v => v.Rule);

    public static JsonObject CreateBody(string reference = Reference, long value = 34_500, string currency = "NOK") => new()
    {
        ["amount"] = new JsonObject { ["currency"] = currency, ["value"] = value },
        ["paymentMethod"] = new JsonObject { ["type"] = "WALLET" },
        ["customer"] = new JsonObject { ["phoneNumber"] = Phone },
        ["customerInteraction"] = "CUSTOMER_PRESENT",
        ["userFlow"] = "PUSH_MESSAGE",
        ["reference"] = reference,
        ["paymentDescription"] = "Taxi 17, trip 1042",
        ["metadata"] = new JsonObject { ["trip"] = Trip, ["car"] = "17" },
    };

    public static JsonObject Amount(long value, string currency = "NOK") =>
        new() { ["modificationAmount"] = new JsonObject { ["currency"] = currency, ["value"] = value } };

    public static JsonObject ReceiptBody(long total = 34_500) => new()
    {
        ["orderLines"] = new JsonArray(new JsonObject
        {
            ["name"] = "Taxi fare",
            ["id"] = "fare",
            ["totalAmount"] = total,
            ["totalAmountExcludingTax"] = total - 3_696,
            ["totalTaxAmount"] = 3_696,
            ["taxRate"] = 1200,
            ["unitInfo"] = new JsonObject { ["unitPrice"] = 2_782, ["quantity"] = "12.4", ["quantityUnit"] = "KM" },
        }),
        ["bottomLine"] = new JsonObject { ["currency"] = "NOK", ["posId"] = "17", ["receiptNumber"] = "1042" },
    };

    public string NewKey() => $"key-{++_keys}";

    public string Token(SalesUnit? unit = null)
    {
        unit ??= ServerDefaults.SalesUnit;
        if (!_tokens.TryGetValue(unit.Msn, out var token))
            _tokens[unit.Msn] = token = FetchToken(unit);
        return token;
    }

    public void ForgetTokens() => _tokens.Clear();

    public List<KeyValuePair<string, string>> TokenHeaders(SalesUnit? unit = null)
    {
        unit ??= ServerDefaults.SalesUnit;
        return
        [
            new("client_id", unit.Keys.ClientId),
            new("client_secret", unit.Keys.ClientSecret),
            new("Ocp-Apim-Subscription-Key", unit.Keys.SubscriptionKey),
            new("Merchant-Serial-Number", unit.Msn),
            .. SystemHeaders,
        ];
    }

    public List<KeyValuePair<string, string>> Headers(SalesUnit? unit = null)
    {
        unit ??= ServerDefaults.SalesUnit;
        return
        [
            new("Authorization", "Bearer " + Token(unit)),
            new("Ocp-Apim-Subscription-Key", unit.Keys.SubscriptionKey),
            new("Merchant-Serial-Number", unit.Msn),
            .. SystemHeaders,
        ];
    }

    public ServerAnswer Send(string method, string path, IEnumerable<KeyValuePair<string, string>> headers, string body = "") =>
        Server.Handle(new ServerRequest(method, path, [.. headers], Encoding.UTF8.GetBytes(body)));

    public ServerAnswer PostRaw(string path, string body, string? key = null, SalesUnit? unit = null)
    {
        var headers = Headers(unit);
        headers.Add(new("Content-Type", "application/json"));
        if (key is not null)
            headers.Add(new("Idempotency-Key", key));
        return Send("POST", path, headers, body);
    }

    public ServerAnswer Post(string path, JsonNode body, string? key = null, SalesUnit? unit = null) => PostRaw(path, body.ToJsonString(), key, unit);

    public ServerAnswer Create(JsonObject? body = null, string? key = null, SalesUnit? unit = null) =>
        Post("/epayment/v1/payments", body ?? CreateBody(), key ?? NewKey(), unit);

    public ServerAnswer Get(string reference = Reference, SalesUnit? unit = null) => Send("GET", $"/epayment/v1/payments/{reference}", Headers(unit));

    public ServerAnswer Events(string reference = Reference) => Send("GET", $"/epayment/v1/payments/{reference}/events", Headers());

    public ServerAnswer Capture(long value, string? key = null, string reference = Reference, SalesUnit? unit = null) =>
        Post($"/epayment/v1/payments/{reference}/capture", Amount(value), key ?? NewKey(), unit);

    public ServerAnswer Refund(long value, string? key = null, string reference = Reference) =>
        Post($"/epayment/v1/payments/{reference}/refund", Amount(value), key ?? NewKey());

    public ServerAnswer Cancel(bool onlyBeforeApproval = false, string? key = null, string reference = Reference) => onlyBeforeApproval
        ? Post($"/epayment/v1/payments/{reference}/cancel", new JsonObject { ["cancelTransactionOnly"] = true }, key ?? NewKey())
        : Send("POST", $"/epayment/v1/payments/{reference}/cancel", Headers().Append(new("Idempotency-Key", key ?? NewKey())));

    public ServerAnswer PostReceipt(JsonObject? body = null, string reference = Reference) =>
        Post($"/order-management/v2/ECOM/receipts/{reference}", body ?? ReceiptBody());

    public ServerAnswer GetReceipt(string reference = Reference) => Send("GET", $"/order-management/v2/ECOM/{reference}", Headers());

    /// <summary>A payment that the customer has approved.</summary>
    public void Authorize(string reference = Reference, long value = 34_500)
    {
        var body = CreateBody(reference, value);
        if (reference != Reference)
            ((JsonObject)body["metadata"]!)["trip"] = reference;
        Assert.Equal(201, Create(body).Status);
        Time.Advance(5);
        Assert.Equal("AUTHORIZED", Json(Get(reference))["state"]!.GetValue<string>());
    }

    public static JsonNode Json(ServerAnswer answer) => JsonNode.Parse(answer.BodyText)!;

    public static string? Code(ServerAnswer answer) => Json(answer)["extraDetails"]?.AsArray()
        .Where(d => d!["name"]!.GetValue<string>() == "ErrorCode").Select(d => d!["reason"]!.GetValue<string>()).SingleOrDefault();

    public (long Authorized, long Captured, long Cancelled, long Refunded) Aggregate(string reference = Reference)
    {
        var aggregate = Json(Get(reference))["aggregate"]!;
        return (Value("authorizedAmount"), Value("capturedAmount"), Value("cancelledAmount"), Value("refundedAmount"));

        long Value(string name) => aggregate[name]!["value"]!.GetValue<long>();
    }

    public string State(string reference = Reference) => Json(Get(reference))["state"]!.GetValue<string>();

    /// <summary>Refused with the status, and noted as a break of just this rule.</summary>
    public void AssertRefused(ServerAnswer answer, int status, string rule)
    {
        Assert.Equal(status, answer.Status);
        Assert.Contains(rule, BrokenRules);
    }

    private string FetchToken(SalesUnit unit)
    {
        var answer = Send("POST", "/accesstoken/get", TokenHeaders(unit));
        Assert.Equal(200, answer.Status);
        return Json(answer)["access_token"]!.GetValue<string>();
    }

    private static List<KeyValuePair<string, string>> SystemHeaders { get; } =
    [
        new("Vipps-System-Name", "taximeter"),
        new("Vipps-System-Version", "1.0"),
        new("Vipps-System-Plugin-Name", "agent"),
        new("Vipps-System-Plugin-Version", "1.0"),
    ];
}
