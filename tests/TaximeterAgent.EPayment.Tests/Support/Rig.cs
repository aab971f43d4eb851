namespace TaximeterAgent.EPayment.Tests;

/// <summary>The real client over real sockets against a <see cref="RawServer"/>.</summary>
internal sealed class Rig : IAsyncDisposable
{
    internal const string Reference = "taxi-NO4711-1042-ab12cd34-1";
    internal const string Key = "7d1f0f3e-0001";
    internal static readonly byte[] Body = RequestBodies.Modification(new Amount(34500, "NOK"));

    private readonly HttpMessageHandler _handler;

    /// <param name="answer">For all calls; the token endpoint is served unless <paramref name="token"/> does it.</param>
    internal Rig(Func<SeenRequest, Reply> answer, Func<SeenRequest, Reply>? token = null, TimeProvider? time = null, TimeSpan? tryTimeout = null)
    {
        Server = new RawServer(request => request.Path == "/accesstoken/get" ? (token ?? (_ => Reply.Token()))(request) : answer(request));
        var options = Options(Server.Url);
        if (tryTimeout is { } most) options.TryTimeout = most;
        _handler = EPaymentHttpHandler.Create(options);
        Connection = new EPaymentConnection(options, _handler, time ?? TimeProvider.System);
        Unit = options.SalesUnit;
    }

    internal RawServer Server { get; }

    internal EPaymentConnection Connection { get; }

    internal EPaymentClient Client => new(Connection);

    internal WebhookRegistrationClient Webhooks => new(Connection);

    internal SalesUnit Unit { get; }

    internal Task<CallOutcome<Payment>> Capture() => Client.CaptureAsync(Unit, Reference, Key, Body);

    internal static EPaymentOptions Options(Uri url) => new()
    {
        BaseUrl = url,
        MerchantSerialNumber = "123456",
        ClientId = "the-client-id",
        ClientSecret = "the-client-secret",
        SubscriptionKey = "the-subscription-key",
        // Long: no test's result may hang on how fast the machine is.
        TryTimeout = TimeSpan.FromMinutes(1),
        ConnectTimeout = TimeSpan.FromSeconds(30),
        SystemName = "sys",
        SystemVersion = "1.2",
        PluginName = "plug in",
        PluginVersion = "3.4",
    };

    internal static string PaymentJson(string state = "AUTHORIZED", long authorized = 34500, long captured = 0, long refunded = 0, long cancelled = 0, string? reference = null, string more = "") => $$"""
        {"reference":"{{reference ?? Reference}}","state":"{{state}}","pspReference":"psp-1","amount":{"currency":"NOK","value":34500},
         "aggregate":{"authorizedAmount":{"currency":"NOK","value":{{authorized}} },"capturedAmount":{"currency":"NOK","value":{{captured}} },
         "refundedAmount":{"currency":"NOK","value":{{refunded}} },"cancelledAmount":{"currency":"NOK","value":{{cancelled}} } }{{more}} }
        """;

    internal static string ProblemJson(int status, int? code, string title = "Not so") => $$"""
        {"type":"https://example.com/p","title":"{{title}}","detail":"about this","status":{{status}},"instance":"/epayment/v1/payments","traceId":"00-abc-def-01",
         "extraDetails":[{{(code is null ? """{"name":"amount.value","reason":"too much"}""" : $$"""{"name":"ErrorCode","reason":"{{code}}"}""")}}] }
        """;

    public async ValueTask DisposeAsync()
    {
        _handler.Dispose();
        await Server.DisposeAsync();
    }
}
