using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Printer;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Printer;

public sealed class EscPosPrinterTests
{
    [Fact]
    public void A_link_is_on_paper_as_a_code_that_holds_it()
    {
        using var rig = new PrinterRig();
        rig.Printer.PrintLink(PrinterRig.Slip());
        rig.Until(() => rig.Paper.Slips.Count == 1, "a slip");
        Assert.Equal([PrinterRig.Link], rig.Paper.Links);
        Assert.Contains(rig.Paper.Slips[0].Lines, line => line.EndsWith("345,00 kr", StringComparison.Ordinal));
        rig.Until(() => rig.Printer.Status.Link == SlipState.Printed, "the link's being told to be printed");
        Assert.Equal(new PrinterStatus(PrinterState.Ready, SlipState.Printed), rig.Printer.Status);
        Assert.Empty(rig.Paper.Faults);
    }

    [Fact]
    public void Without_paper_a_link_waits_and_is_printed_once_there_is_some()
    {
        using var rig = new PrinterRig(fault: PaperFault.NoPaper);
        rig.Is(PrinterState.NoPaper);
        rig.Printer.PrintLink(PrinterRig.Slip());
        Assert.Equal(new PrinterStatus(PrinterState.NoPaper, SlipState.Waiting, 1), rig.Printer.Status);
        rig.Paper.Fault = PaperFault.None;
        rig.PassTo(() => rig.Paper.Links.Count == 1, "the slip", seconds: 10);
        rig.Is(PrinterState.Ready);
    }

    [Fact]
    public void A_link_that_is_over_is_not_printed_when_there_is_paper_again()
    {
        using var rig = new PrinterRig(fault: PaperFault.NoPaper);
        rig.Is(PrinterState.NoPaper);
        rig.Printer.PrintLink(PrinterRig.Slip() with { Until = rig.Time.GetUtcNow() + TimeSpan.FromSeconds(30) });
        rig.PassTo(() => rig.Printer.Status.Link == SlipState.Dropped, "its end", seconds: 40);
        Assert.Equal(1, rig.Printer.Status.Dropped);
        rig.Paper.Fault = PaperFault.None;
        rig.PassTo(() => rig.Printer.Status.State == PrinterState.Ready, "a printer that is well");
        Assert.Empty(rig.Paper.Slips);
    }

    [Fact]
    public void The_newest_link_takes_the_place_of_one_that_waits_and_a_forgotten_one_is_not_printed()
    {
        using var rig = new PrinterRig(fault: PaperFault.CoverOpen);
        rig.Is(PrinterState.CoverOpen);
        rig.Printer.PrintLink(PrinterRig.Slip("https://example.com/1"));
        rig.Printer.PrintLink(PrinterRig.Slip("https://example.com/2"));
        Assert.Equal(1, rig.Printer.Status.Waiting);
        rig.Paper.Fault = PaperFault.None;
        rig.PassTo(() => rig.Paper.Links.Count == 1, "the slip");
        Assert.Equal(["https://example.com/2"], rig.Paper.Links);

        rig.Paper.Fault = PaperFault.CoverOpen;
        rig.Printer.PrintLink(PrinterRig.Slip("https://example.com/3"));
        rig.Is(PrinterState.CoverOpen);
        rig.Printer.ForgetLink();
        rig.Paper.Fault = PaperFault.None;
        rig.PassTo(() => rig.Printer.Status.State == PrinterState.Ready, "a printer that is well");
        Assert.Equal(new PrinterStatus(PrinterState.Ready, SlipState.None), rig.Printer.Status);
        Assert.Single(rig.Paper.Links);
    }

