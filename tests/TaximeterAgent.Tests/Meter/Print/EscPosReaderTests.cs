using System.Text;
using TaximeterAgent.Meter.Print.EscPos;

namespace TaximeterAgent.Tests.Meter.Print;

/// <summary>What stands on the paper, by the bytes that a printer would get.</summary>
public sealed class EscPosReaderTests
{
    private static readonly PrinterSettings s_printer = new();

    [Fact]
    public void Lines_end_by_line_feed_return_or_both_and_empty_ones_are_left_out() =>
        Assert.Equal(["one", "two", "three", "four"], One("one\ntwo\r\n\r\n   \nthree\rfour"u8).Lines);

    [Fact]
    public void A_tab_goes_to_the_next_eighth_column() => Assert.Equal("Fare    18.20", One("Fare\t18.20\n"u8).Lines[0]);

    [Theory]
    [InlineData(new byte[] { 0x1B, 0x40 })]
    [InlineData(new byte[] { 0x1B, 0x21, 0x30 })]
    [InlineData(new byte[] { 0x1B, 0x24, 0x41, 0x42 })]
    [InlineData(new byte[] { 0x1B, 0x44, 0x41, 0x42, 0x43, 0x00 })]
    [InlineData(new byte[] { 0x1B, 0x2A, 0x00, 0x03, 0x00, 0x41, 0x42, 0x43 })]
    [InlineData(new byte[] { 0x1B, 0x2A, 0x21, 0x01, 0x00, 0x41, 0x42, 0x43 })]
    [InlineData(new byte[] { 0x1B, 0x63, 0x35, 0x41 })]
    [InlineData(new byte[] { 0x1B, 0x70, 0x00, 0x41, 0x42 })]
    [InlineData(new byte[] { 0x1D, 0x21, 0x11 })]
    [InlineData(new byte[] { 0x1D, 0x76, 0x30, 0x00, 0x02, 0x00, 0x02, 0x00, 0x41, 0x42, 0x43, 0x44 })]
    [InlineData(new byte[] { 0x1D, 0x6B, 0x04, 0x41, 0x42, 0x00 })]
    [InlineData(new byte[] { 0x1D, 0x6B, 0x49, 0x03, 0x41, 0x42, 0x43 })]
    [InlineData(new byte[] { 0x1D, 0x28, 0x6B, 0x03, 0x00, 0x31, 0x50, 0x41 })]
    [InlineData(new byte[] { 0x1D, 0x38, 0x4C, 0x02, 0x00, 0x00, 0x00, 0x41, 0x42 })]
    [InlineData(new byte[] { 0x1D, 0x2A, 0x01, 0x01, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48 })]
    [InlineData(new byte[] { 0x1C, 0x28, 0x41, 0x02, 0x00, 0x41, 0x42 })]
    [InlineData(new byte[] { 0x10, 0x04, 0x01 })]
    [InlineData(new byte[] { 0x10, 0x14, 0x01, 0x41, 0x42 })]
    public void A_command_and_all_that_it_carries_is_no_text(byte[] command)
    {
        var print = One([.. command, .. "TOTAL\n"u8]);

        Assert.Equal(["TOTAL"], print.Lines);
        Assert.Null(print.Unknown);
        Assert.Equal(0, print.Damaged);
    }

    [Fact]
    public void What_is_moved_apart_is_apart() =>
        Assert.Equal("TOTAL 345,00", One([.. "TOTAL"u8, 0x1B, 0x24, 0x20, 0x01, .. "345,00\n"u8]).Lines[0]);

    [Fact]
    public void A_cut_ends_a_print_and_what_looks_like_one_in_an_image_does_not()
    {
        byte[] image = [0x1D, 0x76, 0x30, 0, 1, 0, 3, 0, 0x1D, 0x56, 0x00];
        var prints = EscPosReader.ReadAll([.. "one\n"u8, .. image, .. "still one\n"u8, 0x1D, 0x56, 66, 0, .. "two\n"u8, 0x1B, 0x69, .. "three"u8], s_printer);

        Assert.Equal(["one,still one", "two", "three"], prints.Select(print => string.Join(',', print.Lines)));
    }

