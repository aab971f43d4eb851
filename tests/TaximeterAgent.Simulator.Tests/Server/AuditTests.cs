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
    [InlineData(Operation.Capture)]
    [InlineData(Operation.Refund)]
    public void A_new_key_after_the_payment_was_read_is_not(Operation operation)
    {
        Prepare(operation);
        _bench.Server.Faults.Add(operation, new FaultAction.Drop());
        Move(operation, "key-a");
        _bench.Get();
        Assert.Equal(200, Move(operation, "key-b").Status);
        Assert.Empty(_bench.Server.Violations);
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

    private List<string> AtEnd() => [.. _bench.Server.AuditAtEnd().Select(v => v.Rule)];

    private void Prepare(Operation operation)
    {
        _bench.Authorize();
        if (operation == Operation.Refund)
            _bench.Capture(34_500);
    }

    private ServerAnswer Move(Operation operation, string key) => operation == Operation.Capture ? _bench.Capture(1_000, key) : _bench.Refund(1_000, key);
}
