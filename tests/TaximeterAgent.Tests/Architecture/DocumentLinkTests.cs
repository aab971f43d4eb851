using System.Text.RegularExpressions;
using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Architecture;

/// <summary>The pages of the repository: a link that leads nowhere helps no one.</summary>
public sealed partial class DocumentLinkTests
{
    private static readonly string s_hardware = Path.Combine(Repository.Root, "docs", "hardware", "README.md");

    [Fact]
    public void Every_link_of_every_page_leads_to_a_file_and_to_a_heading_that_is_there()
    {
        var pages = Pages().ToList();
        Assert.Contains(Path.Combine(Repository.Root, "docs", "operator.md"), pages);
        var links = pages.SelectMany(page => Links(page).Select(link => (Page: page, Link: link))).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, one => Assert.True(Leads(one.Page, one.Link), $"{Path.GetRelativePath(Repository.Root, one.Page)}: {one.Link} leads nowhere"));
    }

    [Theory]
    [InlineData("no-such-page.md", false)]
    [InlineData("gpio-contacts.md#no-such-heading", false)]
    [InlineData("gpio-contacts.md", true)]
    [InlineData("gpio-contacts.md#kernel", true)]
    [InlineData("#what-holds-for-all-devices", true)]
    [InlineData("../configuration.md", true)]
    [InlineData("https://example.test/", true)]
    public void A_link_that_leads_nowhere_is_found(string link, bool leads) => Assert.Equal(leads, Leads(s_hardware, link));

    /// <summary>The links of a page, without those in its examples.</summary>
    internal static IEnumerable<string> Links(string page) => Link().Matches(Text(page)).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(Repository.Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
        .Where(page => !Path.GetRelativePath(Repository.Root, page).Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "TestResults"));

    private static string Text(string page) => Example().Replace(File.ReadAllText(page), "");

    // Links out of the repository are not followed: tests have no network.
    private static bool Leads(string page, string link)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal))
            return true;
        var parts = link.Split('#', 2);
        var file = parts[0].Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, parts[0]));
        if (parts.Length == 1)
            return File.Exists(file) || Directory.Exists(file);
        return File.Exists(file) && Heading().Matches(Text(file)).Any(heading => Anchor(heading.Groups[1].Value) == parts[1]);
    }

    // As GitHub makes them: lower case, spaces to hyphens, without punctuation.
    private static string Anchor(string heading) =>
        string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} +(.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
