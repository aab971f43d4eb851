using System.CommandLine;

namespace TaximeterAgent.Cli.Describe;

/// <summary><c>taximeter-agent man page</c>, for whoever changes a command: writes deploy/man/taximeter-agent.1.</summary>
internal static class ManCommand
{
    public static Command Build()
    {
        var page = new Command("page", "Writes the man page.");
        page.SetAction((parsed, stop) => WrittenPage.TellAsync(parsed, () => ManPage.Write(parsed.RootCommandResult.Command), stop));
        return new Command("man", "Writes the man page.") { page }.Hide();
    }
}
