using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

/// <summary>Bytes that are read at another speed than they were sent at.</summary>
public sealed class WireSpeedTests
{
    private static readonly byte[] s_frame = [.. "\u0002PING|1|00000000\u0003"u8];

    [Fact]
    public void At_the_same_speed_they_arrive_as_they_were_sent() => Assert.Equal(s_frame, WireSpeed.Reread(s_frame, 9_600, 9_600));

    [Fact]
    public void A_speed_that_is_a_little_off_does_no_harm() => Assert.Equal(s_frame, WireSpeed.Reread(s_frame, 9_600, 9_800));

    // At twice the speed each bit is seen twice: the start bit, and then 0101… in pairs.
    [Fact]
    public void At_twice_the_speed_each_bit_is_seen_twice() => Assert.Equal(0b0011_0011 << 1 & 0xFE, WireSpeed.Reread([0x55], 9_600, 19_200)[0] & 0xFE);

    [Theory]
    [InlineData(9_600, 19_200)]
    [InlineData(19_200, 9_600)]
    [InlineData(38_400, 19_200)]
    public void At_another_speed_something_arrives_and_no_frame(int sentAt, int readAt)
    {
        var heard = WireSpeed.Reread(s_frame, sentAt, readAt);
        Assert.True(heard.Length > 3);
        Assert.NotEqual(s_frame, heard);
    }
}
