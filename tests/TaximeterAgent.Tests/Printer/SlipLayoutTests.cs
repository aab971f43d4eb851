using QRCoder;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Printer;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Tests.Printer;

public sealed class SlipLayoutTests
{
    [Fact]
    public void A_receipt_has_what_the_payment_service_was_sent()
    {
        var slip = Printed(SlipLayout.Of(PrinterRig.Receipt(), Style(32)), 32);
        Assert.Equal(
            [
                "     Østlandets Drosjer AS",
                "",
                "KVITTERING",
                "Tur 4736          Bil NO-4711-T7",
                "2026-11-21                 03:17",
                "Avstand                  12,4 km",
                "--------------------------------",
                "Takst                     310,00",
                "Tillegg                    35,00",
                "Tips                       20,00",
                "--------------------------------",
                "SUM                    365,00 kr",
                "herav mva. 12 %            33,21",
                "herav mva. 25 %             7,00",
                "",
                "Betalt med Vipps",
                "Salgssted 123456",
                "Betaling",
                "taxi-NO4711T7-4736-14ff24b4-1",
                "",
                "        Takk for turen!",
            ],
            slip.Lines);
        var total = Assert.IsType<PaperItem.Text>(slip.Items[11]);
        Assert.True(total is { Bold: true, High: true });
    }

    [Fact]
    public void A_copy_says_so()
    {
        var slip = Printed(SlipLayout.Of(PrinterRig.Receipt() with { Copy = true }, Style(32)), 32);
        Assert.Contains("KVITTERING - KOPI", slip.Lines);
    }

    [Fact]
    public void Every_language_fits_every_width_and_its_letters_are_right()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            foreach (var columns in new[] { 32, 42, 48 })
            {
                var words = PaperWords.Of(language);
                var receipt = Printed(SlipLayout.Of(PrinterRig.Receipt(language), Style(columns)), columns);
                Assert.Contains(words.Receipt, receipt.Lines);
                Assert.Contains(receipt.Lines, line => line.StartsWith(words.Supplements, StringComparison.Ordinal) && line.Length == columns);
                var link = Printed(SlipLayout.Of(PrinterRig.Slip() with { Language = language }, Style(columns)), columns);
                Assert.Equal([PrinterRig.Link], link.Links);
                Printed(SlipLayout.TestPage(language, Style(columns)), columns);
            }
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(48)]
    public void A_raster_is_the_code_dot_by_dot(int columns)
    {
        var slip = Printed(SlipLayout.Of(PrinterRig.Slip(), Style(columns, QrPrinting.Raster)), columns);
        var picture = Assert.Single(slip.Items.OfType<PaperItem.Picture>());
        using var code = QRCodeGenerator.GenerateQrCode(PrinterRig.Link, QRCodeGenerator.ECCLevel.M);
        var matrix = code.ModuleMatrix;
        var dots = picture.Rows.Count / matrix.Count;
        Assert.Equal(matrix.Count * dots, picture.Rows.Count);
        for (var y = 0; y < picture.Rows.Count; y++)
        {
            for (var x = 0; x < picture.Rows[y].Length; x++)
                Assert.Equal(x < matrix.Count * dots && matrix[y / dots][x / dots], picture.Rows[y][x]);
        }
    }

    [Theory]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(122)]
    [InlineData(123)]
    [InlineData(400)]
    [InlineData(412)]
    [InlineData(413)]
    [InlineData(450)]
    [InlineData(451)]
    [InlineData(504)]
    [InlineData(505)]
    [InlineData(560)]
    [InlineData(561)]
    [InlineData(624)]
    [InlineData(625)]
    [InlineData(666)]
    [InlineData(667)]
    [InlineData(711)]
    [InlineData(712)]
    [InlineData(779)]
    [InlineData(780)]
    [InlineData(857)]
    [InlineData(858)]
    [InlineData(911)]
    [InlineData(912)]
    [InlineData(997)]
    public void The_size_of_a_code_is_reckoned_as_it_comes_out(int bytes)
    {
        using var code = QRCodeGenerator.GenerateQrCode(new string('a', bytes), QRCodeGenerator.ECCLevel.M);
        Assert.Equal(code.ModuleMatrix.Count - 2 * QrSize.Quiet, QrSize.Modules(bytes));
    }

    [Fact]
    public void No_byte_of_a_raster_is_taken_for_a_command_that_is_obeyed_in_the_midst_of_anything()
    {
        for (var length = 20; length <= 997; length += 19)
        {
            var bytes = RasterQr.Bytes(new string('x', length), 384);
            for (var at = 8; at + 1 < bytes.Length; at++)
                Assert.False(bytes[at] == 0x10 && bytes[at + 1] is 0x04 or 0x05 or 0x14, $"DLE at {at} of a code of {length} bytes");
        }
    }

    [Theory]
    [InlineData(PaperCut.None)]
    [InlineData(PaperCut.Partial)]
    [InlineData(PaperCut.Full)]
    public void Every_slip_ends_with_its_cut_and_leaves_no_mode_behind(object cut)
    {
        var roll = new PaperRoll { Columns = 32, Dots = 384 };
        roll.Write(SlipLayout.Of(PrinterRig.Slip(), Style(32) with { Cut = (PaperCut)cut }));
        roll.Write("after\n"u8);
        Assert.Single(roll.Slips);
        Assert.Equal(new PaperItem.Text("after", Bold: false, High: false), roll.Hanging.Items[0]);
        Assert.Empty(roll.Faults);
    }

    [Fact]
    public void A_line_that_does_not_fit_would_be_seen()
    {
        var roll = new PaperRoll { Columns = 32 };
        roll.Write(System.Text.Encoding.ASCII.GetBytes(new string('x', 33) + "\n"));
        Assert.NotEmpty(roll.Faults);
    }

    private static PaperStyle Style(int columns, QrPrinting qr = QrPrinting.Native) =>
        new(columns, new CodePage(858), qr, PaperCut.Partial, ["Østlandets Drosjer AS"], "Vipps", "NO-4711-T7", TimeZoneInfo.Utc);

    private static PaperSlip Printed(byte[] bytes, int columns)
    {
        var roll = new PaperRoll { Columns = columns, Dots = columns switch { 32 => 384, 42 => 512, _ => 576 } };
        roll.Write(bytes);
        Assert.Empty(roll.Faults);
        return Assert.Single(roll.Slips);
    }
}
