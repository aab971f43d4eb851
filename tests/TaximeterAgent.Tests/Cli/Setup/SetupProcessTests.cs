using System.Text;
using System.Text.Json.Nodes;
using TaximeterAgent.Cli;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Diagnostics.Network;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli.Setup;

/// <summary>The command itself, as its own process, with devices and a payment service.</summary>
public sealed class SetupProcessTests : IDisposable
{
    private const uint Echo = 0x8;

    private readonly TestConfiguration _configuration = new();
    private readonly TestFiles _files = new();

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Devices_and_keys_are_looked_at_and_what_is_wrong_is_named()
    {
        using var terminal = new TestTerminal();
        var server = new VippsServer(TimeProvider.System);
        await using var service = await KestrelCarrier.StartAsync(server, TimeProvider.System);
        _configuration.AgainstSimulator(service.BaseAddress)
            .With("Meter:Serial:Port", $"\"{terminal.Path}\"")
            .With("Driver:KeypadDevice", $"\"{_files.Path("no-keypad")}\"").With("Driver:Display", "\"none\"").With("Control:Socket", $"\"{_files.Path("no.sock")}\"");

        var (exitCode, output, error) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json"), "--from", _configuration.File, "--yes", "--json"]);

        Assert.True(exitCode == ExitCode.Unavailable, output + error);
        var report = JsonNode.Parse(output)!;
        var checks = report["checks"]!.AsArray().ToDictionary(check => check!["what"]!.GetValue<string>(), check => check!["state"]!.GetValue<string>());
        Assert.Equal(("ok", "wrong", "skipped", "ok"), (checks["meter"], checks["keypad"], checks["display"], checks["payment service"]));
        Assert.Contains("no-keypad", output, StringComparison.Ordinal);
        Assert.DoesNotContain(ServerDefaults.ClientSecret, output + error, StringComparison.Ordinal);
        Assert.Empty(server.Payments());
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task Keys_that_the_service_refuses_are_told()
    {
        await using var service = await KestrelCarrier.StartAsync(new VippsServer(TimeProvider.System), TimeProvider.System);
        _configuration.AgainstSimulator(service.BaseAddress).With("EPayment:ClientSecret", "\"not-the-secret\"").With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("Control:Socket", $"\"{_files.Path("no.sock")}\"");

        var (exitCode, output, _) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json"), "--from", _configuration.File, "--yes"]);

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Contains("payment service\twrong: token: HTTP 401", output, StringComparison.Ordinal);
        Assert.Contains("the service does not take the keys", output, StringComparison.Ordinal);
        Assert.DoesNotContain("not-the-secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_told_with_the_step_that_is_broken()
    {
        Quiet().With("EPayment:BaseUrl", "\"http://127.0.0.1:1\"");

        var (exitCode, output, _) = await SetUpAsync([]);

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Contains("payment service\twrong: tcp: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_agent_is_asked_for_its_devices_and_goes_on()
    {
        await using var rig = new EngineRig { Keypad = new DeviceStatus(DeviceState.Missing, "no keypad is plugged in"), Display = new DeviceStatus(DeviceState.Open, "open") };
        await rig.StartAsync();
        Quiet().With("Control:Socket", $"\"{rig.Socket}\"");

        var (_, output, _) = await SetUpAsync([]);

        Assert.Contains("keypad\twrong: as the running agent has it: no keypad is plugged in", output, StringComparison.Ordinal);
        Assert.Contains("display\tok: as the running agent has it", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_service_is_restarted_once_the_files_are_written_and_only_if_something_has_changed()
    {
        Systemctl("exit 0");
        Quiet();

        var (_, output, error) = await SetUpAsync(["--restart"]);

        Assert.Equal(["is-active --quiet taximeter-agent written", "daemon-reload written", "restart taximeter-agent written"], Called);
        Assert.True(output.Contains("next\t", StringComparison.Ordinal), output + error);

        File.Delete(_files.Path("called"));
        await SetUpAsync(["--restart"]);
        Assert.Equal(["is-active --quiet taximeter-agent written"], Called);
    }

    [Fact]
    public async Task A_service_that_is_not_running_is_not_restarted()
    {
        Systemctl("[ \"$1\" != is-active ]");
        Quiet();

        await SetUpAsync(["--restart"]);

        Assert.Equal(["is-active --quiet taximeter-agent written"], Called);
    }

    [Fact]
    public async Task A_restart_that_fails_is_told_with_its_reason_and_the_files_are_written()
    {
        Systemctl("[ \"$1\" != restart ] || { echo 'Job for taximeter-agent.service failed.' >&2; exit 5; }");
        Quiet();

        var (exitCode, _, error) = await SetUpAsync(["--restart"]);

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Contains("systemctl restart ended with 5: Job for taximeter-agent.service failed.", error, StringComparison.Ordinal);
        Assert.True(File.Exists(_files.Path("config.json")));
    }

    [Fact]
    public async Task An_image_takes_no_secrets_that_this_machine_s_key_encrypts()
    {
        var root = Directory.CreateDirectory(_files.Path("image")).FullName;

        var (exitCode, _, error) = await AgentProcess.RunAsync(["setup", "--root", root, "--credentials", "systemd-creds", "--from", _configuration.File, "--yes"]);

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("the car's board could not read it", error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(root));
    }

    [Fact]
    public async Task Ctrl_C_while_a_secret_is_typed_gives_the_echo_back_and_writes_nothing()
    {
        using var terminal = new TestTerminal();
        // Held by the test, so that the terminal is there to be looked at when the process has ended.
        var slave = TestFiles.Open(terminal.Path);
        try
        {
            Assert.True(TerminalSettings.TryGet(slave, out var before));
            // A session of its own, whose terminal this becomes: the kernel makes the signal of the key. Whoever runs the tests in the background has it ignored.
            using var agent = AgentProcess.StartCommand(
                "sh", ["-c", "exec setsid --ctty --wait env --default-signal=INT \"$@\" <\"$0\" >\"$0\" 2>&1", terminal.Path, "dotnet", AgentProcess.Program, "setup", "--config", _files.Path("config.json")]);

            Until(terminal, "Environment", "test");
            Until(terminal, "MSN", "123456");
            Until(terminal, "Client id", "an-id");
            Until(terminal, "Client secret", null);
            Assert.True(TerminalSettings.TryGet(slave, out var hidden));
            Assert.Equal(0u, hidden.LocalFlags & Echo);
            TestFiles.Write(terminal.Master, "half-a-sec\u0003"u8.ToArray());

            Assert.Equal(ExitCode.Interrupted, (await agent.EndAsync()).ExitCode);
            Assert.True(TerminalSettings.TryGet(slave, out var after));
            Assert.Equal(before.LocalFlags, after.LocalFlags);
            Assert.False(File.Exists(_files.Path("config.json")));
            Assert.False(Directory.Exists(_files.Path("credentials")));
        }
        finally
        {
            TestFiles.Close(slave);
        }
    }

    [Fact]
    public async Task Without_a_terminal_it_wants_a_file_and_with_one_it_wants_yes()
    {
        var (exitCode, _, error) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json")]);
        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("--from", error, StringComparison.Ordinal);

        (exitCode, _, error) = await AgentProcess.RunAsync(["setup", "--config", _files.Path("config.json"), "--from", _configuration.File]);
        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Contains("--yes", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_files.Path("config.json")));
    }

    // What the agent's terminal says until it asks this; then the answer is typed.
    private static void Until(TestTerminal terminal, string question, string? answer)
    {
        var seen = new StringBuilder();
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(90);
        while (!seen.ToString().Contains(question, StringComparison.Ordinal))
        {
            Assert.True(DateTime.UtcNow < end, $"'{question}' was not asked. The screen:\n{seen}");
            seen.Append(Encoding.UTF8.GetString(TestFiles.TryRead(terminal.Master, 50) ?? []));
        }

        // The rest of the prompt.
        TestFiles.TryRead(terminal.Master, 200);
        if (answer is not null)
            TestFiles.Write(terminal.Master, Encoding.UTF8.GetBytes(answer + "\n"));
    }

    private TestConfiguration Quiet() =>
        _configuration.With("EPayment:BaseUrl", "\"http://127.0.0.1:1\"").With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("Control:Socket", $"\"{_files.Path("no.sock")}\"");

    private Task<(int ExitCode, string Output, string Error)> SetUpAsync(string[] more) => AgentProcess.RunAsync(
        ["setup", "--config", _files.Path("config.json"), "--from", _configuration.File, "--yes", .. more],
        new Dictionary<string, string> { ["PATH"] = $"{_files.Path("bin")}:{Environment.GetEnvironmentVariable("PATH")}" });

    private string[] Called => File.ReadAllLines(_files.Path("called"));

    // Stands before the real one on the path, notes how it is called and whether the configuration is there by then, and ends as the test says.
    private void Systemctl(string end)
    {
        Directory.CreateDirectory(_files.Path("bin"));
        FakeModemProgram.Write(_files.Path("bin/systemctl"), $"""
            [ -e "{_files.Path("config.json")}" ] && written=written
            echo "$* $written" >> "{_files.Path("called")}"
            {end}
            """);
    }
}
