using TaximeterAgent.Tests.Configuration;

namespace TaximeterAgent.Tests.Architecture;

/// <summary>docs/hardware: a page that nobody finds helps no one under a dashboard.</summary>
public sealed class HardwarePageTests
{
    private const string Index = "README.md";

    private static readonly string s_pages = Path.Combine(Repository.Root, "docs", "hardware");

    [Fact]
    public void Every_page_is_in_the_index_once()
    {
        var linked = DocumentLinkTests.Links(Path.Combine(s_pages, Index)).Where(link => !link.Contains('/', StringComparison.Ordinal)).ToList();
        var pages = Directory.EnumerateFiles(s_pages, "*.md").Select(page => Path.GetFileName(page)!).Where(name => name != Index).Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(pages);
        Assert.Equal(pages, linked.Order(StringComparer.Ordinal));
    }
}
