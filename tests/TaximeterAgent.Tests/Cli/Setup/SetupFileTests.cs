using System.Text.Json.Nodes;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Setup;
using TaximeterAgent.Configuration;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Setup;

// Modes are those of Linux, as is all of the agent.
#pragma warning disable CA1416

/// <summary>A fleet's cars are set up from a file each.</summary>
public sealed class SetupFileTests : IDisposable
{
    private readonly SetupBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_file_sets_a_car_up_without_a_question()
    {
        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync(ReferencePage.SmallestFile));

        Assert.Empty(ConfigurationLoader.Load(_bench.Config, new Dictionary<string, string>()).Faults);
        Assert.DoesNotContain("Client", File.ReadAllText(_bench.Config), StringComparison.Ordinal);
        Assert.Contains("next\t", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_file_once_more_changes_nothing()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);
        var before = _bench.Everything();

        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync(ReferencePage.SmallestFile));

        Assert.Equal(before, _bench.Everything());
        Assert.Contains("nothing has changed", _bench.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_the_new_keys_alone_changes_these_alone()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);
        var config = File.ReadAllText(_bench.Config);

        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync("""{ "EPayment": { "ClientSecret": "a-new-secret" } }"""));

        Assert.Equal(config, File.ReadAllText(_bench.Config));
        Assert.Equal("a-new-secret", File.ReadAllText(Path.Combine(_bench.Credentials, "epayment-client-secret")));
        Assert.Equal("put-the-client-id-here", File.ReadAllText(Path.Combine(_bench.Credentials, "epayment-client-id")));
    }

    [Fact]
    public async Task All_faults_are_told_at_once_and_nothing_is_written()
    {
        var root = JsonNode.Parse(ReferencePage.SmallestFile)!.AsObject();
        root["Car"]!["Id"] = "?";
        root["EPayment"]!["MerchantSerialNumber"] = 12;
        root["EPayment"]!["ClientSecret"] = "with a blank";
        root["Metre"] = new JsonObject();
        root["Meter"]!.AsObject().Remove("Serial");

        Assert.Equal(ExitCode.Configuration, await _bench.TakeAsync(root.ToJsonString()));

        var lines = _bench.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, lines.Length);
        Assert.All(["Car:Id:", "EPayment:MerchantSerialNumber:", "EPayment:ClientSecret:", "Metre:", "Meter:Serial:Port:"], name => Assert.Single(lines, line => line.StartsWith(name, StringComparison.Ordinal)));
        Assert.DoesNotContain("with a blank", _bench.Error, StringComparison.Ordinal);
        Assert.Empty(_bench.Everything());
    }

    [Fact]
    public async Task A_file_with_secrets_that_others_may_read_is_refused()
    {
        Assert.Equal(ExitCode.Configuration, await _bench.TakeAsync(ReferencePage.SmallestFile, mode: UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead));

        Assert.Contains("chmod 600", _bench.Error, StringComparison.Ordinal);
        Assert.Empty(_bench.Everything());
    }

    [Theory]
    [InlineData("{ \"Car\": ")]
    [InlineData("[]")]
    [InlineData("{ \"Car\": {}, \"Car\": {} }")]
    public async Task A_file_that_is_no_configuration_is_refused(string json)
    {
        Assert.Equal(ExitCode.Configuration, await _bench.TakeAsync(json));

        Assert.Contains("given.json", _bench.Error, StringComparison.Ordinal);
        Assert.Empty(_bench.Everything());
    }

    [Fact]
    public async Task Modes_that_somebody_opened_are_put_right()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);
        var secret = Path.Combine(_bench.Credentials, "epayment-client-secret");
        File.SetUnixFileMode(secret, (UnixFileMode)0b110_100_100);
        File.SetUnixFileMode(_bench.Config, (UnixFileMode)0b110_110_110);

        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync(ReferencePage.SmallestFile));

        Assert.Equal(SafeFile.Private, File.GetUnixFileMode(secret));
        Assert.Equal(SetupBench.ConfigMode, File.GetUnixFileMode(_bench.Config));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_leaves_the_configuration_as_it_was_and_the_next_run_ends_it()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);
        var config = File.ReadAllText(_bench.Config);
        // Where the unfinished file of the configuration would be is a directory with something in it: the secrets are written, the configuration is not.
        Directory.CreateDirectory(_bench.Config + SafeFile.Unfinished + "/in-the-way");
        var change = """{ "Car": { "Id": "NO-1" }, "EPayment": { "ClientSecret": "a-new-secret" } }""";

        Assert.Equal(ExitCode.NoPermission, await _bench.TakeAsync(change));

        Assert.Contains(_bench.Config, _bench.Error, StringComparison.Ordinal);
        Assert.Equal(config, File.ReadAllText(_bench.Config));
        Assert.Empty(ConfigurationLoader.Load(_bench.Config, new Dictionary<string, string>()).Faults);

        Directory.Delete(_bench.Config + SafeFile.Unfinished, recursive: true);
        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync(change));
        Assert.Equal("NO-1", _bench.Written["Car"]!["Id"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_a_power_cut_left_half_written_is_passed_over()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);
        File.WriteAllText(_bench.Config + SafeFile.Unfinished, "{ \"Car\"");

        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync("""{ "Car": { "Id": "NO-1" } }"""));

        Assert.Equal("NO-1", _bench.Written["Car"]!["Id"]!.GetValue<string>());
        Assert.False(File.Exists(_bench.Config + SafeFile.Unfinished));
    }

    [Fact]
    public async Task Of_old_configurations_the_newest_ten_are_kept()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);
        var folder = Path.GetDirectoryName(_bench.Config)!;
        for (var day = 10; day < 22; day++)
            File.WriteAllText(Path.Combine(folder, $"config.json.2024-01-{day}T00-00-00Z"), "{}");
        File.WriteAllText(Path.Combine(folder, "config.json.mine"), "{}");

        await _bench.TakeAsync("""{ "Car": { "Id": "NO-1" } }""");

        var kept = Directory.GetFiles(folder, "config.json.2*");
        Assert.Equal(Writing.BackupsMaximum, kept.Length);
        Assert.DoesNotContain(kept, file => file.Contains("2024-01-10", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder, "config.json.mine")));
    }

    [RootFact]
    public async Task The_agents_group_reads_the_configuration_and_nobody_else_does()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);

        Assert.Equal(SafeFile.GroupReads, File.GetUnixFileMode(_bench.Config));
        Assert.True(SafeFile.HasAccess(_bench.Config, SetupBench.Group));
        Assert.All(Directory.GetFiles(_bench.Credentials), file => Assert.Equal(SafeFile.Private, File.GetUnixFileMode(file)));
    }

    [RootFact]
    public async Task Encrypted_secrets_are_those_of_systemd_creds_and_the_plain_ones_go()
    {
        await _bench.TakeAsync(ReferencePage.SmallestFile);

        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync("{}", VaultKind.Encrypted));

        Assert.Empty(Directory.GetFiles(_bench.Credentials));
        var encrypted = Directory.GetFiles(_bench.Credentials + ".encrypted");
        Assert.Equal(3, encrypted.Length);
        Assert.All(encrypted, file => Assert.DoesNotContain("put-the", File.ReadAllText(file), StringComparison.Ordinal));
        Assert.Contains(
            "LoadCredential=\nLoadCredentialEncrypted=epayment-client-id:/etc/taximeter-agent/credentials.encrypted/epayment-client-id\n",
            File.ReadAllText(_bench.At("etc/systemd/system/taximeter-agent.service.d/credentials.conf")), StringComparison.Ordinal);

        // Read again, they are known: nothing changes.
        var before = _bench.Everything();
        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync(ReferencePage.SmallestFile));
        Assert.Equal(before, _bench.Everything());

        // And back.
        Assert.Equal(ExitCode.Ok, await _bench.TakeAsync("{}", VaultKind.Files));
        Assert.Equal(3, Directory.GetFiles(_bench.Credentials).Length);
        Assert.Empty(Directory.GetFiles(_bench.Credentials + ".encrypted"));
        Assert.False(File.Exists(_bench.At("etc/systemd/system/taximeter-agent.service.d/credentials.conf")));
    }
}
