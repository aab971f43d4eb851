using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Payments;

public sealed class HappyPathTests
{
    [Fact]
    public void A_fare_whose_number_is_known_is_requested_captured_and_told_to_the_meter()
    {
        var s = new TripScript().Fare().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Equal(34_500, s.LastWord.Amount);
        Assert.Equal(34_500, s.Server.Single.Captured);
        Assert.Single(s.Words);
        Assert.Empty(s.Alarms);
    }

    [Fact]
    public void A_fare_without_a_number_waits_for_the_driver()
    {
        var s = new TripScript().Fare(phone: null).RunToTheEnd();
        Assert.Empty(s.Sent);
        s.Number().RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
    }

    [Fact]
    public void A_booking_is_reserved_ahead_captured_in_part_and_the_rest_released()
    {
        var s = new TripScript().Book(50_000).RunMinutes(30).Fare(booking: "B-1").RunToTheEnd().AssertTruth();
        Assert.Equal(WordKind.Paid, s.LastWord.Kind);
        Assert.Equal((34_500, 15_500), (s.Server.Single.Captured, s.Server.Single.Cancelled));
    }
}
