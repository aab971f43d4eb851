using System.Net.Sockets;
using System.Text.Json;
using TaximeterAgent.Cli;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Cli;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

#pragma warning disable CA1416 // Linux only, as the agent.

namespace TaximeterAgent.Tests.Control;

/// <summary>What the commands say where no agent answers: the same, from a copy, and that it is one.</summary>
public sealed class WithoutAgentTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public WithoutAgentTests() => _configuration
        .With("Outbox:Directory", JsonSerializer.Serialize(Outbox))
        .With("Control:Socket", JsonSerializer.Serialize(Socket));

    private string Outbox => _files.Path("outbox");

    private string Socket => _files.Path("control.sock");

    public void Dispose()
    {
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Trips_and_their_stories_are_the_same_as_with_the_agent()
    {
        await using var rig = new EngineRig((Examples.Closed(1), [Examples.Line(1)]), (Examples.Closed(2), []));
        (await rig.StartAsync()).Dispose();
        Copy(rig);

        foreach (var command in (string[][])[["trips"], ["trips", "--limit", "1", "--since", "2020-01-01"], ["trip", "1"]])
        {
            var with = await InvokeAsync([.. command, "--socket", rig.Socket]);
            var without = await InvokeAsync([.. command, "--config", _configuration.File]);
            Assert.Equal((ExitCode.Ok, with.Output), (without.ExitCode, without.Output));
            Assert.StartsWith($"taximeter-agent: no agent runs at {Socket}; this is read from a copy of {Outbox}/outbox.db, made at 2", without.Error, StringComparison.Ordinal);
            Assert.Equal(1, without.Error.Count(c => c == '\n'));

            var agent = JsonDocument.Parse((await InvokeAsync([.. command, "--json", "--socket", rig.Socket])).Output).RootElement;
            var copy = JsonDocument.Parse((await InvokeAsync([.. command, "--json", "--config", _configuration.File])).Output).RootElement;
            Assert.Equal(
                [.. agent.EnumerateObject().Select(field => $"{field.Name}: {field.Value}")],
                copy.EnumerateObject().Where(field => field.Name != "source").Select(field => $"{field.Name}: {field.Value}"));
            Assert.Equal(("copy", $"{Outbox}/outbox.db"), (copy.GetProperty("source").GetProperty("kind").GetString(), copy.GetProperty("source").GetProperty("database").GetString()));
        }
    }

    [Fact]
    public async Task What_is_due_is_said_to_wait_for_an_agent_and_for_no_time()
    {
        Store(Examples.Open(1) with { Attempts = [Examples.Attempt(1) with { Existence = Core.Payments.Existence.Exists, State = Core.Payments.PaymentState.Created }] });

        var (exitCode, output, _) = await InvokeAsync(["trip", "1", "--json", "--config", _configuration.File]);

        Assert.Equal(ExitCode.Ok, exitCode);
        var next = JsonDocument.Parse(output).RootElement.GetProperty("next");
        Assert.Equal(("query", "query, once an agent runs"), (next.GetProperty("what").GetString(), next.GetProperty("text").GetString()));
        Assert.False(next.TryGetProperty("inSeconds", out _));
        Assert.Equal("query", JsonDocument.Parse(output).RootElement.GetProperty("attempts")[0].GetProperty("next").GetProperty("what").GetString());
    }

    [Fact]
    public async Task What_is_still_to_be_sent_is_listed_and_waits_for_an_agent()
    {
        using (var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System))
            outbox.Commit(Examples.FareBatch(1));

        var (exitCode, output, error) = await InvokeAsync(["outbox", "list", "--json", "--config", _configuration.File]);

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains("made at", error, StringComparison.Ordinal);
        var root = JsonDocument.Parse(output).RootElement;
        var operation = Assert.Single(root.GetProperty("operations").EnumerateArray());
        Assert.Equal(("create", "agent"), (operation.GetProperty("what").GetString(), operation.GetProperty("waitsFor").GetString()));
        Assert.False(operation.TryGetProperty("dueAt", out _));
        Assert.Equal("copy", root.GetProperty("source").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task An_agent_that_takes_the_connection_and_says_nothing_does_not_hide_its_database()
    {
        using var running = SqliteOutbox.Open(Outbox, TimeProvider.System);
        running.Commit(Examples.FareBatch(1));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Socket));
        socket.Listen();

        var (exitCode, output, error) = await InvokeAsync(["trips", "--config", _configuration.File]);

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains("\t1\tmeter-7\t345.00 NOK\t", output, StringComparison.Ordinal);
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("taximeter-agent: waiting for the agent", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"taximeter-agent: the agent at {Socket} does not answer; this is read from a copy", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trip_that_is_not_there_is_not_there_in_the_copy_either()
    {
        Store(Examples.Closed(1));
        var (exitCode, output, error) = await InvokeAsync(["trip", "17", "--config", _configuration.File]);
        Assert.Equal((ExitCode.NotFound, ""), (exitCode, output));
        Assert.EndsWith("taximeter-agent: There is no trip \"17\". Name it by the meter's number, by meter/trip/start, or by its booking.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changes_something_needs_the_agent_and_leaves_all_as_it_is()
    {
        Store(Examples.Closed(1));
        var before = await File.ReadAllBytesAsync(Path.Combine(Outbox, "outbox.db"));

        var (exitCode, output, error) = await InvokeAsync(["refund", "1", "--yes", "--config", _configuration.File]);

        Assert.Equal((ExitCode.Unavailable, ""), (exitCode, output));
        Assert.Equal(
            $"taximeter-agent: there is no socket at {Socket}; start the agent: systemctl start taximeter-agent, or name its socket with --socket. "
                + "This needs the running agent; nothing was changed\n",
            error);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(Outbox, "outbox.db")));
    }

    [Fact]
    public async Task A_socket_that_was_named_says_nothing_of_which_database_is_meant()
    {
        var (exitCode, _, error) = await InvokeAsync(["trips", "--socket", _files.Path("none.sock")]);
        Assert.Equal(ExitCode.Unavailable, exitCode);
        Assert.Contains("leave --socket out", error, StringComparison.Ordinal);

        Store(Examples.Closed(1));
        Assert.Equal(ExitCode.Ok, (await InvokeAsync(["trips", "--socket", _files.Path("none.sock"), "--config", _configuration.File])).ExitCode);
    }

    [Fact]
    public async Task Whoever_may_not_read_the_database_is_told_who_may()
    {
        Store(Examples.Closed(1));
        (string Command, string[] Before) nobody = Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet"]) : ("dotnet", []);
        var parent = Path.GetDirectoryName(Outbox)!;
        var mode = File.GetUnixFileMode(Outbox);
        if (Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(parent, File.GetUnixFileMode(parent) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        else
            File.SetUnixFileMode(Outbox, UnixFileMode.None);
        try
        {
            using var agent = AgentProcess.StartCommand(nobody.Command, [.. nobody.Before, AgentProcess.Program, "trips"], new Dictionary<string, string>
            {
                ["TAXIMETER_Outbox__Directory"] = Outbox,
                ["TAXIMETER_Control__Socket"] = Socket,
            });
            var (exitCode, output, error) = await agent.EndAsync();

            Assert.Equal((ExitCode.NoPermission, ""), (exitCode, output));
            Assert.Contains("this user may not read it", error, StringComparison.Ordinal);
            Assert.Contains($"run this as root or as {Environment.UserName}: sudo -u {Environment.UserName} taximeter-agent", error, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(Outbox, mode);
        }
    }

    private void Store(Core.Payments.TripState state)
    {
        using var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System);
        outbox.Commit(new Core.Ports.OutboxBatch { Sync = true, Trips = { [1] = state } });
    }

    private void Copy(EngineRig rig)
    {
        Directory.CreateDirectory(Outbox);
        foreach (var file in new[] { "outbox.db", "outbox.db-wal", "outbox.journal" }.Select(name => Path.Combine(rig.Outbox, name)).Where(File.Exists))
            File.Copy(file, Path.Combine(Outbox, Path.GetFileName(file)));
    }

    private static Task<(int ExitCode, string Output, string Error)> InvokeAsync(string[] arguments) => Invocation.RunAsync(arguments);
}
