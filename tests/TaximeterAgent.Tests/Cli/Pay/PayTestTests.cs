using TaximeterAgent.Cli.Pay;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.EPayment;
using TaximeterAgent.Hosting;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Sync;
using TaximeterAgent.Tests.Configuration;
using Operation = TaximeterAgent.Simulator.Server.Operation;

namespace TaximeterAgent.Tests.Cli.Pay;

/// <summary>Whatever customer, service and network do, nothing is reserved and nothing is kept; and where that cannot be known it is not claimed.</summary>
public sealed class PayTestTests : IAsyncLifetime
{
    private const string Number = "4791234567";
    private static readonly TimeSpan s_never = TimeSpan.FromMinutes(5);

    private readonly TestConfiguration _configuration = new();
    private readonly ScriptedCustomers _customers = new() { Otherwise = CustomerPlan.Approves(TimeSpan.FromMilliseconds(300)) };
    private readonly List<string> _said = [];
    private readonly VippsServer _server;
    private KestrelCarrier _carrier = null!;

    public PayTestTests() => _server = new VippsServer(TimeProvider.System, new ServerOptions { RateWindow = TimeSpan.FromSeconds(1), ReadsPerWindow = 1000 }, _customers);

    public async Task InitializeAsync()
    {
        _carrier = await KestrelCarrier.StartAsync(_server, TimeProvider.System);
        _configuration.AgainstSimulator(_carrier.BaseAddress);
    }

    public async Task DisposeAsync()
    {
        await _carrier.DisposeAsync();
        _configuration.Dispose();
    }

