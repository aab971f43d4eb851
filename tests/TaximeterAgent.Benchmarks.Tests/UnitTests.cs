namespace TaximeterAgent.Benchmarks.Tests;

/// <summary>Numbers that a person can read.</summary>
public sealed class UnitTests
{
    [Theory]
    [InlineData(2.5, "2.5s")]
    [InlineData(0.0123456, "12.3ms")]
    [InlineData(0.000456, "456us")]
    [InlineData(0, "0ns")]
    public void Seconds(double value, string text) => Assert.Equal([text], Unit.Seconds.Write(value));

    [Theory]
    [InlineData(700, "700B")]
    [InlineData(49152, "48KiB")]
    [InlineData(3.5 * 1024 * 1024, "3.5MiB")]
    public void Bytes(double value, string text) => Assert.Equal([text], Unit.Bytes.Write(value));

    [Fact]
    public void Others()
    {
        Assert.Equal(["2345/s"], Unit.PerSecond.Write(2345.4));
        Assert.Equal(["0.3%"], Unit.Share.Write(0.003));
        Assert.Equal(["5.25"], Unit.Number.Write(5.25));
    }

    [Fact]
    public void What_stands_side_by_side_is_in_one_scale() => Assert.Equal(["1300us", "950us"], Unit.Seconds.Write(0.0013, 0.00095));
}
