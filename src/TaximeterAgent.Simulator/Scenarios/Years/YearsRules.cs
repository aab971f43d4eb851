using System.Globalization;

namespace TaximeterAgent.Simulator.Scenarios.Years;

/// <summary>What must hold after years. Each rule says what it found wrong, one sentence per finding.</summary>
internal static class YearsRules
{
    /// <summary>How long a history is kept by itself, in days.</summary>
    public const int HistoryDays = 400;

    /// <summary>How long a number is kept by itself, in days.</summary>
    public const int NumberDays = 7;

    /// <summary>What an identity may take with all that a tree leaves free, in bytes.</summary>
    private const int IdentityBytes = 100;

    /// <summary>Pages that come and go.</summary>
    private const int Slack = 64 << 10;

    /// <summary>From this year's end on the file may grow by nothing but identities.</summary>
    private const int Settled = 3;

    public static IReadOnlyList<Func<YearsEvidence, IEnumerable<string>>> All { get; } =
        [HistoryIsBounded, HistoryIsKept, TheFileIsFlat, TripsAreKnown, NumbersAreGone, TheClockDestroysNothing, OldWordsChargeNobody];

    public static IEnumerable<string> Judge(YearsEvidence evidence) => All.SelectMany(rule => rule(evidence));

    public static IEnumerable<string> HistoryIsBounded(YearsEvidence evidence)
    {
        StoreReading end = evidence.Ends[^1];
        // Lines of a visit to the garage that was longer ago go with the next.
        if (end.OldestLine is { } oldest && (end.At - oldest).TotalDays > HistoryDays + TenYears.DaysBetween + 1)
            yield return $"a line of history is {(end.At - oldest).TotalDays:0} days old, {HistoryDays} are kept";
        int young = evidence.Rides.Count(ride => (end.At - ride.At).TotalDays <= HistoryDays + TenYears.DaysBetween + 1);
        if (end.Trips > young)
            yield return $"{end.Trips} trips are kept, {young} are young enough";
    }

    public static IEnumerable<string> HistoryIsKept(YearsEvidence evidence)
    {
        StoreReading end = evidence.Ends[^1];
        int young = evidence.Rides.Count(ride => (end.At - ride.At).TotalDays < HistoryDays - 1);
        if (end.Trips < young)
            yield return $"{end.Trips} trips are kept, and {young} are younger than {HistoryDays} days";
        if (end.OldestLine is not { } oldest || (end.At - oldest).TotalDays < HistoryDays - (2 * TenYears.DaysBetween))
            yield return "history is gone that is younger than what is kept";
    }

    public static IEnumerable<string> TheFileIsFlat(YearsEvidence evidence)
    {
        (StoreReading settled, StoreReading end) = (evidence.Ends[Settled - 1], evidence.Ends[^1]);
        long most = settled.Bytes + ((end.Identities - settled.Identities) * IdentityBytes) + Slack;
        if (end.Bytes > most)
            yield return string.Create(CultureInfo.InvariantCulture, $"the store has {end.Bytes} bytes, after {Settled} years it had {settled.Bytes}: that is more than identities take");
    }

    public static IEnumerable<string> TripsAreKnown(YearsEvidence evidence)
    {
        foreach (var trip in evidence.Forgotten)
            yield return $"{trip} is not known any more";
        if (evidence.Ends[^1].Identities < evidence.Rides.Count)
            yield return $"{evidence.Ends[^1].Identities} trips are known of {evidence.Rides.Count}";
    }

    public static IEnumerable<string> NumbersAreGone(YearsEvidence evidence)
    {
        DateTimeOffset now = evidence.Ends[^1].At;
        foreach (PaidRide ride in evidence.Rides.Where(ride => (now - ride.At).TotalDays > NumberDays + 1 && evidence.NumbersFound.Contains(ride.Digits)))
            yield return $"the number of the customer of {ride.Trip} is in the store's files after {(now - ride.At).TotalDays:0} days";
        // The last one's is there to show that the search can see.
        if (!evidence.NumbersFound.Contains(evidence.Rides[^1].Digits))
            yield return "the number of the last customer is not found in the store's files: either it was wiped too early, or the search is blind";
    }

    public static IEnumerable<string> TheClockDestroysNothing(YearsEvidence evidence)
    {
        (StoreReading before, StoreReading after) = evidence.WrongClock;
        if (after.Lines < before.Lines || after.Trips < before.Trips)
            yield return $"a clock that stood wrong has cost history: {before.Lines} lines of {before.Trips} trips before, {after.Lines} of {after.Trips} after";
    }

    public static IEnumerable<string> OldWordsChargeNobody(YearsEvidence evidence)
    {
        if (evidence.Again.Count == 0)
            yield return "nothing was said again";
        foreach (SaidAgain said in evidence.Again.Where(said => said.Refusal != said.Expected))
            yield return $"{said.What}, said again after years, was answered with {said.Refusal ?? "ACK"}, expected {said.Expected ?? "ACK"}";
        if (evidence.Ledger.Before != evidence.Ledger.After)
            yield return $"what was said again has changed the ledger: {evidence.Ledger.Before} before, {evidence.Ledger.After} after";
    }
}
