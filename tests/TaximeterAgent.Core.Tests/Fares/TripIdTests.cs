using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Tests.Fares;

public sealed class TripIdTests
{
    private const string Start = "2026-11-20T10:00:00Z";

    [Fact]
    public void A_trip_is_the_same_only_if_meter_number_and_start_are_the_same_byte_for_byte()
    {
        var trip = new TripId("NO-4711", "1042", Start);
        Assert.Equal(trip, new TripId("NO-4711", "1042", Start));
        Assert.NotEqual(trip, new TripId("no-4711", "1042", Start));
        Assert.NotEqual(trip, new TripId("NO-4711", "01042", Start));
        Assert.NotEqual(trip, new TripId("NO-4711", "1042", "2026-11-20T11:00:00+01:00"));
    }

    [Fact]
    public void It_is_written_as_meter_trip_start() => Assert.Equal($"NO-4711/1042/{Start}", new TripId("NO-4711", "1042", Start).ToString());

    [Theory]
    [InlineData("", "1", Start)]
    [InlineData("m", "", Start)]
    [InlineData("m", "1", "")]
    [InlineData("m\n", "1", Start)]
    [InlineData("m", "1\0", Start)]
    public void No_part_is_empty_or_holds_a_control_character(string meter, string trip, string start) =>
        Assert.Throws<ArgumentException>(() => new TripId(meter, trip, start));

    [Fact]
    public void A_part_has_at_most_64_characters()
    {
        var longest = new string('9', TripId.PartMaximum);
        Assert.Equal(longest, new TripId(longest, longest, longest).Trip);
        Assert.Throws<ArgumentException>(() => new TripId("m", longest + "9", Start));
    }
}
