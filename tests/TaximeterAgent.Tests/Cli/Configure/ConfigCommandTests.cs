using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Configuration;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli.Configure;

/// <summary>The commands as their own process.</summary>
public sealed class ConfigCommandTests : IDisposable
{
    private static readonly string[] s_secrets = ["put-the-client-id-here", "put-the-client-secret-here", "put-the-subscription-key-here"];

    private readonly TestConfiguration _configuration = new();

    public void Dispose() => _configuration.Dispose();

    [Fact]
    public async Task Show_says_every_value_and_where_it_came_from_and_no_secret()
    {
        var environment = new Dictionary<string, string> { ["TAXIMETER_EPayment__PollEvery"] = "00:00:03" };
        _configuration.Credential("epayment-client-secret", "a-secret-of-systemd");
        environment[CredentialSource.Variable] = _configuration.Environment[CredentialSource.Variable];

        var (exitCode, output, error) = await RunAsync(["show"], environment);

        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("key\tvalue\tfrom", lines[0]);
        Assert.Equal(Keys.All.Select(key => key.Name), lines[1..].Select(line => line.Split('\t')[0]));
        Assert.Contains($"Car:Id\tNO-4711-T7\t{_configuration.File} line 2", lines);
        Assert.Contains("EPayment:PollEvery\t00:00:03\tTAXIMETER_EPayment__PollEvery", lines);
        Assert.Contains("EPayment:PollFirst\t00:00:05\tthe default", lines);
        Assert.Contains(lines, line => line.StartsWith("EPayment:ClientSecret\tset\t", StringComparison.Ordinal) && line.EndsWith("/epayment-client-secret", StringComparison.Ordinal));
        Assert.Contains("Webhooks:Secret\tmissing\t", lines);
        Assert.All(s_secrets.Append("a-secret-of-systemd"), secret => Assert.DoesNotContain(secret, output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Show_of_a_wrong_configuration_shows_what_there_is_and_what_is_wrong()
    {
        _configuration.With("Car:Id", "\"\"");

        var (exitCode, output, error) = await RunAsync(["show"]);

        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("\nCar:Prefix\ttaxi\t", output, StringComparison.Ordinal);
        Assert.StartsWith("Car:Id: found \"\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_are_encrypted_for_the_service_are_not_said_to_be_missing()
    {
        foreach (var name in (string[])["ClientId", "ClientSecret", "SubscriptionKey"])
            _configuration.With($"EPayment:{name}", null);
        var encrypted = Directory.CreateDirectory(CredentialSource.EncryptedBeside(_configuration.File)).FullName;
        foreach (var name in (string[])["epayment-client-id", "epayment-client-secret"])
            await File.WriteAllTextAsync(Path.Combine(encrypted, name), "what only systemd can read");

        var (exitCode, _, error) = await RunAsync(["check"]);

        // The third is really missing.
        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains($"EPayment:ClientSecret: encrypted in {encrypted}/epayment-client-secret for the service alone", error, StringComparison.Ordinal);
        Assert.Contains("EPayment:SubscriptionKey: found nothing", error, StringComparison.Ordinal);
        Assert.DoesNotContain("EPayment:ClientSecret: found nothing", error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(Path.Combine(encrypted, "epayment-subscription-key"), "what only systemd can read");
        (exitCode, var output, _) = await RunAsync(["check"]);
        Assert.Equal((ExitCode.Ok, "ok\n"), (exitCode, output));
        (_, output, _) = await RunAsync(["show"]);
        Assert.Contains($"EPayment:ClientSecret\tset\t{encrypted}/epayment-client-secret", output, StringComparison.Ordinal);

        // The service itself has them from systemd, or not at all.
        (exitCode, _, error) = await RunAsync(["check"], new Dictionary<string, string> { [CredentialSource.Variable] = encrypted + ".none" });
        Assert.Equal(ExitCode.Configuration, exitCode);
        Assert.Contains("EPayment:ClientSecret: found nothing", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shapes_of_the_JSON_are_held()
    {
        using (var show = await JsonAsync(ExitCode.Ok, "show", "--json"))
        {
            Assert.Equal(["file", "ok", "keys", "faults"], Names(show.RootElement));
            Assert.Equal(["key", "value", "source", "secret"], Names(show.RootElement.GetProperty("keys")[0]));
            Assert.Equal(["kind", "name", "line"], Names(show.RootElement.GetProperty("keys")[0].GetProperty("source")));
            Assert.Equal(Keys.All.Length, show.RootElement.GetProperty("keys").GetArrayLength());
            Assert.DoesNotContain(s_secrets, secret => show.RootElement.GetRawText().Contains(secret, StringComparison.Ordinal));
        }

        using (var explain = await JsonAsync(ExitCode.Ok, "explain", "Policy:OfflineMaxCount", "--json"))
            Assert.Equal(["key", "description", "expected", "unit", "default", "required", "secret", "variable", "value", "source", "faults"], Names(explain.RootElement));
        using (var good = await JsonAsync(ExitCode.Ok, "check", "--json"))
            Assert.True(good.RootElement.GetProperty("ok").GetBoolean());

        _configuration.With("Car:Id", "\"\"");
        using var wrong = await JsonAsync(ExitCode.Configuration, "check", "--json");
        Assert.Equal(["file", "ok", "faults"], Names(wrong.RootElement));
        Assert.Equal(["where", "found", "expected"], Names(wrong.RootElement.GetProperty("faults")[0]));
        Assert.Equal("Car:Id", wrong.RootElement.GetProperty("faults")[0].GetProperty("where").GetString());
    }

    [Theory]
    [InlineData("Meter:Serial:BaudRate")]
    [InlineData("meter:serial:baudrate")]
    [InlineData("TAXIMETER_Meter__Serial__BaudRate")]
    public async Task Explain_says_what_a_key_means_and_how_it_stands(string name)
    {
        var (exitCode, output, _) = await RunAsync(["explain", name]);

        Assert.Equal(ExitCode.Ok, exitCode);
        var key = Keys.SerialBaudRate;
        Assert.Equal(
            [("key", key.Name), ("expected", key.Expected), ("default", key.Default!), ("variable", key.Variable), ("value", key.Default!), ("from", "the default")],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Where(line => line[0] is not ("meaning" or "unit")).Select(line => (line[0], line[1])));
    }

    [Fact]
    public async Task Explain_of_a_secret_says_only_whether_it_is_set_and_of_a_wrong_key_what_is_wrong()
    {
        var secret = await RunAsync(["explain", "EPayment:ClientSecret"]);
        Assert.Contains("\ncredential\tepayment-client-secret\nvalue\tset\n", secret.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(s_secrets[1], secret.Output, StringComparison.Ordinal);

        _configuration.With("Car:Prefix", "\"\"");
        Assert.Contains("\nfault\tfound \"\"", (await RunAsync(["explain", "Car:Prefix"])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Meter:Serial:BaudRat", "the nearest is Meter:Serial:BaudRate")]
    [InlineData("BaudRate", "there are Meter:Serial:BaudRate")]
    [InlineData("Car", "there are Car:Id, Car:Prefix")]
    [InlineData("Something:Else:Entirely", "config show lists them")]
    public async Task A_key_that_is_none_gets_a_hint(string name, string hint)
    {
        var (exitCode, output, error) = await RunAsync(["explain", name]);

        Assert.Equal((ExitCode.NotFound, ""), (exitCode, output));
        Assert.Contains(hint, error, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private async Task<JsonDocument> JsonAsync(int expected, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);
        Assert.Equal((expected, ""), (exitCode, error));
        return JsonDocument.Parse(output);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, Dictionary<string, string>? environment = null) =>
        AgentProcess.RunAsync(["config", .. arguments, "--config", _configuration.File], environment);
}
