using TaximeterAgent.Meter.Serial;

namespace TaximeterAgent.Tests.Meter.Serial;

public class ReceivedBytesTests
{
    private readonly ReceivedBytes _bytes = new();

    [Fact]
    public void Pieces_that_come_before_they_are_taken_are_one_piece_of_work()
    {
        Assert.True(_bytes.Add("a"u8));
        Assert.False(_bytes.Add("b"u8));
        Assert.Equal("ab"u8, _bytes.Take());
        Assert.True(_bytes.Add("c"u8));
        Assert.Equal("c"u8, _bytes.Take());
    }

    [Fact]
    public void If_nobody_could_be_told_the_next_bytes_try_again()
    {
        Assert.True(_bytes.Add("a"u8));
        _bytes.NotTaken();
        Assert.True(_bytes.Add("b"u8));
        Assert.Equal("ab"u8, _bytes.Take());
    }

    [Fact]
    public void What_does_not_fit_is_dropped_and_counted()
    {
        _bytes.Add(new byte[ReceivedBytes.Capacity - 1]);
        _bytes.Add("xyz"u8);
        Assert.Equal(2, _bytes.Dropped);
        Assert.Equal((byte)'x', _bytes.Take()[^1]);
        _bytes.Add("new"u8);
        Assert.Equal("new"u8, _bytes.Take());
    }
}
