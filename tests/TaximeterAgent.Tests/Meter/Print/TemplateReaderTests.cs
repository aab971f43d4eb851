using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Tests.Meter.Print;

/// <summary>A template that is wrong says where and what to do.</summary>
public sealed class TemplateReaderTests
{
    private const string Good = """
        # A template.
        name Example
        currency NOK
        decimal comma
        date dd.MM.yyyy
        time HH:mm
        begin RECEIPT
        line Start {start}
        line Finish {finish}
        line Fare {fare}
        line TOTAL {total}
        end Thank you
        """;

    [Fact]
    public void A_good_one_is_read()
    {
        var report = TemplateReader.Read("example", Good);

        Assert.Empty(report.Faults);
        Assert.Equal(("example", "Example", 6), (report.Template!.Id, report.Template.Name, report.Template.Patterns.Count));
    }

    [Fact]
    public void All_that_come_with_the_agent_are_good() =>
        Assert.All(ShippedTemplates.Names, name => Assert.Empty(TemplateReader.Read(name, ShippedTemplates.Text(name)!).Faults));

    [Theory]
    [InlineData("currency NOK", "curency NOK", "line 3 begins with \"curency\", which is not known: is it currency?")]
    [InlineData("currency NOK", "currency SEK", "line 3 has the currency SEK, expected NOK, DKK or EUR")]
    [InlineData("decimal comma", "decimal dot", "line 4 has decimal dot, expected comma, point")]
    [InlineData("date dd.MM.yyyy", "date dd.MM", "line 5 has a date written dd.MM: each of the letters d, M, y belongs there once, as in: date dd.MM.yyyy")]
    [InlineData("time HH:mm", "time HH:mm\ntime HH.mm", "line 7 says time again, which line 6 has said: take one of them out")]
    [InlineData("TOTAL {total}", "TOTAL {totl}", "line 11 has {totl}, which is not known: {total} is")]
    [InlineData("TOTAL {total}", "TOTAL {total", "line 11 has a { without a }: close it")]
    [InlineData("TOTAL {total}", "{*} {total}", "line 11 has {total} behind {*}, which could take the beginning of it: write what the receipt has there, or {word}")]
    [InlineData("TOTAL {total}", "TOTAL {total} {*}", "line 11 has {*} behind an amount, which could be the rest of it: write what the receipt has there, or {word}")]
    [InlineData("TOTAL {total}", "TOTAL {word}{total}", "line 11 has {total} right behind another hole: put what the receipt has between them")]
    [InlineData("TOTAL {total}", "TOTAL {word}...{total}", "line 11 has ... right behind a hole, which could go on into it: put a blank between them")]
    [InlineData("Fare {fare}", "Fare {fare} {fare}", "line 10 has {fare} twice: one line says a thing once")]
    [InlineData("TOTAL {total}", "TOTAL 1", "no line has {total}: write the receipt's line with it in the place of the amount that is due")]
    [InlineData("end Thank you", "", "the template does not say how a receipt ends, and without it a torn one is not known: add end and the receipt's last line")]
    [InlineData("end Thank you", "end", "line 12 has end and nothing behind it: write its value there, or take the line out")]
    [InlineData("time HH:mm", "", "line 8 has {start}, and the template does not say how a time is written: add a line such as: time HH:mm")]
    [InlineData("line Finish {finish}", "", "no line has {finish} or {finish-time}: a receipt is known again by when the trip was over")]
    [InlineData("name Example", "thousands comma", "line 2 is the decimal sign too: choose another, or none")]
    [InlineData("name Example", "command 1B7 1", "line 2 needs a command's first two bytes in hexadecimal, 10, 1B, 1C or 1D first, and how many follow, as in: command 1B7A 1")]
    public void What_is_wrong_is_told_with_its_line_and_what_to_do(string good, string bad, string fault)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var report = TemplateReader.Read("example", Good.Replace(good, bad, StringComparison.Ordinal));

        Assert.Null(report.Template);
        Assert.Contains(fault, report.Faults.Select(found => found.ToString()));
    }

    [Fact]
    public void A_template_that_is_not_there_is_told()
    {
        Assert.Contains("is it narrow-nb?", Assert.Single(TemplateFile.Read("narow-nb").Faults).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Single(TemplateFile.Read("/nowhere/x.template").Faults).Message, StringComparison.Ordinal);
        Assert.Contains("longer than", Assert.Single(TemplateReader.Read("x", new string('#', TemplateReader.Longest + 1)).Faults).Message, StringComparison.Ordinal);
    }
}
