using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Benchmarks.Limits;

/// <summary>The calls that a paid trip needs, by HttpClient on kept connections: bytes from memory, an answer that is read and not looked at.</summary>
internal sealed class BareCalls : IDisposable
{
    private const string Payments = "/epayment/v1/payments";
    private const string Json = "application/json";

    private static readonly string s_run = Guid.NewGuid().ToString("N")[..8];
    private static int s_payments;

    private readonly HttpClient _http;

    private BareCalls(HttpClient http) => _http = http;

    /// <summary>A payment's name that was not there before.</summary>
    public static string NewReference() => string.Create(CultureInfo.InvariantCulture, $"bare-NO4711T7-{Interlocked.Increment(ref s_payments)}-{s_run}-1");

    /// <summary>Fetches a token; the connection is kept.</summary>
    public static async Task<BareCalls> ConnectAsync(string service, CancellationToken stop)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri(service) };
        var headers = http.DefaultRequestHeaders;
        headers.Add("Ocp-Apim-Subscription-Key", ServerDefaults.SubscriptionKey);
        headers.Add("Merchant-Serial-Number", ServerDefaults.Msn);
        foreach (var name in (string[])["Vipps-System-Name", "Vipps-System-Version", "Vipps-System-Plugin-Name", "Vipps-System-Plugin-Version"])
            headers.Add(name, "bare");
        using var ask = new HttpRequestMessage(HttpMethod.Post, "/accesstoken/get") { Headers = { { "client_id", ServerDefaults.ClientId }, { "client_secret", ServerDefaults.ClientSecret } } };
        using var answer = await http.SendAsync(ask, stop);
        var token = (string)JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(stop))!["access_token"]!;
        headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new BareCalls(http);
    }

    public Task CreateAsync(string reference, CancellationToken stop) => PostAsync(
        Payments,
        $$$"""{"amount":{"value":34500,"currency":"NOK"},"paymentMethod":{"type":"WALLET"},"customer":{"phoneNumber":"4791234567"},"customerInteraction":"CUSTOMER_PRESENT","userFlow":"PUSH_MESSAGE","reference":"{{{reference}}}","paymentDescription":"Taxi NO-4711-T7, 2695","metadata":{"car":"NO-4711-T7","trip":"{{{reference}}}"}}""",
        stop);

    public async Task ReadAsync(string reference, CancellationToken stop)
    {
        using var answer = await _http.GetAsync($"{Payments}/{reference}", stop);
        answer.EnsureSuccessStatusCode();
    }

    public Task ReceiptAsync(string reference, CancellationToken stop) => PostAsync(
        $"/order-management/v2/ECOM/receipts/{reference}",
        """{"orderLines":[{"name":"Taxi","id":"fare","totalAmount":31000,"totalAmountExcludingTax":27679,"totalTaxAmount":3321,"taxRate":1200,"unitInfo":{"unitPrice":2500,"quantity":"12.4","quantityUnit":"KM"}},{"name":"Supplements","id":"supplements","totalAmount":3500,"totalAmountExcludingTax":3125,"totalTaxAmount":375,"taxRate":1200}],"bottomLine":{"currency":"NOK","posId":"NO-4711-T7","receiptNumber":"2695"}}""",
        stop);

    public Task CaptureAsync(string reference, CancellationToken stop) => PostAsync(
        $"{Payments}/{reference}/capture", """{"modificationAmount":{"value":34500,"currency":"NOK"}}""", stop);

    public void Dispose() => _http.Dispose();

    private async Task PostAsync(string path, string body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, Json) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var answer = await _http.SendAsync(request, stop);
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(stop)}");
    }
}
