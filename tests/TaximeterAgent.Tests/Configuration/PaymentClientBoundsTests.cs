using TaximeterAgent.Hosting;

namespace TaximeterAgent.Tests.Configuration;

/// <summary>Found by the fuzzer: a configuration that was accepted, and an agent that then did not start because its payment client refused the same values.</summary>
public sealed class PaymentClientBoundsTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Theory]
    [InlineData("00:00:00.050", "00:00:00.050")]
    [InlineData("00:01:00", "00:02:00")]
    public void The_payment_client_takes_the_shortest_and_the_longest_timeouts_that_are_accepted(string connect, string whole)
    {
        var options = _configuration.With("EPayment:ConnectTimeout", $"\"{connect}\"").With("EPayment:TryTimeout", $"\"{whole}\"").Options();

        Assert.Empty(AgentHost.Client(options).FindFaults());
    }

    [Theory]
    [InlineData("EPayment:ConnectTimeout", "00:00:00.049")]
    [InlineData("EPayment:ConnectTimeout", "00:01:00.001")]
    [InlineData("EPayment:TryTimeout", "00:00:00.049")]
    [InlineData("EPayment:TryTimeout", "00:02:00.001")]
    public void A_timeout_that_the_payment_client_would_refuse_is_a_fault_of_the_configuration(string key, string value)
    {
        _configuration.With("EPayment:TryTimeout", "\"00:02:00\"").With("EPayment:ConnectTimeout", "\"00:00:00.050\"");

        Assert.StartsWith($"{key}: found \"{value}\"", _configuration.With(key, $"\"{value}\"").OneFault(), StringComparison.Ordinal);
    }
}
