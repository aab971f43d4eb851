using System.CommandLine;
using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli.Describe;

public sealed class ManPageTests
{
    private static readonly string s_file = Path.Combine(Repository.Root, "deploy", "man", "taximeter-agent.1");
    private static readonly RootCommand s_root = CommandLine.Build((_, _, _, _) => throw new InvalidOperationException());

    [Fact]
    public void The_page_in_deploy_is_the_one_that_the_commands_write() =>
        Assert.True(ManPage.Write(s_root) == File.ReadAllText(s_file), "deploy/man/taximeter-agent.1 is not what the code writes: dotnet run --project src/TaximeterAgent -- man page > taximeter-agent.1, then put it there");

    [Fact]
    public void Every_command_option_and_argument_says_what_it_is()
    {
        Assert.All(Everything(s_root), symbol => Assert.False(string.IsNullOrWhiteSpace(symbol.Description), symbol.Name));
        Assert.Contains(Everything(s_root), symbol => symbol.Name == "--parity");

        static IEnumerable<Symbol> Everything(Command command) =>
            command.Subcommands.SelectMany(Everything).Concat(command.Options).Concat(command.Arguments).Prepend(command);
    }

    [Fact]
    public async Task Groff_has_nothing_to_warn_of_and_shows_every_command_and_option()
    {
        using var groff = AgentProcess.StartCommand("groff", ["-man", "-Tutf8", "-ww", "-rLL=80n", "-P-cbou", s_file]);
        var (exitCode, page, warnings) = await groff.EndAsync();

        Assert.Equal((0, ""), (exitCode, warnings));
        Assert.All(page.Split('\n'), line => Assert.True(line.Length <= 80, line));
        foreach (var command in CommandNode.Of(s_root).Everything)
        {
            Assert.Contains($"\n   {command.Words}", page.Replace("\n   \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.All(command.Options, option => Assert.Contains($"\n       {option.Name}", page, StringComparison.Ordinal));
        }

        Assert.All(typeof(ExitCode).GetFields(), code => Assert.Matches($@"\n       {code.GetRawConstantValue()} +\w", page));
    }

    [Fact]
    public async Task A_page_that_is_no_roff_is_warned_of()
    {
        var wrong = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(wrong, ".TH A 1\n.SH NAME\n.nosuchrequest\n");
            using var groff = AgentProcess.StartCommand("groff", ["-man", "-Tutf8", "-ww", wrong]);
            Assert.Contains("nosuchrequest", (await groff.EndAsync()).Error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(wrong);
        }
    }

    [Fact]
    public void What_roff_would_read_is_shown_as_it_is()
    {
        var page = ManPage.Write(new RootCommand(".is \\this' «…") { new Command("a-b", "'quoted'") });

        Assert.Contains("\n\\&.is \\ethis' ", page, StringComparison.Ordinal);
        Assert.Contains("\\[u2026]", page, StringComparison.Ordinal);
        Assert.Contains("\n\\&'quoted'\n", page, StringComparison.Ordinal);
        Assert.Contains("a\\-b", page, StringComparison.Ordinal);
    }
}
