using TaximeterAgent.Configuration;
using TaximeterAgent.Driver;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Printer;

namespace TaximeterAgent.Tests.Driver;

/// <summary>Receipts of paid trips, on the paper of a printer at a pseudo terminal.</summary>
public sealed class ReceiptDeskTests : IDisposable
{
    private readonly PrinterRig _paper = new(asks: false);

    public void Dispose() => _paper.Dispose();

    [Fact]
    public void A_paid_trip_has_its_receipt_by_itself_and_once()
    {
        var desk = Desk(ReceiptPrinting.Always);
        desk.Paid(1, 345);
        var slip = Printed(1);
        Assert.Contains("TOTAL                  345,00 kr", slip.Lines);
        Assert.Contains("Trip 1            Car NO-4711-T7", slip.Lines);
        Assert.Contains(slip.Lines, line => line.Contains("tx-EL12345-1-", StringComparison.Ordinal));
        desk.Rig.Pass(TimeSpan.FromMinutes(5));
        desk.Paid(2, 100);
        Printed(2);
        Assert.Single(desk.Rig.Outbox.History, line => line.What == ReceiptDesk.Given && line.TripKey == 1);
    }

    [Fact]
    public void A_crash_after_it_was_paid_prints_none_again()
    {
        var desk = Desk(ReceiptPrinting.Always);
        desk.Paid(1, 345);
        Printed(1);
        desk.Rig.Crash();
        desk.Rig.Pass(TimeSpan.FromMinutes(5));
        desk.Paid(2, 100);
        Assert.Contains("Trip 2            Car NO-4711-T7", Printed(2).Lines);
    }

    [Fact]
    public void What_the_store_had_no_room_for_is_printed_once_it_is_stored()
    {
        var desk = Desk(ReceiptPrinting.Always);
        desk.Fare(1, 345);
        desk.Press("91234567#");
        desk.Rig.Outbox.NoRoom(true);
        desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.Empty(_paper.Paper.Slips);
        desk.Rig.Outbox.NoRoom(false);
        desk.Rig.Pass(TimeSpan.FromMinutes(2));
        Assert.EndsWith("|PAID", desk.Shown, StringComparison.Ordinal);
        Printed(1);
    }

    [Theory]
    [InlineData(ReceiptPrinting.Never)]
    [InlineData(ReceiptPrinting.OnRequest)]
    public void None_is_printed_by_itself_where_that_is_not_wanted(object receipt)
    {
        var desk = Desk((ReceiptPrinting)receipt);
        desk.Paid(1, 345);
        desk.Rig.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _paper.Printer.Status.Waiting);
        Assert.Empty(_paper.Paper.Slips);
    }

    [Fact]
    public void The_driver_prints_a_receipt_from_the_menu_and_the_second_is_a_copy()
    {
        var desk = Desk(ReceiptPrinting.OnRequest);
        desk.Paid(1, 345);
        desk.Press("/21"); // menu, the last paid trips, the first of them
        Assert.EndsWith("|1=print receipt", desk.Shown, StringComparison.Ordinal);
        desk.Press("1");
        Assert.EndsWith("|Wait, printing", desk.Shown, StringComparison.Ordinal);
        Assert.Contains("RECEIPT", Printed(1).Lines);
        desk.Press("1"); // held down: not a second time
        desk.Press("***");
        desk.Press("/211");
        Assert.Contains("RECEIPT - COPY", Printed(2).Lines);
    }

    [Fact]
    public void Without_a_printer_none_is_offered()
    {
        var desk = new DeskRig(receipt: ReceiptPrinting.Always);
        desk.Paid(1, 345);
        desk.Press("/21");
        Assert.DoesNotContain("receipt", desk.Shown, StringComparison.Ordinal);
        desk.Press("1");
        Assert.DoesNotContain(desk.Rig.Outbox.History, line => line.What == ReceiptDesk.Given);
    }

    private DeskRig Desk(ReceiptPrinting receipt) => new(printer: _paper.Printer, receipt: receipt);

    private PaperSlip Printed(int slips)
    {
        _paper.Until(() => _paper.Paper.Slips.Count >= slips, $"slip {slips}");
        Assert.Equal(slips, _paper.Paper.Slips.Count);
        return _paper.Paper.Slips[^1];
    }
}
