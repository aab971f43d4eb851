using Microsoft.Extensions.Logging;
using TaximeterAgent.Hosting.Logging;

namespace TaximeterAgent.Tests.Cli.Logging;

public sealed class LogLineTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 24, 10, 50, TimeSpan.Zero);

    [Fact]
    public void People_read_time_level_category_and_message_in_one_line()
    {
        Assert.Equal("2026-11-20 10:24:10.050Z warning  Dispatcher: late\n", Write(LogFormat.Console, LogLevel.Warning, "late"));
    }

    [Theory]
    [InlineData(LogLevel.Critical, "<2>")]
    [InlineData(LogLevel.Error, "<3>")]
    [InlineData(LogLevel.Warning, "<4>")]
    [InlineData(LogLevel.Information, "<6>")]
    [InlineData(LogLevel.Debug, "<7>")]
    [InlineData(LogLevel.Trace, "<7>")]
    public void The_journal_reads_the_severity_and_no_time(LogLevel level, string severity)
    {
        Assert.Equal($"{severity}Dispatcher: late\n", Write(LogFormat.Journal, level, "late"));
    }

    [Fact]
    public void A_message_cannot_forge_a_line_of_its_own()
    {
        Assert.Equal("<6>Dispatcher: a <2>Meter: b  c\n", Write(LogFormat.Journal, LogLevel.Information, "a\n<2>Meter: b\u001b\u2028c"));
    }

    [Fact]
    public void A_message_without_end_is_cut()
    {
        var line = Write(LogFormat.Journal, LogLevel.Information, new string('x', 100_000));

        Assert.Equal("<6>Dispatcher: ".Length + LogLine.Longest + "…\n".Length, line.Length);
    }

    [Fact]
    public void Every_line_of_an_exception_carries_the_severity_and_there_are_not_too_many()
    {
        var exception = new InvalidOperationException(string.Join('\n', Enumerable.Repeat("again", 1000)));

        var lines = Write(LogFormat.Journal, LogLevel.Error, "failed", exception).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(1 + LogLine.MostExceptionLines, lines.Length);
        Assert.Equal("<3>  System.InvalidOperationException: again", lines[1]);
        Assert.All(lines, line => Assert.StartsWith("<3>", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_is_masked_in_messages_and_in_exceptions()
    {
        var lines = Write(LogFormat.Console, LogLevel.Error, "token hunter2hunter2 refused", new InvalidOperationException("bad hunter2hunter2!"));

        Assert.Contains("token (secret) refused", lines, StringComparison.Ordinal);
        Assert.Contains("bad (secret)!", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", lines, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_at_the_cut_leaves_no_half()
    {
        var line = Write(LogFormat.Console, LogLevel.Error, new string('x', LogLine.Longest - 7) + "hunter2hunter2");

        Assert.DoesNotContain("hunter", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_holds_another_is_masked_whole()
    {
        Assert.Equal("a (secret) b (secret)", new Redaction(["1234", "12345678", ""]).Mask("a 12345678 b 1234"));
    }

    private static string Write(LogFormat format, LogLevel level, string message, Exception? exception = null) =>
        LogLine.Write(format, At, level, "TaximeterAgent.Sync.Dispatcher", message, exception, new Redaction(["hunter2hunter2"]));
}
