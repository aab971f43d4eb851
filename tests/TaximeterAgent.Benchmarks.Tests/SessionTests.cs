using System.Text.Json.Nodes;

namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>Which benchmarks run, what is printed, and how the program ends.</summary>
public sealed class SessionTests
{
    private static readonly Bench s_fast = Comparing("fast", 1);
    private static readonly Bench s_slow = Comparing("slow", 2);
    private static readonly Bench s_breaking = new("breaking", (_, _) => throw new InvalidOperationException("the agent has\nended"));

    [Fact]
    public async Task All_run_in_their_order_and_a_ratio_is_no_failure()
    {
        var (code, output, _) = await Bench.RunAsync([s_slow, s_fast]);

        Assert.Equal(0, code);
        Assert.Equal(["bench slow ours=2s limit=1s ratio=2.0 goal=1.5 short", "bench fast ours=1s limit=1s ratio=1.0 goal=1.5 ok"], Lines(output));
    }

    [Fact]
    public async Task Only_the_named_run() => Assert.Equal(["fast"], Lines((await Bench.RunAsync([s_slow, s_fast], "fast", "--quick")).Output).Select(line => line.Split(' ')[1]));

    [Theory]
    [InlineData("fats")]
    [InlineData("--fast")]
    [InlineData("--json")]
    [InlineData("--json", "/no/such/folder/file")]
    [InlineData("limit")]
    public async Task What_cannot_be_understood_is_64_and_measures_nothing(params string[] args)
    {
        var (code, output, error) = await Bench.RunAsync([s_breaking], args);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Empty(output);
        Assert.Contains("breaking", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_breaks_is_told_and_the_others_still_run()
    {
        var (code, output, error) = await Bench.RunAsync([s_breaking, s_fast]);

        Assert.Equal(ExitCode.Broken, code);
        Assert.Equal(["bench breaking broken: the agent has ended", "bench fast ours=1s limit=1s ratio=1.0 goal=1.5 ok"], Lines(output));
        Assert.Contains(nameof(InvalidOperationException), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_cannot_run_here_is_skipped_with_the_reason()
    {
        var (code, output, _) = await Bench.RunAsync([new Bench("relay", (_, _) => throw new NotHereException("install rabbitmq-server"))]);

        Assert.Equal(0, code);
        Assert.Equal(["bench relay skipped: install rabbitmq-server"], Lines(output));
    }

    [Fact]
    public async Task A_count_is_printed_without_a_limit()
    {
        var counting = new Bench("flash", async (run, _) =>
        {
            await run.CountAsync("flash-syncs", Unit.Number, 5.5, 6);
            await run.CountAsync("flash-bytes", Unit.Bytes, 50 * 1024, 48 * 1024);
            await run.CountAsync("simulation", Unit.PerSecond, 2100, 2000, moreIsBetter: true, "of 40,000 trips");
            await run.CountAsync("backlog", Unit.PerSecond, 1900, 2000, moreIsBetter: true);
        });

        var (_, output, _) = await Bench.RunAsync([counting]);

        Assert.Equal(
            ["bench flash-syncs ours=5.5 goal=6 ok", "bench flash-bytes ours=50KiB goal=48KiB short", "bench simulation ours=2100/s goal=2000/s ok", "bench backlog ours=1900/s goal=2000/s short"],
            Lines(output));
        Assert.Contains("\n  of 40,000 trips\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_json_file_has_every_round()
    {
        var file = Path.GetTempFileName();
        try
        {
            await Bench.RunAsync([s_slow, s_breaking, new Bench("count", (run, _) => run.CountAsync("count", Unit.Number, 1, 2))], "--quick", "--json", file);

            var report = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            var results = report["results"]!.AsArray();
            Assert.True((bool)report["quick"]!);
            Assert.NotEmpty((string)report["machine"]!);
            Assert.Equal(["slow", "breaking", "count"], results.Select(result => (string?)result!["name"]));
            Assert.Equal(["short", "broken", "ok"], results.Select(result => (string?)result!["verdict"]));
            Assert.Equal(2, (double)results[0]!["ratio"]!);
            Assert.Equal("[[2,1],[2,1],[2,1],[2,1],[2,1]]", results[0]!["rounds"]!.ToJsonString());
            Assert.Equal("[[1,1],[1,1],[1,1],[1,1],[1,1]]", results[0]!["selfRounds"]!.ToJsonString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task What_was_measured_before_an_interruption_is_kept()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var stop = new CancellationTokenSource();
            var interrupted = new Bench("interrupted", async (run, token) =>
            {
                await run.CountAsync("first", Unit.Number, 1, 2);
                await stop.CancelAsync();
                throw new IOException("its agent was ended under it");
            });
            using var output = new StringWriter();
            var session = new Session(new BenchmarkOptions { JsonFile = file }, output, output, TimeProvider.System);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.RunAsync([interrupted, s_fast], stop.Token));

            Assert.Equal(["bench first ours=1 goal=2 ok"], Lines(output.ToString()));
            Assert.Contains("\"first\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_limit_runs_as_a_program_of_its_own()
    {
        IReadOnlyList<string>? given = null;
        var limits = new Dictionary<string, LimitProgram>
        {
            ["post"] = (arguments, _) =>
            {
                given = arguments;
                return Task.CompletedTask;
            },
        };

        Assert.Equal(0, await CommandLine.InvokeAsync(["limit", "post", "--port", "1"], [s_breaking], limits, TextWriter.Null, TextWriter.Null));

        Assert.Equal(["--port", "1"], given);
    }

    private static Bench Comparing(string name, double ours) => new(name, (run, stop) => run.CompareAsync(new Comparison(name, Unit.Seconds, 1.5, Bench.Always(ours), Bench.Always(1)), stop));

    private static string[] Lines(string output) => [.. output.Split('\n').Where(line => line.StartsWith("bench ", StringComparison.Ordinal))];
}
