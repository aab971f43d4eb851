using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli.Pay;

/// <summary><c>pay test</c> as its own process, against the simulated service over a socket.</summary>
public sealed class PayCommandTests : IAsyncLifetime
{
    private const string Number = "91234567";

    private readonly TestConfiguration _configuration = new();
    private readonly VippsServer _server = new(TimeProvider.System, customers: new LastDigitCustomers());
    private KestrelCarrier _carrier = null!;

    public async Task InitializeAsync()
    {
        _carrier = await KestrelCarrier.StartAsync(_server, TimeProvider.System);
        _configuration.AgainstSimulator(_carrier.BaseAddress).With("EPayment:PollEvery", "\"00:00:00.200\"");
        // The undoing is tried for so long and a little more.
        _configuration.With("EPayment:RateWindow", "\"00:00:10\"");
    }

    public async Task DisposeAsync()
    {
        await _carrier.DisposeAsync();
        _configuration.Dispose();
    }

    [Fact]
    public async Task A_payment_is_approved_and_released_and_told_without_the_number()
    {
        var (exitCode, output, error) = await PayAsync("--phone", Number, "--approve", "--yes", "--json");

        Assert.Equal(ExitCode.Ok, exitCode);
        using var json = JsonDocument.Parse(output);
        var found = json.RootElement;
        Assert.True(found.GetProperty("passed").GetBoolean() && found.GetProperty("nothingLeft").GetBoolean());
        Assert.Equal(("approved", "authorized", 200, 200), (found.GetProperty("result").GetString(), found.GetProperty("state").GetString(), found.GetProperty("authorized").GetInt64(), found.GetProperty("cancelled").GetInt64()));
        Assert.Equal("+47 •••• ••67", found.GetProperty("phone").GetString());
        Assert.Equal("create", found.GetProperty("calls")[0].GetProperty("call").GetString());
        Assert.Contains(found.GetProperty("calls").EnumerateArray(), call => call.GetProperty("call").GetString() == "force-approve");
        Assert.DoesNotContain(Number, output + error, StringComparison.Ordinal);
        Assert.Equal(found.GetProperty("reference").GetString(), Assert.Single(_server.Payments()).Reference);
        Assert.Empty(_server.AuditAtEnd());
        Assert.Empty(_server.Violations);
    }

    [Fact]
    public async Task A_customer_who_refuses_does_not_pass_the_test_and_leaves_nothing()
    {
        var (exitCode, output, _) = await PayAsync("--phone", "91234566", "--yes");

        Assert.Equal(ExitCode.NotPossible, exitCode);
        Assert.EndsWith("not passed: refused; nothing is left\n", output, StringComparison.Ordinal);
        Assert.Empty(_server.AuditAtEnd());
    }

    [Fact]
    public async Task Told_to_stop_while_it_waits_it_takes_the_request_back_and_then_ends()
    {
        using var agent = AgentProcess.Start(["pay", "test", "--amount", "200", "--phone", Number, "--yes", "--json", "--config", _configuration.File]);
        while (!(await agent.ErrorLineAsync()).StartsWith("created", StringComparison.Ordinal))
        {
            // Until the customer is asked.
        }

        agent.Terminate();
        var (exitCode, output, _) = await agent.EndAsync();

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Contains("\"nothingLeft\":true", output, StringComparison.Ordinal);
        Assert.Equal("TERMINATED", Assert.Single(_server.Payments()).State);
    }

    [Fact]
    public async Task In_production_nothing_is_sent()
    {
        _configuration.With("EPayment:BaseUrl", "\"https://api.vipps.no\"").With("EPayment:PollEvery", null).With("EPayment:RateWindow", null);

        var (exitCode, output, error) = await PayAsync("--phone", Number, "--yes");

        Assert.Equal((ExitCode.NotPossible, ""), (exitCode, output));
        Assert.Contains("pay test is for the test environment only; EPayment:BaseUrl is api.vipps.no", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_below_the_least_is_named()
    {
        var (exitCode, _, error) = await AgentProcess.RunAsync(["pay", "test", "--amount", "99", "--phone", Number, "--yes", "--config", _configuration.File]);

        Assert.Equal(ExitCode.NotPossible, exitCode);
        Assert.Equal("taximeter-agent: --amount 99 is 0.99 NOK; the least that the service takes is 1.00 NOK\n", error);
        Assert.Empty(_server.Payments());
    }

    [Fact]
    public async Task It_asks_first()
    {
        var (exitCode, _, error) = await PayAsync("--phone", Number);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("--yes", error, StringComparison.Ordinal);
        Assert.Empty(_server.Payments());
    }

    [Fact]
    public async Task A_number_that_is_none_is_not_repeated()
    {
        var (exitCode, output, error) = await PayAsync("--phone", "9123456789012", "--yes");

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.DoesNotContain("9123456789012", output + error, StringComparison.Ordinal);
        Assert.Empty(_server.Payments());
    }

    [Fact]
    public async Task What_cannot_be_released_is_named_with_the_way_to_do_it_by_hand()
    {
        _configuration.With("EPayment:RateWindow", "\"00:00:01\"");

        // The payment is made, and from the first look at it on the service is away.
        _server.Faults.Add(Operation.Get, new FaultAction.Drop(), times: int.MaxValue);
        _server.Faults.Add(Operation.Cancel, new FaultAction.Drop(), times: int.MaxValue);

        var (exitCode, output, error) = await PayAsync("--phone", Number, "--yes", "--timeout", "1", "--json");

        Assert.Equal(ExitCode.LeftOut, exitCode);
        var reference = Assert.Single(_server.Payments()).Reference;
        Assert.Contains($"not undone: payment {reference}, 2.00 NOK, may be reserved", error, StringComparison.Ordinal);
        Assert.Contains($"/epayment/v1/payments/{reference}/cancel", error, StringComparison.Ordinal);
        Assert.Contains("\"nothingLeft\":false", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pay test --phone 91234567")]
    [InlineData("pay test --amount 200")]
    [InlineData("pay test --amount 2.00 --phone 91234567")]
    [InlineData("pay test --amount 0 --phone 91234567")]
    [InlineData("pay test --amount 65000001 --phone 91234567")]
    [InlineData("pay test --amount 200 --phone 91234567 --timeout 0")]
    public async Task A_command_line_that_is_wrong_is_a_usage_error(string arguments) =>
        Assert.Equal(ExitCode.Usage, (await AgentProcess.RunAsync([.. arguments.Split(' '), "--config", _configuration.File])).ExitCode);

    private Task<(int ExitCode, string Output, string Error)> PayAsync(params string[] arguments) =>
        AgentProcess.RunAsync(["pay", "test", "--amount", "200", .. arguments, "--config", _configuration.File]);
}
