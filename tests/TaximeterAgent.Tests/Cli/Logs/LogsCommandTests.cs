using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Logs;
using TaximeterAgent.Hosting.Logging;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Cli.Logs;

/// <summary>The command as its own process, with a journalctl of ours on the path that says what the real one says, in its format.</summary>
public sealed class LogsCommandTests : IDisposable
{
    private const string Secret = "put-the-client-secret-here";

    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public void Dispose()
    {
        _files.Dispose();
        _configuration.Dispose();
    }

    [Fact]
    public async Task Lines_have_time_level_and_text_and_are_masked_once_more()
    {
        Journal(Entry(1, 6, "Engine: Resumed 0 open trips."), Entry(2, 4, $"Sync: customer +4791234567 or 91234567, key {Secret}"), Entry(3, 3, "Sync: tx-EL12345-12345678-aaaaaaaa-1 at 2026-11-28T12:00:00Z"), "-- No entries --");

        var (exitCode, output, error) = await LogsAsync();

        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        Assert.Equal(
            "time\tlevel\ttext\n2026-11-03 12:00:01Z\tinfo\tEngine: Resumed 0 open trips.\n"
            + "2026-11-03 12:00:02Z\twarning\tSync: customer •••• ••67 or •••• ••67, key (secret)\n"
            + "2026-11-03 12:00:03Z\terror\tSync: tx-EL12345-12345678-aaaaaaaa-1 at 2026-11-28T12:00:00Z\n",
            output);
        Assert.Equal("--unit=taximeter-agent.service\n--output=json\n--no-pager\n--lines=100\n", Asked());
    }

    [Fact]
    public async Task What_is_asked_of_the_journal_is_a_list_of_arguments_and_no_shell_reads_it()
    {
        Journal(Entry(1, 4, "a; $(b)"));

        var (exitCode, output, _) = await LogsAsync("--since", "2026-11-03", "--level", "warning", "--lines", "7", "--json");

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Equal("--unit=taximeter-agent.service\n--output=json\n--no-pager\n--since=@1793664000\n--priority=4\n--lines=7\n", Asked());
        using var json = JsonDocument.Parse(output);
        Assert.Equal(["at", "level", "text", "process"], json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("warning", "a; $(b)", 812), (Word("level"), Word("text"), json.RootElement.GetProperty("process").GetInt32()));

        string? Word(string name) => json.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task A_trips_lines_are_found_by_its_number_and_by_its_references()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        (await rig.StartAsync()).Dispose();
        Journal(
            Entry(1, 6, $"Sync: {Examples.Reference(1)} captured"), Entry(2, 6, "Sync: alarm for trip 1: x"), Entry(3, 6, "Sync: alarm for trip 12: x"), Entry(4, 6, "Sync: waited 1 s"), Entry(5, 6, $"Meter: FARE of {Examples.Trip(1)}"));

        var (exitCode, output, error) = await LogsAsync("--trip", "1", "--socket", rig.Socket);

        Assert.Equal((ExitCode.Ok, ""), (exitCode, error));
        Assert.Equal(["1", "2", "5"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => line[18..19]));

        var newest = await LogsAsync("--trip", "1", "--lines", "1", "--socket", rig.Socket);
        Assert.Contains("FARE of", Assert.Single(newest.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]), StringComparison.Ordinal);

