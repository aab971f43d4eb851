using TaximeterAgent.Configuration;

namespace TaximeterAgent.Tests.Configuration;

public sealed class ReferencePageTests
{
    [Fact]
    public void The_page_in_docs_is_the_one_that_the_keys_write()
    {
        var page = Path.Combine(Repository.Root, "docs", "configuration.md");

        Assert.True(File.Exists(page), page);
        Assert.Equal(ReferencePage.Write(), File.ReadAllText(page));
    }

    [Fact]
    public void The_page_names_every_key_with_default_unit_and_range()
    {
        var page = ReferencePage.Write();

        foreach (var key in Keys.All)
            Assert.Contains($"| `{key.Name}` | ", page, StringComparison.Ordinal);
        Assert.Contains("| `Meter:Serial:BaudRate` | `19200` | bits a second | one of 300, ", page, StringComparison.Ordinal);
        Assert.Contains("| `Car:Id` | **required** |", page, StringComparison.Ordinal);
    }
}
