using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class MoneyTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void Partial_captures_add_up_and_never_go_above_what_is_authorized()
    {
        _bench.Authorize();
        Assert.Equal(200, _bench.Capture(10_000).Status);
        Assert.Equal(200, _bench.Capture(20_000).Status);
        Assert.Equal((34_500, 30_000, 0, 0), _bench.Aggregate());

        var tooHigh = _bench.Capture(4_501);
        _bench.AssertRefused(tooHigh, 400, Rules.CaptureTooHigh);
        Assert.Equal("6090", Bench.Code(tooHigh));
        Assert.Equal((34_500, 30_000, 0, 0), _bench.Aggregate());
    }

    [Fact]
    public void A_capture_when_all_is_captured_is_refused()
    {
        _bench.Authorize();
        _bench.Capture(34_500);
        var again = _bench.Capture(34_500);
        _bench.AssertRefused(again, 409, Rules.CaptureTooHigh);
        Assert.Equal("6170", Bench.Code(again));
        Assert.Equal((34_500, 34_500, 0, 0), _bench.Aggregate());
    }

    [Fact]
    public void A_capture_of_what_was_released_is_refused()
    {
        _bench.Authorize();
        Assert.Equal(200, _bench.Cancel().Status);
        Assert.Equal((34_500, 0, 34_500, 0), _bench.Aggregate());
        var late = _bench.Capture(34_500);
        _bench.AssertRefused(late, 409, Rules.CaptureTooHigh);
        Assert.Equal("6190", Bench.Code(late));
    }

    [Fact]
    public void A_capture_before_the_approval_is_refused()
    {
        _bench.Create();
        var early = _bench.Capture(34_500);
        _bench.AssertRefused(early, 409, Rules.CaptureWrongState);
        Assert.Equal("6080", Bench.Code(early));
    }

    [Theory]
    [InlineData("""{"modificationAmount":{"currency":"NOK","value":0}}""", "modificationAmount.value", Rules.BadField)]
    [InlineData("""{"modificationAmount":{"currency":"DKK","value":100}}""", "modificationAmount.currency", Rules.BadField)]
    [InlineData("""{"modificationAmount":{"currency":"NOK","value":100},"note":"x"}""", "note", Rules.UnknownField)]
    [InlineData("""{}""", "modificationAmount", Rules.BadField)]
    public void A_capture_or_refund_with_a_wrong_field_is_refused(string body, string field, string rule)
    {
        foreach (var operation in (string[])["capture", "refund"])
        {
            var bench = new Bench();
            bench.Authorize();
            bench.Capture(1_000);
            var answer = bench.Post($"/epayment/v1/payments/{Bench.Reference}/{operation}", JsonNode.Parse(body)!, "k");
            bench.AssertRefused(answer, 400, rule);
            Assert.Contains(field, answer.BodyText, StringComparison.Ordinal);
            Assert.Equal((34_500, 1_000, 0, 0), bench.Aggregate());
        }
    }

    [Fact]
    public void A_sales_unit_that_must_capture_in_full_is_told_6140()
    {
        var bench = new Bench(new ServerOptions { SalesUnits = [ServerDefaults.SalesUnit with { PartialCaptureAllowed = false }] });
        bench.Authorize();
        var partly = bench.Capture(30_000);
        Assert.Equal("6140", Bench.Code(partly));
        Assert.Equal(200, bench.Capture(34_500).Status);
        Assert.Empty(bench.Server.Violations);
    }

    [Fact]
    public void A_refund_gives_back_at_most_what_was_captured()
    {
        _bench.Authorize();
        _bench.Capture(30_000);
        Assert.Equal(200, _bench.Refund(10_000).Status);
        Assert.Equal((34_500, 30_000, 0, 10_000), _bench.Aggregate());

        var tooHigh = _bench.Refund(20_001);
        _bench.AssertRefused(tooHigh, 400, Rules.RefundTooHigh);
        Assert.Equal("6150", Bench.Code(tooHigh));
        Assert.Equal(200, _bench.Refund(20_000).Status);
        Assert.Equal("6180", Bench.Code(_bench.Refund(1)));
        Assert.Equal((34_500, 30_000, 0, 30_000), _bench.Aggregate());
    }

    [Fact]
    public void A_refund_of_what_was_never_captured_is_refused()
    {
        _bench.Authorize();
        var refund = _bench.Refund(100);
        _bench.AssertRefused(refund, 400, Rules.RefundWrongState);
        Assert.Equal("6210", Bench.Code(refund));
    }

    [Theory]
    [InlineData(123, "6020")]
    [InlineData(124, "6220")]
    public void The_test_amounts_of_refunds_fail_as_documented(long amount, string code)
    {
        _bench.Authorize();
        _bench.Capture(30_000);
        Assert.Equal(code, Bench.Code(_bench.Refund(amount)));
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_refund_after_a_year_is_refused()
    {
        _bench.Authorize();
        _bench.Capture(30_000);
        _bench.Time.Advance(TimeSpan.FromDays(365));
        _bench.ForgetTokens();
        Assert.Equal("6220", Bench.Code(_bench.Refund(100)));
    }

    [Fact]
    public void A_cancel_before_the_approval_terminates()
    {
        _bench.Create();
        var cancelled = _bench.Cancel();
        Assert.Equal(200, cancelled.Status);
        Assert.Equal("TERMINATED", Bench.Json(cancelled)["state"]!.GetValue<string>());
        Assert.Equal((0, 0, 34_500, 0), _bench.Aggregate());
        _bench.Time.Advance(60);
        Assert.Equal("TERMINATED", _bench.State());
    }

    [Fact]
    public void A_cancel_of_the_request_only_never_touches_what_is_approved()
    {
        _bench.Authorize();
        var refused = _bench.Cancel(onlyBeforeApproval: true);
        Assert.Equal("6060", Bench.Code(refused));
        Assert.Equal((34_500, 0, 0, 0), _bench.Aggregate());
        Assert.Empty(_bench.Server.Violations);

        var other = new Bench();
        other.Create();
        Assert.Equal(200, other.Cancel(onlyBeforeApproval: true).Status);
        Assert.Equal("TERMINATED", other.State());
    }

    [Fact]
    public void A_cancel_of_what_is_over_says_so()
    {
        _bench.Authorize();
        _bench.Capture(34_500);
        Assert.Equal("6050", Bench.Code(_bench.Cancel()));

        var refused = new Bench { Server = { Customers = new ScriptedCustomers { Otherwise = CustomerPlan.Refuses(TimeSpan.Zero) } } };
        refused.Create();
        Assert.Equal("ABORTED", refused.State());
        Assert.Equal("6040", Bench.Code(refused.Cancel()));
    }

    [Fact]
    public void A_cancel_with_an_unknown_field_is_refused()
    {
        _bench.Create();
        var answer = _bench.Post($"/epayment/v1/payments/{Bench.Reference}/cancel", new JsonObject { ["cancelTransaction"] = true }, "k");
        _bench.AssertRefused(answer, 400, Rules.UnknownField);
        Assert.Equal("CREATED", _bench.State());
    }

    [Theory]
    [InlineData("NOK", 180)]
    [InlineData("DKK", 14)]
    [InlineData("EUR", 14)]
    public void A_reservation_lapses_at_its_deadline(string currency, int days)
    {
        var unit = ServerDefaults.SalesUnit with { Currency = currency };
        var bench = new Bench(new ServerOptions { SalesUnits = [unit] });
        bench.Create(Bench.CreateBody(currency: currency));
        bench.Time.Advance(3);
        bench.Time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        bench.ForgetTokens();
        Assert.Equal((34_500, 0, 0, 0), bench.Aggregate());

        bench.Time.Advance(1);
        Assert.Equal((34_500, 0, 34_500, 0), bench.Aggregate());
        var late = bench.Post($"/epayment/v1/payments/{Bench.Reference}/capture", Bench.Amount(34_500, currency), "k");
        Assert.Equal("6100", Bench.Code(late));
        Assert.Equal("6030", Bench.Code(bench.Cancel()));
        Assert.Empty(bench.Server.Violations);
    }

    [Fact]
    public void A_capture_after_the_guarantee_and_before_the_deadline_works()
    {
        var bench = new Bench(new ServerOptions { CaptureGuarantee = TimeSpan.FromMinutes(1), CaptureDeadline = TimeSpan.FromMinutes(2) });
        bench.Authorize();
        bench.Time.Advance(90);
        Assert.Equal(200, bench.Capture(34_500).Status);
    }

    [Fact]
    public void An_approval_can_be_forced_once()
    {
        _bench.Server.Customers = new ScriptedCustomers { Otherwise = CustomerPlan.DoesNothing };
        _bench.Create();
        var force = new JsonObject { ["customer"] = new JsonObject { ["phoneNumber"] = Bench.Phone } };
        var path = $"/epayment/v1/test/payments/{Bench.Reference}/approve";
        Assert.Equal("7010", Bench.Code(_bench.Post(path, new JsonObject { ["customer"] = new JsonObject { ["phoneNumber"] = "4799999999" } })));
        Assert.Equal(200, _bench.Post(path, force).Status);
        Assert.Equal("AUTHORIZED", _bench.State());
        Assert.Equal("6230", Bench.Code(_bench.Post(path, force)));
    }

    [Fact]
    public void An_adjustment_may_call_itself_a_problem_and_be_none()
    {
        _bench.Authorize();
        var types = Enumerable.Range(0, 2).Select(_ => _bench.Capture(100)).Select(a => (a.Status, a.Header("Content-Type"))).ToHashSet();
        Assert.Equal([(200, "application/json"), (200, "application/problem+json")], types.OrderBy(t => t.Item2));
    }
}
