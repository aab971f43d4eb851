using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Security;

/// <summary>docs/dependencies.md against what was restored: every package, what it brings along too, with its version and licence.</summary>
public sealed partial class DependencyTests
{
    /// <summary>Comes with the SDK, in the SDK's version, and is in no program.</summary>
    private const string BuildTool = "Microsoft.NET.ILLink.Tasks";

    /// <summary>Agreed to: each may be shipped with what is MIT, and its text is in deploy/deb/licences.</summary>
    private static readonly string[] s_licences = ["MIT", "Apache-2.0", "BSD-3-Clause", "PostgreSQL", "Apache-2.0 OR MPL-2.0"];

    private static readonly (string Project, string Name)[] s_projects =
        [("TaximeterAgent.Core", "Core"), ("TaximeterAgent.EPayment", "EPayment"), ("TaximeterAgent", "agent"), ("TaximeterAgent.Relay", "relay"), ("TaximeterAgent.Simulator", "simulator")];

    [Fact]
    public void The_page_says_what_is_restored() => Assert.Empty(Faults(Restored(), Page()));

    [Fact]
    public void Whatever_differs_would_be_found()
    {
        var (restored, page) = (Restored(), Page());
        var one = restored.First(package => package.Name == "Polly.Core");
        Assert.Equal(["Polly.Core 8.9.2 is not on the page, or is otherwise", "Polly.Core 8.9.1 is on the page, and not so restored"], Faults(With(one with { Version = "8.9.2" }), page));
        Assert.Equal(["Polly.Core: nobody has agreed to the licence GPL-3.0-only"], Faults(With(one with { Licence = "GPL-3.0-only" }), page).Where(fault => fault.Contains("agreed", StringComparison.Ordinal)));
        Assert.Equal(["Polly.Core: says no licence that can be compared"], Faults(With(one with { Licence = "" }), page).Where(fault => fault.Contains("says no", StringComparison.Ordinal)));
        Assert.Equal(["New.Package 1.0.0 is not on the page, or is otherwise"], Faults([.. restored, new Package("New.Package", "1.0.0", "MIT", "agent")], page));
        Assert.Equal(["Polly.Core 8.9.1 is on the page, and not so restored"], Faults([.. restored.Where(package => package.Name != "Polly.Core")], page));

        IReadOnlyList<Package> With(Package changed) => [.. restored.Select(package => package.Name == changed.Name ? changed : package)];
    }

    [Fact]
    public void Every_project_of_the_solution_that_is_shipped_is_looked_at()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "TaximeterAgent.sln"));
        var inSolution = Projects().Matches(solution).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
        Assert.Equal(inSolution, s_projects.Select(project => project.Project).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_text_of_each_licence_is_there() =>
        Assert.All(s_licences.SelectMany(licence => licence.Split(" OR ")), licence => Assert.True(File.Exists(Path.Combine(Repository.Root, "deploy", "deb", "licences", $"{licence}.txt")), licence));

    private static IReadOnlyList<string> Faults(IReadOnlyList<Package> restored, IReadOnlyList<Package> page) =>
    [
        .. restored.Where(package => package.Licence.Length == 0).Select(package => $"{package.Name}: says no licence that can be compared"),
        .. restored.Where(package => package.Licence.Length > 0 && !s_licences.Contains(package.Licence)).Select(package => $"{package.Name}: nobody has agreed to the licence {package.Licence}"),
        .. restored.Except(page).Select(package => $"{package.Name} {package.Version} is not on the page, or is otherwise"),
        .. page.Except(restored).Select(package => $"{package.Name} {package.Version} is on the page, and not so restored"),
    ];

    private static IReadOnlyList<Package> Page() =>
    [
        .. Rows().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "dependencies.md")))
            .Select(row => new Package(row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value, row.Groups[4].Value)),
    ];

    private static IReadOnlyList<Package> Restored() =>
    [
        .. s_projects.SelectMany(project => Packages(project.Project).Select(package => (project.Name, Package: package))).GroupBy(one => one.Package, one => one.Name)
            .Select(uses => uses.Key with { In = string.Join(", ", uses.Order(StringComparer.OrdinalIgnoreCase)) }),
    ];

    private static IEnumerable<Package> Packages(string project)
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", project, "obj", "project.assets.json")));
        var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        foreach (var library in assets.RootElement.GetProperty("libraries").EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
        {
            var (name, version) = library.Name.Split('/') is [var first, var second] ? (first, second) : throw new FormatException(library.Name);
            if (name == BuildTool)
                continue;
            var nuspec = folders.Select(folder => Path.Combine(folder, library.Value.GetProperty("path").GetString()!, $"{name.ToLowerInvariant()}.nuspec")).First(File.Exists);
            var licence = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression");
            yield return new Package(name, version, licence?.Value ?? "", "");
        }
    }

    [GeneratedRegex(@"^\| ([A-Za-z][\w.-]+) \| (\d[\w.-]*) \| ([^|]+?) \| ([^|]+?) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"""src[\\/]([\w.]+)[\\/][\w.]+\.csproj""")]
    private static partial Regex Projects();

    private sealed record Package(string Name, string Version, string Licence, string In);
}
