using System.CommandLine;
using TaximeterAgent.Cli.Describe;

namespace TaximeterAgent.Cli.Completion;

/// <summary><c>taximeter-agent completion bash|zsh|fish</c>: prints the script that a shell completes the commands with.</summary>
internal static class CompletionCommand
{
    public const string Name = "completion";

    private static readonly Dictionary<string, Func<CommandNode, string>> s_shells = new()
    {
        ["bash"] = BashScript.Write,
        ["zsh"] = ZshScript.Write,
        ["fish"] = FishScript.Write,
    };

    public static IReadOnlyCollection<string> Shells => s_shells.Keys;

    public static Command Build()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Shells]);
        var command = new Command(Name, "Prints the script with which a shell completes the commands at TAB: eval \"$(taximeter-agent completion bash)\". The package installs it.") { shell };
        command.SetAction((parsed, stop) => WrittenPage.TellAsync(parsed, () => Write(parsed.RootCommandResult.Command, parsed.GetRequiredValue(shell)), stop));
        return command;
    }

    /// <summary>The script for a shell, one of <see cref="Shells"/>.</summary>
    public static string Write(Command root, string shell) => s_shells[shell](CommandNode.Of(root));
}
