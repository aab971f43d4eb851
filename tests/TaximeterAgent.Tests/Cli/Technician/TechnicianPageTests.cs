using System.CommandLine;
using System.Text.RegularExpressions;
using TaximeterAgent.Cli;
using TaximeterAgent.Control;
using TaximeterAgent.Diagnostics.Examination;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Cli.Technician;

/// <summary>docs/technician.md is read by somebody in a hurry: what it shows is what there is.</summary>
public sealed partial class TechnicianPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "technician.md"));

    public static TheoryData<string> Outputs => [.. TechnicianOutputs.All.Keys];

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task What_it_shows_is_what_the_program_prints(string name)
    {
        var real = await TechnicianOutputs.All[name]();

        Assert.All(real.Split('\n'), line => Assert.True(line.Length <= 80, line));
        var shown = Assert.Single(Blocks().Matches(s_page), block => block.Groups["name"].Value == name).Groups["text"].Value;
        Assert.True(shown == real, $"docs/technician.md, {name}: shown is\n{shown}\nand real is\n{real}");
    }

    [Fact]
    public void Every_output_on_it_is_made_and_every_one_that_is_made_is_on_it() =>
        Assert.Equal(TechnicianOutputs.All.Keys.Order(StringComparer.Ordinal), Blocks().Matches(s_page).Select(block => block.Groups["name"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_command_that_it_names_is_understood()
    {
        var commands = Commands().Matches(s_page).Select(command => Spaces().Replace(command.Groups["arguments"].Value, " ").Trim()).Where(command => command is not "" and not "…").Distinct().ToList();

        Assert.True(commands.Count >= 15, string.Join("\n", commands));
        Assert.All(commands, command => Assert.Empty(Mistakes(command)));
        Assert.NotEmpty(Mistakes("outbox explode"));
        Assert.NotEmpty(Mistakes("trip"));
        Assert.NotEmpty(Mistakes("trips --sinec 2h"));
    }

    [Fact]
    public void It_fits_the_screen_and_ten_minutes()
    {
        var lines = s_page.Split('\n');
        Assert.All(lines.Where(line => !line.StartsWith('|')), line => Assert.True(line.Length <= 80, line));
        // One looks a finding up there, and does not read it.
        var read = s_page[..s_page.IndexOf("## What the doctor finds", StringComparison.Ordinal)];
        Assert.True(read.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length <= 2_700, "It is too long to be read in a car.");
        foreach (Match link in Links().Matches(s_page))
            Assert.Contains(lines, line => line.StartsWith("## ", StringComparison.Ordinal) && Anchor(line[3..]) == link.Groups["anchor"].Value);
    }

    [Fact]
    public void Every_finding_of_the_doctor_is_on_it_and_no_other() =>
        Assert.Equal(Enum.GetValues<FindingKind>().Select(Kebab.Of).Order(StringComparer.Ordinal), Findings().Matches(s_page).Select(row => row.Groups["kind"].Value).Order(StringComparer.Ordinal));

    private static IReadOnlyList<string> Mistakes(string arguments) =>
        [.. CommandLine.Build(Invocation.MustNotRun).Parse(Words().Matches(arguments).Select(word => word.Value.Trim('"')).ToArray()).Errors.Select(error => error.Message)];

    private static string Anchor(string title) => new([.. title.ToLowerInvariant().Replace(' ', '-').Where(letter => char.IsLetterOrDigit(letter) || letter == '-')]);

    [GeneratedRegex(@"<!-- from: (?<name>[a-z-]+) -->\n```text\n(?<text>.*?)```\n", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"`taximeter-agent(?<arguments>[^`]*)`")]
    private static partial Regex Commands();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"""[^""]*""|\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^\| `(?<kind>[a-z-]+)` \| [^|]+ \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Findings();

    [GeneratedRegex(@"\]\(#(?<anchor>[a-z-]+)\)")]
    private static partial Regex Links();
}