    [Fact]
    public void A_code_page_is_the_printer_s_until_the_meter_chooses_and_again_in_the_next_print()
    {
        var prints = EscPosReader.ReadAll([0x9B, 0x0A, 0x1B, 0x74, 16, 0xF8, 0x0A, 0x1D, 0x56, 0, 0x9B, 0x0A], new PrinterSettings { CodePage = 865 });

        Assert.Equal(["ø", "ø"], prints[0].Lines);
        Assert.Equal(["ø"], prints[1].Lines);
    }

    [Theory]
    [InlineData(437, "äöüß", new byte[] { 0x84, 0x94, 0x81, 0xE1 })]
    [InlineData(850, "æøå", new byte[] { 0x91, 0x9B, 0x86 })]
    [InlineData(858, "€Ø", new byte[] { 0xD5, 0x9D })]
    [InlineData(865, "ÆØÅ", new byte[] { 0x92, 0x9D, 0x8F })]
    [InlineData(1252, "€åÄ", new byte[] { 0x80, 0xE5, 0xC4 })]
    [InlineData(28605, "€äÖ", new byte[] { 0xA4, 0xE4, 0xD6 })]
    public void Letters_are_those_of_the_code_page(int page, string letters, byte[] bytes) =>
        Assert.Equal(letters, EscPosReader.ReadAll(bytes, new PrinterSettings { CodePage = page })[0].Lines[0]);

    [Fact]
    public void A_national_set_has_its_letters_in_the_places_of_brackets() =>
        Assert.Equal("ÆØÅæøå", One([0x1B, 0x52, 9, .. "[\\]{|}\n"u8]).Lines[0]);

    [Fact]
    public void A_command_that_is_not_known_is_told_and_a_template_can_know_it()
    {
        byte[] bytes = [0x1B, 0x7A, 0x41, .. "TOTAL\n"u8];

        Assert.Equal("1B7A", One(bytes).Unknown);
        var known = EscPosReader.ReadAll(bytes, new PrinterSettings { Commands = new Dictionary<(byte, byte), int> { [(0x1B, 0x7A)] = 1 } })[0];
        Assert.Null(known.Unknown);
        Assert.Equal(["TOTAL"], known.Lines);
    }

    [Fact]
    public void A_byte_that_came_damaged_stays_a_hole_in_its_line()
    {
        var print = One([.. "TOTAL 34"u8, 0, .. ",00\n"u8]);
        Assert.Equal("TOTAL 34\uFFFD,00", print.Lines[0]);
        Assert.Equal(1, print.Damaged);

        Assert.Equal("TOTAL 34,00", EscPosReader.ReadAll([.. "TOTAL 34"u8, 0, .. ",00\n"u8], new PrinterSettings { ZerosArePadding = true })[0].Lines[0]);
    }

    [Fact]
    public void What_goes_to_another_device_on_the_line_is_not_on_the_paper() =>
        Assert.Equal(["TOTAL"], One([0x1B, 0x3D, 2, .. "345,00 ON THE DISPLAY\n"u8, 0x1B, 0x3D, 1, .. "TOTAL\n"u8]).Lines);

    [Fact]
    public void A_tab_that_goes_to_another_device_moves_nothing() =>
        Assert.Equal(["TOT", "AL"], One([.. "TOT"u8, 0x1B, 0x3D, 2, .. "\tON THE DISPLAY\t\n"u8, 0x1B, 0x3D, 1, .. "AL\n"u8]).Lines);

    [Fact]
    public void A_print_that_ends_within_an_image_is_cut_short()
    {
        Assert.True(One([.. "TOTAL\n"u8, 0x1D, 0x76, 0x30, 0, 9, 0, 9, 0, 1, 2, 3]).CutShort);
        Assert.False(One("TOTAL\n"u8).CutShort);
    }

    [Fact]
    public void However_long_a_print_is_what_is_kept_is_bounded()
    {
        var print = One(Encoding.ASCII.GetBytes(new string('x', 10_000) + "\n" + string.Concat(Enumerable.Repeat("line\n", 10_000))));

        Assert.True(print.TooLong);
        Assert.Equal((EscPosReader.LinesMaximum, EscPosReader.LineMaximum), (print.Lines.Count, print.Lines[0].Length));
    }

    private static PrintedText One(ReadOnlySpan<byte> bytes) => Assert.Single(EscPosReader.ReadAll(bytes, s_printer));
}
