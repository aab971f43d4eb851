namespace TaximeterAgent.Tests.Telemetry;

/// <summary>The reader that the other tests trust takes what is right, and nothing else.</summary>
public sealed class ExpositionTests
{
    [Fact]
    public void It_reads_what_the_format_allows()
    {
        var read = Exposition.Read("# HELP a_total A \\\\ and \\n.\n# TYPE a_total counter\na_total{x=\"1\\\"2\\\\3\\n4\"} 5\na_total 2.5e3\n");

        Assert.Equal(5, read.Value("a_total", ("x", "1\"2\\3\n4")));
        Assert.Equal("counter", Assert.Single(read.Families).Value.Type);
    }

    [Theory]
    [InlineData("# HELP a A.\n# TYPE a gauge\na 1", "no end")]
    [InlineData("a 1\n", "TYPE")]
    [InlineData("# HELP a A.\n# TYPE b gauge\nb 1\n", "TYPE b")]
    [InlineData("# HELP a A \\x.\n# TYPE a gauge\na 1\n", "HELP a")]
    [InlineData("# HELP a A.\n# TYPE a gauge\na{x=\"1\"2\"} 1\n", "a{x")]
    [InlineData("# HELP a A.\n# TYPE a gauge\na{x=\"1\\t\"} 1\n", "a{x")]
    [InlineData("# HELP a A.\n# TYPE a gauge\na{x.y=\"1\"} 1\n", "a{x")]
    [InlineData("# HELP a A.\n# TYPE a gauge\na 1\na 2\n", "second time")]
    [InlineData("# HELP a A.\n# TYPE a gauge\nb 1\n", "not of a")]
    [InlineData("# HELP a A.\n# TYPE a gauge\n", "no sample")]
    [InlineData("# HELP a A.\n# TYPE a counter\na 1\n", "no counter")]
    [InlineData("# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 1\n", "add up")]
    [InlineData("# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 3\n", "add up")]
    [InlineData("# HELP a A.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n", "add up")]
    public void It_refuses_what_is_not_as_the_format_says(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => Exposition.Read(text)).Message, StringComparison.Ordinal);
}
