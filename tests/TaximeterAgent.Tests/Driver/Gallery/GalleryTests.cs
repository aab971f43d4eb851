using System.Text;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>Every screen has its picture, in every language and on every display; the files beside this one hold them.</summary>
public sealed class GalleryTests
{
    public static TheoryData<string, string> Files
    {
        get
        {
            var files = new TheoryData<string, string>();
            foreach (var home in Home.All)
                foreach (var size in DisplaySize.All)
                    files.Add(home.Code, size.ToString());
            return files;
        }
    }

    public static TheoryData<string> Codes => [.. Home.All.Select(home => home.Code)];

    public static TheoryData<string> Phases => [.. Enum.GetNames<TripPhase>()];

    public static TheoryData<string> Kinds => [.. Pending.Kinds.Select(Pending.NameOf)];

    /// <summary>With TAXIMETER_WRITE_DOCS set, the pictures are drawn anew instead of compared.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void The_pictures_are_what_the_code_shows(string code, string size) =>
        Pages.Hold($"tests/TaximeterAgent.Tests/Driver/Gallery/Pictures/{code}-{size}.txt", Album(HomeOf(code), SizeOf(size)));

    [Theory]
    [MemberData(nameof(Phases))]
    public void Every_phase_has_an_example_that_is_in_it(string name)
    {
        var phase = Enum.Parse<TripPhase>(name);
        foreach (var home in Home.All)
            Assert.Equal(phase, TripExamples.Of(phase, home).PhaseOf(TripExamples.Online(phase)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Everything_that_can_be_open_has_an_example_that_opens_it(string name)
    {
        var kind = Pending.Kinds.Single(kind => Pending.NameOf(kind) == name);
        var open = Pending.Of(kind).Open(Exhibits.View(Home.English, TripPhase.AskNumber), Home.English);
        Assert.Equal(kind, open switch
        {
            { Menu: { } menu } => menu.Page,
            { Amount: { } amount } => amount.Mode,
            _ => (Enum?)open.Entry?.Mode,
        });
    }

    [Fact]
    public void Every_phase_with_everything_that_can_be_open_has_a_picture()
    {
        foreach (var home in Home.All)
        {
            var names = Exhibits.Of(home).Select(exhibit => exhibit.Name).ToList();
            Assert.Equal(names.Count, names.Distinct().Count());
            foreach (var phase in Enum.GetValues<TripPhase>())
            {
                Assert.Contains(phase.ToString(), names);
                Assert.All(Pending.Kinds, kind => Assert.Contains($"{phase}{Exhibits.Over}{Pending.NameOf(kind)}", names));
            }
        }
    }

    /// <summary>How a phase or an entry that somebody adds is found out: by its name.</summary>
    [Fact]
    public void What_is_new_and_has_no_example_is_named()
    {
        var phase = Assert.Throws<ArgumentOutOfRangeException>(() => TripExamples.Of((TripPhase)999, Home.English));
        Assert.Contains("TripPhase.999", phase.Message, StringComparison.Ordinal);
        var page = Assert.Throws<ArgumentOutOfRangeException>(() => Pending.Of((MenuPage)999));
        Assert.Contains("MenuPage.999", page.Message, StringComparison.Ordinal);
        var entry = Assert.Throws<ArgumentOutOfRangeException>(() => Pending.Of((EntryMode)999));
        Assert.Contains("EntryMode.999", entry.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_screen_fits_its_display_and_has_all_its_lines(string code, string size)
    {
        var display = SizeOf(size);
        foreach (var exhibit in Exhibits.Of(HomeOf(code)))
        {
            var lines = Picture.Lines(exhibit.View, display, HomeOf(code));
            Assert.True(lines.Count == display.Rows, $"{exhibit.Name} has {lines.Count} lines");
            Assert.All(lines, line => Assert.True(line.Length <= display.Columns, $"{exhibit.Name}: '{line}' is longer than {display.Columns}"));
        }
    }

    /// <summary>On a small display the currency may go, but of what stands beside an amount nothing is cut off: half a word, or no mark that something goes on, misleads.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void What_stands_beside_an_amount_is_whole(string code)
    {
        var home = HomeOf(code);
        // The first line, but where the small display has room for the trip only and not for the title above it.
        var cut = Exhibits.Of(home).Where(exhibit => !Said(exhibit, DisplaySize.Large).Take(exhibit.View.Menu is { Prints: true } ? 2 : 1).Contains(Said(exhibit, DisplaySize.Small)[0]));
        Assert.Empty(cut.Select(exhibit => $"{exhibit.Name}: '{Said(exhibit, DisplaySize.Large)[0]}' is '{Said(exhibit, DisplaySize.Small)[0]}' on the small display"));

        List<string> Said(Exhibit exhibit, DisplaySize size) => [.. Picture.Lines(exhibit.View, size, home).Select(WithoutCurrency)];

        static string WithoutCurrency(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("kr" or "EUR")));
    }

    /// <summary>Paid is said of what is captured and of nothing else, not by a page's title beside what is due either.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void No_screen_says_paid_beside_an_amount_that_is_due(string code)
    {
        var home = HomeOf(code);
        var paid = Words.Of(home.Language).Paid;
        foreach (var size in DisplaySize.All)
        {
            foreach (var exhibit in Exhibits.Of(home).Where(exhibit => exhibit.View.Trip is { Unpaid: true }))
            {
                var first = Picture.Lines(exhibit.View, size, home)[0].Split(' ');
                Assert.False(first.Length > 1 && first[^1].Equals(paid, StringComparison.OrdinalIgnoreCase), $"{exhibit.Name}: '{string.Join(' ', first)}'");
            }
        }
    }

    /// <summary>The amount stays visible whatever is keyed or opened, as long as something is due.</summary>
    [Theory]
    [MemberData(nameof(Files))]
    public void While_something_is_due_its_amount_is_on_every_screen(string code, string size)
    {
        var home = HomeOf(code);
        foreach (var exhibit in Exhibits.Of(home).Where(exhibit => exhibit.View is { Trip.Unpaid: true, Amount: null, Car.StoreWritable: true }))
        {
            var shown = string.Join('\n', Picture.Lines(exhibit.View, SizeOf(size), home));
            Assert.True(shown.Contains(exhibit.View.Trip!.Attempts is [{ Amount.MinorUnits: 65_000_000 }] ? "650000,00" : "345,00", StringComparison.Ordinal), $"{exhibit.Name} does not show what is due:\n{shown}");
        }
    }

    // Each picture once, under the names of all that look so: what is open, and over which trips.
    private static string Album(Home home, DisplaySize size)
    {
        var text = new StringBuilder($"Every screen in {home.Language} on a display of {size}. Drawn by the tests: TAXIMETER_WRITE_DOCS=1 dotnet test tests/TaximeterAgent.Tests --filter Gallery\n");
        foreach (var picture in Exhibits.Of(home).GroupBy(exhibit => Picture.Drawn(exhibit.View, size, home)))
        {
            text.Append('\n');
            foreach (var names in picture.Select(exhibit => exhibit.Name.Split(Exhibits.Over)).GroupBy(parts => parts.ElementAtOrDefault(1)))
            {
                var trips = names.Select(parts => parts[0]).ToList();
                text.Append(names.Key is { } open ? open + " over " : "").Append(trips.Count > Enum.GetValues<TripPhase>().Length ? "anything" : string.Join(", ", trips)).Append('\n');
            }

            text.Append(picture.Key);
        }

        return text.ToString();
    }

    private static Home HomeOf(string code) => Home.All.Single(home => home.Code == code);

    private static DisplaySize SizeOf(string size) => DisplaySize.All.Single(display => display.ToString() == size);
}
