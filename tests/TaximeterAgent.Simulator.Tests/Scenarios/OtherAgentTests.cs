using System.Globalization;
using System.Text.RegularExpressions;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>
/// The whole world around an agent that is not ours: other-agent.sh, in bash and curl. Its honest self passes; each of its faults is found, over a real
/// serial line, real pipes and real HTTP.
/// </summary>
public class OtherAgentTests
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Scenarios", "other-agent.sh");

    [Theory]
    [InlineData("manual-entry")]
    [InlineData("known-number")]
    [InlineData("repeated-signal")]
    [InlineData("meter-restarts")]
    public async Task An_honest_agent_passes(string scenario)
    {
        (IReadOnlyList<Outcome> outcomes, string transcript) = await PlayAsync(scenario);
        Assert.True(Assert.Single(outcomes).Faults.Count == 0, transcript + string.Join('\n', outcomes[0].Faults));
    }

    [Theory]
    [InlineData("early", "before anything was captured")]
    [InlineData("absent", "customer")]
    [InlineData("unbilled", "without a receipt")]
    [InlineData("uncaptured", "neither captured nor released")]
    [InlineData("understated", "is not the total")]
    [InlineData("silent", "PAID for")]
    [InlineData("mute", "a screen with PAID")]
    [InlineData("chatty", "no such frame was ever sent")]
    [InlineData("leaks", "the client secret stands in agent-1.out")]
    public async Task An_agent_with_a_fault_fails_for_that_fault(string fault, string finding)
    {
        (IReadOnlyList<Outcome> outcomes, string transcript) = await PlayAsync("manual-entry", fault);
        Assert.True(Assert.Single(outcomes).Faults.Any(found => found.Contains(finding, StringComparison.Ordinal)), transcript + string.Join('\n', outcomes[0].Faults));
    }

    [Fact]
    public async Task An_agent_that_keeps_a_journal_survives_the_crash_at_every_commit()
    {
        (IReadOnlyList<Outcome> outcomes, string transcript) = await PlayAsync("crash");
        // fare, number, created, billed, captured, told; and the run without a crash.
        Assert.Equal(Enumerable.Range(0, 7).Select(run => $"crash/{run}"), outcomes.Select(outcome => outcome.Name));
        Assert.True(outcomes.All(outcome => outcome.Faults.Count == 0), transcript + string.Join('\n', outcomes.SelectMany(outcome => outcome.Faults)));
        // A machine that is very busy notices a commit late, and cuts a little after it: never before it, and never not at all.
        var cuts = Regex.Matches(transcript, "cut after commit ([0-9]+) of the outbox").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(6, cuts.Count);
        Assert.All(cuts.Select((at, run) => (at, run)), cut => Assert.True(cut.at > cut.run, $"run {cut.run + 1} was cut after commit {cut.at}"));
    }

    [Theory]
    [InlineData("forgetful", "crash/1", "the end of the fare")]
    [InlineData("storeless", "crash/0", "0 commits were seen")]
    public async Task An_agent_that_does_not_survive_the_crash_fails(string fault, string run, string finding)
    {
        (IReadOnlyList<Outcome> outcomes, string _) = await PlayAsync("crash", fault);
        Assert.Contains(outcomes, outcome => outcome.Name == run && outcome.Faults.Any(found => found.Contains(finding, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_agent_that_cannot_be_started_fails_and_says_why()
    {
        (IReadOnlyList<Outcome> outcomes, string _) = await PlayAsync("manual-entry", command: ["/nosuch/agent"]);
        Assert.Contains("/nosuch/agent", Assert.Single(Assert.Single(outcomes).Faults));
    }

    private static async Task<(IReadOnlyList<Outcome> Outcomes, string Transcript)> PlayAsync(string scenario, string? fault = null, IReadOnlyList<string>? command = null)
    {
        var transcript = new StringWriter();
        // A fault that shows as something that never comes is waited for no longer than this.
        Pace pace = Pace.Shortened with { Patience = TimeSpan.FromSeconds(fault is null ? 60 : 12) };
        command ??= fault is null ? ["bash", Script] : ["bash", Script, fault];
        var stage = new Stage(new StageSettings(Seed: 1, pace, command, Keep: null, Wire: null), new Transcript(transcript, TimeProvider.System), TimeProvider.System);
        return (await AllScenarios.Find(scenario)!.RunAsync(stage, CancellationToken.None), transcript.ToString());
    }
}
