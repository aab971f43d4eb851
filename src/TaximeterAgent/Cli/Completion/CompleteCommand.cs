using System.CommandLine;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Describe;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Completion;

/// <summary>
/// <c>taximeter-agent complete trips</c>, which the completion scripts call: the newest trips, one a line, and nothing at all where they are not to be had. Every
/// other word stands in the scripts, because a person who presses TAB on the board does not wait for .NET to start.
/// </summary>
internal static class CompleteCommand
{
    public const string Name = "complete";

    private const int Newest = 50;

    public static Command Build(Option<string> file)
    {
        var trips = AgentCommand.Build("trips", "Prints the newest trips, by the shortest name that each has alone.", file, async (_, client, report, stop) =>
        {
            var (list, json) = await client.GetAsync($"/v1/trips?limit={Newest}", ControlJson.Default.TripListReport, stop);
            if (report.Json)
                await report.WriteJsonAsync(json);
            foreach (var name in report.Json ? [] : Names(list.Trips))
                await report.WriteLineAsync(name);
            return ExitCode.Ok;
        });
        return new Command(Name, "Prints words for a shell's completion.") { trips }.Hide();
    }

    /// <summary>The meter's number where no other of these trips has it, else the whole id; a booking by its name.</summary>
    internal static IEnumerable<string> Names(IReadOnlyList<TripReport> trips)
    {
        var alone = trips.Where(trip => trip.Trip is not null).GroupBy(trip => trip.Trip).Where(same => same.Count() == 1).Select(same => same.Key).ToHashSet();
        return trips.Select(trip => alone.Contains(trip.Trip) ? trip.Trip! : trip.Id);
    }
}
