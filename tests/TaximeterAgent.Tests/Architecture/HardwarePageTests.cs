using System.Text.RegularExpressions;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Architecture;

/// <summary>docs/hardware: a page that nobody finds, or a link that leads nowhere, helps no one under a dashboard.</summary>
public sealed partial class HardwarePageTests
{
    private const string Index = "README.md";

    private static readonly string s_pages = Path.Combine(Repository.Root, "docs", "hardware");

    [Fact]
    public void Every_page_is_in_the_index_once()
    {
        var linked = Links(Path.Combine(s_pages, Index)).Where(link => !link.Contains('/', StringComparison.Ordinal)).ToList();
        var pages = Pages().Select(page => Path.GetFileName(page)!).Where(name => name != Index).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(pages);
        Assert.Equal(pages, linked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_link_leads_to_a_file_and_to_a_heading_that_is_there()
    {
        var links = Pages().Append(Path.Combine(Repository.Root, "docs", "control.md")).SelectMany(page => Links(page).Select(link => (Page: page, Link: link))).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, one => Assert.True(Leads(one.Page, one.Link), $"{Path.GetFileName(one.Page)}: {one.Link} leads nowhere"));
    }

    [Theory]
    [InlineData("no-such-page.md", false)]
    [InlineData("gpio-contacts.md#no-such-heading", false)]
    [InlineData("gpio-contacts.md", true)]
    [InlineData("gpio-contacts.md#kernel", true)]
    [InlineData("#what-holds-for-all-devices", true)]
    [InlineData("../configuration.md", true)]
    [InlineData("https://example.test/", true)]
    public void A_link_that_leads_nowhere_is_found(string link, bool leads) => Assert.Equal(leads, Leads(Path.Combine(s_pages, Index), link));

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(s_pages, "*.md");

    private static IEnumerable<string> Links(string page) => Link().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value);

    // Links out of the repository are not followed: tests have no network.
    private static bool Leads(string page, string link)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal))
            return true;
        var parts = link.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        if (parts.Length == 1)
            return File.Exists(file) || Directory.Exists(file);
        return File.Exists(file) && Heading().Matches(File.ReadAllText(file)).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]);
    }

    // As GitHub makes them: lower case, spaces to hyphens, without punctuation.
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} +(.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