    [Fact]
    public void A_printer_that_has_answered_and_does_so_no_more_is_off()
    {
        using var rig = new PrinterRig();
        rig.Is(PrinterState.Ready);
        rig.Paper.Fault = PaperFault.Off;
        rig.Printer.PrintReceipt(PrinterRig.Receipt());
        rig.PassTo(() => rig.Printer.Status.State == PrinterState.Off, "a printer that is off", seconds: 10);
        Assert.Equal(1, rig.Printer.Status.Waiting);
        rig.Paper.Fault = PaperFault.None;
        rig.PassTo(() => rig.Paper.Slips.Count == 1, "the receipt", seconds: 10);
        Assert.Single(rig.Paper.Slips);
    }

    [Fact]
    public void A_printer_that_has_never_answered_is_printed_on_and_its_state_is_unknown()
    {
        using var rig = new PrinterRig(answers: false);
        rig.Printer.PrintReceipt(PrinterRig.Receipt());
        rig.PassTo(() => rig.Paper.Slips.Count == 1, "the receipt", seconds: 10);
        Assert.Equal(PrinterState.Unknown, rig.Printer.Status.State);
        Assert.Empty(rig.Paper.Faults);
    }

    [Fact]
    public void A_printer_that_is_not_asked_gets_nothing_but_slips()
    {
        using var rig = new PrinterRig(asks: false);
        rig.Printer.PrintReceipt(PrinterRig.Receipt());
        rig.Until(() => rig.Paper.Slips.Count == 1, "the receipt"); // and no time has passed
        Assert.Equal(PrinterState.Unknown, rig.Printer.Status.State);
    }

    [Fact]
    public void Paper_that_ends_in_the_midst_of_a_slip_is_told_soon_after()
    {
        using var rig = new PrinterRig();
        rig.Printer.PrintLink(PrinterRig.Slip());
        rig.Until(() => rig.Printer.Status.Link == SlipState.Printed, "the slip's end");
        rig.Paper.Fault = PaperFault.NoPaper;
        rig.PassTo(() => rig.Printer.Status.State == PrinterState.NoPaper, "the want of paper", seconds: 10);
        Assert.False(rig.Printer.Status.CanPrint);
    }

    [Fact]
    public void Nothing_is_asked_while_all_is_well_and_nothing_is_printed()
    {
        using var rig = new PrinterRig();
        rig.Is(PrinterState.Ready);
        rig.Paper.Fault = PaperFault.NoPaper;
        rig.Time.Advance(TimeSpan.FromHours(1));
        Thread.Sleep(50);
        Assert.Equal(PrinterState.Ready, rig.Printer.Status.State);
    }

    [Fact]
    public void A_printer_that_is_unplugged_is_off_and_prints_what_came_meanwhile_once_it_is_back()
    {
        using var rig = new PrinterRig();
        rig.Is(PrinterState.Ready);
        rig.Paper.Unplug();
        rig.Is(PrinterState.Off);
        rig.Printer.PrintReceipt(PrinterRig.Receipt());
        Assert.Equal(1, rig.Printer.Status.Waiting);
        rig.Paper.Plug();
        rig.PassTo(() => rig.Paper.Slips.Count == 1, "the receipt", seconds: 10);
    }

    [Fact]
    public void What_a_printer_that_is_gone_is_given_for_hours_is_bounded_and_the_loss_is_told()
    {
        using var rig = new PrinterRig(fault: PaperFault.NoPaper);
        rig.Is(PrinterState.NoPaper);
        for (var receipt = 0; receipt < PrintQueue.Capacity + 3; receipt++)
            rig.Printer.PrintReceipt(PrinterRig.Receipt());
        Assert.Equal(new PrinterStatus(PrinterState.NoPaper, SlipState.None, PrintQueue.Capacity, 3), rig.Printer.Status);
        rig.PassTo(() => rig.Printer.Status.Waiting == 0, "their end", seconds: 400);
        Assert.Equal(PrintQueue.Capacity + 3, rig.Printer.Status.Dropped);
        Assert.Empty(rig.Paper.Slips);
    }

