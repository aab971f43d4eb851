using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios.Years;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>Each judge of the ten years, with years that were as they should be and such that were not.</summary>
public sealed class YearsRulesTests
{
    private const int RidesAYear = 8;

    private static readonly DateTimeOffset s_begin = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Years_as_they_should_be_pass() => Assert.Empty(YearsRules.Judge(Good()));

    [Theory]
    [InlineData(500, 9, "a line of history is 500 days old")]
    [InlineData(380, 30, "30 trips are kept")]
    public void History_without_bound_is_found(int daysOld, int trips, string finding) =>
        Finds(YearsRules.HistoryIsBounded, Changed(end => end with { OldestLine = end.At.AddDays(-daysOld), Trips = trips }), finding);

    [Theory]
    [InlineData(380, 3, "3 trips are kept, and 9 are younger")]
    [InlineData(40, 9, "history is gone")]
    [InlineData(-1, 9, "history is gone")]
    public void History_that_went_too_early_is_found(int daysOld, int trips, string finding) =>
        Finds(YearsRules.HistoryIsKept, Changed(end => end with { OldestLine = daysOld < 0 ? null : end.At.AddDays(-daysOld), Trips = trips }), finding);

    [Fact]
    public void A_file_that_grows_is_found() => Finds(YearsRules.TheFileIsFlat, Changed(end => end with { Bytes = 250_000 }), "the store has 250000 bytes");

    [Fact]
    public void Trips_that_are_not_known_any_more_are_found()
    {
        var good = Good();
        Finds(YearsRules.TripsAreKnown, good with { Forgotten = [good.Rides[0].Trip] }, "is not known any more");
        Finds(YearsRules.TripsAreKnown, Changed(end => end with { Identities = 9 }), "9 trips are known of 80");
    }

    [Fact]
    public void A_number_that_stays_is_found_and_so_is_a_search_that_is_blind()
    {
        var good = Good();
        Finds(YearsRules.NumbersAreGone, good with { NumbersFound = [good.Rides[5].Digits, good.Rides[^1].Digits] }, $"the number of the customer of {good.Rides[5].Trip}");
        Finds(YearsRules.NumbersAreGone, good with { NumbersFound = [] }, "the search is blind");
    }

    [Theory]
    [InlineData(10, 9)]
    [InlineData(90, 1)]
    public void A_clock_that_destroys_history_is_found(int lines, int trips)
    {
        var good = Good();
        Finds(YearsRules.TheClockDestroysNothing, good with { WrongClock = (good.WrongClock.Before, good.WrongClock.After with { Lines = lines, Trips = trips }) }, "a clock that stood wrong has cost history");
    }

    [Fact]
    public void An_old_word_with_another_answer_or_another_ledger_is_found()
    {
        var good = Good();
        Finds(YearsRules.OldWordsChargeNobody, good with { Again = [new SaidAgain("FARE|x", "conflict", null)] }, "was answered with conflict, expected ACK");
        Finds(YearsRules.OldWordsChargeNobody, good with { Again = [new SaidAgain("FARE|x", null, "conflict")] }, "was answered with ACK, expected conflict");
        Finds(YearsRules.OldWordsChargeNobody, good with { Again = [] }, "nothing was said again");
        Finds(YearsRules.OldWordsChargeNobody, good with { Ledger = ("80 payments", "81 payments") }, "has changed the ledger");
    }

    [Fact]
    public void A_trips_identity_is_the_first_half_of_the_hash_of_its_names() =>
        Assert.Equal("9E91E47A8A09B754", StoreReading.Identity(new TripKey("m", "1", "2026-11-03T11:31:00+01:00"))[..16]);

    private static void Finds(Func<YearsEvidence, IEnumerable<string>> rule, YearsEvidence evidence, string finding) =>
        Assert.Contains(rule(evidence), fault => fault.Contains(finding, StringComparison.Ordinal));

    private static YearsEvidence Changed(Func<StoreReading, StoreReading> change)
    {
        var good = Good();
        return good with { Ends = [.. good.Ends.SkipLast(1), change(good.Ends[^1])] };
    }

    private static YearsEvidence Good()
    {
        List<PaidRide> rides = [.. Enumerable.Range(1, 10 * RidesAYear).Select(ride =>
            new PaidRide(new TripKey("m", $"{ride}", "t"), $"4{ride:D7}", s_begin.AddDays(ride * TenYears.DaysBetween)))];
        StoreReading End(int year) => new(
            rides[(year * RidesAYear) - 1].At.AddHours(1), year == 1 ? 98_304 : 114_688, 100, 9, year * RidesAYear, rides[(year * RidesAYear) - 1].At.AddDays(-380));
        return new YearsEvidence
        {
            Ends = [.. Enumerable.Range(1, 10).Select(End)],
            WrongClock = (End(7), End(8)),
            Rides = rides,
            NumbersFound = [rides[^1].Digits],
            Forgotten = [],
            Again = [new SaidAgain("FARE|x", null, null), new SaidAgain("FARE|y", "conflict", "conflict")],
            Ledger = ("80 payments", "80 payments"),
        };
    }
}
