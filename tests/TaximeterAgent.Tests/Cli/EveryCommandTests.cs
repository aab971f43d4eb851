using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TaximeterAgent.Cli;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Outbox;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli;

/// <summary>
/// Every command there is, on a car in every state that a technician meets: one clear message, a documented exit code, no stack trace, no silence of more than 5
/// seconds, and JSON or nothing where JSON was asked for. The commands are those of the command tree, so that a new one is here by itself.
/// </summary>
public sealed class EveryCommandTests : IDisposable
{
    /// <summary>The promise is 5 seconds; the rest is for a busy machine.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(15);

    /// <summary>Watching has no end of its own, and a test of a device some seconds: then Ctrl+C.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    /// <summary>Commands whose answer is a report, which may be that something is wrong: then it says so by this word, and needs no line on stderr besides.</summary>
    private static readonly Dictionary<string, string> s_reports = new() { ["status"] = "red", ["network test"] = "broken", ["doctor"] = "cause" };

    private static readonly int[] s_codes =
        [.. typeof(ExitCode).GetFields().Select(field => (int)field.GetRawConstantValue()!)];

    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();

    public EveryCommandTests() => _configuration
        .With("Outbox:Directory", JsonSerializer.Serialize(Outbox))
        .With("Control:Socket", JsonSerializer.Serialize(_files.Path("control.sock")))
        // Nobody is there: what goes out is refused at once.
        .With("EPayment:BaseUrl", "\"http://127.0.0.1:9\"")
        .With("Meter:Serial:Port", JsonSerializer.Serialize(_files.Path("no-such-tty")));

    public static TheoryData<string> Commands => [.. CommandSamples.All.Select(leaf => leaf.Path)];