    [Theory]
    [InlineData(QrPrinting.Native)]
    [InlineData(QrPrinting.Raster)]
    public void A_slip_that_was_broken_off_takes_nothing_of_the_next_one(object qr)
    {
        var style = new PaperStyle(32, new CodePage(858), (QrPrinting)qr, PaperCut.Partial, [], "Vipps", "NO-4711-T7", TimeZoneInfo.Utc);
        var whole = SlipLayout.Of(PrinterRig.Slip(), style);
        for (var length = 1; length < whole.Length; length += whole.Length / 37 + 1)
        {
            var roll = new PaperRoll();
            roll.Write(whole.AsSpan(0, length)); // the agent is killed here
            roll.Write([.. new byte[style.LongestCommand], 0x0A, .. SlipLayout.Of(PrinterRig.Receipt(), style)]);
            Assert.Contains("KVITTERING", Assert.Single(roll.Slips).Lines);
        }
    }

    [Fact]
    public void The_first_slip_after_an_opening_begins_with_what_the_rest_of_a_broken_one_would_be()
    {
        using var rig = new PrinterRig(asks: false);
        rig.Paper.Interrupt(SlipLayout.Of(PrinterRig.Slip(), rig.Style).AsSpan(0, 200)); // in the midst of the link
        rig.Printer.PrintReceipt(PrinterRig.Receipt());
        rig.Until(() => rig.Paper.Slips.Count == 1, "the receipt");
        Assert.Contains("KVITTERING", rig.Paper.Slips[0].Lines);
    }

    [Fact]
    public void A_slip_that_the_printer_goes_away_from_is_not_printed_twice()
    {
        using var rig = new PrinterRig(qr: QrPrinting.Raster, asks: false);
        rig.Paper.Speed = 100; // slow: the line is soon full, and most of it is not written yet
        rig.Printer.PrintReceipt(PrinterRig.Receipt());
        rig.Printer.PrintLink(PrinterRig.Slip());
        rig.Printer.PrintReceipt(PrinterRig.Receipt());
        rig.Until(() => rig.Paper.Hanging.Lines.Count > 2 || rig.Paper.Slips.Count > 0, "the beginning");
        rig.Paper.Unplug();
        rig.Is(PrinterState.Off);
        var lost = rig.Printer.Status.Dropped;
        Assert.InRange(lost, 0, 1);
        rig.Paper.Speed = 0;
        rig.Paper.Plug();
        rig.PassTo(() => rig.Printer.Status is { Waiting: 0, CanPrint: true }, "the rest");
        Assert.Equal(lost, rig.Printer.Status.Dropped);
        Assert.True(rig.Paper.Slips.Count <= 3);
    }

    [Theory]
    [InlineData("/dev/null", DeviceState.Unusable, "is neither a serial port nor a USB printer")]
    [InlineData("/dev/no-such-printer", DeviceState.Missing, "is not there")]
    public void What_is_wrong_with_a_port_is_said(string path, object state, string words)
    {
        var time = new Meter.ManualTime();
        var log = new StatusLog(time);
        var style = new PaperStyle(32, new CodePage(850), QrPrinting.Native, PaperCut.None, [], "Vipps", "A", TimeZoneInfo.Utc);
        using var printer = new EscPosPrinter(new PrinterPort(path, 9_600, FlowControl.None), asks: true, style, time);
        printer.Start(log.Add, _ => { });
        var status = log.Next();
        Assert.Equal((DeviceState)state, status.State);
        Assert.Contains(words, status.Message);
        Assert.Equal(PrinterState.Off, printer.Status.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://example.com/with blank")]
    [InlineData("https://example.com/ø")]
    public void What_no_code_can_hold_is_dropped_and_told(string link)
    {
        using var rig = new PrinterRig();
        rig.Printer.PrintLink(PrinterRig.Slip(link));
        rig.Until(() => rig.Printer.Status.Link == SlipState.Dropped, "its being dropped");
        rig.Printer.PrintLink(PrinterRig.Slip());
        rig.Until(() => rig.Paper.Links.Count == 1, "the next one");
    }
}
