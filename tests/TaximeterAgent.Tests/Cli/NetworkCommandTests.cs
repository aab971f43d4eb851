using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Diagnostics.Network;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli;

/// <summary><c>network test</c> as its own process, which trusts the authority that the test says it may.</summary>
public sealed class NetworkCommandTests : IDisposable
{
    private readonly TestConfiguration _configuration = new();
    private readonly TestFiles _files = new();
    private readonly X509Certificate2 _authority = TestCertificates.Authority();

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task Over_TLS_all_is_well_and_the_certificate_is_told()
    {
        var server = new VippsServer(TimeProvider.System);
        await using var carrier = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        using var certificate = TestCertificates.Leaf(_authority, "localhost", TimeSpan.FromDays(-1), TimeSpan.FromDays(30));
        await using var site = TestSite.Fronts(carrier.EndPoint, certificate);

        var (exitCode, found) = await TestAsync(site);

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.True(found.GetProperty("passed").GetBoolean());
        Assert.False(found.TryGetProperty("broken", out _));
        var tls = Step(found, "tls").GetProperty("certificate");
        Assert.Equal(("CN=localhost", "CN=Test Authority", 0), (tls.GetProperty("subject").GetString(), tls.GetProperty("issuer").GetString(), tls.GetProperty("problems").GetArrayLength()));
        Assert.StartsWith("TLS 1.", tls.GetProperty("protocol").GetString(), StringComparison.Ordinal);
        Assert.Equal("ok", Step(found, "epayment").GetProperty("state").GetString());
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task A_certificate_that_has_expired_is_wrong_where_the_server_has_the_car_s_time()
    {
        using var certificate = TestCertificates.Leaf(_authority, "localhost", TimeSpan.FromDays(-60), TimeSpan.FromDays(-30));
        await using var site = TestSite.Answers("200 OK", $"Date: {TimeProvider.System.GetUtcNow():r}\r\n", "", certificate);

        var (exitCode, found) = await TestAsync(site);

        Assert.Equal((ExitCode.Unavailable, "tls"), (exitCode, found.GetProperty("broken").GetString()));
        Assert.Equal("expired", Step(found, "tls").GetProperty("certificate").GetProperty("problems")[0].GetString());
        Assert.Contains("the car's clock is not the reason", Step(found, "tls").GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal("ok", Step(found, "clock").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(300, 400)]
    [InlineData(-400, -300)]
    public async Task A_certificate_that_fits_the_server_s_time_and_not_the_car_s_is_the_clock_s_fault(int from, int to)
    {
        using var certificate = TestCertificates.Leaf(_authority, "localhost", TimeSpan.FromDays(from), TimeSpan.FromDays(to));
        var server = TimeProvider.System.GetUtcNow().AddDays((from + to) / 2.0);
        await using var site = TestSite.Answers("200 OK", $"Date: {server:r}\r\n", "", certificate);

        var (exitCode, found) = await TestAsync(site);

        Assert.Equal((ExitCode.Unavailable, "clock"), (exitCode, found.GetProperty("broken").GetString()));
        Assert.Equal("clock", Step(found, "tls").GetProperty("because").GetString());
        Assert.Contains("the certificate is good", Step(found, "tls").GetProperty("cause").GetString(), StringComparison.Ordinal);
        Assert.Equal("broken", Step(found, "clock").GetProperty("state").GetString());
        Assert.Equal("tls is broken", Step(found, "token").GetProperty("text").GetString());
    }

    [Fact]
    public async Task For_a_program_there_are_lines_with_tabs_and_no_key_in_any()
    {
        await using var carrier = await KestrelCarrier.StartAsync(new VippsServer(TimeProvider.System), TimeProvider.System);
        _configuration.AgainstSimulator(carrier.BaseAddress).With("EPayment:SubscriptionKey", "\"0123456789abcdef\"");

        var (exitCode, output, error) = await AgentProcess.RunAsync(["network", "test", "--config", _configuration.File]);

        Assert.Equal((ExitCode.NotPossible, ""), (exitCode, error));
        Assert.Contains("\ntoken\tbroken\t", output, StringComparison.Ordinal);
        Assert.Contains("\ntoken\tcause\t\tthe service does not take the keys\n", output, StringComparison.Ordinal);
        Assert.EndsWith("\nbroken: token\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("0123456789abcdef", output, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerDefaults.ClientSecret, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_modem_s_program_is_found_by_PATH()
    {
        _configuration.With("EPayment:BaseUrl", "\"https://no-such-service.invalid\"");
        FakeModemProgram.Write(_files.Path("mmcli"), """
            case "$2" in
            -L) echo '{"modem-list":["/org/freedesktop/ModemManager1/Modem/3"]}' ;;
            *) echo '{"modem":{"generic":{"model":"EM7455","state":"failed","state-failed-reason":"sim-missing"}}}' ;;
            esac
            """);

        var (exitCode, output, _) = await AgentProcess.RunAsync(
            ["network", "test", "--json", "--timeout", "3", "--config", _configuration.File],
            new Dictionary<string, string> { ["PATH"] = $"{Path.GetDirectoryName(_files.Path("mmcli"))}:{Environment.GetEnvironmentVariable("PATH")}" });

        Assert.Equal(ExitCode.Unavailable, exitCode);
        using var json = JsonDocument.Parse(output);
        var modem = Step(json.RootElement, "modem");
        Assert.Equal("broken", modem.GetProperty("state").GetString());
        Assert.Equal("the modem finds no SIM card", modem.GetProperty("cause").GetString());
        // A machine that has another way out fails at the name; one that has none, for its modem.
        Assert.Contains(json.RootElement.GetProperty("broken").GetString()!, new[] { "modem", "dns" });
    }

    [Theory]
    [InlineData("--timeout", "0")]
    [InlineData("--timeout", "61")]
    [InlineData("--timeout", "soon")]
    public async Task A_time_that_cannot_be_is_a_usage_error(string option, string value) =>
        Assert.Equal(ExitCode.Usage, (await AgentProcess.RunAsync(["network", "test", option, value, "--config", _configuration.File])).ExitCode);

    [Fact]
    public async Task A_configuration_that_is_wrong_is_said_in_full()
    {
        _configuration.With("EPayment:MerchantSerialNumber", "\"12\"").With("Car:Id", "\"\"");
        var (exitCode, _, error) = await AgentProcess.RunAsync(["network", "test", "--config", _configuration.File]);
        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("EPayment:MerchantSerialNumber: ", error, StringComparison.Ordinal);
        Assert.Contains("Car:Id: ", error, StringComparison.Ordinal);
    }

    private static JsonElement Step(JsonElement found, string name) => found.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("step").GetString() == name);

    private async Task<(int ExitCode, JsonElement Found)> TestAsync(TestSite site)
    {
        _configuration.AgainstSimulator(new Uri($"https://localhost:{site.Port}"));
        File.WriteAllText(_files.Path("authority.pem"), _authority.ExportCertificatePem());
        var (exitCode, output, _) = await AgentProcess.RunAsync(
            ["network", "test", "--json", "--timeout", "30", "--config", _configuration.File],
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = _files.Path("authority.pem"), ["SSL_CERT_DIR"] = _files.Path("no-directory") });
        using var json = JsonDocument.Parse(output);
        return (exitCode, json.RootElement.Clone());
    }
}
