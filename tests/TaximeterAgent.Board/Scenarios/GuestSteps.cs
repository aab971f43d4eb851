using TaximeterAgent.Board.Judging;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board.Scenarios;

/// <summary>Steps of scripts that look into the guest.</summary>
internal static class GuestSteps
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A line for root's shell.</summary>
    /// <exception cref="ScenarioFailed">It did not end with 0.</exception>
    public static async Task<string> InGuestAsync(this World world, string line)
    {
        (int code, string output) = await world.Shell().RunAsync(line, Patience);
        return code == 0 ? output : throw new ScenarioFailed($"'{line}' ended with {code} in the guest: {output}");
    }

    /// <summary>The unit was started, and nothing was refused to it.</summary>
    /// <exception cref="ScenarioFailed">It is not so.</exception>
    public static async Task NothingRefusedAsync(this World world)
    {
        IReadOnlyList<string> journal = await world.JournalAsync();
        Steps.Require(journal.Any(line => line.Contains("Started taximeter-agent.service", StringComparison.Ordinal)), "the journal does not say that the unit was started: another one is read");
        Finding? refused = Judge.Journal(journal).FirstOrDefault();
        Steps.Require(refused is null, refused?.What ?? "");
    }
}
