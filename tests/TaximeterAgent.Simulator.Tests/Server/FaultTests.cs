using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class FaultTests
{
    private readonly Bench _bench = new();

    [Theory]
    [InlineData(FaultBody.Problem, "application/problem+json")]
    [InlineData(FaultBody.Gateway, "application/json")]
    [InlineData(FaultBody.Html, "text/html")]
    [InlineData(FaultBody.Empty, null)]
    public void A_refusal_acts_not_and_looks_as_it_was_ordered(FaultBody body, string? type)
    {
        _bench.Authorize();
        var fault = _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(503, RetryAfter: TimeSpan.FromSeconds(7), Body: body));
        var answer = _bench.Capture(34_500, "capture-1");

        Assert.Equal(503, answer.Status);
        Assert.Equal(type, answer.Header("Content-Type"));
        Assert.Equal("7", answer.Header("Retry-After"));
        Assert.Equal(body == FaultBody.Empty, answer.Body.IsEmpty);
        Assert.Equal(1, fault.Hits);
        Assert.Equal((34_500, 0, 0, 0), _bench.Aggregate());
        Assert.Equal(200, _bench.Capture(34_500, "capture-1").Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_refusal_can_carry_a_code()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(409, "6280"));
        Assert.Equal("6280", Bench.Code(_bench.Capture(34_500, "capture-1")));
        Assert.Equal(200, _bench.Capture(34_500, "capture-1").Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_refused_receipt_has_the_shape_of_Order_Management()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.PostReceipt, new FaultAction.Refuse(500));
        Assert.NotNull(Bench.Json(_bench.PostReceipt())["invalidParams"]);
        Assert.Equal(201, _bench.PostReceipt().Status);
    }

    [Fact]
    public void A_refusal_of_more_requests_than_that_counts_them()
    {
        _bench.Create();
        var locked = _bench.Server.Faults.Add(new Fault(new FaultAction.Refuse(423)) { Operation = Operation.Get, Nth = 2, Times = 3 });
        Assert.Equal([200, 423, 423, 423, 200], Enumerable.Range(0, 5).Select(_ => _bench.Get().Status));
        Assert.Equal((5, 3), (locked.Seen, locked.Hits));
    }

    [Fact]
    public void A_dropped_request_was_not_acted_on()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Drop());
        Assert.True(_bench.Capture(34_500).Withheld);
        Assert.Equal((34_500, 0, 0, 0), _bench.Aggregate());
    }

    [Fact]
    public void A_withheld_answer_was_acted_on()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Withhold());
        var answer = _bench.Capture(34_500);
        Assert.True(answer.Withheld);
        Assert.True(answer.Body.IsEmpty);
        Assert.Equal((34_500, 34_500, 0, 0), _bench.Aggregate());
        var line = _bench.Wire.Single(w => w.Request.Path.EndsWith("/capture", StringComparison.Ordinal));
        Assert.Equal((0, ""), (line.Status, line.ResponseBody));
    }

    [Fact]
    public void A_failure_after_acting_says_500_and_has_acted()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.FailAfterActing(502, FaultBody.Html));
        var answer = _bench.Capture(34_500, "capture-1");
        Assert.Equal(502, answer.Status);
        Assert.Contains("<html>", answer.BodyText, StringComparison.Ordinal);
        Assert.Equal((34_500, 34_500, 0, 0), _bench.Aggregate());
        Assert.Equal(200, _bench.Capture(34_500, "capture-1").Status);
        Assert.Equal((34_500, 34_500, 0, 0), _bench.Aggregate());
    }

    [Fact]
    public void A_late_request_is_acted_on_when_nobody_waits_any_more()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(TimeSpan.FromSeconds(30)));
        Assert.True(_bench.Capture(34_500, "capture-1").Withheld);
        Assert.Equal((34_500, 0, 0, 0), _bench.Aggregate());
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(30), _bench.Server.NextDue);

        _bench.Time.Advance(30);
        _bench.Server.CatchUp();
        Assert.Equal((34_500, 34_500, 0, 0), _bench.Aggregate());
        // The same key finds that it has happened.
        Assert.Equal(200, _bench.Capture(34_500, "capture-1").Status);
        Assert.Equal((34_500, 34_500, 0, 0), _bench.Aggregate());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_late_request_that_comes_after_its_repeat_changes_nothing()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(TimeSpan.FromSeconds(30)));
        _bench.Capture(10_000, "capture-1");
        Assert.Equal(200, _bench.Capture(10_000, "capture-1").Status);
        _bench.Time.Advance(30);
        Assert.Equal((34_500, 10_000, 0, 0), _bench.Aggregate());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_late_request_is_not_held_against_the_client()
    {
        _bench.Create();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(TimeSpan.FromHours(2)));
        _bench.Time.Advance(5);
        _bench.Capture(34_500);
        _bench.Cancel();
        _bench.Time.Advance(TimeSpan.FromHours(2)); // by then the token has expired and nothing is reserved
        _bench.Server.CatchUp();
        Assert.Empty(_bench.Server.Violations);
        Assert.Equal(0, _bench.Server.Payments().Single().Captured);
    }

    [Fact]
    public void Forgotten_keys_let_a_repeat_act_twice_and_that_is_the_servers_doing()
    {
        _bench.Authorize();
        _bench.Capture(30_000, "capture-1");
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.ForgetKeys());
        var again = _bench.Capture(30_000, "capture-1");
        Assert.Equal("6090", Bench.Code(again));
        Assert.Empty(_bench.Server.Violations);

        var create = new Bench();
        create.Create(key: "create-1");
        create.Server.Faults.Add(Operation.Create, new FaultAction.ForgetKeys());
        Assert.Equal("4150", Bench.Code(create.Create(key: "create-1")));
        Assert.Empty(create.Server.Violations);
    }

    [Fact]
    public void A_revoked_token_is_refused_until_a_new_one_is_fetched()
    {
        _bench.Create();
        _bench.Server.Faults.Add(Operation.Get, new FaultAction.RevokeTokens());
        Assert.Equal(401, _bench.Get().Status);
        Assert.Equal(401, _bench.Get().Status);
        _bench.ForgetTokens();
        Assert.Equal(200, _bench.Get().Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void The_customer_can_act_just_before_a_request_is_served()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.DoesNothing);
        _bench.Create();
        _bench.Server.Faults.Add(Operation.Cancel, new FaultAction.CustomerFirst(CustomerAct.Approve));
        Assert.Equal("6060", Bench.Code(_bench.Cancel(onlyBeforeApproval: true)));
        Assert.Equal("AUTHORIZED", _bench.State());
    }

    [Fact]
    public void A_delayed_answer_was_acted_on_at_once_and_is_unknown_until_it_arrives()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.DelayAnswer(TimeSpan.FromSeconds(20)));
        var answer = _bench.Capture(10_000, "capture-1");
        Assert.Equal((200, TimeSpan.FromSeconds(20)), (answer.Status, answer.Delay));
        Assert.Equal(10_000, _bench.Server.Payments().Single().Captured);
        Assert.DoesNotContain(_bench.Wire, w => w.Request.Path.EndsWith("/capture", StringComparison.Ordinal));

        _bench.Server.Delivered(answer);
        Assert.Equal(200, _bench.Wire[^1].Status);
        Assert.Equal(200, _bench.Capture(10_000, "capture-2").Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_delayed_answer_for_which_nobody_waited_is_a_lost_one()
    {
        _bench.Authorize();
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.DelayAnswer(TimeSpan.FromSeconds(20)));
        var answer = _bench.Capture(10_000, "capture-1");
        _bench.Server.Lost(answer);
        Assert.Equal(0, _bench.Wire[^1].Status);
        _bench.Capture(10_000, "capture-2");
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    [Fact]
    public void While_the_server_is_down_nothing_is_served()
    {
        _bench.Create();
        _bench.Server.Faults.ServerDown = true;
        Assert.True(_bench.Get().Withheld);
        Assert.True(_bench.Capture(100).Withheld);
        _bench.Server.Faults.ServerDown = false;
        Assert.Equal(200, _bench.Get().Status);
        Assert.Equal(2, _bench.Server.Faults.TurnedAway);
    }

    [Fact]
    public void A_fault_meets_only_what_it_was_meant_for()
    {
        _bench.Create();
        var fault = _bench.Server.Faults.Add(new Fault(new FaultAction.Drop())
        {
            Operation = Operation.Get,
            Reference = "another-reference",
            Times = int.MaxValue,
        });
        Assert.Equal(200, _bench.Get().Status);
        Assert.Equal(0, fault.Seen);
        Assert.True(_bench.Get("another-reference").Withheld);
        Assert.True(_bench.Get("another-reference").Withheld);
        _bench.Server.Faults.Clear();
        Assert.Equal(404, _bench.Get("another-reference").Status);
    }

    [Fact]
    public void A_create_is_met_by_the_reference_in_its_body()
    {
        _bench.Server.Faults.Add(new Fault(new FaultAction.Drop()) { Operation = Operation.Create, Reference = "reference-2" });
        Assert.Equal(201, _bench.Create(Bench.CreateBody("reference-1")).Status);
        var second = Bench.CreateBody("reference-2");
        second["metadata"] = new JsonObject { ["trip"] = "another" };
        Assert.True(_bench.Create(second).Withheld);
    }
}
