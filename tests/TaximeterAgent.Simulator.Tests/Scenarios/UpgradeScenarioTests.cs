using System.Diagnostics;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>A version that loses what the one before it has stored is found out, at each point of the payment where something can be lost.</summary>
public sealed class UpgradeScenarioTests
{
    private static readonly string Lossy = Script("lossy-agent.sh");

    [Theory]
    [InlineData("upgrade-mid-payment", "asked", "a question for the number")]
    [InlineData("upgrade-mid-payment", "requested", "PAID for")]
    [InlineData("upgrade-mid-payment", "offline", "PAID for")]
    [InlineData("upgrade-mid-payment", "and-back", "PAID for")]
    [InlineData("power-cut-at-start", "asked", "a question for the number")]
    [InlineData("power-cut-at-start", "requested", "PAID for")]
    public async Task An_agent_that_forgets_at_its_start_fails(string scenario, string part, string finding)
    {
        Outcome outcome = await PartRun.PlayAsync(scenario, part, ["bash", Lossy, .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(12));
        Assert.Contains(outcome.Faults, fault => fault.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_does_not_start_after_a_cut_fails()
    {
        Outcome outcome = await PartRun.PlayAsync("power-cut-at-start", "first-start", ["bash", Script("brittle-agent.sh"), .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(12));
        Assert.Contains(outcome.Faults, fault => fault.Contains("HELLO", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upgrade_after_which_the_older_version_still_runs_fails()
    {
        IReadOnlyList<string> ours = AgentCommand.BuiltWithUs();
        string installed = Path.GetDirectoryName(ours[^1])!;
        Outcome outcome = await PartRun.PlayAsync("upgrade-mid-payment", "requested", ["bash", Script("stale-agent.sh"), installed, .. ours], TimeSpan.FromSeconds(20));
        Assert.Contains(outcome.Faults, fault => fault.Contains("is not version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_setup_that_writes_nothing_fails()
    {
        Outcome outcome = await PartRun.PlayAsync("keys-rotated", "by-setup", ["bash", Script("idle-setup.sh"), .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(20));
        Assert.Contains(outcome.Faults, fault => fault.Contains("setup has not brought the keys", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_agent_itself_goes_on_in_its_next_version()
    {
        Outcome outcome = await PartRun.PlayAsync("upgrade-mid-payment", "requested", AgentCommand.BuiltWithUs(), TimeSpan.FromSeconds(60));
        Assert.True(outcome.Faults.Count == 0, string.Join('\n', outcome.Faults));
    }

    [Fact]
    public async Task A_stamped_copy_says_another_version_of_itself()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            IReadOnlyList<string> ours = AgentCommand.BuiltWithUs();
            StampedAgent newer = StampedAgent.Make(ours, folder)!;
            string before = await VersionAsync(ours);
            Assert.Equal(newer.Version, await VersionAsync(newer.Command));
            Assert.NotEqual(before, newer.Version);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_agent_that_is_not_ours_has_no_stamped_copy() => Assert.Null(StampedAgent.Make(["bash", Lossy], "/nosuch"));

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Scenarios", name);

    private static async Task<string> VersionAsync(IReadOnlyList<string> command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), "--version"]) { RedirectStandardOutput = true })!;
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim();
    }
}