        // Without the agent by the name alone, and it says so.
        var alone = await LogsAsync("--trip", "1", "--socket", _files.Path("none.sock"));
        Assert.Equal(ExitCode.Ok, alone.ExitCode);
        Assert.Contains("looking for the name 1 only", alone.Error, StringComparison.Ordinal);
        Assert.Contains("trip 1:", alone.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("trip 12:", alone.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No journal files were opened due to insufficient permissions.", ExitCode.NoPermission, "systemd-journal")]
    [InlineData("Hint: You are currently not seeing messages from other users and the system.", ExitCode.NoPermission, "systemd-journal")]
    [InlineData("No journal files were found.", ExitCode.Unavailable, "no journal on this machine")]
    [InlineData("Failed to do something: Input/output error", ExitCode.Unavailable, "Input/output error")]
    public async Task Where_nothing_can_be_read_it_says_why_and_what_to_do(string said, int expected, string message)
    {
        Journalctl($"echo '{said}' >&2\nexit {(said.StartsWith("Failed", StringComparison.Ordinal) ? 1 : 0)}");

        var (exitCode, _, error) = await LogsAsync();

        Assert.Equal(expected, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal(expected, (await LogsAsync("--follow")).ExitCode);
    }

    [Fact]
    public async Task Without_journalctl_it_says_that_there_is_no_journal()
    {
        var (exitCode, _, error) = await LogsAsync();

        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Contains("there is no journalctl here", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_real_journalctl_takes_what_it_is_asked()
    {
        if (!File.Exists("/usr/bin/journalctl"))
            return;

        var (exitCode, _, error) = await AgentProcess.RunAsync(["logs", "--since", "1m", "--level", "error", "--lines", "3", "--config", _configuration.File]);

        Assert.True(exitCode is ExitCode.Ok or ExitCode.NoPermission || error.Contains("no journal", StringComparison.Ordinal), error);
        Assert.DoesNotContain("nrecognized", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("logs --since yesterday")]
    [InlineData("logs --level loud")]
    [InlineData("logs --lines 0")]
    public async Task A_command_line_that_is_wrong_is_a_usage_error(string arguments) => Assert.Equal(ExitCode.Usage, (await AgentProcess.RunAsync(arguments.Split(' '))).ExitCode);

    [Theory]
    [InlineData("+47 912 34 567 rang", "•••• ••67 rang")]
    [InlineData("4791234567", "•••• ••67")]
    [InlineData("tel:+47-912-34-567, 912 34 567", "tel:•••• ••67, •••• ••67")]
    [InlineData("{\"phone\":\"\\u002B4791234567\"}", "{\"phone\":\"•••• ••67\"}")]
    [InlineData("trace 4791234567890123456", "trace 4791234567890123456")]
    [InlineData("tx-EL12345-91234567-1", "tx-EL12345-91234567-1")]
    [InlineData("port 8080, trip 4711, 12345.678", "port 8080, trip 4711, 12345.678")]
    public void A_number_that_could_be_a_phones_is_masked_and_no_other(string text, string expected) => Assert.Equal(expected, new LogMask(new Redaction([])).Apply(text));

    [Theory]
    [InlineData("""{"__REALTIME_TIMESTAMP":"1793707201000000","PRIORITY":"6","MESSAGE":[104,195,166]}""", "hæ")]
    [InlineData("""{"__REALTIME_TIMESTAMP":"1793707201000000","MESSAGE":["one","two"]}""", "one")]
    [InlineData("""{"__REALTIME_TIMESTAMP":"1793707201000000","MESSAGE":null}""", null)]
    [InlineData("""{"__REALTIME_TIMESTAMP":"99999999999999999999","MESSAGE":"x"}""", null)]
    [InlineData("""{"MESSAGE":"x"}""", null)]
    [InlineData("[]", null)]
    [InlineData("-- Boot 1 --", null)]
    public void An_entry_of_the_journal_is_read_in_each_of_its_forms(string line, string? expected) => Assert.Equal(expected, JournalEntry.Read(line)?.Text);

    private static string Entry(int second, int priority, string message) =>
        JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["_PID"] = "812",
            ["__CURSOR"] = "s=1;i=2",
            ["_SYSTEMD_UNIT"] = "taximeter-agent.service",
            ["PRIORITY"] = $"{priority}",
            ["__REALTIME_TIMESTAMP"] = $"{Examples.Noon.AddSeconds(second).ToUnixTimeMilliseconds() * 1_000}",
            ["MESSAGE"] = message,
        });

    private void Journal(params string[] lines)
    {
        File.WriteAllLines(_files.Path("lines"), lines);
        Journalctl($"printf '%s\\n' \"$@\" > '{_files.Path("asked")}'\nwhile IFS= read -r line; do printf '%s\\n' \"$line\"; done < '{_files.Path("lines")}'");
    }

    private void Journalctl(string script)
    {
        Directory.CreateDirectory(_files.Path("bin"));
        File.WriteAllText(_files.Path("bin/journalctl"), $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(_files.Path("bin/journalctl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string Asked() => File.ReadAllText(_files.Path("asked"));

    // Only ours is on the path, so that without it there is none.
    private async Task<(int ExitCode, string Output, string Error)> LogsAsync(params string[] arguments)
    {
        using var agent = AgentProcess.StartCommand(s_dotnet, [AgentProcess.Program, "logs", .. arguments, "--config", _configuration.File], new Dictionary<string, string> { ["PATH"] = _files.Path("bin") });
        var (exitCode, output, error) = await agent.EndAsync();
        // Said on a busy machine.
        return (exitCode, output, error.Replace("taximeter-agent: reading the journal …\n", "", StringComparison.Ordinal));
    }

    private static readonly string s_dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "/usr/bin/dotnet";
}
