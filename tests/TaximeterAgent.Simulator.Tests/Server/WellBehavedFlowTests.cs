using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class WellBehavedFlowTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void A_fare_that_is_requested_approved_receipted_and_captured_breaks_no_rule()
    {
        var created = _bench.Create();
        Assert.Equal(201, created.Status);
        Assert.Equal($$"""{"reference":"{{Bench.Reference}}"}""", created.BodyText);
        Assert.Equal("CREATED", _bench.State());
        _bench.Time.Advance(5);
        Assert.Equal("AUTHORIZED", _bench.State());
        Assert.Equal(201, _bench.PostReceipt().Status);
        var captured = _bench.Capture(34_500);

        Assert.Equal(200, captured.Status);
        Assert.Equal(34_500, Bench.Json(captured)["aggregate"]!["capturedAmount"]!["value"]!.GetValue<long>());
        Assert.Equal((34_500, 34_500, 0, 0), _bench.Aggregate());
        Assert.Empty(_bench.Server.Violations);
        Assert.Empty(_bench.Server.AuditAtEnd());
        Assert.Equal([$"{Bench.Reference} CREATED", $"{Bench.Reference} AUTHORIZED", $"{Bench.Reference} CAPTURED"], _bench.Noted);
    }

    [Fact]
    public void A_reservation_that_is_captured_in_part_and_released_breaks_no_rule()
    {
        _bench.Authorize(value: 60_000);
        Assert.Equal(200, _bench.Capture(34_500).Status);
        Assert.Equal(201, _bench.PostReceipt().Status);
        Assert.Equal(200, _bench.Cancel().Status);

        Assert.Equal((60_000, 34_500, 25_500, 0), _bench.Aggregate());
        Assert.Equal("AUTHORIZED", _bench.State());
        Assert.Empty(_bench.Server.Violations);
        Assert.Empty(_bench.Server.AuditAtEnd());
    }

    [Fact]
    public void A_read_payment_shows_what_was_asked_for_and_how_long_a_capture_is_sure_to_work()
    {
        _bench.Authorize();
        var shown = Bench.Json(_bench.Get());

        Assert.Equal("2026-11-27T10:00:03.000Z", shown["captureGuaranteedUntil"]!.GetValue<string>());
        Assert.Equal(Bench.Trip, shown["metadata"]!["trip"]!.GetValue<string>());
        Assert.Equal("17", shown["metadata"]!["car"]!.GetValue<string>());
        Assert.Equal(34_500, shown["amount"]!["value"]!.GetValue<long>());
        Assert.Equal("WALLET", shown["paymentMethod"]!["type"]!.GetValue<string>());
        Assert.NotEmpty(shown["pspReference"]!.GetValue<string>());
        Assert.DoesNotContain("9123", shown.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_event_log_names_each_step_with_its_own_reference_and_its_key()
    {
        _bench.Create(key: "create-1");
        _bench.Time.Advance(5);
        _bench.Capture(34_500, "capture-1");
        var events = Bench.Json(_bench.Events()).AsArray();

        Assert.Equal(["CREATED", "AUTHORIZED", "CAPTURED"], events.Select(e => e!["name"]!.GetValue<string>()));
        Assert.Equal(3, events.Select(e => e!["pspReference"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal("create-1", events[0]!["idempotencyKey"]!.GetValue<string>());
        Assert.Null(events[1]!["idempotencyKey"]);
        Assert.Equal("capture-1", events[2]!["idempotencyKey"]!.GetValue<string>());
        Assert.All(events, e => Assert.True(e!["success"]!.GetValue<bool>()));
    }

    [Fact]
    public void A_QR_code_needs_no_number_and_brings_an_address()
    {
        var body = Bench.CreateBody();
        body["userFlow"] = "QR";
        body.Remove("customer");
        var created = _bench.Create(body);

        Assert.Equal(201, created.Status);
        Assert.StartsWith("https://", Bench.Json(created)["redirectUrl"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(_bench.Server.Violations);
    }

    [Theory]
    [InlineData("TEXT/TARGETURL", "https://qr.vipps.no/")]
    [InlineData("IMAGE/PNG", "https://qr-image.vipps.no/")]
    [InlineData(null, "https://qr-image.vipps.no/")]
    public void What_a_code_says_or_a_picture_of_it_comes_with_create_and_with_every_reading(string? format, string begins)
    {
        var body = Bench.CreateBody();
        body["userFlow"] = "QR";
        body.Remove("customer");
        if (format is not null)
            body["qrFormat"] = new System.Text.Json.Nodes.JsonObject { ["format"] = format };
        var created = Bench.Json(_bench.Create(body))["redirectUrl"]!.GetValue<string>();

        Assert.StartsWith(begins, created, StringComparison.Ordinal);
        Assert.Equal(created, Bench.Json(_bench.Get())["redirectUrl"]!.GetValue<string>());
    }

    [Fact]
    public void Nobody_approves_a_code_that_nobody_has_scanned()
    {
        var body = Bench.CreateBody();
        body["userFlow"] = "QR";
        body.Remove("customer");
        _bench.Create(body);
        _bench.Time.Advance(120);
        Assert.Equal("CREATED", Bench.Json(_bench.Get())["state"]!.GetValue<string>());
    }

    [Fact]
    public void A_format_of_codes_has_no_place_in_a_push_message()
    {
        var body = Bench.CreateBody();
        body["qrFormat"] = new System.Text.Json.Nodes.JsonObject { ["format"] = "TEXT/TARGETURL" };
        Assert.Equal(400, _bench.Create(body).Status);
    }

    [Fact]
    public void A_token_tells_its_life_in_strings()
    {
        var answer = _bench.Send("POST", "/accesstoken/get", _bench.TokenHeaders());

        var token = Bench.Json(answer);
        Assert.Equal("3600", token["expires_in"]!.GetValue<string>());
        var on = (_bench.Time.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds();
        Assert.Equal(on.ToString(System.Globalization.CultureInfo.InvariantCulture), token["expires_on"]!.GetValue<string>());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void The_same_seed_and_requests_give_the_same_answers()
    {
        var other = new Bench();
        foreach (var bench in (Bench[])[_bench, other])
        {
            bench.Authorize();
            bench.Capture(34_500);
        }

        Assert.Equal(_bench.Wire.Select(w => w.ResponseBody), other.Wire.Select(w => w.ResponseBody));
        Assert.NotEqual(new Bench(new ServerOptions { Seed = 2 }).Token(), _bench.Token());
    }
}
