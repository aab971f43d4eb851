using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Car;

/// <summary>The programs as a board runs them; the release build makes them (<c>Board.targets</c>).</summary>
internal static class BoardBuild
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "board");

    /// <summary>The agent, up to its <c>run --config FILE</c>.</summary>
    /// <exception cref="NotHereException">This is no release build.</exception>
    public static IReadOnlyList<string> Agent => [AgentCommand.DotnetHost(), There("agent", "taximeter-agent.dll")];

    /// <summary>A limit's program, up to its own arguments.</summary>
    /// <exception cref="NotHereException">This is no release build.</exception>
    public static IReadOnlyList<string> Limit(string name) => [AgentCommand.DotnetHost(), There("limits", "TaximeterAgent.Benchmarks.dll"), CommandLine.LimitVerb, name];

    private static string There(string folder, string file) => Path.Combine(s_folder, folder, file) is var path && File.Exists(path)
        ? path
        : throw new NotHereException($"there is no {path}: a release build makes it");
}
