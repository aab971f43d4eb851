using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Tests.Server;

public sealed class CustomerTests
{
    private readonly Bench _bench = new();

    [Fact]
    public void A_customer_approves_when_the_time_has_come_and_not_before()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Approves(TimeSpan.FromSeconds(8)));
        _bench.Create();
        Assert.Equal(_bench.Time.GetUtcNow().AddSeconds(8), _bench.Server.NextDue);
        _bench.Time.Advance(7.999);
        Assert.Equal("CREATED", _bench.State());
        _bench.Time.Advance(0.001);
        Assert.Equal("AUTHORIZED", _bench.State());
    }

    [Fact]
    public void What_happened_meanwhile_has_the_time_at_which_it_happened()
    {
        _bench.Create();
        _bench.Time.Advance(400);
        var approved = Bench.Json(_bench.Events())[1]!;
        Assert.Equal("2026-11-20T10:00:03.000Z", approved["timestamp"]!.GetValue<string>());
    }

    [Fact]
    public void A_customer_refuses()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Refuses(TimeSpan.FromSeconds(2)));
        _bench.Create();
        _bench.Time.Advance(2);
        Assert.Equal("ABORTED", _bench.State());
        Assert.Equal((0, 0, 0, 0), _bench.Aggregate());
    }

    [Fact]
    public void A_request_to_which_nobody_reacts_expires()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.DoesNothing);
        _bench.Create();
        _bench.Time.Advance(599.999);
        Assert.Equal("CREATED", _bench.State());
        _bench.Time.Advance(0.001);
        Assert.Equal("EXPIRED", _bench.State());
        Assert.Equal("EXPIRED", Bench.Json(_bench.Events())[1]!["name"]!.GetValue<string>());
        Assert.Equal("6190", Bench.Code(_bench.Capture(100)));
    }

    [Fact]
    public void How_long_a_request_lives_can_be_set()
    {
        var bench = new Bench(new ServerOptions { PaymentLifetime = TimeSpan.FromSeconds(15) }, new ScriptedCustomers { Otherwise = CustomerPlan.DoesNothing });
        bench.Create();
        bench.Time.Advance(15);
        Assert.Equal("EXPIRED", bench.State());
    }

    [Fact]
    public void Who_approves_too_late_has_not_approved()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Approves(TimeSpan.FromSeconds(601)));
        _bench.Create();
        _bench.Time.Advance(700);
        Assert.Equal("EXPIRED", _bench.State());
        Assert.Equal((0, 0, 0, 0), _bench.Aggregate());
    }

    [Fact]
    public void Who_approves_in_the_last_moment_has_approved()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Approves(TimeSpan.FromMinutes(10)));
        _bench.Create();
        _bench.Time.Advance(700);
        Assert.Equal("AUTHORIZED", _bench.State());
    }

    [Fact]
    public void A_number_that_nobody_has_is_told_at_once_and_leaves_no_payment()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Unknown, CustomerPlan.DoesNothing);
        var refused = _bench.Create();
        Assert.Equal("7010", Bench.Code(refused));
        Assert.Equal(404, _bench.Get().Status);
        Assert.Empty(_bench.Server.Violations);
        Assert.Equal(201, _bench.Create().Status);
    }

    [Fact]
    public void While_the_customer_is_approving_a_request_cannot_be_cancelled()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Approves(TimeSpan.FromSeconds(10), approving: TimeSpan.FromSeconds(4)));
        _bench.Create();
        _bench.Time.Advance(6);
        Assert.Equal("6250", Bench.Code(_bench.Cancel()));
        Assert.Equal("6250", Bench.Code(_bench.Cancel(onlyBeforeApproval: true)));
        _bench.Time.Advance(4);
        Assert.Equal("6060", Bench.Code(_bench.Cancel(onlyBeforeApproval: true)));
        Assert.Empty(_bench.Server.Violations);

        var before = new Bench(customers: _bench.Customers);
        before.Create();
        before.Time.Advance(5.9);
        Assert.Equal(200, before.Cancel().Status);
        before.Time.Advance(10);
        Assert.Equal("TERMINATED", before.State());
    }

    [Fact]
    public void A_customer_goes_from_plan_to_plan_and_stays_with_the_last()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Refuses(TimeSpan.FromSeconds(1)), CustomerPlan.Approves(TimeSpan.FromSeconds(1)));
        foreach (var (reference, state) in new[] { ("reference-1", "ABORTED"), ("reference-2", "AUTHORIZED"), ("reference-3", "AUTHORIZED") })
        {
            var body = Bench.CreateBody(reference);
            body["metadata"]!["trip"] = reference;
            _bench.Create(body);
            _bench.Time.Advance(1);
            Assert.Equal(state, _bench.State(reference));
        }
    }

    [Fact]
    public void A_plan_by_reference_goes_before_one_by_number()
    {
        _bench.Customers
            .Number(Bench.Phone, CustomerPlan.Approves(TimeSpan.FromSeconds(1)))
            .Reference(Bench.Reference, CustomerPlan.Refuses(TimeSpan.FromSeconds(1)));
        _bench.Create();
        _bench.Time.Advance(1);
        Assert.Equal("ABORTED", _bench.State());
    }

    [Fact]
    public void A_customer_can_be_told_what_to_do_while_the_server_runs()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.Refuses(TimeSpan.FromSeconds(30)));
        _bench.Create();
        Assert.True(_bench.Server.CustomerPlans(Bench.Reference, CustomerPlan.Approves(TimeSpan.FromSeconds(50))));
        _bench.Time.Advance(40);
        Assert.Equal("CREATED", _bench.State());
        _bench.Time.Advance(10);
        Assert.Equal("AUTHORIZED", _bench.State());
        Assert.False(_bench.Server.CustomerActs("no-such-reference", CustomerAct.Approve));
    }

    [Fact]
    public void A_customer_can_act_at_once()
    {
        _bench.Customers.Number(Bench.Phone, CustomerPlan.DoesNothing);
        _bench.Create();
        Assert.True(_bench.Server.CustomerActs(Bench.Reference, CustomerAct.Approve));
        Assert.Equal("AUTHORIZED", _bench.State());
    }

    [Theory]
    [InlineData(151)]
    [InlineData(197)]
    public void The_test_amounts_fail_at_the_bank_and_the_request_stays_open(long amount)
    {
        _bench.Create(Bench.CreateBody(value: amount));
        _bench.Time.Advance(5);
        Assert.Equal("CREATED", _bench.State());
        var failed = Bench.Json(_bench.Events())[1]!;
        Assert.Equal(("AUTHORIZED", false), (failed["name"]!.GetValue<string>(), failed["success"]!.GetValue<bool>()));
        _bench.Time.Advance(600);
        Assert.Equal("EXPIRED", _bench.State());
    }

    [Fact]
    public void The_table_of_serve_says_what_its_customers_do()
    {
        var bench = new Bench(customers: new LastDigitCustomers());
        var created = Enumerable.Range(0, 10).ToDictionary(digit => digit, digit =>
        {
            var body = Bench.CreateBody($"reference-{digit}");
            body["metadata"]!["trip"] = $"trip {digit}";
            body["customer"]!["phoneNumber"] = $"479123456{digit}";
            return bench.Create(body).Status;
        });
        bench.Time.Advance(3);
        var after3 = States();
        bench.Time.Advance(30);
        var after33 = States();

        Assert.Equal(400, created[9]);
        Assert.Equal([.. Enumerable.Repeat("AUTHORIZED", 5), "CREATED", "ABORTED", "CREATED", "CREATED"], after3);
        Assert.Equal([.. Enumerable.Repeat("AUTHORIZED", 6), "ABORTED", "CREATED", "AUTHORIZED"], after33);
        Assert.Equal("0123456789", string.Concat(LastDigitCustomers.Table.SelectMany(row =>
            Enumerable.Range(row.Digits[0], row.Digits[^1] - row.Digits[0] + 1).Select(c => (char)c))));

        List<string> States() => [.. bench.Server.Payments().Select(p => p.State)];
    }
}
