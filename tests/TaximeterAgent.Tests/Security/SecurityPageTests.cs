using System.Text.RegularExpressions;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Security;

/// <summary>docs/security.md promises nothing that no test holds: each name that it gives is a test's or a scenario's, and each threat is told whole.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    private static readonly HashSet<string> s_names = Names();

    [Fact]
    public void Whatever_is_said_to_stop_something_is_held_by_a_test_or_a_scenario_that_is_there()
    {
        var rows = Rows().Matches(s_page);
        Assert.True(rows.Count >= 40, $"{rows.Count} rows");
        Assert.All(rows, row => Assert.Empty(Faults(row.Value, row.Groups["held"].Value)));
        // A row that the pattern passes over would be held by nothing.
        Assert.Equal(s_page.Split('\n').Count(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| what they do |", StringComparison.Ordinal)), rows.Count);
    }

    [Fact]
    public void Each_threat_says_what_is_not_stopped_and_what_to_do()
    {
        var threats = s_page.Split("\n## ").Where(section => char.IsAsciiDigit(section[0])).ToList();
        Assert.Equal(9, threats.Count);
        Assert.All(threats, threat => Assert.All((string[])["| held by |", "**Not stopped:**", "**Do:**"], part => Assert.Contains(part, threat, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("`NoSuchTests`", "NoSuchTests")]
    [InlineData("`no-such-scenario`, `UnitTests`", "no-such-scenario")]
    [InlineData("the maintainers", "names nothing")]
    public void A_name_that_is_nobody_s_would_be_found(string held, string fault) => Assert.Contains(Faults("row", held), found => found.Contains(fault, StringComparison.Ordinal));

    private static IReadOnlyList<string> Faults(string row, string held)
    {
        var names = Quoted().Matches(held).Select(name => name.Groups[1].Value).ToList();
        return names.Count == 0 ? [$"names nothing: {row}"] : [.. names.Where(name => !s_names.Contains(name)).Select(name => $"there is no {name}: {row}")];
    }

    // Classes with tests in them, by the sources of all test projects, and scenarios.
    private static HashSet<string> Names() =>
    [
        .. AllScenarios.All.Select(scenario => scenario.Name),
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Where(file => TestMethod().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetFileNameWithoutExtension(file)),
    ];

    [GeneratedRegex(@"^\| (?!what they do)[^|]+ \| [^|]+ \| (?<held>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\[(?:\w*Fact|Theory)\]")]
    private static partial Regex TestMethod();
}
