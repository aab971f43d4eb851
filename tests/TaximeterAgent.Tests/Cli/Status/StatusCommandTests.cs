using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Cli.Status;

/// <summary>The command as its own process, with a real agent's engine and without any.</summary>
public sealed class StatusCommandTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public void Dispose()
    {
        _files.Dispose();
        _configuration.Dispose();
    }

    [Fact]
    public async Task The_parts_in_JSON_have_a_stable_shape_and_the_exit_code_says_whether_one_is_red()
    {
        await using var rig = new EngineRig((Examples.Open(1), []));
        rig.Service.Reachable = false;
        rig.Keypad = new DeviceStatus(DeviceState.Busy, "The keypad is in use by getty (process 7).");
        (await rig.StartAsync()).Dispose();

        var (exitCode, output, error) = await AgentProcess.RunAsync(["status", "--json", "--socket", rig.Socket]);

        Assert.Equal((ExitCode.Red, ""), (exitCode, AgentProcess.WithoutWaiting(error)));
        using var json = JsonDocument.Parse(output);
        var parts = json.RootElement.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal(["service", "meter", "keypad", "display", "network", "token", "epayment", "outbox", "trips", "clock", "disk", "version"], parts.Select(part => part.GetProperty("name").GetString()));
        Assert.All(parts, part => Assert.Equal(["name", "level", "why"], part.EnumerateObject().Select(property => property.Name).Where(name => name != "cure")));
        Assert.All(parts, part => Assert.Contains(part.GetProperty("level").GetString(), new[] { "green", "yellow", "red", "unknown" }));
        var keypad = parts.First(part => part.GetProperty("name").GetString() == "keypad");
        Assert.Equal(("red", "The keypad is in use by getty (process 7)."), (keypad.GetProperty("level").GetString(), keypad.GetProperty("why").GetString()));
        Assert.NotEmpty(keypad.GetProperty("cure").GetString()!);
        // What was there before is there still.
        Assert.Equal("9.9.9", json.RootElement.GetProperty("version").GetString());
        Assert.Equal(JsonValueKind.Array, json.RootElement.GetProperty("alarms").ValueKind);
    }

    [Fact]
    public async Task Without_the_agent_it_says_so_and_tells_what_can_be_known()
    {
        using var terminal = new TestTerminal();
        _configuration.With("Meter:Serial:Port", JsonSerializer.Serialize(terminal.Path)).With("Outbox:Directory", JsonSerializer.Serialize(_files.Path("")));

        var (exitCode, output, error) = await AgentProcess.RunAsync(["status", "--socket", _files.Path("none.sock"), "--config", _configuration.File]);

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.StartsWith($"taximeter-agent: there is no socket at {_files.Path("none.sock")}; start the agent", error, StringComparison.Ordinal);
        Assert.Contains("looking without it", error, StringComparison.Ordinal);
        Assert.StartsWith("part\tlevel\twhy\tcure\nservice\tred\t", output, StringComparison.Ordinal);
        Assert.Contains($"\nconfiguration\tgreen\t{_configuration.File} is right\t\n", output, StringComparison.Ordinal);
        Assert.Contains($"\nmeter\tunknown\t{terminal.Path} is there; not opened\t", output, StringComparison.Ordinal);
        Assert.Contains("\ndisk\t", output, StringComparison.Ordinal);
        Assert.Contains("\noutbox\tunknown\tthere is none yet: no agent has run with this configuration\t", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_agent_a_printer_that_is_not_there_is_yellow_and_no_more()
    {
        _configuration.With("Printer:Kind", "\"escpos\"").With("Printer:Port", "\"/dev/no-such-printer\"").With("Control:Socket", JsonSerializer.Serialize(_files.Path("none.sock")));
        var (_, output, _) = await AgentProcess.RunAsync(["status", "--config", _configuration.File]);
        Assert.Contains("\nprinter\tyellow\t/dev/no-such-printer ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_agent_outbox_and_trips_are_read_from_a_copy_and_said_to_be()
    {
        using (var outbox = SqliteOutbox.Open(_files.Path("outbox"), TimeProvider.System))
        {
            outbox.Commit(Examples.FareBatch(outbox.NextKey()));
            outbox.Commit(new OutboxBatch { Sync = true, Trips = { [outbox.NextKey()] = Examples.Open(2) with { Held = true } } });
        }

        _configuration.With("Outbox:Directory", JsonSerializer.Serialize(_files.Path("outbox"))).With("Control:Socket", JsonSerializer.Serialize(_files.Path("none.sock")));

        var (exitCode, output, _) = await AgentProcess.RunAsync(["status", "--json", "--config", _configuration.File]);

        Assert.Equal(ExitCode.Unavailable, exitCode);
        using var json = JsonDocument.Parse(output);
        var parts = json.RootElement.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal(
            ["service", "configuration", "meter", "keypad", "display", "network", "token", "epayment", "outbox", "trips", "clock", "disk", "version"],
            parts.Select(part => part.GetProperty("name").GetString()));
        Assert.Equal("green", Row(parts, "outbox").Level);
        Assert.Matches("^from a copy: 1 to send; oldest some seconds: waits for (create|query)$", Row(parts, "outbox").Why);
        Assert.Equal(("yellow", "from a copy: 2 open, 2 unpaid, 1 held by a technician"), Row(parts, "trips"));
        Assert.Equal(("unknown", "only the running agent knows"), Row(parts, "token"));
        Assert.Equal(("unknown", "only the running agent knows"), Row(parts, "epayment"));
        var source = json.RootElement.GetProperty("source");
        Assert.Equal(("copy", _files.Path("outbox/outbox.db")), (source.GetProperty("kind").GetString(), source.GetProperty("database").GetString()));
    }

    [Fact]
    public async Task A_socket_that_is_named_alone_does_not_tell_which_database_is_meant()
    {
        var (exitCode, output, _) = await AgentProcess.RunAsync(["status", "--socket", _files.Path("none.sock")]);
        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Contains("\noutbox\tunknown\twhich database that agent uses is not known\tleave --socket out, or give --config too\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_are_missing_are_red_with_the_agent_and_without_it()
    {
        await using var rig = new EngineRig(["EPayment:ClientSecret"]);
        (await rig.StartAsync()).Dispose();
        var with = await AgentProcess.RunAsync(["status", "--json", "--socket", rig.Socket]);
        Assert.Equal(ExitCode.Red, with.ExitCode);

        _configuration.With("EPayment:ClientSecret", null);
        var without = await AgentProcess.RunAsync(["status", "--json", "--socket", _files.Path("none.sock"), "--config", _configuration.File]);

        foreach (var output in new[] { with.Output, without.Output })
        {
            using var json = JsonDocument.Parse(output);
            var parts = json.RootElement.GetProperty("parts").EnumerateArray().ToList();
            foreach (var name in new[] { "token", "epayment" })
            {
                Assert.Equal(("red", "the keys are missing: EPayment:ClientSecret"), Row(parts, name));
                Assert.Equal("set the car up: taximeter-agent setup", parts.Single(part => part.GetProperty("name").GetString() == name).GetProperty("cure").GetString());
            }
        }

        using var answer = JsonDocument.Parse(with.Output);
        Assert.Equal(["EPayment:ClientSecret"], answer.RootElement.GetProperty("missingKeys").EnumerateArray().Select(key => key.GetString()));
    }

    [Fact]
    public async Task Without_the_agent_systemd_is_asked_where_there_is_one()
    {
        Directory.CreateDirectory(_files.Path("bin"));
        File.WriteAllText(_files.Path("bin/systemctl"), $"#!/bin/sh\nprintf '%s ' \"$@\" > '{_files.Path("asked")}'\nprintf 'LoadState=loaded\\nActiveState=failed\\nSubState=failed\\nResult=exit-code\\nExecMainStatus=78\\nNRestarts=0\\n'\n");
        File.SetUnixFileMode(_files.Path("bin/systemctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Not the outbox that this machine may have where a car has it.
        _configuration.With("Outbox:Directory", JsonSerializer.Serialize(_files.Path("outbox")));

        var (exitCode, output, _) = await AgentProcess.RunAsync(
            ["status", "--json", "--socket", _files.Path("none.sock"), "--config", _configuration.File],
            new Dictionary<string, string> { ["PATH"] = $"{_files.Path("bin")}:{Environment.GetEnvironmentVariable("PATH")}" });

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.StartsWith("show taximeter-agent.service ", File.ReadAllText(_files.Path("asked")), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["agent", "why", "version", "at", "parts", "unit"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["loadState", "activeState", "subState", "result", "exitCode", "restarts"], json.RootElement.GetProperty("unit").EnumerateObject().Select(property => property.Name));
        Assert.Contains("exit code 78", json.RootElement.GetProperty("parts")[0].GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watched_at_a_terminal_it_paints_once_and_gives_the_terminal_back_at_the_end()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();

        var output = await WatchedAsync(rig, "xterm", atTerminal: true);

        Assert.Contains("\u001b[?1049h", output, StringComparison.Ordinal);
        Assert.Contains("\u001b[?25h\u001b[?1049l", output, StringComparison.Ordinal);
        // Painted once: the ticks after it changed no line but the one with the time, if any.
        Assert.Equal(2, output.Split("keypad ").Length);
        Assert.True(output.Length < 4_000, $"{output.Length} characters");
    }

    [Theory]
    [InlineData("xterm", false)]
    [InlineData("dumb", true)]
    public async Task Watched_through_a_pipe_or_at_a_dumb_terminal_it_writes_a_line_for_each_part_once(string terminal, bool atTerminal)
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();

        var output = await WatchedAsync(rig, terminal, atTerminal);

        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("time\tpart\tlevel\twhy\tcure", output, StringComparison.Ordinal);
        Assert.Equal(2, output.Split("\tkeypad\t").Length);
    }

    [Theory]
    [InlineData("status --watch --interval 0")]
    [InlineData("status --watch --interval 0.5")]
    [InlineData("status --watch --interval 3601")]
    public async Task An_interval_that_is_too_short_is_a_usage_error(string arguments) => Assert.Equal(ExitCode.Usage, (await AgentProcess.RunAsync(arguments.Split(' '))).ExitCode);

    private static (string? Level, string? Why) Row(IEnumerable<JsonElement> parts, string name)
    {
        var part = parts.Single(part => part.GetProperty("name").GetString() == name);
        return (part.GetProperty("level").GetString(), part.GetProperty("why").GetString());
    }

    // Until the agent has been asked some times after the first picture; then it is ended, as Ctrl+C does it.
    private async Task<string> WatchedAsync(EngineRig rig, string terminal, bool atTerminal)
    {
        var (shown, go, script) = (_files.Path("shown"), _files.Path("go"), _files.Path("watch.sh"));
        var watch = $"dotnet '{AgentProcess.Program}' status --watch --interval 1 --socket '{rig.Socket}'";
        File.WriteAllText(script, $"{watch} &\nwatch=$!\nuntil [ -e '{go}' ]; do sleep 0.2; done\nkill -TERM $watch\nwait $watch\n");
        using var agent = AgentProcess.StartCommand(
            "sh",
            ["-c", atTerminal ? $"exec script -qfec \"stty cols 80 rows 24; sh '{script}'\" '{shown}' > /dev/null" : $"sh '{script}' > '{shown}'"],
            new Dictionary<string, string> { ["TERM"] = terminal });
        var ending = agent.EndAsync();
        for (var tries = 0; tries < 600 && !ending.IsCompleted && !(File.Exists(shown) && File.ReadAllText(shown).Contains("keypad", StringComparison.Ordinal)); tries++)
            await Task.Delay(100);
        await Task.Delay(TimeSpan.FromSeconds(3));
        File.WriteAllText(go, "");
        await ending;
        return File.ReadAllText(shown);
    }
}
