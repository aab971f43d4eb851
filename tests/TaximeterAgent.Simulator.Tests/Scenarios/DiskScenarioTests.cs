using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>An agent that deals wrongly with its disk is found out.</summary>
public sealed class DiskScenarioTests
{
    private static readonly string Wrong = Path.Combine(AppContext.BaseDirectory, "Scenarios", "wrong-disk.sh");

    [Theory]
    // Nothing is kept for when the disk is full.
    [InlineData("no-reserve", "disk-full", "before-fare", "the ACK of the FARE")]
    [InlineData("no-reserve", "disk-full", "before-capture", "PAID")]
    [InlineData("no-reserve", "disk-full", "at-start", "the agent ended with exit code 74")]
    // It acknowledges what is not on this disk.
    [InlineData("elsewhere", "disk-full", "before-fare", "the reserve, whole again")]
    [InlineData("elsewhere", "disk-full", "nothing-left", "fares were acknowledged with a full disk")]
    [InlineData("elsewhere", "disk-io-errors", "sync", "the agent went on though a sync failed")]
    // It takes a sync for done that was not.
    [InlineData("unsynced", "disk-io-errors", "capture", "the agent went on though a sync failed")]
    // It does not see to it that its files can be found again.
    [InlineData("unsynced", "disk-io-errors", "names-at-start", "the agent went on though the names of its files may not be stored")]
    // A store that cannot be read is taken for an empty one.
    [InlineData("forgets", "disk-io-errors", "read-at-start", "the agent went on though its database cannot be read")]
    // It ends with another code, and no unit file knows what that means.
    [InlineData("other-code", "disk-io-errors", "write", "expected 74")]
    // The display goes on to say what it said.
    [InlineData("dark", "disk-io-errors", "sync", "that nobody takes fares")]
    // A file of its own, somewhere.
    [InlineData("litters", "read-only-root", "two-directories", "the agent tried to write elsewhere")]
    [InlineData("litters-state", "read-only-root", "two-directories", "the agent left")]
    public async Task An_agent_that_is_wrong_about_its_disk_fails(string fault, string scenario, string part, string finding)
    {
        Outcome outcome = await PartRun.PlayAsync(scenario, part, ["bash", Wrong, fault, .. AgentCommand.BuiltWithUs()], TimeSpan.FromSeconds(8));
        Assert.Contains(outcome.Faults, found => found.Contains(finding, StringComparison.Ordinal));
    }
}