    private string Outbox => _files.Path("outbox");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _configuration.Dispose();
        _files.Dispose();
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_healthy_car(string command)
    {
        await using var rig = new EngineRig((Examples.Closed(1), [Examples.Line(1)]));
        (await rig.StartAsync()).Dispose();
        _configuration.With("Control:Socket", JsonSerializer.Serialize(rig.Socket)).With("Outbox:Directory", JsonSerializer.Serialize(rig.Outbox));
        await HoldsAsync(command, "healthy");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Without_the_service_whatever_the_database_is(string command)
    {
        await HoldsAsync(command, "missing");

        using (var outbox = SqliteOutbox.Open(Outbox, TimeProvider.System))
            outbox.Commit(Examples.FareBatch(1));
        await HoldsAsync(command, "down");

        using (var other = new SqliteConnection($"Data Source={Outbox}/outbox.db;Pooling=False"))
        {
            other.Open();
            using var locked = other.CreateCommand();
            locked.CommandText = "BEGIN EXCLUSIVE";
            locked.ExecuteNonQuery();
            await HoldsAsync(command, "locked");
        }

        using (var newer = new SqliteConnection($"Data Source={Outbox}/outbox.db;Pooling=False"))
        {
            newer.Open();
            using var version = newer.CreateCommand();
            version.CommandText = "PRAGMA user_version=99; PRAGMA wal_checkpoint(TRUNCATE)";
            version.ExecuteNonQuery();
        }

        await HoldsAsync(command, "newer");

        Directory.Delete(Outbox, recursive: true);
        Damage.Make(Outbox);
        await HoldsAsync(command, "corrupt");
    }

    [Fact]
    public void The_commands_are_found()
    {
        var commands = CommandSamples.All.Select(leaf => leaf.Path).ToList();
        Assert.True(commands.Count >= 14, string.Join(", ", commands));
    }

    [Theory]
    [InlineData("trips", 70, "", "Unhandled exception. System.IO.IOException: no", "a stack trace")]
    [InlineData("trips", 74, "", "taximeter-agent: broken\n   at TaximeterAgent.Cli.Program()", "a stack trace")]
    [InlineData("trips", 4, "", "taximeter-agent: broken\n", "exit code 4")]
    [InlineData("trips", 74, "", "", "no message")]
    [InlineData("trips", 74, """{"parts":["red"]}""", "", "no message")]
    [InlineData("status", 2, "", "", "no message")]
    [InlineData("status", 2, """{"parts":["green"]}""", "", "no message")]
    [InlineData("network test", 69, """{"steps":["ok"]}""", "", "no message")]
    [InlineData("trips", 0, "{ half", "", "JSON")]
    [InlineData("status", 2, """{"parts":["red"]""", "", "JSON")]
    [InlineData("trips", 0, "{}", "", null)]
    [InlineData("trips", 69, "", "taximeter-agent: no agent\n", null)]
    [InlineData("status", 2, """{"parts":["red"]}""", "", null)]
    [InlineData("network test", 69, """{"broken":"dns"}""", "", null)]
    [InlineData("doctor", 2, """{"findings":[{"level":"red"}]}""", "", "no message")]
    [InlineData("doctor", 3, """{"findings":[{"cause":"noise"}]}""", "", null)]
    public void What_is_not_to_be_would_be_found(string command, int exitCode, string output, string error, string? fault)
    {
        var found = Fault(command, exitCode, output, error, TimeSpan.Zero, json: true);
        if (fault is null)
            Assert.Null(found);
        else
            Assert.Contains(fault, found, StringComparison.Ordinal);
        Assert.NotNull(Fault(command, 0, "{}", "", s_silence * 2, json: true));
    }

    private async Task HoldsAsync(string command, string state)
    {
        var leaf = CommandSamples.All.Single(one => one.Path == command).Command;
        foreach (var json in leaf.Options.Any(option => option.Name == "--json") ? (bool[])[false, true] : [false])
        {
            // The agent itself is a process and its tests are others: here is whether it starts, and it does not ask.
            var arguments = CommandSamples.Arguments(command, leaf, json, _configuration.File, _files.Path("none.jsonl"));
            var (exitCode, output, error, silence) = command == "run" ? await ProcessAsync(arguments, runs: state is "missing" or "down" or "locked") : await InProcessAsync(arguments);
            var fault = Fault(command, exitCode, output, error, silence, json);
            Assert.True(fault is null, $"taximeter-agent {string.Join(' ', arguments)}, database {state}: {fault}\nexit code {exitCode}\n{output}\n{error}");
        }
    }

    private static string? Fault(string command, int exitCode, string output, string error, TimeSpan silence, bool json)
    {
        if ((output + error).Contains("   at ", StringComparison.Ordinal) || (output + error).Contains("Unhandled", StringComparison.Ordinal))
            return "a stack trace";
        if (!s_codes.Contains(exitCode))
            return $"exit code {exitCode} is not documented";
        if (exitCode is not (ExitCode.Ok or ExitCode.Interrupted) && error.Length == 0 && !(s_reports.TryGetValue(command, out var wrong) && output.Contains(wrong, StringComparison.Ordinal)))
            return "no message";
        if (silence > s_silence)
            return $"silence for {silence.TotalSeconds:0} s";
        return json && !IsJson(output) ? "what it wrote is no JSON" : null;
    }

    // One value, or one on each line.
    private static bool IsJson(string output)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(output), new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return output.Trim().Length == 0;
        }
    }

    private static async Task<(int ExitCode, string Output, string Error, TimeSpan Silence)> InProcessAsync(string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new FirstWord();
        using var stop = new CancellationTokenSource(s_longest);
        var start = Stopwatch.GetTimestamp();
        var exitCode = await CommandLine.InvokeAsync(arguments, Invocation.MustNotRun, output, error, stop.Token);
        var length = Stopwatch.GetElapsedTime(start);
        // What is watched says nothing while nothing happens: it has to say so first.
        return (exitCode, output.ToString(), error.ToString(), output.GetStringBuilder().Length > 0 ? TimeSpan.Zero : error.At - start is > 0 and var ticks ? Stopwatch.GetElapsedTime(0, ticks) : length);
    }

    private static async Task<(int ExitCode, string Output, string Error, TimeSpan Silence)> ProcessAsync(string[] arguments, bool runs)
    {
        using var agent = AgentProcess.Start(arguments);
        // Either it runs, says who it is and stops as it is told, or it refuses to and ends by itself: told to meanwhile it would end by the signal.
        var first = await agent.ErrorLineAsync();
        Assert.True(first.Contains(" Banner: ", StringComparison.Ordinal) == runs, first);
        if (runs)
            agent.Terminate();
        var (exitCode, output, error) = await agent.EndAsync();
        return (exitCode, output, first + "\n" + error, TimeSpan.Zero);
    }

    /// <summary>Knows when it was first written to.</summary>
    private sealed class FirstWord : StringWriter
    {
        public FirstWord() => NewLine = "\n";

        public long At { get; private set; }

        public override void Write(char value)
        {
            if (At == 0)
                At = Stopwatch.GetTimestamp();
            base.Write(value);
        }

        public override void Write(string? value)
        {
            if (At == 0)
                At = Stopwatch.GetTimestamp();
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            if (At == 0)
                At = Stopwatch.GetTimestamp();
            base.Write(buffer, index, count);
        }
    }
}
