using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class LedgerTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void The_ledger_has_all_that_was_asked_moved_and_receipted()
    {
        _bench.Create(key: "create-1");
        _bench.Time.Advance(3);
        _bench.PostReceipt();
        _bench.Capture(30_000, "capture-1");
        _bench.Cancel(key: "cancel-1");
        _bench.Refund(1_000, "refund-1");
        var entry = Assert.Single(_bench.Server.LedgerOfPayments())!;

        Assert.Equal(
            ["reference", "msn", "phoneNumber", "currency", "amount", "state", "authorized", "captured", "cancelled", "refunded", "customerInteraction",
                "userFlow", "metadata", "receipt", "events"],
            entry.AsObject().Select(p => p.Key));
        Assert.Equal((34_500, 30_000, 4_500, 1_000), (Amount("authorized"), Amount("captured"), Amount("cancelled"), Amount("refunded")));
        Assert.Equal(Bench.Phone, entry["phoneNumber"]!.GetValue<string>());
        Assert.Equal(Bench.Trip, entry["metadata"]!["trip"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(Bench.ReceiptBody(), entry["receipt"]));
        Assert.Equal(
            ["CREATED 34500 create-1", "AUTHORIZED 34500 ", "CAPTURED 30000 capture-1", "CANCELLED 4500 cancel-1", "REFUNDED 1000 refund-1"],
            entry["events"]!.AsArray().Select(e => $"{e!["name"]} {e["amount"]} {e["idempotencyKey"]}"));
        Assert.Equal("2026-11-20T10:00:03.000Z", entry["events"]![1]!["at"]!.GetValue<string>());
        Assert.True(entry["events"]![0]!["success"]!.GetValue<bool>());
        Assert.Equal(34_500, _bench.Server.Payments()[0].ReceiptTotal);

        long Amount(string name) => entry[name]!.GetValue<long>();
    }

    [Fact]
    public void A_wire_line_has_the_request_and_the_answer_as_they_were()
    {
        using var text = new StringWriter();
        var log = new WireLog(text);
        var server = new VippsServer(_bench.Time) { Wire = entry => log.Write("crash/1", entry) };
        const string body = """{"reference": "ærlig-æøå", "reference": "x"}""";
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        server.Handle(new ServerRequest("POST", "/epayment/v1/payments?a=%20b", [new("X-Two", "1"), new("X-Two", "2")], bytes));
        server.Faults.ServerDown = true;
        server.Handle(new ServerRequest("GET", "/accesstoken/get", [], default));

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(["scenario", "at", "method", "path", "headers", "body", "status", "responseBody"], lines[0].AsObject().Select(p => p.Key));
        Assert.Equal("crash/1", lines[0]["scenario"]!.GetValue<string>());
        Assert.Equal("/epayment/v1/payments?a=%20b", lines[0]["path"]!.GetValue<string>());
        Assert.Equal(body, lines[0]["body"]!.GetValue<string>());
        Assert.Equal("1, 2", lines[0]["headers"]!["X-Two"]!.GetValue<string>());
        Assert.Equal(401, lines[0]["status"]!.GetValue<int>());
        Assert.NotEmpty(lines[0]["responseBody"]!.GetValue<string>());
        Assert.Equal((0, ""), (lines[1]["status"]!.GetValue<int>(), lines[1]["responseBody"]!.GetValue<string>()));
    }

    [Fact]
    public void Every_request_has_one_wire_line()
    {
        _bench.Server.Faults.Add(Operation.Create, new FaultAction.ArriveLate(TimeSpan.FromSeconds(1)));
        _bench.Server.Faults.Add(Operation.Get, new FaultAction.Refuse(503));
        _bench.Create(key: "create-1");
        _bench.Get();
        _bench.Time.Advance(1);
        _bench.Get();
        Assert.Equal(
            ["GET 200", "GET 503", "POST /accesstoken/get 200", "POST /epayment/v1/payments 0"],
            _bench.Wire.Select(w => w.Request.Method == "GET" ? $"GET {w.Status}" : $"POST {w.Request.Path} {w.Status}").Order(StringComparer.Ordinal));
    }
}
