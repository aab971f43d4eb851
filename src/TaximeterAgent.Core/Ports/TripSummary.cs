using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Ports;

/// <summary>A trip as people are shown it.</summary>
/// <param name="Key">The store's own name of the trip.</param>
/// <param name="Trip">Null for a booking whose fare has not come.</param>
/// <param name="Booking">The booking's name.</param>
/// <param name="LearntAt">When it was first stored, by the car's clock.</param>
/// <param name="ChangedAt">When it was last stored.</param>
/// <param name="ClosedAt">Since when nothing is under way; null while it is open.</param>
/// <param name="Open">Money or a request can still be out there, or someone has to be told.</param>
/// <param name="Unpaid">A new request could still be made.</param>
/// <param name="Failed">A person has to look.</param>
/// <param name="Total">What is due; null before the fare.</param>
/// <param name="Kept">Captured and meant to be kept, minor units.</param>
/// <param name="Refunded">Minor units.</param>
/// <param name="MaskedPhone">Whom the last request asked.</param>
/// <param name="Word">What the meter is told.</param>
/// <param name="References">The payments tried, in order.</param>
/// <param name="Stopped">Why nothing more is sent for it.</param>
public sealed record TripSummary(
    long Key,
    TripId? Trip,
    string? Booking,
    DateTimeOffset LearntAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ClosedAt,
    bool Open,
    bool Unpaid,
    bool Failed,
    Money? Total,
    long Kept,
    long Refunded,
    string? MaskedPhone,
    Word? Word,
    IReadOnlyList<Reference> References,
    string? Stopped)
{
    /// <summary>What is shown of a stored trip.</summary>
    /// <param name="key">The store's own name of it.</param>
    /// <param name="state">As it was read back.</param>
    /// <param name="times">When it was learnt, changed and closed, in Unix milliseconds.</param>
    /// <param name="flags">What the store keeps of it to find it by.</param>
    public static TripSummary Of(long key, TripState state, (long Learnt, long Changed, long? Closed) times, (bool Open, bool Unpaid, bool Failed) flags) => new(
        key,
        state.Trip,
        state.BookingName,
        DateTimeOffset.FromUnixTimeMilliseconds(times.Learnt),
        DateTimeOffset.FromUnixTimeMilliseconds(times.Changed),
        times.Closed is { } closed ? DateTimeOffset.FromUnixTimeMilliseconds(closed) : null,
        flags.Open,
        flags.Unpaid,
        flags.Failed,
        state.Fare?.Total,
        state.Kept,
        state.Refunded,
        state.Phone?.Masked,
        state.Word,
        [.. state.Attempts.Select(a => a.Reference)],
        state.Stopped);

    /// <summary>True for what only a person can put right.</summary>
    public static bool NeedsPerson(TripState state) =>
        !state.GivenUp && (state.Stopped is not null || state.RefundRefused || state.Attempts.Any(a => a.Receipt == ReceiptState.Refused || a.Ending == Ending.Foreign));
}

/// <summary>Which trips to list.</summary>
public enum TripFilter
{
    All,
    Open,
    Unpaid,
    Failed,
}

/// <summary>How much there is.</summary>
/// <param name="Open">Trips with something under way.</param>
/// <param name="Unpaid">Trips for which a new request could be made.</param>
/// <param name="Failed">Trips that a person has to look at.</param>
/// <param name="Operations">Operations stored for open trips.</param>
/// <param name="HistoryLines">Lines of history, about.</param>
/// <param name="DatabaseBytes">The database without its WAL.</param>
public sealed record OutboxCounts(long Open, long Unpaid, long Failed, long Operations, long HistoryLines, long DatabaseBytes);
