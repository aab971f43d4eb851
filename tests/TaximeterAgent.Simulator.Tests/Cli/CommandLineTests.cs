using System.Reflection;
using TaximeterAgent.Simulator.Cli;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Cli;

public class CommandLineTests
{
    [Fact]
    public async Task List_names_every_scenario()
    {
        (int code, string output, string _) = await RunAsync("list");
        Assert.Equal(0, code);
        Assert.Equal(AllScenarios.All.Select(scenario => scenario.Name), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData("no scenario 'nosuch'", "run", "nosuch")]
    [InlineData("frob", "frob")]
    [InlineData("--seed", "run", "manual-entry", "--seed", "many")]
    [InlineData("run", "run")]
    [InlineData("--agent: a quote", "run", "manual-entry", "--agent", "bash 'open")]
    [InlineData("--agent: the command is empty", "run", "manual-entry", "--agent", "  ")]
    [InlineData("/nosuch/ledger.json cannot be written", "run", "manual-entry", "--ledger", "/nosuch/ledger.json")]
    [InlineData("/nosuch/wire.jsonl cannot be written", "run", "manual-entry", "--wire", "/nosuch/wire.jsonl")]
    [InlineData("--port", "serve", "--port", "http")]
    [InlineData("expected 0-65535", "serve", "--port", "70000")]
    [InlineData("drive wants a terminal", "drive")]
    [InlineData("'--keep'", "drive", "--keep")]
    public async Task A_call_that_cannot_be_meant_says_what_is_wrong_and_exits_with_2(string message, params string[] arguments)
    {
        (int code, string output, string errors) = await RunAsync(arguments);
        Assert.Equal(2, code);
        Assert.Contains(message, errors + output);
        Assert.DoesNotContain("==", output);
    }

    [Fact]
    public async Task A_scenario_that_needs_the_cloud_side_is_skipped_without_it_and_it_is_said()
    {
        (int code, string output, string _) = await RunAsync("run", "relay-hint");
        Assert.Equal((0, "SKIP relay-hint: it needs --relay\n"), (code, output));
    }

    [Fact]
    public void All_leaves_out_what_needs_a_flag_that_is_not_given()
    {
        Assert.Equal(AllScenarios.All.Where(scenario => !scenario.NeedsRelay), RunAction.Chosen(["all"], relay: false));
        Assert.Equal(AllScenarios.All, RunAction.Chosen(["all"], relay: true));
        Assert.Equal(9, AllScenarios.All.Count(scenario => scenario.NeedsRelay));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    public async Task Help_is_given(params string[] arguments)
    {
        (int code, string output, string _) = await RunAsync(arguments);
        Assert.Equal(0, code);
        Assert.Contains("Usage", output);
    }

    [Fact]
    public async Task Serve_serves_curl()
    {
        var output = new StringWriter();
        using var stop = new CancellationTokenSource();
        TextWriter lines = TextWriter.Synchronized(output);
        Task<int> serving = CommandLine.RunAsync(["serve", "--port", "0"], lines, lines, stop.Token);
        await Car.Eventually.True(() => Text().Contains("last digit", StringComparison.Ordinal), "the introduction");
        string address = System.Text.RegularExpressions.Regex.Match(Text(), "http://[0-9.:]+").Value;
        using var curl = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", address + "/nosuch"]) { RedirectStandardOutput = true })!;
        Assert.Equal("404", await curl.StandardOutput.ReadToEndAsync());
        await stop.CancelAsync();
        Assert.Equal(0, await serving.WaitAsync(TimeSpan.FromSeconds(60)));

        string Text()
        {
            lock (lines)
                return output.ToString();
        }
    }

    [Fact]
    public void The_simulator_knows_the_agent_only_from_outside()
    {
        string[] agents = ["taximeter-agent", "TaximeterAgent.Core", "TaximeterAgent.EPayment"];
        AssemblyName[] referenced = typeof(CommandLine).Assembly.GetReferencedAssemblies();
        Assert.DoesNotContain(referenced, assembly => agents.Contains(assembly.Name));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        int code = await CommandLine.RunAsync(arguments, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
