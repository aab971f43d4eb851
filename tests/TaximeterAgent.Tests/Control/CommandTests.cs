using System.Net.Sockets;
using System.Text.Json;
using Spectre.Console;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Control;

/// <summary>The commands as their own process, against a real engine.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Commands_talk_to_the_agent_whose_socket_they_are_given()
    {
        var other = new Core.Fares.TripId("meter-8", "1", Examples.Trip(1).Start);
        await using var rig = new EngineRig((Examples.Closed(1), []), (Examples.Closed(2), []), (new Core.Payments.TripState { Trip = other, Settled = Core.Payments.SettledBy.Void }, []));
        (await rig.StartAsync()).Dispose();

        var status = await RunAsync("status", "--socket", rig.Socket);
        // The meter's line is not there, and that is red.
        Assert.Equal((ExitCode.Red, ""), (status.ExitCode, status.Error));
        Assert.StartsWith("part\tlevel\twhy\tcure\nservice\tgreen\truns, for ", status.Output, StringComparison.Ordinal);
        Assert.Contains("\nmeter\tred\t/dev/ttyUSB0: there is no such device\tplug it in", status.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("alarm", status.Output, StringComparison.Ordinal);

        var all = await RunAsync("status", "--all", "--socket", rig.Socket);
        Assert.StartsWith(status.Output, all.Output, StringComparison.Ordinal);
        Assert.Contains("agent\t9.9.9, car EL12345, up ", all.Output, StringComparison.Ordinal);
        Assert.Contains("alarm\tmeter line: /dev/ttyUSB0: there is no such device\n", all.Output, StringComparison.Ordinal);

        var trips = await RunAsync("trips", "--since", "2026-01-01", "--limit", "2", "--socket", rig.Socket);
        Assert.Equal(ExitCode.Ok, trips.ExitCode);
        var lines = trips.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("learnt\ttrip\tmeter\ttotal\tcaptured\trefunded\tstate\tphone", lines[0]);
        Assert.EndsWith("\t2\tmeter-7\t345.00 NOK\t345.00\t0.00\tpaid\t+47 •••• ••67", lines[2], StringComparison.Ordinal);

        var trip = await RunAsync("trip", "2", "--json", "--socket", rig.Socket);
        using (var json = JsonDocument.Parse(trip.Output))
            Assert.Equal("paid", json.RootElement.GetProperty("phase").GetString());

        var ambiguous = await RunAsync("trip", "1", "--socket", rig.Socket);
        Assert.Equal((ExitCode.NotPossible, ""), (ambiguous.ExitCode, ambiguous.Output));
        Assert.Contains($"  {other}\n", ambiguous.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, (await RunAsync("trip", "17", "--socket", rig.Socket)).ExitCode);

        var refund = await RunAsync("refund", "2", "--amount", "10000", "--yes", "--socket", rig.Socket);
        Assert.Equal((ExitCode.Ok, ""), (refund.ExitCode, refund.Error));
        Assert.Contains("refund ordered\t100.00 NOK\n", refund.Output, StringComparison.Ordinal);
        var tooMuch = await RunAsync("refund", "2", "--amount", "34501", "--yes", "--socket", rig.Socket);
        Assert.Equal((ExitCode.NotPossible, "taximeter-agent: 345.01 NOK is more than was captured: 345.00 NOK.\n"), (tooMuch.ExitCode, tooMuch.Error));
        Assert.DoesNotContain(Examples.Digits[2..], status.Output + trips.Output + trip.Output + refund.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_meter_is_tested_through_the_agent_that_has_its_line_else_on_the_device()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();
        var through = await RunAsync("meter", "test", "--socket", rig.Socket);
        Assert.Equal((ExitCode.InputOutput, "taximeter-agent: /dev/ttyUSB0: there is no such device\n"), (through.ExitCode, through.Error));

        var wrong = await RunAsync("meter", "test", "--port", "/dev/null", "--socket", rig.Socket);
        Assert.Equal((ExitCode.InputOutput, "taximeter-agent: The meter's line /dev/null is not a serial port.\n"), (wrong.ExitCode, wrong.Error));

        using var terminal = new TestTerminal();
        var silent = await RunAsync("meter", "test", "--seconds", "1", "--port", terminal.Path, "--socket", rig.Socket);
        Assert.Equal(ExitCode.Unavailable, silent.ExitCode);
        Assert.Contains("silence for 1 seconds", silent.Error, StringComparison.Ordinal);

        var nowhere = await RunAsync("meter", "watch", "--config", _files.Path("none.json"), "--socket", _files.Path("no-agent.sock"));
        Assert.Equal(ExitCode.Configuration, nowhere.ExitCode);
        Assert.Contains("no agent runs", nowhere.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refund_asks_at_a_terminal_and_only_yes_orders_it()
    {
        await using var rig = new EngineRig((Examples.Closed(1), []));
        (await rig.StartAsync()).Dispose();

        var unasked = await RunAsync("refund", "1", "--socket", rig.Socket);
        Assert.Equal(ExitCode.Usage, unasked.ExitCode);
        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);

        var no = await AtTerminal.RunAsync("n\\n", "refund", "1", "--socket", rig.Socket);
        Assert.Equal(ExitCode.Declined, no.ExitCode);
        Assert.Contains("captured 345.00 NOK, refunded so far 0.00 NOK", no.Shown, StringComparison.Ordinal);
        Assert.Empty(rig.Service.Calls);

        var yes = await AtTerminal.RunAsync("y\\n", "refund", "1", "--socket", rig.Socket);
        Assert.Equal(ExitCode.Ok, yes.ExitCode);
        Assert.NotEmpty(rig.Service.Calls);
        // TERM is dumb there: no colours, no escape sequences.
        Assert.DoesNotContain('\u001b', yes.Shown);
    }

    [Fact]
    public async Task Where_no_agent_answers_the_message_says_what_to_do()
    {
        var none = await RunAsync("trips", "--socket", _files.Path("none.sock"));
        Assert.Equal((ExitCode.Unavailable, ""), (none.ExitCode, none.Output));
        Assert.StartsWith($"taximeter-agent: there is no socket at {_files.Path("none.sock")}; start the agent", none.Error, StringComparison.Ordinal);

        var path = _files.Path("stale.sock");
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(path + ".old"));
            File.Move(path + ".old", path);
        }

        var stale = await RunAsync("trip", "1", "--socket", path);
        Assert.Equal(ExitCode.Unavailable, stale.ExitCode);
        Assert.Contains($"no agent listens at {path}", stale.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_who_may_not_connect_is_told_so()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();
        var directory = Path.GetDirectoryName(rig.Socket)!;
        var mode = File.GetUnixFileMode(directory);
        // Root passes every door; so it becomes another user, without the capabilities that go with it.
        (string Command, string[] Before) nobody = Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet"]) : ("dotnet", []);
        File.SetUnixFileMode(directory, Environment.IsPrivilegedProcess ? mode : UnixFileMode.None);
        try
        {
            using var agent = AgentProcess.StartCommand(nobody.Command, [.. nobody.Before, AgentProcess.Program, "status", "--socket", rig.Socket]);
            var (exitCode, _, error) = await agent.EndAsync();

            Assert.Equal((ExitCode.NoPermission, $"taximeter-agent: you may not use {rig.Socket}; run this as root, or as a member of the agent's group\n"), (exitCode, error));
        }
        finally
        {
            File.SetUnixFileMode(directory, mode);
        }
    }

    [Fact]
    public async Task An_agent_that_takes_the_connection_and_says_nothing_is_not_waited_for_for_ever()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_files.Path("mute.sock")));
        socket.Listen();

        var (exitCode, _, error) = await RunAsync("status", "--socket", _files.Path("mute.sock"));

        Assert.Equal(ExitCode.Unavailable, exitCode);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("taximeter-agent: waiting for the agent", lines[0], StringComparison.Ordinal);
        Assert.Contains("did not answer", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_socket_comes_from_the_configuration_even_where_another_key_is_wrong()
    {
        await using var rig = new EngineRig();
        (await rig.StartAsync()).Dispose();
        using var configuration = new TestConfiguration();
        configuration.With("Control:Socket", JsonSerializer.Serialize(rig.Socket)).With("Car:Id", "\"\"");

        Assert.Equal(ExitCode.Red, (await RunAsync("status", "--config", configuration.File)).ExitCode);

        configuration.With("Control:Socket", "\"relative\"");
        var wrong = await RunAsync("status", "--config", configuration.File);
        Assert.Equal(ExitCode.Configuration, wrong.ExitCode);
        Assert.StartsWith("taximeter-agent: Control:Socket: found \"relative\"", wrong.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Configuration, (await RunAsync("status", "--config", configuration.File + ".none")).ExitCode);
        Assert.Equal(ExitCode.Red, (await RunAsync("status", "--socket", rig.Socket, "--config", configuration.File + ".none")).ExitCode);
    }

    [Theory]
    [InlineData("refund")]
    [InlineData("refund 1 --amount 0 --yes")]
    [InlineData("refund 1 --amount 1.5 --yes")]
    [InlineData("refund 1 --amount -5 --yes")]
    [InlineData("trips --since yesterday")]
    [InlineData("trips --limit 0")]
    [InlineData("trip")]
    [InlineData("trip 1 2")]
    public async Task A_command_line_that_is_wrong_is_a_usage_error(string arguments)
    {
        var (exitCode, output, error) = await RunAsync([.. arguments.Split(' '), "--socket", _files.Path("none.sock")]);

        Assert.Equal((ExitCode.Usage, ""), (exitCode, output));
        Assert.StartsWith("taximeter-agent: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90m", "2026-11-03T10:30:00Z")]
    [InlineData("12h", "2026-11-03T00:00:00Z")]
    [InlineData("7d", "2026-10-27T12:00:00Z")]
    [InlineData("2026-11-01", "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01T08:00:00+01:00", "2026-11-01T07:00:00Z")]
    public void Since_is_a_time_or_a_while(string text, string expected)
    {
        Assert.True(TripsCommand.TrySince(text, Examples.Noon, out var since));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), since);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("-7d")]
    [InlineData("7w")]
    [InlineData("3/4/2026")]
    [InlineData("99999d")]
    public void What_is_neither_is_not_taken(string text) => Assert.False(TripsCommand.TrySince(text, Examples.Noon, out _));

    [Fact]
    public async Task A_table_fits_eighty_columns_and_paints_nothing_that_came_from_outside()
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(written), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 80;
        var report = new Report(written, written, json: false, console);

        await report.WriteTableAsync("History", [new Column("time"), new Column("who"), new Column("what")], [["2026-11-03 12:00:00Z", "meter", $"a\u001b[31m[red] {new string('x', 200)}"]]);
        await report.WriteFactsAsync([("state", "waiting\u0007")]);

        Assert.All(written.ToString().Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
        Assert.DoesNotContain(written.ToString(), c => c is '\u001b' or '\u0007');
        Assert.Contains("[red]", written.ToString(), StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => AgentProcess.RunAsync(arguments);
}
