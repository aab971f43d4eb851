using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli;

/// <summary>A command at a pseudo terminal of 80 columns without colour, and a person who answers once a question stands there.</summary>
internal static class AtTerminal
{
    /// <summary>Ctrl+C, as the terminal gives it on.</summary>
    public const string ControlC = "\\003";

    // One answer to the first question; a command that asks nothing ends by itself, and then nobody waits for the question any more. Whoever runs the tests in the
    // background has Ctrl+C ignored; a person at a terminal has not.
    private const string Person = """
        { until grep -q '\[y/N\]' "$SHOWN" 2>/dev/null || [ -e "$SHOWN.ended" ]; do sleep 0.05; done; printf "$ANSWER"; until [ -e "$SHOWN.ended" ]; do sleep 0.05; done; } |
            { script -qfec "stty cols 80 rows 24; exec env --default-signal=INT $COMMAND" "$SHOWN" > /dev/null; code=$?; touch "$SHOWN.ended"; exit $code; }
        """;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="answer">What the person types at the question, as <c>printf</c> takes it.</param>
    /// <param name="arguments">The command.</param>
    /// <returns>What stood on the terminal, without its carriage returns.</returns>
    public static async Task<(int ExitCode, string Shown)> RunAsync(string answer, params string[] arguments)
    {
        using var files = new TestFiles();
        var shown = files.Path("shown");
        var command = string.Join(' ', ((string[])["dotnet", AgentProcess.Program, .. arguments]).Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        using var shell = AgentProcess.StartCommand("bash", ["-c", Person], new Dictionary<string, string> { ["TERM"] = "dumb", ["SHOWN"] = shown, ["ANSWER"] = answer, ["COMMAND"] = command });
        var (exitCode, _, error) = await shell.EndAsync();
        Assert.Equal("", error);
        // What script itself says stands in the first and the last line.
        var lines = (await File.ReadAllTextAsync(shown)).ReplaceLineEndings("\n").Split('\n')[1..];
        return (exitCode, string.Join('\n', lines.Where(line => !line.StartsWith("Script done", StringComparison.Ordinal))));
    }
}
