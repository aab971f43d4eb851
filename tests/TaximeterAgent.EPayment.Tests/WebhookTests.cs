using System.Text;

namespace TaximeterAgent.EPayment.Tests;

/// <summary>Genuine and forged deliveries.</summary>
public sealed class WebhookTests
{
    private const string PublishedSecret = "A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==";
    private const string Path = "/hook?car=7";
    private const string Host = "car.example.com:8443";
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = """{"msn":"123456","reference":"taxi-NO4711-1042-ab12cd34-1","pspReference":"p-1","name":"AUTHORIZED","amount":{"currency":"NOK","value":34500},"timestamp":"2026-11-20T09:59:58.123Z","idempotencyKey":null,"success":true}"""u8.ToArray();

    private static WebhookRequest Signed(string secret = "secret-1", DateTimeOffset? date = null)
    {
        var signature = WebhookSigner.Sign(secret, Path, Host, date ?? Now, Body);
        return new WebhookRequest(Path, Host, signature.Date, signature.ContentSha256, signature.Authorization);
    }

    private static WebhookVerifier Verifier(params string[] secrets) => new(secrets.Length > 0 ? secrets : ["secret-1"], new ManualTime(Now));

    [Fact]
    public void The_published_vector_is_signed_and_verified()
    {
        var date = new DateTimeOffset(2023, 3, 30, 8, 38, 32, TimeSpan.Zero);
        var body = "{\"some-unique-content\":\"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world\"}"u8;
        var signature = WebhookSigner.Sign(PublishedSecret, "/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63", "webhook.site", date, body);
        Assert.Equal(
            new WebhookSignature(
                "Thu, 30 Mar 2023 08:38:32 GMT",
                "lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=",
                "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U="),
            signature);
        var request = new WebhookRequest("/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63", "webhook.site", signature.Date, signature.ContentSha256, signature.Authorization);
        Assert.Equal(WebhookVerdict.Genuine, new WebhookVerifier([PublishedSecret], new ManualTime(date)).Verify(request, body));
    }

    [Fact]
    public void Any_active_secret_will_do_and_an_inactive_one_will_not()
    {
        Assert.Equal(WebhookVerdict.Genuine, Verifier("secret-2", "secret-1").Verify(Signed("secret-1"), Body));
        Assert.Equal(WebhookVerdict.Genuine, Verifier("secret-2", "secret-1").Verify(Signed("secret-2"), Body));
        Assert.Equal(WebhookVerdict.BadSignature, Verifier("secret-2", "secret-1").Verify(Signed("secret-3"), Body));
    }

