using System.Text.RegularExpressions;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Core.Tests.Payments;

public sealed partial class ReferenceTests
{
    private const string Start = "2026-11-20T10:00:00Z";

    [Fact]
    public void It_is_prefix_car_label_check_and_attempt()
    {
        var reference = Reference.OfTrip("taxi", "NO4711", new TripId("NO-4711", "1042", Start), 2).ToString();
        Assert.Matches("^taxi-NO4711-1042-[0-9a-f]{8}-2$", reference);
    }

    [Fact]
    public void It_is_the_same_tomorrow_and_on_another_board() =>
        // A literal: an agent with an empty store and a newer version finds its old payments only if this never changes.
        Assert.Equal(
            "taxi-NO4711-1042-fe1e8f49-1",
            Reference.OfTrip("taxi", "NO-4711", new TripId("NO-4711", "1042", Start), 1).ToString());

    [Fact]
    public void A_reservation_is_labelled_b() =>
        Assert.Matches("^taxi-NO4711-b-[0-9a-f]{8}-1$", Reference.OfBooking("taxi", "NO-4711", "B-1", 1).ToString());

    [Fact]
    public void The_car_stands_without_hyphens() =>
        Assert.StartsWith("taxi-NO4711A-", Reference.OfBooking("taxi", "N-O-4711-A", "B-1", 1).ToString(), StringComparison.Ordinal);

    [Fact]
    public void The_longest_inputs_give_at_most_50_characters()
    {
        var nines = new string('9', TripId.PartMaximum);
        var longest = Reference.OfTrip("Abcdefghij", "ABCDEFGHIJKLMN", new TripId(nines, nines, nines), Reference.AttemptMaximum).ToString();
        Assert.Equal(Reference.Maximum, longest.Length);
        Assert.InRange(Reference.OfBooking("Abcdefghij", "ABCDEFGHIJKLMN", nines, Reference.AttemptMaximum).ToString().Length, 8, Reference.Maximum);
    }

    [Theory]
    [InlineData("1042")]
    [InlineData("a/b c|d=%")]
    [InlineData("Ærlig øre")]
    [InlineData("---")]
    [InlineData("00012345678901234567890")]
    public void Any_trip_number_gives_a_name_that_the_service_accepts(string trip)
    {
        var reference = Reference.OfTrip("T", "1", new TripId("m", trip, Start), 1).ToString();
        Assert.Matches(Accepted(), reference);
        Assert.True(Reference.TryParse(reference, out var again));
        Assert.Equal(reference, again.ToString());
    }

    [Fact]
    public void Two_identities_never_have_the_same_name()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 3_000; i++)
        {
            // Numbers recur: another meter, another start; a booking with the same text.
            Assert.True(seen.Add(Reference.OfTrip("taxi", "1", new TripId("m", $"{i}", Start), 1).ToString()));
            Assert.True(seen.Add(Reference.OfTrip("taxi", "1", new TripId("n", $"{i}", Start), 1).ToString()));
            Assert.True(seen.Add(Reference.OfTrip("taxi", "1", new TripId("m", $"{i}", $"{Start}{i}"), 1).ToString()));
            Assert.True(seen.Add(Reference.OfBooking("taxi", "1", $"{i}", 1).ToString()));
        }
    }

    [Fact]
    public void Parts_that_read_the_same_when_run_together_differ()
    {
        Assert.NotEqual(Reference.OfTrip("t", "1", new TripId("ab", "c", Start), 1), Reference.OfTrip("t", "1", new TripId("a", "bc", Start), 1));
        Assert.NotEqual(Reference.OfTrip("t", "1", new TripId("m", "c1", Start), 1), Reference.OfTrip("t", "1", new TripId("m", "c", "1" + Start), 1));
        // Labels are cut; the check tells the trips apart.
        Assert.NotEqual(
            Reference.OfTrip("t", "1", new TripId("m", "1234567890123", Start), 1),
            Reference.OfTrip("t", "1", new TripId("m", "1234567890124", Start), 1));
    }

    [Fact]
    public void Each_attempt_has_a_name_of_its_own()
    {
        var trip = new TripId("m", "1", Start);
        var names = Enumerable.Range(1, Reference.AttemptMaximum).Select(n => Reference.OfTrip("t", "1", trip, n)).ToHashSet();
        Assert.Equal(Reference.AttemptMaximum, names.Count);
    }

    [Theory]
    [InlineData("", "1", 1)]
    [InlineData("1a", "1", 1)]
    [InlineData("a-b", "1", 1)]
    [InlineData("abcdefghijk", "1", 1)]
    [InlineData("a", "", 1)]
    [InlineData("a", "--", 1)]
    [InlineData("a", "A B", 1)]
    [InlineData("a", "ABCDEFGHIJKLMNO", 1)]
    [InlineData("a", "1", 0)]
    [InlineData("a", "1", 100)]
    public void What_cannot_stand_in_a_name_is_refused(string prefix, string car, int attempt) =>
        Assert.ThrowsAny<ArgumentException>(() => Reference.OfBooking(prefix, car, "B-1", attempt));

    [Theory]
    [InlineData(null)]
    [InlineData("short-1")]
    [InlineData("with space-1")]
    [InlineData("with_underscore-1")]
    public void What_the_service_would_not_accept_is_not_read_as_a_name(string? text) => Assert.False(Reference.TryParse(text, out _));

    [GeneratedRegex("^[a-zA-Z0-9-]{8,50}$")]
    private static partial Regex Accepted();
}