    [Fact]
    public async Task What_is_approved_is_released()
    {
        var test = await RunAsync(order => order);

        Assert.Equal(("approved", true), (test.Result, test.NothingLeft));
        var payment = TheOnlyPayment();
        Assert.Equal(("AUTHORIZED", 200, 0, 200), (payment.State, payment.Authorized, payment.Captured, payment.Cancelled));
        Assert.Equal(("CUSTOMER_PRESENT", "PUSH_MESSAGE", Number), (payment.CustomerInteraction, payment.UserFlow, payment.PhoneNumber));
        Assert.Equal(4, payment.Reference.Split('-').Length);
        Assert.Contains("-test-", payment.Reference, StringComparison.Ordinal);
        Assert.Contains(_said, line => line.StartsWith("checked: all that was reserved is released", StringComparison.Ordinal));
        Assert.DoesNotContain(_said, line => line.Contains(Number[2..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_captured_is_refunded_in_full()
    {
        var test = await RunAsync(order => order with { Capture = true });

        Assert.Equal(("approved", true), (test.Result, test.NothingLeft));
        var payment = TheOnlyPayment();
        Assert.Equal((200, 200, 0), (payment.Captured, payment.Refunded, payment.Cancelled));
    }

    [Fact]
    public async Task A_customer_who_refuses_has_refused()
    {
        _customers.Number(Number, CustomerPlan.Refuses(TimeSpan.FromMilliseconds(200)));

        var test = await RunAsync(order => order);

        Assert.Equal(("refused", true), (test.Result, test.NothingLeft));
        Assert.Equal("ABORTED", TheOnlyPayment().State);
    }

    [Fact]
    public async Task A_customer_who_does_nothing_is_not_asked_any_more()
    {
        _customers.Number(Number, CustomerPlan.DoesNothing);

        var test = await RunAsync(order => order with { Patience = TimeSpan.FromMilliseconds(500) });

        Assert.Equal(("not-answered", true), (test.Result, test.NothingLeft));
        Assert.Equal("TERMINATED", TheOnlyPayment().State);
    }

    [Fact]
    public async Task A_request_can_be_approved_in_the_customer_s_place()
    {
        _customers.Number(Number, CustomerPlan.DoesNothing);

        var test = await RunAsync(order => order with { Approve = true });

        Assert.Equal(("approved", true), (test.Result, test.NothingLeft));
        Assert.Equal((200, 200), (TheOnlyPayment().Authorized, TheOnlyPayment().Cancelled));
    }

    [Fact]
    public async Task Stopped_while_it_waits_it_takes_the_request_back()
    {
        _customers.Number(Number, CustomerPlan.DoesNothing);
        using var stop = new CancellationTokenSource();

        var test = await RunAsync(order => order, stop.Token, line =>
        {
            if (line.StartsWith("created", StringComparison.Ordinal))
                stop.Cancel();
        });

        Assert.Equal(("interrupted", true), (test.Result, test.NothingLeft));
        Assert.Equal("TERMINATED", TheOnlyPayment().State);
    }

    [Fact]
    public async Task Approved_in_the_moment_in_which_it_is_stopped_it_is_released()
    {
        _customers.Number(Number, CustomerPlan.DoesNothing);
        _server.Faults.Add(Operation.Cancel, new FaultAction.CustomerFirst(CustomerAct.Approve));

        var test = await RunAsync(order => order with { Patience = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(("not-answered", true), (test.Result, test.NothingLeft));
        Assert.Equal((200, 200), (TheOnlyPayment().Authorized, TheOnlyPayment().Cancelled));
    }

    [Fact]
    public async Task A_customer_who_has_it_open_cannot_be_cut_off_and_is_released_afterwards()
    {
        _customers.Number(Number, CustomerPlan.Approves(TimeSpan.FromSeconds(3), approving: TimeSpan.FromSeconds(3)));

        var test = await RunAsync(order => order with { Patience = TimeSpan.FromMilliseconds(300) });

        Assert.True(test.NothingLeft);
        Assert.Contains(_said, line => line.Contains("has the request open", StringComparison.Ordinal));
        Assert.Equal((200, 200), (TheOnlyPayment().Authorized, TheOnlyPayment().Cancelled));
    }

    [Theory]
    [InlineData(nameof(Operation.Create))]
    [InlineData(nameof(Operation.Capture))]
    [InlineData(nameof(Operation.Refund))]
    public async Task An_answer_that_is_lost_moves_nothing_twice(string call)
    {
        _server.Faults.Add(Enum.Parse<Operation>(call), new FaultAction.Withhold());

        var test = await RunAsync(order => order with { Capture = true });

        Assert.True(test.NothingLeft);
        var payment = TheOnlyPayment();
        Assert.Equal((200, 200), (payment.Captured, payment.Refunded));
        Assert.Empty(_server.Violations);
    }

    [Fact]
    public async Task A_release_whose_answer_is_lost_is_read()
    {
        _server.Faults.Add(Operation.Cancel, new FaultAction.Withhold());

        var test = await RunAsync(order => order);

        Assert.Equal(("approved", true), (test.Result, test.NothingLeft));
        Assert.Equal(200, TheOnlyPayment().Cancelled);
    }

    [Fact]
    public async Task A_capture_that_is_refused_ends_in_a_release()
    {
        _server.Faults.Add(Operation.Capture, new FaultAction.Refuse(400, "6090"));

        var test = await RunAsync(order => order with { Capture = true });

        Assert.Equal(("not-captured", true), (test.Result, test.NothingLeft));
        Assert.Equal((0, 200), (TheOnlyPayment().Captured, TheOnlyPayment().Cancelled));
    }

    [Fact]
    public async Task A_capture_that_arrives_late_finds_nothing_or_is_refunded()
    {
        _server.Faults.Add(Operation.Capture, new FaultAction.ArriveLate(TimeSpan.FromMilliseconds(400)));

        var test = await RunAsync(order => order with { Capture = true });

        Assert.True(test.NothingLeft);
        await Task.Delay(TimeSpan.FromSeconds(1)); // so that it has arrived
        var payment = TheOnlyPayment();
        Assert.Equal(payment.Captured, payment.Refunded);
        Assert.Equal(200, payment.Captured + payment.Cancelled);
    }

    [Fact]
    public async Task A_number_that_nobody_has_is_refused_and_nothing_is_there()
    {
        _customers.Number(Number, CustomerPlan.Unknown);

        var test = await RunAsync(order => order);

        Assert.Equal(("not-created", true), (test.Result, test.NothingLeft));
        Assert.Empty(_server.Payments());
        Assert.Contains(_said, line => line.StartsWith("refused: ", StringComparison.Ordinal) && line.Contains("7010", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_is_gone_when_the_release_is_due_leaves_what_is_not_claimed_to_be_released()
    {
        var test = await RunAsync(order => order with { UndoWithin = TimeSpan.FromSeconds(2) }, CancellationToken.None, line =>
        {
            if (line.StartsWith("authorized", StringComparison.Ordinal))
                _server.Faults.ServerDown = true;
        });

        Assert.False(test.NothingLeft);
        Assert.Equal("approved", test.Result);
        _server.Faults.ServerDown = false;
        Assert.Equal(0, TheOnlyPayment().Cancelled);
    }

    [Fact]
    public async Task A_request_of_which_nothing_is_known_is_not_claimed_to_be_gone()
    {
        _server.Faults.Add(Operation.Create, new FaultAction.Drop(), times: int.MaxValue);

        var test = await RunAsync(order => order with { UndoWithin = TimeSpan.FromSeconds(1) });

        Assert.Equal(("uncertain", false), (test.Result, test.NothingLeft));
    }

    [Fact]
    public void No_trip_s_payment_has_a_name_of_a_test()
    {
        var test = Reference.OfTest("taxi", "NO-4711-T7", "0123456789abcdef").ToString();
        Assert.Equal("taxi-NO4711T7-test-0123456789abcdef", test);
        Assert.Equal(3, test.Count(c => c == '-'));
        Assert.Equal(4, Reference.OfTrip("taxi", "NO-4711-T7", new TripId("m", "test", "2026-11-20T10:00:00Z"), 1).ToString().Count(c => c == '-'));
        Assert.Equal(4, Reference.OfBooking("taxi", "NO-4711-T7", "test", 1).ToString().Count(c => c == '-'));
        Assert.True(Reference.OfTest("abcdefghij", "12345678901234", "0123456789abcdef").ToString().Length <= Reference.Maximum);
        Assert.Throws<ArgumentException>(() => Reference.OfTest("taxi", "NO-4711-T7", "0123-5678"));
        Assert.Throws<ArgumentException>(() => Reference.OfTest("taxi", "NO-4711-T7", "1"));
        Assert.Throws<ArgumentException>(() => Reference.OfTest("7axi", "NO-4711-T7", "0123456789abcdef"));
    }

    [Theory]
    [InlineData("https://apitest.vipps.no", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost:8080", true)]
    [InlineData("https://api.vipps.no", false)]
    [InlineData("https://apitest.vipps.no.example.com", false)]
    [InlineData("https://apitest.vipps.no:8443", false)]
    [InlineData("https://payments.example.com", false)]
    [InlineData("http://apitest.vipps.no", false)]
    public void Only_what_is_known_to_be_a_test_is_one(string service, bool isTest) => Assert.Equal(isTest, TestService.IsTest(new Uri(service)));

    private LedgerPayment TheOnlyPayment() => Assert.Single(_server.Payments());

    private Task<PayTest> RunAsync(Func<PayOrder, PayOrder> change) => RunAsync(change, CancellationToken.None, _ => { });

    private async Task<PayTest> RunAsync(Func<PayOrder, PayOrder> change, CancellationToken stop, Action<string> heard)
    {
        Assert.True(PhoneNumber.TryFromMsisdn(Number, out var phone));
        var order = change(new PayOrder(Reference.OfTest("taxi", "NO-4711-T7", new RandomIds().NewId()[..16]), new Money(200, Currency.NOK), phone, "NO-4711-T7")
        {
            Patience = s_never,
            PollEvery = TimeSpan.FromMilliseconds(50),
            TryEvery = TimeSpan.FromMilliseconds(500),
            UndoWithin = TimeSpan.FromSeconds(60),
        });
        var options = AgentHost.Client(_configuration.Options());
        using var http = EPaymentHttpHandler.Create(options);
        var calls = new PayCalls(new EPaymentConnection(options, http, TimeProvider.System), options.SalesUnit, order, new RandomIds(), TimeProvider.System);
        var test = new PayTest(
            order,
            calls,
            line =>
            {
                _said.Add(line);
                heard(line);
                return Task.CompletedTask;
            },
            TimeProvider.System);
        await test.RunAsync(stop);
        // A test has no receipt: nothing was sold.
        if (test.NothingLeft)
            Assert.DoesNotContain(_server.AuditAtEnd(), violation => violation.Rule is Rules.LeftCreated or Rules.LeftReserved);
        return test;
    }
}
