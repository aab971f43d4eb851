using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class IdempotencyTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void The_same_request_under_its_key_gets_the_same_answer_and_acts_once()
    {
        _bench.Authorize();
        var first = _bench.Capture(10_000, "capture-1");
        var second = _bench.Capture(10_000, "capture-1");

        Assert.Equal(first.BodyText, second.BodyText);
        Assert.Equal((34_500, 10_000, 0, 0), _bench.Aggregate());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_create_is_replayed_even_when_the_customer_has_answered_meanwhile()
    {
        var first = _bench.Create(key: "create-1");
        _bench.Time.Advance(5);
        var second = _bench.Create(key: "create-1");
        Assert.Equal((201, first.BodyText), (second.Status, second.BodyText));
        Assert.Single(_bench.Server.Payments());
    }

    [Fact]
    public void Another_body_under_a_used_key_is_refused()
    {
        _bench.Authorize();
        _bench.Capture(10_000, "capture-1");
        var changed = _bench.Capture(10_001, "capture-1");
        _bench.AssertRefused(changed, 409, Rules.ChangedBody);
        Assert.Equal("4010", Bench.Code(changed));
        Assert.Equal((34_500, 10_000, 0, 0), _bench.Aggregate());
    }

    [Fact]
    public void A_body_that_differs_by_a_blank_is_another_body()
    {
        _bench.PostRaw("/epayment/v1/payments", Bench.CreateBody().ToJsonString(), "create-1");
        _bench.AssertRefused(_bench.PostRaw("/epayment/v1/payments", Bench.CreateBody().ToJsonString() + " ", "create-1"), 409, Rules.ChangedBody);
    }

    [Fact]
    public void A_key_of_another_operation_or_payment_is_refused()
    {
        _bench.Authorize();
        _bench.Capture(10_000, "key-of-capture");
        var refund = _bench.Refund(10_000, "key-of-capture");
        _bench.AssertRefused(refund, 409, Rules.KeyOfAnotherCall);
        Assert.Equal("4020", Bench.Code(refund));

        _bench.Authorize("another-reference-1");
        Assert.Equal(409, _bench.Capture(10_000, "key-of-capture", "another-reference-1").Status);
    }

    [Fact]
    public void Each_sales_unit_has_keys_of_its_own()
    {
        _bench.Create(key: "create-1");
        var body = Bench.CreateBody(value: 200);
        body["metadata"]!["trip"] = "NO-4712/1/2026-11-20T10:00:00Z";
        Assert.Equal(201, _bench.Create(body, "create-1", ServerDefaults.OtherSalesUnit).Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_definite_refusal_is_remembered_for_its_key_and_asking_again_is_noted()
    {
        _bench.Create();
        var early = _bench.Capture(34_500, "capture-1");
        Assert.Equal("6080", Bench.Code(early));
        _bench.Time.Advance(5);
        Assert.Equal("AUTHORIZED", _bench.State());

        var again = _bench.Capture(34_500, "capture-1");
        Assert.Equal("6080", Bench.Code(again));
        Assert.Contains(Rules.KeyAfterRefusal, _bench.BrokenRules);
        Assert.Equal(200, _bench.Capture(34_500, "capture-2").Status);
    }

    [Fact]
    public void A_client_that_may_have_been_killed_may_ask_again()
    {
        var bench = new Bench(new ServerOptions
        {
            RefusedKeyIsViolation = false,
            SalesUnits = [ServerDefaults.SalesUnit with { PartialCaptureAllowed = false }],
        });
        bench.Authorize();
        bench.Capture(100, "capture-1");
        Assert.Equal("6140", Bench.Code(bench.Capture(100, "capture-1")));
        Assert.Empty(bench.Server.Violations);
    }

    [Fact]
    public void Whether_refusals_are_remembered_can_be_set()
    {
        var bench = new Bench(new ServerOptions { RemembersRefusal = (_, _) => false });
        bench.Create();
        Assert.Equal("6080", Bench.Code(bench.Capture(34_500, "capture-1")));
        bench.Time.Advance(5);
        Assert.Equal(200, bench.Capture(34_500, "capture-1").Status);
    }

    [Fact]
    public void Busy_is_no_definite_refusal_and_the_same_key_may_try_again()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Approves(TimeSpan.FromSeconds(10), approving: TimeSpan.FromSeconds(10)));
        var options = new ServerOptions { RemembersRefusal = (status, code) => code != "6250" && ServerOptions.DefinitelyRefused(status, code) };
        var bench = new Bench(options, _bench.Customers);
        bench.Create();
        Assert.Equal("6250", Bench.Code(bench.Cancel(key: "cancel-1")));
        bench.Time.Advance(11);
        Assert.Equal(200, bench.Cancel(key: "cancel-1").Status);
        Assert.Empty(bench.Server.Violations);
    }
}
