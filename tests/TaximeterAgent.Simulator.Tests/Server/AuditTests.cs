using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class AuditTests
{
    private readonly Bench _bench = new();

    [Theory]
    [InlineData(Operation.Capture)]
    [InlineData(Operation.Refund)]
    public void A_new_key_over_a_try_of_unknown_outcome_is_noted(Operation operation)
    {
        Prepare(operation);
        _bench.Server.Faults.Add(operation, new FaultAction.Withhold());
        Assert.Equal(0, Move(operation, "key-a").Status);
        Assert.Empty(_bench.Server.Violations);

        Move(operation, "key-b");
        Assert.Contains(Rules.NewKeyOverUnknown, _bench.BrokenRules);
    }

    [Theory]
    [InlineData(Operation.Capture, false)]
    [InlineData(Operation.Refund, false)]
    [InlineData(Operation.Capture, true)]
    [InlineData(Operation.Refund, true)]
    public void A_new_key_after_a_read_that_shows_the_earlier_try_is_not(Operation operation, bool byEvents)
    {
        Prepare(operation);
        _bench.Server.Faults.Add(operation, new FaultAction.Withhold());
        Move(operation, "key-a");
        Assert.Equal(200, byEvents ? _bench.Events().Status : _bench.Get().Status);
        Assert.Equal(200, Move(operation, "key-b").Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Theory]
    [InlineData(Operation.Capture)]
    [InlineData(Operation.Refund)]
    public void A_new_key_after_a_read_that_does_not_show_the_earlier_try_is_noted(Operation operation)
    {
        Prepare(operation);
        _bench.Server.Faults.Add(operation, new FaultAction.ArriveLate(TimeSpan.FromSeconds(30)));
        Move(operation, "key-a");
        Assert.Equal(200, _bench.Get().Status);
        Assert.Equal(200, Move(operation, "key-b").Status);
        _bench.Time.Advance(60);
        // What the rule is for: it has happened twice.
        var (_, captured, _, refunded) = _bench.Aggregate();
        Assert.Equal(2_000, operation == Operation.Capture ? captured : refunded);
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    [Fact]
    public void A_new_key_after_a_read_when_the_earlier_try_can_no_longer_arrive_is_not()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Drop());
        _bench.Capture(1_000, "key-a");
        _bench.Time.Advance(600);
        _bench.Get();
        Assert.Equal(200, _bench.Capture(1_000, "key-b").Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_try_for_which_nothing_is_left_is_settled_by_a_read()
    {
        Prepare(Operation.Refund);
        _bench.Server.Faults.Add(Operation.Refund, new FaultAction.Drop());
        _bench.Refund(34_500, "key-a");
        Assert.Equal(200, _bench.Refund(34_500, "key-a").Status);
        _bench.Server.Faults.Add(Operation.Refund, new FaultAction.Withhold());
        _bench.Refund(34_500, "key-a");
        _bench.Get();
        _bench.Refund(1, "key-b");
        Assert.Equal([Rules.RefundTooHigh], _bench.BrokenRules);
    }

    [Fact]
    public void An_unknown_try_of_another_kind_excuses_nothing()
    {
        Prepare(Operation.Refund);
        _bench.Server.Faults.Add(Operation.Refund, new FaultAction.Withhold());
        _bench.Refund(1_000, "key-a");
        _bench.Capture(1_000, "key-b");
        Assert.Equal([Rules.CaptureTooHigh], _bench.BrokenRules);
    }

    [Fact]
    public void What_was_settled_excuses_nothing_that_follows()
    {
        _bench.Authorize(value: 1_000);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Withhold());
        _bench.Capture(100, "key-a");
        Assert.Equal(200, _bench.Capture(100, "key-a").Status);
        _bench.Capture(5_000, "key-b");
        Assert.Equal([Rules.CaptureTooHigh], _bench.BrokenRules);
    }

    [Fact]
    public void A_second_request_for_a_trip_under_another_sales_unit_is_noted()
    {
        _bench.Create();
        Assert.Equal(201, _bench.Create(unit: ServerDefaults.OtherSalesUnit).Status);
        Assert.Equal([Rules.TwoLiveAttempts], _bench.BrokenRules);
    }

    [Fact]
    public void A_second_request_under_another_sales_unit_while_nobody_knows_of_the_first_is_noted()
    {
        _bench.Server.Faults.Add(Operation.Create, new FaultAction.Drop());
        _bench.Create();
        _bench.Create(unit: ServerDefaults.OtherSalesUnit);
        Assert.Equal([Rules.AttemptOverUnknown], _bench.BrokenRules);
    }

    public static TheoryData<string> Unserved => ["refused", "dropped", "late"];

    [Theory]
    [MemberData(nameof(Unserved))]
    public void Requests_that_a_fault_keeps_from_being_served_count_towards_the_limit(string how)
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, Keeps(how), times: int.MaxValue);
        for (var i = 0; i < 5; i++)
            _bench.Capture(1_000, "key-a");
        Assert.Empty(_bench.Server.Violations);
        _bench.Capture(1_000, "key-a");
        Assert.Equal([Rules.TooManyCalls], _bench.BrokenRules);
    }

    [Theory]
    [MemberData(nameof(Unserved))]
    public void A_request_that_a_fault_keeps_from_being_served_is_judged_by_its_key(string how)
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, Keeps(how), times: 2);
        _bench.Capture(1_000, "key-a");
        _bench.Capture(1_000, "key-b");
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    [Theory]
    [MemberData(nameof(Unserved))]
    public void Another_body_under_the_key_of_a_request_that_was_not_served_is_noted(string how)
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, Keeps(how));
        _bench.Capture(1_000, "key-a");
        Assert.Equal("4010", Bench.Code(_bench.Capture(2_000, "key-a")));
        Assert.Equal([Rules.ChangedBody], _bench.BrokenRules);
    }

    [Fact]
    public void An_injected_refusal_that_is_definite_is_one()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(400, "6140"));
        _bench.Capture(1_000, "key-a");
        _bench.Capture(1_000, "key-a");
        Assert.Equal([Rules.KeyAfterRefusal], _bench.BrokenRules);
    }

    [Fact]
    public void A_refused_key_whose_earlier_answer_was_lost_may_be_used_again()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Withhold());
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(400, "6140"));
        _bench.Capture(1_000, "key-a");
        _bench.Capture(1_000, "key-a");
        _bench.Capture(1_000, "key-a");
        Assert.Empty(_bench.BrokenRules);
    }

    [Fact]
    public void A_late_request_is_on_the_wire_once_when_the_client_sees_it_break()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(TimeSpan.FromMinutes(1)));
        _bench.Capture(1_000, "key-a");
        var line = _bench.Wire[^1];
        Assert.EndsWith("/capture", line.Request.Path, StringComparison.Ordinal);
        Assert.Equal((0, _bench.Time.GetUtcNow()), (line.Status, line.At));
        _bench.Time.Advance(60);
        Assert.Equal((34_500, 1_000, 0, 0), _bench.Aggregate());
        Assert.Single(_bench.Wire, entry => entry.Request.Path.EndsWith("/capture", StringComparison.Ordinal));
    }

    [Fact]
    public void A_revoked_token_is_excused_for_what_was_under_way_and_no_longer()
    {
        _bench.Create();
        _bench.Server.Faults.Add(Operation.Get, new FaultAction.RevokeTokens());
        for (var i = 0; i < 10; i++)
            Assert.Equal(401, _bench.Get().Status);
        Assert.Empty(_bench.Server.Violations);
        _bench.Get();
        Assert.Equal([Rules.BadToken], _bench.BrokenRules);
    }

    // Simulation, seed 508818.
    [Fact]
    public void A_revoked_token_is_excused_for_as_long_as_the_client_is_not_told()
    {
        _bench.Create();
        _bench.Server.Faults.Add(Operation.Get, new FaultAction.RevokeTokens());
        _bench.Server.Faults.Add(Operation.Get, new FaultAction.FailAfterActing(), nth: 2, times: 20);
        for (var i = 0; i < 21; i++)
            _bench.Get();
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void The_customers_number_in_the_reference_is_noted()
    {
        Assert.Equal(201, _bench.Create(Bench.CreateBody("taxi-91234567-1")).Status);
        Assert.Equal([Rules.PersonalData], _bench.BrokenRules);
    }

    [Fact]
    public void A_read_whose_answer_was_lost_is_no_read()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Drop());
        _bench.Server.Faults.Add(Operation.Get, new FaultAction.Withhold());
        _bench.Capture(1_000, "key-a");
        _bench.Get();
        _bench.Capture(1_000, "key-b");
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    [Fact]
    public void The_same_key_over_an_unknown_is_what_is_asked_for()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Withhold());
        _bench.Capture(1_000, "key-a");
        Assert.Equal(200, _bench.Capture(1_000, "key-a").Status);
        Assert.Equal(200, _bench.Capture(2_000, "key-b").Status);
        Assert.Equal((34_500, 3_000, 0, 0), _bench.Aggregate());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_500_is_an_unknown_outcome()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.FailAfterActing());
        Assert.Equal(500, _bench.Capture(1_000, "key-a").Status);
        _bench.Capture(1_000, "key-b");
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    [Fact]
    public void A_request_that_is_still_on_its_way_is_an_unknown_outcome()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(TimeSpan.FromSeconds(30)));
        _bench.Capture(1_000, "key-a");
        _bench.Capture(1_000, "key-b");
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    [Fact]
    public void An_answer_that_is_still_on_its_way_is_an_unknown_outcome()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.DelayAnswer(TimeSpan.FromSeconds(30)));
        _bench.Capture(1_000, "key-a");
        _bench.Capture(1_000, "key-b");
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    // Simulation, seed 407858.
    [Fact]
    public void A_refusal_for_the_token_alone_leaves_nothing_unknown_however_long_it_was_on_its_way()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.RevokeTokens());
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.DelayAnswer(TimeSpan.FromSeconds(5)), nth: 2);
        Assert.Equal(401, _bench.Capture(1_000, "key-a").Status);
        var answer = _bench.Capture(1_000, "key-a");
        Assert.Equal((401, TimeSpan.FromSeconds(5)), (answer.Status, answer.Delay));
        _bench.Server.Delivered(answer);
        _bench.Capture(1_000, "key-b");
        Assert.DoesNotContain(Rules.NewKeyOverUnknown, _bench.BrokenRules);
    }

    [Fact]
    public void Busy_says_nothing_about_the_try_before_it()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Withhold());
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Refuse(423), nth: 2);
        _bench.Capture(1_000, "key-a");
        Assert.Equal(423, _bench.Capture(1_000, "key-a").Status);
        _bench.Capture(1_000, "key-b");
        Assert.Equal([Rules.NewKeyOverUnknown], _bench.BrokenRules);
    }

    [Fact]
    public void Once_an_unknown_try_is_resolved_it_excuses_nothing_any_more()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.Withhold());
        _bench.Capture(34_500, "key-a");
        Assert.Equal(200, _bench.Capture(34_500, "key-a").Status);
        Assert.Equal("6170", Bench.Code(_bench.Capture(34_500, "key-b")));
        Assert.Equal([Rules.CaptureTooHigh], _bench.BrokenRules);
    }

    [Fact]
    public void A_capture_that_lands_late_after_the_payment_was_read_makes_nothing_unknown_again()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(TimeSpan.FromSeconds(5)));
        _bench.Capture(1_000, "key-a");
        Assert.Equal(200, _bench.Capture(1_000, "key-a").Status);
        _bench.Time.Advance(5);
        _bench.Server.CatchUp();
        Assert.Equal(200, _bench.Capture(2_000, "key-b").Status);
        Assert.Equal((34_500, 3_000, 0, 0), _bench.Aggregate());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_cancel_may_take_a_new_key()
    {
        Prepare(Operation.Capture);
        _bench.Server.Faults.Add(Operation.Cancel, new FaultAction.Drop());
        _bench.Cancel(key: "key-a");
        Assert.Equal(200, _bench.Cancel(key: "key-b").Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_second_request_for_a_trip_while_the_first_is_open_is_noted()
    {
        _bench.Create(Bench.CreateBody("reference-1"));
        Assert.Equal(201, _bench.Create(Bench.CreateBody("reference-2")).Status);
        Assert.Equal([Rules.TwoLiveAttempts], _bench.BrokenRules);
    }

    [Fact]
    public void A_second_request_for_a_trip_while_the_first_is_approved_and_not_settled_is_noted()
    {
        _bench.Create(Bench.CreateBody("reference-1"));
        _bench.Time.Advance(5);
        _bench.Capture(34_400, reference: "reference-1");
        _bench.Create(Bench.CreateBody("reference-2"));
        Assert.Equal([Rules.TwoLiveAttempts], _bench.BrokenRules);
    }

    [Theory]
    [InlineData("aborted")]
    [InlineData("expired")]
    [InlineData("terminated")]
    [InlineData("captured")]
    [InlineData("released")]
    public void A_second_request_for_a_trip_after_the_first_is_over_is_not(string how)
    {
        _bench.Customers.Reference("reference-1", how switch
        {
            "aborted" => CustomerPlan.Refuses(TimeSpan.FromSeconds(1)),
            "captured" or "released" => CustomerPlan.Approves(TimeSpan.FromSeconds(1)),
            _ => CustomerPlan.DoesNothing,
        });
        _bench.Create(Bench.CreateBody("reference-1"));
        _bench.Time.Advance(how == "expired" ? 600 : 1);
        if (how is "terminated" or "released")
            Assert.Equal(200, _bench.Cancel(reference: "reference-1").Status);
        if (how == "captured")
            Assert.Equal(200, _bench.Capture(34_500, reference: "reference-1").Status);
        Assert.Equal(201, _bench.Create(Bench.CreateBody("reference-2")).Status);
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_second_request_while_nobody_knows_whether_the_first_was_created_is_noted()
    {
        _bench.Server.Faults.Add(Operation.Create, new FaultAction.Drop());
        _bench.Create(Bench.CreateBody("reference-1"));
        Assert.Equal(404, _bench.Get("reference-1").Status); // proves nothing: it may still be on its way
        _bench.Create(Bench.CreateBody("reference-2"));
        Assert.Equal([Rules.AttemptOverUnknown], _bench.BrokenRules);
    }

    [Fact]
    public void A_second_request_when_the_first_can_no_longer_come_is_not()
    {
        _bench.Server.Faults.Add(Operation.Create, new FaultAction.Drop());
        _bench.Create(Bench.CreateBody("reference-1"));
        _bench.Time.Advance(600);
        _bench.Create(Bench.CreateBody("reference-2"));
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_late_create_beside_a_second_one_is_noted()
    {
        _bench.Server.Faults.Add(Operation.Create, new FaultAction.ArriveLate(TimeSpan.FromMinutes(11)));
        _bench.Create(Bench.CreateBody("reference-1"));
        _bench.Time.Advance(655);
        _bench.Server.Customers = new ScriptedCustomers { Otherwise = CustomerPlan.DoesNothing };
        _bench.Create(Bench.CreateBody("reference-2"));
        Assert.Empty(_bench.Server.Violations);
        _bench.Time.Advance(10);
        Assert.Equal(200, _bench.Get("reference-1").Status);
        Assert.Equal([Rules.TwoLiveAttempts], _bench.BrokenRules);
    }

    [Fact]
    public void What_is_left_open_at_the_end_is_found()
    {
        _bench.Create();
        Assert.Equal([Rules.LeftCreated], AtEnd());
        _bench.Time.Advance(5);
        Assert.Equal([Rules.LeftReserved], AtEnd());
        _bench.Capture(34_500);
        Assert.Equal([Rules.ReceiptMissing], AtEnd());
        _bench.PostReceipt(Bench.ReceiptBody(34_400));
        Assert.Equal([Rules.ReceiptSum], AtEnd());
        Assert.Empty(_bench.Server.Violations);
    }

    [Fact]
    public void A_receipt_comes_to_its_lines_with_or_without_the_tip_and_less_what_was_returned()
    {
        _bench.Authorize();
        _bench.Capture(34_500);
        var body = Bench.ReceiptBody(36_000);
        var returned = body["orderLines"]![0]!.DeepClone().AsObject();
        foreach (var (name, value) in new[] { ("totalAmount", 2_500), ("totalAmountExcludingTax", 2_000), ("totalTaxAmount", 500) })
            returned[name] = value;
        returned["isReturn"] = true;
        body["orderLines"]!.AsArray().Add((System.Text.Json.Nodes.JsonNode)returned);
        body["bottomLine"]!["tipAmount"] = 1_000;
        Assert.Equal(201, _bench.PostReceipt(body).Status);
        Assert.Empty(AtEnd());
    }

    private static FaultAction Keeps(string how) => how switch
    {
        "refused" => new FaultAction.Refuse(503),
        "dropped" => new FaultAction.Drop(),
        _ => new FaultAction.ArriveLate(TimeSpan.FromHours(1)),
    };

    private List<string> AtEnd() => [.. _bench.Server.AuditAtEnd().Select(v => v.Rule)];

    private void Prepare(Operation operation)
    {
        _bench.Authorize();
        if (operation == Operation.Refund)
            _bench.Capture(34_500);
    }

    private ServerAnswer Move(Operation operation, string key) => operation == Operation.Capture ? _bench.Capture(1_000, key) : _bench.Refund(1_000, key);
}
