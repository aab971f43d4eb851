using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class WebhookTests
{
    private const string Path = "/webhooks/v1/webhooks";
    private const string Address = "http://127.0.0.1:8080/hooks?car=17";

    private static readonly string[] AllEvents =
    [
        .. ((string[])["created", "aborted", "expired", "cancelled", "captured", "refunded", "authorized", "terminated"])
            .Select(name => $"epayments.payment.{name}.v1"),
    ];

    private readonly Bench _bench = new();

    [Fact]
    public void The_signature_is_that_of_the_published_example()
    {
        var body = """{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}"""u8;
        var hash = WebhookSignature.ContentHash(body);
        Assert.Equal("lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4=", hash);
        Assert.Equal("agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U=", WebhookSignature.Sign(
            "A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A==",
            "/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63", "Thu, 30 Mar 2023 08:38:32 GMT", "webhook.site", hash));
    }

    [Fact]
    public void A_registration_is_listed_without_its_secret_and_deleted()
    {
        var registered = Register();
        Assert.Equal(201, registered.Status);
        var id = Bench.Json(registered)["id"]!.GetValue<string>();
        var list = _bench.Send("GET", Path, _bench.Headers());
        Assert.Contains(id, list.BodyText, StringComparison.Ordinal);
        Assert.Contains(Address, list.BodyText, StringComparison.Ordinal);
        Assert.DoesNotContain(Bench.Json(registered)["secret"]!.GetValue<string>(), list.BodyText, StringComparison.Ordinal);

        Assert.Equal(404, _bench.Send("DELETE", $"{Path}/{id}", _bench.Headers(ServerDefaults.OtherSalesUnit)).Status);
        Assert.Equal(204, _bench.Send("DELETE", $"{Path}/{id}", _bench.Headers()).Status);
        Assert.Equal(404, _bench.Send("DELETE", $"{Path}/{id}", _bench.Headers()).Status);
        Assert.Equal("""{"webhooks":[]}""", _bench.Send("GET", Path, _bench.Headers()).BodyText);
        Assert.Empty(_bench.Server.Violations);
    }

    [Theory]
    [InlineData("""{"url":"http://example.com/","events":["epayments.payment.captured.v1"]}""")]
    [InlineData("""{"url":"/relative","events":["epayments.payment.captured.v1"]}""")]
    [InlineData("""{"url":"https://example.com/","events":[]}""")]
    [InlineData("""{"url":"https://example.com/","events":["epayments.payment.paid.v1"]}""")]
    [InlineData("""{"url":"https://example.com/"}""")]
    public void A_wrong_registration_is_refused(string body) => _bench.AssertRefused(_bench.PostRaw(Path, body), 400, Rules.BadField);

    [Fact]
    public void The_twenty_sixth_registration_of_an_event_is_refused()
    {
        for (var i = 0; i < 25; i++)
            Assert.Equal(201, Register().Status);
        Assert.Equal(409, Register().Status);
    }

    [Fact]
    public void A_delivery_says_what_happened_and_is_signed_with_the_registrations_secret()
    {
        var secret = Bench.Json(Register("epayments.payment.authorized.v1"))["secret"]!.GetValue<string>();
        _bench.Authorize();
        var delivery = Assert.Single(_bench.Server.TakeDeliveries());

        var payload = JsonNode.Parse(delivery.Body.Span)!;
        Assert.Equal(ServerDefaults.Msn, payload["msn"]!.GetValue<string>());
        Assert.Equal(Bench.Reference, payload["reference"]!.GetValue<string>());
        Assert.Equal("AUTHORIZED", payload["name"]!.GetValue<string>());
        Assert.Equal(34_500, payload["amount"]!["value"]!.GetValue<long>());
        Assert.True(payload["success"]!.GetValue<bool>());
        Assert.NotNull(payload["captureGuaranteedUntil"]);
        Assert.True(IsSigned(delivery, secret));
        Assert.False(IsSigned(delivery, "another"));
    }

    [Fact]
    public void Deliveries_come_in_order_and_a_failing_one_blocks_the_later_ones()
    {
        Register();
        _bench.Authorize();
        _bench.Capture(34_500);

        var first = Assert.Single(_bench.Server.TakeDeliveries());
        Assert.Equal("CREATED", Name(first));
        Assert.Empty(_bench.Server.TakeDeliveries()); // it is under way
        _bench.Server.Report(first, accepted: false);
        Assert.Empty(_bench.Server.TakeDeliveries());
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(2), _bench.Server.NextDue);

        _bench.Time.Advance(2);
        Assert.Equal(["CREATED", "AUTHORIZED", "CAPTURED"], Drain());
    }

    [Fact]
    public void A_failing_receiver_is_tried_again_as_documented_and_given_up_after_a_week()
    {
        Register("epayments.payment.created.v1");
        _bench.Create();
        var tried = new List<DateTimeOffset>();
        for (var looks = 0; looks < 200; looks++)
        {
            foreach (var delivery in _bench.Server.TakeDeliveries())
            {
                tried.Add(_bench.Time.GetUtcNow());
                _bench.Server.Report(delivery, accepted: false);
            }

            if (_bench.Server.NextDue is { } due && due < tried[0].AddDays(30))
                _bench.Time.Advance(due - _bench.Time.GetUtcNow());
        }

        var waits = tried.Zip(tried.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        Assert.Equal([2, 2, 2, 2, 60, 120, 3600], waits.Take(7));
        Assert.Equal(86_400, waits[^1]);
        Assert.InRange((tried[^1] - tried[0]).TotalDays, 7, 8);
    }

    [Fact]
    public void A_registration_that_fails_for_two_weeks_is_deleted()
    {
        var bench = new Bench(new ServerOptions { WebhookRetries = [TimeSpan.FromDays(1)] });
        bench.Post(Path, Body(AllEvents));
        for (var day = 0; day <= 15; day++)
        {
            bench.ForgetTokens();
            var body = Bench.CreateBody($"reference-{day}");
            body["metadata"]!["trip"] = $"trip {day}";
            bench.Create(body);
            foreach (var delivery in bench.Server.TakeDeliveries())
                bench.Server.Report(delivery, accepted: false);
            bench.Time.Advance(TimeSpan.FromDays(1));
        }

        bench.ForgetTokens();
        Assert.Equal("""{"webhooks":[]}""", bench.Send("GET", Path, bench.Headers()).BodyText);
    }

    [Fact]
    public void Deliveries_can_be_doubled_delayed_and_reordered()
    {
        Register();
        _bench.Server.WebhookFaults = new WebhookFaults { Copies = 2, Delay = TimeSpan.FromSeconds(20), Reorder = true };
        _bench.Authorize();
        Assert.Empty(_bench.Server.TakeDeliveries());
        _bench.Time.Advance(20);
        Assert.Equal(["AUTHORIZED", "AUTHORIZED", "CREATED", "CREATED"], Drain());
    }

    [Fact]
    public void Deliveries_can_be_preceded_by_forged_ones()
    {
        var secret = Bench.Json(Register("epayments.payment.created.v1"))["secret"]!.GetValue<string>();
        _bench.Server.WebhookFaults = new WebhookFaults { Forge = true };
        _bench.Create();
        var deliveries = _bench.Server.TakeDeliveries();
        Assert.Equal([false, true], deliveries.Select(d => IsSigned(d, secret)));
    }

    [Fact]
    public void A_delivery_with_an_old_date_that_is_refused_is_counted_and_tried_again_with_a_true_one()
    {
        var secret = Bench.Json(Register("epayments.payment.created.v1"))["secret"]!.GetValue<string>();
        _bench.Server.WebhookFaults = new WebhookFaults { DateOff = TimeSpan.FromHours(-1) };
        _bench.Create();
        var stale = Assert.Single(_bench.Server.TakeDeliveries());
        Assert.True(IsSigned(stale, secret));
        Assert.Equal(_bench.Time.GetUtcNow() - TimeSpan.FromHours(1), Date(stale));
        _bench.Server.Report(stale, accepted: false);
        Assert.Equal(1, _bench.Server.RefusedDeliveries);

        _bench.Server.WebhookFaults = WebhookFaults.None;
        _bench.Time.Advance(2);
        var again = Assert.Single(_bench.Server.TakeDeliveries());
        Assert.Equal(stale.Body.ToArray(), again.Body.ToArray());
        Assert.Equal(_bench.Time.GetUtcNow(), Date(again));
        Assert.True(IsSigned(again, secret));

        static DateTimeOffset Date(WebhookDelivery delivery) =>
            DateTimeOffset.ParseExact(delivery.Headers.Single(header => header.Key == "x-ms-date").Value, "R", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Another_sales_units_payments_are_not_told()
    {
        Register();
        _bench.Create(unit: ServerDefaults.OtherSalesUnit);
        Assert.Empty(_bench.Server.TakeDeliveries());
    }

    [Fact]
    public void The_schedule_can_be_shortened() =>
        Assert.Equal(TimeSpan.FromMilliseconds(20), WebhookSchedule.Shortened(100)[0]);

    private ServerAnswer Register(params string[] events) => _bench.Post(Path, Body(events.Length == 0 ? AllEvents : events));

    private static JsonObject Body(string[] events) => new() { ["url"] = Address, ["events"] = new JsonArray([.. events.Select(e => (JsonNode)e)]) };

    private List<string> Drain()
    {
        var names = new List<string>();
        while (_bench.Server.TakeDeliveries() is { Count: > 0 } deliveries)
        {
            foreach (var delivery in deliveries)
            {
                names.Add(Name(delivery));
                _bench.Server.Report(delivery, accepted: true);
            }
        }

        return names;
    }

    private static string Name(WebhookDelivery delivery) => JsonNode.Parse(delivery.Body.Span)!["name"]!.GetValue<string>();

    /// <summary>The receiver's side, written from the documentation.</summary>
    private static bool IsSigned(WebhookDelivery delivery, string secret)
    {
        var headers = delivery.Headers.ToDictionary(h => h.Key, h => h.Value);
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(delivery.Body.Span));
        var text = $"POST\n/hooks?car=17\n{headers["x-ms-date"]};127.0.0.1:8080;{hash}";
        var signature = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
        return headers["x-ms-content-sha256"] == hash
            && headers["Authorization"] == "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature;
    }
}
