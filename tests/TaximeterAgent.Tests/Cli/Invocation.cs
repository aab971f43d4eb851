using TaximeterAgent.Cli;
using TaximeterAgent.Configuration;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Tests.Cli;

/// <summary>A command within the test's own process: as its own, but for the start.</summary>
internal static class Invocation
{
    /// <summary>Runs to the end; <c>run</c> itself must not be among the arguments.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exitCode = await CommandLine.InvokeAsync(arguments, MustNotRun, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>For a command line that runs no agent.</summary>
    public static Task<int> MustNotRun(AgentOptions options, ConfigurationReport report, OutboxOpening opening, CancellationToken stop) => throw new InvalidOperationException("The agent was run.");
}
