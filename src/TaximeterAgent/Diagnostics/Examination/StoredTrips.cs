using System.Globalization;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Outbox;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>The newest trips with their stories: from the running agent, or where none answers from a copy of its database.</summary>
internal static class StoredTrips
{
    /// <summary>The newest, newest first; stories of payments are read from no more.</summary>
    public const int Newest = 20;

    /// <summary>What it means that they cannot be read: where there is no outbox yet no trip can be in trouble.</summary>
    public static Examined Unread(Patient patient) => patient.WithoutCopy is { Trouble: OutboxTrouble.Missing }
        ? Examined.Well
        : Examined.Unseen("the trips cannot be read: this user may not, or the database does not let them");

    /// <summary>Gives them one after the other, so that whoever has seen enough reads no more.</summary>
    /// <returns>Null if they cannot be read.</returns>
    public static async Task<IReadOnlyList<Func<Task<TripDetailReport?>>>?> OfAsync(Patient patient, CancellationToken stop)
    {
        if (patient.Status is not null)
        {
            try
            {
                var (list, _) = await patient.Agent.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/trips?limit={Newest}"), ControlJson.Default.TripListReport, stop);
                return [.. list.Trips.Select(trip => (Func<Task<TripDetailReport?>>)(() => AskAsync(patient, trip.Id, stop)))];
            }
            catch (CommandFailedException)
            {
                return null;
            }
        }

        if (patient.Copied(stop) is not { } copy || !(await copy.TripsAsync(new TripQuery(Limit: Newest), stop)).Succeeded(out _, out var copied))
            return null;
        return [.. copied.Trips.Select(trip => (Func<Task<TripDetailReport?>>)(async () => (await copy.TripAsync(trip.Id, stop)).Succeeded(out _, out var detail) ? detail : null))];
    }

    private static async Task<TripDetailReport?> AskAsync(Patient patient, string trip, CancellationToken stop)
    {
        try
        {
            return (await patient.Agent.GetAsync(AgentCommand.PathOf(trip), ControlJson.Default.TripDetailReport, stop)).Value;
        }
        catch (CommandFailedException)
        {
            return null;
        }
    }
}
