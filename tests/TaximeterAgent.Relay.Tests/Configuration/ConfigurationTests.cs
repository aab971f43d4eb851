using System.Diagnostics;
using System.Text.Json.Nodes;
using TaximeterAgent.Relay.Cli;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Tests.Support;

namespace TaximeterAgent.Relay.Tests.Configuration;

/// <summary>What is wrong in the configuration is named by its key, without showing a secret. Needs neither broker nor database.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private const string Secret = "a-password-that-nobody-may-see";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("taximeter-relay-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_good_one_gets_as_far_as_the_database()
    {
        var (code, _, error) = await RunAsync(Good());
        Assert.Equal(ExitCode.Unavailable, code);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Listen", "https://127.0.0.1:0")]
    [InlineData("Listen", "127.0.0.1:8080")]
    [InlineData("Broker:Uri", "")]
    [InlineData("Broker:Uri", "amqps://localhost")]
    [InlineData("Broker:Uri", "amqp://broker.example/taxi")]
    [InlineData("Broker:Uri", "amqps://relay:" + Secret + "@broker.example/taxi")]
    [InlineData("Broker:User", "")]
    [InlineData("Broker:Password", "")]
    [InlineData("Broker:CaFile", "/nowhere/ca.pem")]
    [InlineData("Broker:ConfirmTimeout", "00:00:09")]
    [InlineData("Broker:ConfirmTimeout", "00:00:00")]
    [InlineData("Broker:Reconnect", "00:02:00")]
    [InlineData("Broker:Channels", "0")]
    [InlineData("Broker:Channels", "65")]
    [InlineData("Database:ConnectionString", "")]
    [InlineData("Webhooks:Window", "02:00:00")]
    [InlineData("Webhooks:PublicUrl", "relay.example")]
    [InlineData("Webhooks:PublicUrl", "http://relay.example/webhooks/vipps")]
    [InlineData("Bookings:CancelWait", "00:00:21")]
    [InlineData("Bookings:Resend", "00:00:00")]
    [InlineData("Bookings:Keep", "00:00:01")]
    [InlineData("Stranded:After", "00:00:00")]
    [InlineData("Stranded:Every", "2.00:00:00")]
    [InlineData("EPayment:BaseUrl", "api")]
    [InlineData("EPayment:KeysFile", "/nowhere/keys.json")]
    public async Task A_fault_is_named_by_its_key(string key, string value)
    {
        var json = Good();
        Set(json, key, value);
        var (code, output, error) = await RunAsync(json);
        Assert.Equal(ExitCode.Configuration, code);
        Assert.Single(error.Split('\n'));
        Assert.StartsWith($"taximeter-relay: {key}: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_of_another_kind_is_named_by_its_key()
    {
        var json = Good();
        Set(json, "Broker:Channels", "many");
        var (code, _, error) = await RunAsync(json);
        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains("Broker:Channels", error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_missing_or_no_JSON_is_named()
    {
        var (code, _, error) = await Tool.RunAsync(PathOf("nothing"), "clients", "list");
        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(PathOf("nothing"), error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(PathOf("broken"), $$"""{ "Broker": { "Password": "{{Secret}}" """);
        (code, _, error) = await Tool.RunAsync(PathOf("broken"), "clients", "list");
        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains(PathOf("broken"), error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public async Task A_keys_file_that_others_can_read_is_refused(UnixFileMode others)
    {
        KeysFile.Write(PathOf("keys"), Secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        var (code, error) = await WithKeysAsync();
        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains($"{PathOf("keys")} can be read by others; chmod 600 it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keys_file_that_is_wrong_is_named_by_its_line_and_not_by_what_stands_there()
    {
        await File.WriteAllTextAsync(PathOf("keys"), $"[\n{{ \"merchantSerialNumber\": \"123456\", \"clientSecret\": {Secret} }}]");
        File.SetUnixFileMode(PathOf("keys"), UnixFileMode.UserRead);
        var (code, error) = await WithKeysAsync();
        Assert.Equal(ExitCode.Configuration, code);
        Assert.Contains($"{PathOf("keys")}, line 2", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Broker:Password: missing")] // what the unit puts in the place of a file that is missing
    [InlineData("\n", "Broker:Password: missing")]
    [InlineData("a-credential\n", "the database does not answer")]
    public async Task A_credential_of_the_service_manager_is_taken(string credential, string said)
    {
        var json = Good();
        Set(json, "Broker:Password", "");
        Assert.Contains(said, await WithCredentialAsync(json, credential), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_credential_does_not_take_away_what_the_file_says() =>
        Assert.Contains("the database does not answer", await WithCredentialAsync(Good(), "\n"), StringComparison.Ordinal);

    [Fact]
    public async Task A_command_that_does_not_exist_is_a_wrong_command_line()
    {
        var (code, _, error) = await Tool.RunAsync(PathOf("config"), "webhook");
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--help", error, StringComparison.Ordinal);
    }

    private static JsonObject Good() => new()
    {
        ["Listen"] = "http://127.0.0.1:0",
        ["Broker"] = new JsonObject { ["Uri"] = "amqps://broker.example/taxi", ["Password"] = Secret },
        ["Database"] = new JsonObject { ["ConnectionString"] = $"Host=127.0.0.1;Port=1;Username=relay;Password={Secret}" },
    };

    private static void Set(JsonObject json, string key, string value)
    {
        if (key.Split(':') is [var section, var name])
            ((JsonObject)(json[section] ??= new JsonObject()))[name] = value;
        else
            json[key] = value;
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    // A process of its own: the variable would be everybody's here.
    private async Task<string> WithCredentialAsync(JsonObject json, string credential)
    {
        await File.WriteAllTextAsync(PathOf("config"), json.ToJsonString());
        Directory.CreateDirectory(PathOf("credentials"));
        await File.WriteAllTextAsync(Path.Combine(PathOf("credentials"), "Broker__Password"), credential);
        var program = Path.Combine(AppContext.BaseDirectory, "taximeter-relay.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, "clients", "list", "--config", PathOf("config")]) { RedirectStandardError = true };
        start.Environment["CREDENTIALS_DIRECTORY"] = PathOf("credentials");
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.DoesNotContain(Secret, error, StringComparison.Ordinal);
        return error;
    }

    private async Task<(int Code, string Error)> WithKeysAsync()
    {
        var json = Good();
        Set(json, "EPayment:KeysFile", PathOf("keys"));
        await File.WriteAllTextAsync(PathOf("config"), json.ToJsonString());
        var (code, output, error) = await Tool.RunAsync(PathOf("config"), "webhooks", "list");
        Assert.DoesNotContain(Secret, output + error, StringComparison.Ordinal);
        return (code, error);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(JsonObject json)
    {
        await File.WriteAllTextAsync(PathOf("config"), json.ToJsonString());
        return await Tool.RunAsync(PathOf("config"), "clients", "list");
    }
}
