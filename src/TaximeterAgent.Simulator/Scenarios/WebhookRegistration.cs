using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>An address of the agent's or of the relay's, registered at the service by whoever runs the car, and what can be sent there by somebody else.</summary>
/// <param name="Url">Where deliveries go.</param>
/// <param name="Secret">What deliveries are signed with.</param>
/// <param name="Trusted">Who signs the address's certificate; null where it has none.</param>
internal sealed record WebhookRegistration(Uri Url, string Secret, Authority? Trusted = null)
{
    /// <summary>Registers an address on this machine, and tells the agent's configuration.</summary>
    public static async Task<WebhookRegistration> MakeAsync(World world, params string[] events)
    {
        var url = new Uri($"http://127.0.0.1:{LoopbackPorts.Free()}/webhooks");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://{world.Apis.EndPoint}/") };
        ApiCredentials keys = world.Apis.Credentials;
        http.DefaultRequestHeaders.Add(HeaderNames.SubscriptionKey, keys.SubscriptionKey);
        http.DefaultRequestHeaders.Add(HeaderNames.Msn, keys.MerchantSerialNumber);
        foreach (string name in HeaderNames.System)
            http.DefaultRequestHeaders.Add(name, "simulator");
        using var ask = new HttpRequestMessage(HttpMethod.Post, "accesstoken/get") { Headers = { { HeaderNames.ClientId, keys.ClientId }, { HeaderNames.ClientSecret, keys.ClientSecret } } };
        string token = (await AnswerAsync(http, ask))["access_token"]!.GetValue<string>();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var body = new JsonObject
        {
            ["url"] = url.ToString(),
            ["events"] = new JsonArray([.. events.Select(name => (JsonNode)JsonValue.Create($"epayments.payment.{name}.v1"))]),
        };
        using var register = new HttpRequestMessage(HttpMethod.Post, "webhooks/v1/webhooks") { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        string secret = (await AnswerAsync(http, register))["secret"]!.GetValue<string>();
        world.Reconfigure(root => root["Webhooks"] = new JsonObject
        {
            ["Listen"] = url.GetLeftPart(UriPartial.Authority),
            ["Path"] = url.AbsolutePath,
            ["Secret"] = secret,
        });
        return new WebhookRegistration(url, secret);
    }

    /// <summary>Whether anything listens there.</summary>
    public bool IsListening()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, Url.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends a delivery as the service would, or nearly so; the status of the answer.</summary>
    /// <param name="body">The body that is sent.</param>
    /// <param name="signed">The body that is signed; null: the same.</param>
    /// <param name="secret">What it is signed with; null: the true secret.</param>
    /// <param name="off">How far its date is off.</param>
    /// <param name="bare">True: without any signature.</param>
    public async Task<int> SendAsync(string body, string? signed = null, string? secret = null, TimeSpan off = default, bool bare = false)
    {
        using var http = new HttpClient(Trusted?.Handler() ?? new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, Url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (!bare)
        {
            string date = (DateTimeOffset.UtcNow + off).ToString("R");
            string hash = WebhookSignature.ContentHash(Encoding.UTF8.GetBytes(signed ?? body));
            string signature = WebhookSignature.Sign(secret ?? Secret, Url.PathAndQuery, date, Url.Authority, hash);
            request.Headers.TryAddWithoutValidation("x-ms-date", date);
            request.Headers.TryAddWithoutValidation("x-ms-content-sha256", hash);
            request.Headers.TryAddWithoutValidation("Authorization", $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}");
        }

        using HttpResponseMessage answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task<JsonObject> AnswerAsync(HttpClient http, HttpRequestMessage request)
    {
        using HttpResponseMessage answer = await http.SendAsync(request);
        string body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonNode.Parse(body)!.AsObject()
            : throw new ScenarioFailed($"the simulator's own {request.RequestUri} was answered {(int)answer.StatusCode}: {body}");
    }
}
