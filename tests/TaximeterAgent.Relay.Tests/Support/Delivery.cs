using System.Net.Http.Headers;
using System.Text;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>A delivery of the payment service, genuine unless something of it is changed.</summary>
internal sealed record Delivery(string Reference)
{
    public string Event { get; init; } = "AUTHORIZED";

    public string Secret { get; init; } = RelayCopy.Secret;

    /// <summary>How far the date is off.</summary>
    public TimeSpan Off { get; init; }

    /// <summary>Another body than the one that is signed.</summary>
    public string? Sent { get; init; }

    /// <summary>Another body than an event's, signed and sent.</summary>
    public string? Instead { get; init; }

    public string Path { get; init; } = "/webhooks/vipps";

    public string SignedPath { get; init; } = "/webhooks/vipps";

    public HttpMethod Method { get; init; } = HttpMethod.Post;

    public string Msn { get; init; } = "123456";

    public DateTimeOffset At { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>The header that is left out.</summary>
    public string? Without { get; init; }

    public string Body => Instead
        ?? $$"""{"msn":"{{Msn}}","reference":"{{Reference}}","pspReference":"p-1","name":"{{Event}}","amount":{"currency":"NOK","value":34500},"timestamp":"{{At:yyyy-MM-dd'T'HH:mm:ss'Z'}}","success":true}""";

    /// <summary>The headers that the signature needs.</summary>
    public IEnumerable<(string Name, string Value)> Headers(string host)
    {
        var signature = WebhookSigner.Sign(Secret, SignedPath, host, DateTimeOffset.UtcNow + Off, Encoding.UTF8.GetBytes(Body));
        (string Name, string Value)[] headers = [("x-ms-date", signature.Date), ("x-ms-content-sha256", signature.ContentSha256), ("Authorization", signature.Authorization)];
        return headers.Where(header => header.Name != Without);
    }

    /// <summary>Sends it: the status, and what <c>Retry-After</c> says.</summary>
    public async Task<(int Status, RetryConditionHeaderValue? RetryAfter)> SendAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(Method, new Uri(http.BaseAddress!, Path)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Sent ?? Body)) };
        foreach (var (name, value) in Headers(http.BaseAddress!.Authority))
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.RetryAfter);
    }

    public override string ToString() => $"{Event} {Reference}";
}
