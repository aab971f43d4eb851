using System.Text;
using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Tests.Meter.Print;

/// <summary>What makes a receipt a fare, and what makes it a question.</summary>
public sealed class ReceiptReaderTests
{
    private const string Template = """
        currency NOK
        decimal comma
        thousands blank
        date dd.MM.yyyy
        time HH:mm
        begin RECEIPT
        line Trip {trip}
        line Finish {finish}
        line Fare {fare}
        line Toll {supplement}
        line VAT {vat}% {vat-amount}
        line TOTAL ... {total}
        line To pay ... {total}
        end Thank you
        copy COPY
        report REPORT{*}
        """;

    private const string Receipt = "RECEIPT\nTrip 7\nFinish 21.11.2026 03:17\nFare 310,00\nToll 35,00\nTOTAL....345,00\nThank you\n";

    [Fact]
    public void One_that_adds_up_is_a_fare()
    {
        var reading = Read(Receipt);

        Assert.Equal((PrintKind.Fare, 34_500L, 31_000L, 3_500L), (reading.Kind, reading.Total, reading.FareAmount, reading.Supplements));
    }

    [Theory]
    [InlineData("TOTAL....345,00\n", "", nameof(ReadingDoubt.NoTotal))]
    [InlineData("TOTAL....345,00\n", "TOTAL....-345,00\n", nameof(ReadingDoubt.NoTotal))]
    [InlineData("TOTAL....345,00\n", "TOTAL 345,0\n", nameof(ReadingDoubt.NoTotal))]
    [InlineData("TOTAL....345,00\n", "TOTAL 345.00\n", nameof(ReadingDoubt.NoTotal))]
    [InlineData("TOTAL....345,00\n", "TOTAL 1 345,00\n", nameof(ReadingDoubt.DoesNotAddUp))]
    [InlineData("TOTAL....345,00\n", "TOTAL 345,00\nTo pay 354,00\n", nameof(ReadingDoubt.TwoTotals))]
    [InlineData("Toll 35,00\n", "", nameof(ReadingDoubt.DoesNotAddUp))]
    [InlineData("Toll 35,00\n", "Toll 35,00\nToll 35,00\n", nameof(ReadingDoubt.DoesNotAddUp))]
    [InlineData("TOTAL", "VAT 25% 36,96\nTOTAL", nameof(ReadingDoubt.DoesNotAddUp))]
    [InlineData("Fare 310,00\nToll 35,00\n", "", nameof(ReadingDoubt.Unconfirmed))]
    [InlineData("Trip 7\n", "", nameof(ReadingDoubt.NoIdentity))]
    [InlineData("Trip 7\n", "Trip 7\nTrip 8\n", nameof(ReadingDoubt.TwoValues))]
    [InlineData("Finish 21.11.2026 03:17\n", "", nameof(ReadingDoubt.NoIdentity))]
    [InlineData("21.11.2026", "31.11.2026", nameof(ReadingDoubt.WrongTime))]
    [InlineData("Thank you\n", "", nameof(ReadingDoubt.Torn))]
    [InlineData("RECEIPT\n", "", nameof(ReadingDoubt.Torn))]
    [InlineData("Trip 7\n", "RECEIPT\nTrip 7\n", nameof(ReadingDoubt.Mixed))]
    [InlineData("Thank you\n", "Thank you\nTo pay 345,00\n", nameof(ReadingDoubt.Mixed))]
    [InlineData("Trip 7\n", "Fare 310,00\nTrip 7\n", nameof(ReadingDoubt.Mixed))]
    [InlineData("Trip 7\n", "REPORT 1\nTrip 7\n", nameof(ReadingDoubt.Mixed))]
    [InlineData("Trip 7\n", "Trip 7\nBy\u0001e\n", nameof(ReadingDoubt.Damaged))]
    public void What_does_not_fit_is_a_doubt(string good, string bad, string doubt)
    {
        Assert.Contains(good, Receipt, StringComparison.Ordinal);
        var reading = Read(Receipt.Replace(good, bad, StringComparison.Ordinal));

        Assert.Equal(PrintKind.Doubtful, reading.Kind);
        Assert.Contains(doubt, reading.Doubts.Select(found => found.ToString()));
    }

    [Fact]
    public void The_total_twice_stands_for_parts_that_are_not_printed() =>
        Assert.Equal(PrintKind.Fare, Read("RECEIPT\nTrip 7\nFinish 21.11.2026 03:17\nTOTAL 345,00\nTo pay 345,00\nThank you\n").Kind);

    [Fact]
    public void A_copy_says_so_and_a_report_is_nothing_to_pay()
    {
        Assert.Equal(PrintKind.Copy, Read(Receipt.Replace("Trip 7", "COPY\nTrip 7", StringComparison.Ordinal)).Kind);
        var report = Read("REPORT OF THE DAY\nTOTAL 8 120,00\nThank you\n");
        Assert.Equal((PrintKind.Report, null), (report.Kind, report.Total));
    }

    [Fact]
    public void Something_else_altogether_is_not_recognised()
    {
        var reading = Read("HELLO WORLD\n");
        Assert.Equal(PrintKind.Doubtful, reading.Kind);
        Assert.Equal([ReadingDoubt.Unrecognised], reading.Doubts);
    }

    private static ReceiptReading Read(string text)
    {
        var template = TemplateReader.Read("example", Template).Template!;
        return ReceiptReader.Read(Assert.Single(EscPosReader.ReadAll(Encoding.ASCII.GetBytes(text), template.Printer)), template);
    }
}
