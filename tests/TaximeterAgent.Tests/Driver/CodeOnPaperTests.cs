using TaximeterAgent.Core.Payments;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Tests.Driver;

/// <summary>The driver has a code printed for a customer who does not want to say a number.</summary>
public sealed class CodeOnPaperTests
{
    private readonly KeptPaper _paper = new();
    private readonly DeskRig _desk;

    public CodeOnPaperTests()
    {
        _desk = new DeskRig(printer: _paper);
        _desk.Rig.Service.Undecided = true;
    }

    [Fact]
    public void A_zero_and_confirm_print_a_code_and_the_display_says_what_to_do()
    {
        _desk.Fare(1, 345);
        _desk.Press("0");
        Assert.Equal("345,00 kr Phone?|0           #=QR", _desk.Shown);
        Assert.Empty(_paper.Slips);
        _desk.Press("#");
        _desk.Rig.Engine.Drain();
        var slip = Assert.Single(_paper.Slips);
        Assert.Equal($"https://qr.example/{_desk.Rig.Service.Calls[0].Reference}", slip.Link);
        Assert.Equal(34_500, slip.Amount.MinorUnits);
        Assert.EndsWith("|Wait, printing", _desk.Shown, StringComparison.Ordinal);
        Prints(SlipState.Printed);
        Assert.EndsWith("|Scan the slip", _desk.Shown, StringComparison.Ordinal);
        _desk.Rig.Service.Undecided = false;
        _desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.EndsWith("|PAID", _desk.Shown, StringComparison.Ordinal);
        Assert.Single(_paper.Slips);
        Assert.True(_paper.Forgotten);
    }

    [Fact]
    public void A_zero_prints_it_again_and_asks_nobody_anew()
    {
        Asked();
        Prints(SlipState.Dropped);
        Assert.EndsWith("|0=print QR", _desk.Shown, StringComparison.Ordinal);
        _desk.Press("0");
        Assert.Equal(2, _paper.Slips.Count);
        Assert.Single(_paper.Slips.Distinct());
        Assert.Equal(1, _desk.Count(OperationKind.Create));
    }

    [Theory]
    [InlineData(nameof(PrinterState.NoPaper), "No paper")]
    [InlineData(nameof(PrinterState.Off), "Printer is off")]
    [InlineData(nameof(PrinterState.CoverOpen), "Check printer")]
    [InlineData(nameof(PrinterState.Fault), "Check printer")]
    public void What_is_wrong_with_the_printer_is_said_and_the_payment_goes_on(string state, string says)
    {
        Asked();
        Prints(SlipState.Waiting, Enum.Parse<PrinterState>(state));
        Assert.EndsWith("|" + says, _desk.Shown, StringComparison.Ordinal);
        _desk.Rig.Service.Undecided = false;
        _desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.EndsWith("|PAID", _desk.Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_that_is_taken_back_is_not_printed_any_more()
    {
        Asked();
        _desk.Press("*3");
        Assert.False(_paper.Forgotten);
        _desk.Press("1");
        _desk.Rig.Engine.Drain();
        Assert.True(_paper.Forgotten);
        _desk.Press("0");
        Assert.Single(_paper.Slips);
    }

    [Fact]
    public void After_a_start_the_slip_is_printed_again_since_nobody_knows_what_became_of_it()
    {
        Asked();
        _desk.Rig.Crash();
        _desk.Rig.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _paper.Slips.Count);
        Assert.Equal(_paper.Slips[0].Link, _paper.Slips[1].Link);
    }

    [Fact]
    public void Without_a_printer_a_single_zero_is_no_number_as_ever()
    {
        var desk = new DeskRig();
        desk.Fare(1, 345);
        desk.Press("0#");
        Assert.Equal("345,00 kr Phone?|Too short", desk.Shown);
        Assert.Equal(0, desk.Count(OperationKind.Create));
    }

    [Fact]
    public void After_a_code_again_means_a_code_again()
    {
        Asked();
        _desk.Rig.Service.Undecided = false;
        _desk.Rig.Service.Refusing = true;
        _desk.Rig.Pass(TimeSpan.FromSeconds(30));
        Assert.EndsWith("|1Agn 2Phone 3Oth", _desk.Shown, StringComparison.Ordinal);
        _desk.Rig.Service.Refusing = false;
        _desk.Rig.Service.Undecided = true;
        _desk.Press("1");
        _desk.Rig.Engine.Drain();
        Assert.Equal(2, _paper.Slips.Count);
        Assert.NotEqual(_paper.Slips[0].Link, _paper.Slips[1].Link);
    }

    private void Asked()
    {
        _desk.Fare(1, 345);
        _desk.Press("0#");
        _desk.Rig.Engine.Drain();
        Assert.Single(_paper.Slips);
    }

    private void Prints(SlipState link, PrinterState state = PrinterState.Ready)
    {
        _paper.Status = new PrinterStatus(state, link);
        // As a printer of the car's does: the round that this begins draws the display.
        _desk.Rig.Do(() => { });
    }
}
