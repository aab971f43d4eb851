using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Ports;

/// <summary>What is removed from every store by the same rule, whatever it is made of.</summary>
public static class OutboxRetention
{
    /// <summary>So many closed trips are kept in any case, whatever the history's largest size.</summary>
    public const int TripsKept = 1_000;

    /// <summary>A trip has a dozen lines, one that goes wrong more.</summary>
    private const int LinesForATrip = 10;

    // A clock that is further off than this stood wrong; see AgeClock.
    private static readonly TimeSpan s_clocksDiffer = TimeSpan.FromDays(1);

    /// <summary>What says an earlier time, in Unix milliseconds, was written by a clock that stood wrong: there was no agent then.</summary>
    public static long Earliest { get; } = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>What says a later time, in Unix milliseconds, was written by a clock that stood wrong.</summary>
    public static long Latest(DateTimeOffset now) => (now + s_clocksDiffer).ToUnixTimeMilliseconds();

    /// <summary>How many closed trips are kept beside so many lines of history.</summary>
    public static long TripsToKeep(long maximumLines) => Math.Max(TripsKept, maximumLines / LinesForATrip);

    /// <summary>
    /// The names by which a trip that is removed must still be known as settled: what was settled otherwise before its fare came is known by a name without content, and if that
    /// were forgotten the fare would be asked for.
    /// </summary>
    public static IEnumerable<Identity> NamesToKeepSettled(TripState state)
    {
        if (state.Fare is not null || state.Settled == SettledBy.Nobody)
            yield break;
        if (state.Trip is { } trip)
            yield return Identity.OfTrip(trip);
        if (state.BookingName is { } booking)
            yield return Identity.OfBooking(booking);
    }
}
