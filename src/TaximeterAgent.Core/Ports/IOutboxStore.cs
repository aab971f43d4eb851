namespace TaximeterAgent.Core.Ports;

/// <summary>An outbox with what the agent asks of its store besides storing: upkeep, and reading for people. Used from one thread.</summary>
public interface IOutboxStore : IOutbox
{
    /// <summary>True if there was no outbox and this one was made: payments of an earlier one may be out there.</summary>
    bool IsNew { get; }

    /// <summary>The database file.</summary>
    string File { get; }

    /// <summary>What is kept for when the disk is full.</summary>
    IOutboxReserve Reserve { get; }

    /// <summary>Lists and histories, on the outbox's own thread.</summary>
    IOutboxReader Reader { get; }

    /// <summary>
    /// A reader for another thread, so that commits hardly ever wait for people. It shows at least what was committed before the last <see cref="Publish"/>. To be disposed of
    /// before the outbox.
    /// </summary>
    /// <exception cref="OutboxUnusableException">It cannot be read.</exception>
    IOutboxReader OpenReader();

    /// <summary>Makes all that was committed visible to other readers.</summary>
    /// <returns>False if there is no room for it: all is as it was, and nothing is lost.</returns>
    /// <exception cref="OutboxFailedException">As with <see cref="IOutbox.Commit"/>.</exception>
    bool Publish();

    /// <summary>Brings what the last commits have left beside the database into it, so that it holds all by itself. Costs nothing if there is nothing to bring.</summary>
    /// <exception cref="OutboxFailedException">As with <see cref="IOutbox.Commit"/>.</exception>
    void Idle();

    /// <summary>What was committed without a sync is on the disk when this returns.</summary>
    /// <exception cref="OutboxFailedException">As with <see cref="IOutbox.Commit"/>.</exception>
    void Flush();

    /// <summary>
    /// Removes the phone numbers of trips that were closed before a time, from their states and from operations left over, and then from every file of the outbox.
    /// </summary>
    /// <param name="closedBefore">By the car's clock.</param>
    /// <param name="atMost">Trips in one call.</param>
    /// <exception cref="TripStateUnreadableException">What is stored is not a state that this agent knows.</exception>
    WipeResult WipePhones(DateTimeOffset closedBefore, int atMost = 200);

    /// <summary>
    /// A trip that was closed while the clock stood wrong, later than now or before there was an agent, is taken for closed now: it is kept neither for ever nor no time at all.
    /// </summary>
    /// <param name="now">A time that is certain.</param>
    /// <param name="atMost">Trips in one call.</param>
    /// <returns>How many trips that were; call again until it is 0.</returns>
    int StampAnew(DateTimeOffset now, int atMost = 500);

    /// <summary>
    /// Removes history that is old or too much, and closed trips that have none left and are old or too many. What is under way stays, and what the driver can still turn to; what
    /// a person has to look at stays with its lines, as long as those are not too many. Identities stay for ever: a repeat is known however old it is.
    /// </summary>
    /// <param name="olderThan">Lines and trips older than this, by the car's clock at the time; null where no time is certain: then nothing is too old.</param>
    /// <param name="maximumLines">Lines to keep at most, whatever their age; of closed trips a tenth of it, but not less than <see cref="OutboxRetention.TripsKept"/>.</param>
    /// <param name="atMost">Lines, and trips, in one call.</param>
    /// <param name="now">Lines from later than this are from a clock that stood wrong, and go with their neighbours; null where that is not known.</param>
    /// <returns>How many lines and trips were removed; call again until it is 0.</returns>
    int Prune(DateTimeOffset? olderThan, long maximumLines, int atMost = 500, DateTimeOffset? now = null);
}

/// <summary>What a wipe did.</summary>
/// <param name="Trips">Trips whose phone numbers were removed.</param>
/// <param name="More">There are more; call again.</param>
/// <param name="Erased">The old bytes are gone from the files too. False while somebody reads the outbox: call again later.</param>
public sealed record WipeResult(int Trips, bool More, bool Erased);
