using System.Globalization;
using System.Text;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>Writes the page that a driver keeps in the car: short, in the driver's language, with pictures of the small display.</summary>
internal static class GuidePage
{
    public static string PathOf(Home home) => $"docs/driver/{home.Code}.md";

    public static string Write(Home home)
    {
        var words = Words.Of(home.Language);
        var guide = Guide.Of(home);
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # {guide.Title}

            <!-- Written by the tests: TAXIMETER_WRITE_DOCS=1 dotnet test tests/TaximeterAgent.Tests --filter Gallery -->

            {guide.Rule}

            {guide.Keys}

            ## {guide.Take}

            {Pictures(home, Trip(TripPhase.AskNumber), Trip(TripPhase.AskNumber, Pending.Of(EntryMode.Number)), Trip(TripPhase.WaitingForCustomer), Trip(TripPhase.Paid))}

            {string.Join('\n', guide.Steps.Select((step, at) => $"{at + 1}. {step}"))}

            ## {guide.Nothing}

            {Pictures(home, Trip(TripPhase.Refused), Trip(TripPhase.Expired), Trip(TripPhase.Offline))}

            {guide.NothingText}

            ## {guide.NoWait}

            {Pictures(home, Trip(TripPhase.WaitingForCustomer, Pending.Of(EntryMode.Choice)), Trip(TripPhase.WaitingForCustomer, Pending.Of(EntryMode.OtherWay)), Trip(TripPhase.OtherWay))}

            {guide.NoWaitText}

            ## {guide.Code}

            {Pictures(home, OnPaper("0, not yet confirmed"), OnPaper("printed"), OnPaper("not printed"))}

            {guide.CodeText}

            ## {words.Unsure}

            {Pictures(home, Trip(TripPhase.Uncertain))}

            {guide.UnsureText}

            ## {guide.Approved}

            {Pictures(home, Trip(TripPhase.QuestionApproved))}

            {guide.ApprovedText}

            ## {guide.Menu}

            {Pictures(home, Trip(TripPhase.Refused, Pending.Of(MenuPage.Unpaid)), Trip(null, Pending.Of(MenuPage.Main)), Trip(null, Pending.Of(MenuPage.RefundSure)))}

            {guide.MenuText}

            ## {guide.Trouble}

            - **{words.NoNetwork}**, **{words.KeptForNetwork}**: {guide.NoNetwork}
            - **{words.MeterSilent}**: {guide.MeterSilent}
            - **{words.IgnitionOff}**: {guide.IgnitionOff}
            - **{words.StoreFull}**, **{words.OutOfOrder}**: {guide.StoreFull}
            - **{words.Stopped}**: {guide.Stopped}

            """);
        return page.ToString();

        ScreenView OnPaper(string what) => Exhibits.Of(home).Single(exhibit => exhibit.Name == Exhibits.Code + what).View;

        ScreenView Trip(TripPhase? phase, Pending? open = null) => Exhibits.View(home, phase, (open ?? Pending.Nothing).Open);
    }

    // Side by side, as many as a printed page is wide.
    private static string Pictures(Home home, params ReadOnlySpan<ScreenView> views)
    {
        var rows = new string[DisplaySize.Small.Rows + 2];
        foreach (var view in views)
        {
            var box = Picture.Box(Picture.Lines(view, DisplaySize.Small, home), DisplaySize.Small);
            for (var row = 0; row < rows.Length; row++)
                rows[row] = rows[row] is { } before ? before + "  " + box[row] : box[row];
        }

        return "```\n" + string.Join('\n', rows) + "\n```";
    }
}
