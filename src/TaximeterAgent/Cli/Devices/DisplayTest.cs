using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Cli.Devices;

/// <summary>Shows one picture after the other, for a person to look at. Knows only that there is a display, not what kind.</summary>
internal sealed class DisplayTest(ICharacterDisplay display, Language language, TextWriter output, TextWriter error, TimeProvider time)
{
    public const string Well = "ok, as far as the display answers: whether it could be read, who looked at it knows";

    private const string Ruler = "1234567890123456789012345678901234567890";

    /// <param name="each">How long each picture is shown.</param>
    /// <param name="stop">Ends it early.</param>
    public async Task<int> RunAsync(TimeSpan each, CancellationToken stop)
    {
        var reports = new DeviceReports();
        display.Start(reports.Add);
        try
        {
            var first = await reports.FirstAsync("The display", time, stop);
            if (first.State != DeviceState.Open)
                return await DeviceTest.TellAsync(first, error);
            await output.WriteLineAsync(first.Message);
            foreach (var (what, lines) in Pictures(language, display.Columns, display.Rows))
            {
                await output.WriteLineAsync(what);
                display.Show(lines);
                if (!await reports.StaysWellAsync(each, time, stop))
                    return await DeviceTest.TellAsync(await reports.Trouble, error);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Seen enough.
            return ExitCode.Interrupted;
        }

        await output.WriteLineAsync(Well);
        return ExitCode.Ok;
    }

    /// <summary>Every cell, every letter that is drawn for the language, and a screen as drivers know it.</summary>
    public static IEnumerable<(string What, IReadOnlyList<string> Lines)> Pictures(Language language, int columns, int rows)
    {
        var words = Words.Of(language);
        yield return ("every cell is filled", [.. Enumerable.Range(0, rows).Select(_ => new string('#', columns))]);
        yield return ("the lines are numbered, and ruled to their ends", [.. Enumerable.Range(1, rows).Select(row => $"{row}{Ruler[1..columns]}")]);
        yield return ("the language's letters: å ä ö æ ø in small and large, where it has them", ["åäöæø ÅÄÖÆØ", words.StoreFull]);
        yield return ("as when the taxi is free", [words.Ready, ""]);
    }
}
