using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>docs/driver.md and its pages to print are what the code shows. With TAXIMETER_WRITE_DOCS set, they are written instead of compared.</summary>
public sealed class PageTests
{
    public static TheoryData<string> Codes => [.. Home.All.Select(home => home.Code)];

    [Fact]
    public void The_page_of_all_screens_is_what_the_code_shows() => Pages.Hold(DriverPage.Path, DriverPage.Write());

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_page_to_print_is_what_the_code_shows(string code)
    {
        var home = Home.All.Single(home => home.Code == code);
        Pages.Hold(GuidePage.PathOf(home), GuidePage.Write(home));
    }

    [Fact]
    public void Every_language_has_its_page() => Assert.Equal(Enum.GetValues<Language>(), Home.All.Select(home => home.Language).Order());

    [Fact]
    public void The_page_has_every_phase_everything_that_can_be_open_and_every_page_to_print()
    {
        var page = DriverPage.Write();
        Assert.All(Enum.GetNames<TripPhase>(), phase => Assert.Contains($"### {phase}\n", page, StringComparison.Ordinal));
        Assert.All(Pending.Kinds, kind => Assert.Contains($"### {Pending.NameOf(kind)}\n", page, StringComparison.Ordinal));
        Assert.All(Home.All, home => Assert.Contains($"(driver/{home.Code}.md)", page, StringComparison.Ordinal));
    }

    /// <summary>A page that is printed: what is quoted of the display in bold is on it, whole.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void A_page_to_print_is_two_sides_at_most_and_no_line_of_its_pictures_is_wider_than_it(string code)
    {
        var lines = GuidePage.Write(Home.All.Single(home => home.Code == code)).Split('\n');
        Assert.InRange(lines.Length, 50, 110);
        Assert.All(lines.Where(line => line.StartsWith('|') || line.StartsWith('+')), line => Assert.InRange(line.Length, 18, 80));
    }
}
