using System.Text;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>Writes docs/driver.md: every screen with its picture, what it says and what the keys do there.</summary>
internal static class DriverPage
{
    public const string Path = "docs/driver.md";

    private static readonly Home s_home = Home.English;

    public static string Write()
    {
        var page = new StringBuilder("""
            # The driver's display and keys

            <!-- Written by the tests: TAXIMETER_WRITE_DOCS=1 dotnet test tests/TaximeterAgent.Tests --filter Gallery. The words are in tests/TaximeterAgent.Tests/Driver/Gallery. -->

            One page per language to print and keep in the car:
            """);
        page.Append(' ').AppendJoin(", ", Home.All.Select(home => $"[{Guide.Of(home).Name}](driver/{home.Code}.md)")).Append(".\n\n").Append("""
            The display has two lines of 16 characters, or four of 20; both show the same, the larger one with more words. All pictures below are what the code shows, in
            English, in a Norwegian car; a test holds this page to it. The pictures of every screen in every language are in
            `tests/TaximeterAgent.Tests/Driver/Gallery/Pictures`.

            ## Keys

            A pad of three by four is enough. Pads with more keys have short cuts.

            | key | on other pads | does |
            |---|---|---|
            | `0`–`9` | | digits; where the display numbers its choices, the choice |
            | `#` | Enter, OK | confirms; on a screen that has nothing to confirm it opens the menu, at the unpaid trips if there are others than the one shown |
            | `*` | Escape, Clear, Delete | no, back, away with the digits |
            | `←` | Backspace, `-` | away with the last digit; back |
            | `↑` `↓` | `+` | the next open trip; in the menu the lines before and behind |
            | Menu | Tab, `/`, `D` | opens the menu, closes it |
            | `A` `B` `C` | | unpaid trips, paid trips, state |

            A key that is not named for a screen does nothing there. From every screen some presses of `*` lead back. The menu closes by itself after half a minute
            without a key. While something is being keyed no fare that comes takes its place.

            A first payment: the fare comes, eight digits, `#`: nine keys. With a number from the taxi app: none. Once more to the same number: `1`.

            ## A trip, from the fare to the money


            """);
        foreach (var phase in Enum.GetValues<TripPhase>())
            Append(page, phase.ToString(), Exhibits.View(s_home, phase), Captions.Of(phase));
        page.Append("## While keys are pressed\n\n");
        foreach (var kind in Pending.Kinds.Where(kind => kind is not MenuPage))
            Append(page, Pending.NameOf(kind), Exhibits.View(s_home, kind is EntryMode.Choice or EntryMode.OtherWay ? TripPhase.WaitingForCustomer : kind is EntryMode ? TripPhase.AskNumber : null, Pending.Of(kind).Open), Captions.Of(kind));
        page.Append("What cannot become a number is said before it is confirmed:\n\n");
        AppendAll(page, "EntryMode.Number, ");
        page.Append("## A code on paper\n\nIn a car with a printer, for a customer who does not want to say a number: `0` and confirm where a number is asked for. "
            + "The customer scans the slip with the phone's camera and approves in the app. `0` prints the same slip again, which is the same payment; "
            + "`*` leads to a number or to another way to pay, and ends the code first.\n\n");
        AppendAll(page, Exhibits.Code);
        page.Append("## The menu\n\nWhile something is due its amount stays on the first line.\n\n");
        foreach (var kind in Pending.Kinds.OfType<MenuPage>())
            Append(page, Pending.NameOf(kind), Exhibits.View(s_home, null, Pending.Of(kind).Open), Captions.Of(kind));
        AppendAll(page, "the menu, ");
        page.Append("## When something is wrong\n\nIt stands below what is due, or below \"Ready\":\n\n");
        foreach (var trouble in Exhibits.Of(s_home).Where(exhibit => exhibit.Name.StartsWith(Exhibits.NoTrip + Exhibits.Over, StringComparison.Ordinal) && exhibit.View is { Menu: null, Amount: null }))
            AppendPicture(page, trouble.Name[(Exhibits.NoTrip + Exhibits.Over).Length..], trouble.View);
        return page.ToString().TrimEnd() + "\n";
    }

    private static void AppendAll(StringBuilder page, string prefix)
    {
        foreach (var exhibit in Exhibits.Of(s_home).Where(exhibit => exhibit.Name.StartsWith(prefix, StringComparison.Ordinal)))
            AppendPicture(page, exhibit.Name[prefix.Length..], exhibit.View);
    }

    private static void Append(StringBuilder page, string name, ScreenView view, Caption caption)
    {
        page.Append("### ").Append(name).Append("\n\n").Append(caption.Says).Append("\n\n```\n").Append(Picture.OnBoth(view, s_home)).Append("```\n\n");
        if (caption.Keys.Length == 0)
            return;
        page.Append("| key | does |\n|---|---|\n");
        foreach (var (key, does) in caption.Keys)
            page.Append("| ").Append(key).Append(" | ").Append(does).Append(" |\n");
        page.Append('\n');
    }

    private static void AppendPicture(StringBuilder page, string what, ScreenView view) =>
        page.Append(char.ToUpperInvariant(what[0])).Append(what[1..]).Append(":\n\n```\n").Append(Picture.OnBoth(view, s_home)).Append("```\n\n");
}