    /// <summary>Found by the fuzzer: the last letter of base64 has bits that decode to nothing.</summary>
    [Fact]
    public void One_signature_has_one_text()
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var genuine = Signed();
        var last = genuine.Authorization![^2];
        var same = letters[letters.IndexOf(last) ^ 1];
        Assert.Equal(Convert.FromBase64String(genuine.Authorization[^44..]), Convert.FromBase64String(genuine.Authorization[^44..^2] + same + "="));
        Assert.Equal(WebhookVerdict.Malformed, Verifier().Verify(genuine with { Authorization = genuine.Authorization[..^2] + same + "=" }, Body));
    }

    [Fact]
    public void Each_signed_part_counts()
    {
        var genuine = Signed();
        var verifier = Verifier();
        var changed = (byte[])Body.Clone();
        changed[5] ^= 1;
        Assert.Equal(WebhookVerdict.Genuine, verifier.Verify(genuine, Body));
        Assert.Equal(WebhookVerdict.BodyChanged, verifier.Verify(genuine, changed));
        Assert.Equal(WebhookVerdict.BadSignature, verifier.Verify(genuine with { PathAndQuery = "/hook" }, Body));
        Assert.Equal(WebhookVerdict.BadSignature, verifier.Verify(genuine with { Host = "car.example.com" }, Body));
        Assert.Equal(WebhookVerdict.BadSignature, verifier.Verify(genuine with { Date = Signed(date: Now.AddSeconds(1)).Date }, Body));
        // A forger who adapts the hash to another body lacks the signature for it.
        var other = WebhookSigner.Sign("guess", Path, Host, Now, changed);
        Assert.Equal(WebhookVerdict.BadSignature, verifier.Verify(genuine with { ContentSha256 = other.ContentSha256 }, changed));
    }

    [Theory]
    [InlineData(0, WebhookVerdict.Genuine)]
    [InlineData(300, WebhookVerdict.Genuine)]
    [InlineData(301, WebhookVerdict.Stale)]
    [InlineData(-300, WebhookVerdict.Genuine)]
    [InlineData(-301, WebhookVerdict.Stale)]
    [InlineData(86400, WebhookVerdict.Stale)]
    public void A_date_outside_the_window_is_stale_either_way(int seconds, WebhookVerdict verdict) =>
        Assert.Equal(verdict, Verifier().Verify(Signed(date: Now.AddSeconds(seconds)), Body));

    [Fact]
    public void The_window_can_be_set()
    {
        var narrow = new WebhookVerifier(["secret-1"], new ManualTime(Now), TimeSpan.FromSeconds(10));
        Assert.Equal(WebhookVerdict.Genuine, narrow.Verify(Signed(date: Now.AddSeconds(-10)), Body));
        Assert.Equal(WebhookVerdict.Stale, narrow.Verify(Signed(date: Now.AddSeconds(-11)), Body));
    }

    [Fact]
    public void What_is_not_in_its_form_is_malformed()
    {
        var genuine = Signed();
        WebhookRequest[] malformed =
        [
            genuine with { Date = null },
            genuine with { Date = "2026-11-20T10:00:00Z" },
            genuine with { Date = new string('x', 1000) },
            genuine with { ContentSha256 = null },
            genuine with { ContentSha256 = "AAAA" },
            genuine with { ContentSha256 = new string('!', 44) },
            genuine with { Authorization = null },
            genuine with { Authorization = "" },
            genuine with { Authorization = "Bearer x" },
            genuine with { Authorization = genuine.Authorization!.Replace("x-ms-date;host;x-ms-content-sha256", "x-ms-date;host") },
            genuine with { Authorization = genuine.Authorization + "=" },
            genuine with { Authorization = WebhookSigner.Prefix },
            genuine with { Host = "" },
            genuine with { PathAndQuery = new string('/', 3000) },
        ];
        Assert.All(malformed, request => Assert.Equal(WebhookVerdict.Malformed, Verifier().Verify(request, Body)));
        Assert.Equal(WebhookVerdict.TooLarge, Verifier().Verify(genuine, new byte[WebhookPayload.MostBytes + 1]));
    }

    [Fact]
    public void A_verifier_needs_secrets_and_a_window()
    {
        var time = new ManualTime();
        Assert.Throws<ArgumentException>("secrets", () => new WebhookVerifier([], time));
        Assert.Throws<ArgumentException>("secrets", () => new WebhookVerifier([""], time));
        Assert.Throws<ArgumentException>("secrets", () => new WebhookVerifier(Enumerable.Repeat("s", 9), time));
        Assert.Throws<ArgumentOutOfRangeException>("window", () => new WebhookVerifier(["s"], time, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("window", () => new WebhookVerifier(["s"], time, TimeSpan.FromHours(2)));
    }

    [Fact]
    public void A_payload_is_read()
    {
        Assert.True(WebhookPayload.TryParse(Body, out var payload));
        Assert.Equal(
            ("123456", Rig.Reference, PaymentEventName.Authorized, new Amount(34500, "NOK"), true, "p-1", null),
            (payload.MerchantSerialNumber, payload.Reference, payload.Name, payload.Amount, payload.Success, payload.PspReference, payload.IdempotencyKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"msn\":\"12\"")]
    [InlineData("\"msn\":\"12x456\"")]
    [InlineData("\"reference\":\"a/b\"")]
    [InlineData("\"name\":5")]
    [InlineData("\"success\":\"yes\"")]
    [InlineData("\"timestamp\":\"now\"")]
    public void A_payload_that_is_not_as_documented_is_not_read(string change)
    {
        var text = Encoding.UTF8.GetString(Body);
        var field = change.Split(':')[0];
        var bad = change.StartsWith('"') ? System.Text.RegularExpressions.Regex.Replace(text, field + ":(\"[^\"]*\"|[a-z]+)", change) : change;
        Assert.NotEqual(text, bad);
        Assert.False(WebhookPayload.TryParse(Encoding.UTF8.GetBytes(bad), out _));
    }

    [Fact]
    public void A_payload_beyond_the_limit_is_not_read() => Assert.False(WebhookPayload.TryParse([.. Body, .. Enumerable.Repeat((byte)' ', WebhookPayload.MostBytes)], out _));

    [Fact]
    public async Task Registering_listing_and_deleting_read_the_answers()
    {
        const string id = "490ffb31-2aa4-4c1b-9d8a-1c4c1fbf1f0e";
        await using var rig = new Rig(request => request.Method switch
        {
            "POST" => Reply.Json(201, $$"""{"id":"{{id}}","secret":"hush"}"""),
            "GET" => Reply.Json(200, $$"""{"webhooks":[{"id":"{{id}}","url":"https://example.com/h","events":["epayments.payment.authorized.v1"]}]}"""),
            _ => Reply.Empty(204),
        });
        var registered = Assert.IsType<Answered<WebhookRegistration>>(await rig.Webhooks.RegisterAsync(rig.Unit, new Uri("https://example.com/h"), WebhookEvents.All));
        Assert.Equal(new WebhookRegistration(Guid.Parse(id), "hush"), registered.Value);
        Assert.DoesNotContain("hush", registered.ToString());
        var listed = Assert.IsType<Answered<IReadOnlyList<RegisteredWebhook>>>(await rig.Webhooks.ListAsync(rig.Unit));
        Assert.Equal("https://example.com/h", Assert.Single(listed.Value).Url);
        Assert.IsType<Answered<Done>>(await rig.Webhooks.DeleteAsync(rig.Unit, Guid.Parse(id)));
    }
}
