using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Tests.Driver.Screens;

public sealed class TimesTests
{
    [Theory]
    [InlineData("1968-08-10T15:20:45Z")]
    [InlineData("2026-11-29T15:20:59Z")]
    public void The_mark_is_another_one_every_second_also_where_the_clock_stands_before_1970(string text)
    {
        var at = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var marks = Enumerable.Range(0, 90).Select(second => Times.Mark(at.AddSeconds(second))).ToList();
        Assert.All(marks.Zip(marks.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }
}
