using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public class LcdPictureTests
{
    private readonly LcdPicture _picture = new(16, 2);

    [Fact]
    public void Text_and_a_line_feed_fill_both_lines()
    {
        Write("\f345,00 NOK\nPhone:");
        Shows("345,00 NOK", "Phone:");
    }

    [Fact]
    public void A_line_of_full_width_and_a_line_feed_leave_no_gap()
    {
        Write("\f0123456789ABCDEF\nsecond");
        Shows("0123456789ABCDEF", "second");
        Assert.Empty(_picture.Faults);
    }

    [Fact]
    public void A_line_feed_wipes_the_rest_of_its_line_and_the_last_line_goes_on_at_the_first()
    {
        Write("\fold old old\nmore\nnew\n");
        Shows("new", "more");
    }

    [Fact]
    public void A_carriage_return_goes_back_without_wiping()
    {
        Write("\fABCDEF\rxy");
        Shows("xyCDEF", "");
    }

    [Fact]
    public void A_backspace_takes_one_character_away()
    {
        Write("\f912\b3");
        Shows("913", "");
        Write("\f\b");
        Shows("", "");
    }

    [Fact]
    public void A_tab_is_a_space()
    {
        Write("\fa\tb");
        Shows("a b", "");
    }

    [Theory]
    [InlineData("abc\u001b[2Jd", "d")]
    [InlineData("abc\u001b[Hd", "dbc")]
    [InlineData("abc\u001b[Lx1;\u001b[Lk", "a")]
    [InlineData("abc\u001b[Ll\u001b[LlX", "aXc")]
    [InlineData("abc\u001b[H\u001b[LrX", "aXc")]
    [InlineData("abc\u001b[LL", "bc")]
    [InlineData("abc\u001b[LR", " abc")]
    [InlineData("abc\u001b[Ld", "")]
    [InlineData("abc\u001b[Ld\u001b[LD", "abc")]
    [InlineData("abc\u001b[LI", "")]
    [InlineData("abc\u001b[Lf\u001b[LN\u001b[L*d", "abcd")]
    public void Escape_sequences_do_what_the_kernel_does(string written, string firstLine)
    {
        Write(written);
        Shows(firstLine, "");
        Assert.Empty(_picture.Faults);
    }

    [Theory]
    [InlineData("\u001b[Lx3y1;", 3, 1)]
    [InlineData("\u001b[Ly1x3;", 3, 1)]
    [InlineData("\u001b[Ly1;", 0, 1)]
    [InlineData("\u001b[Lx15;", 15, 0)]
    public void The_cursor_goes_where_it_is_sent(string written, int column, int row)
    {
        Write(written);
        Assert.Equal((column, row), _picture.Cursor);
        Assert.Empty(_picture.Faults);
    }

    [Fact]
    public void Switches_are_switched()
    {
        Write("\u001b[Lc\u001b[Lb\u001b[L+");
        Assert.Equal((false, false, true), (_picture.CursorOn, _picture.BlinkOn, _picture.Backlight));
        Write("\u001b[LC\u001b[LB\u001b[L-");
        Assert.Equal((true, true, false), (_picture.CursorOn, _picture.BlinkOn, _picture.Backlight));
    }

    [Fact]
    public void A_drawn_character_is_defined_and_shown_as_drawn()
    {
        Write("\u001b[LG30E110E1F11110000;\u0003");
        Assert.Equal([0x0E, 0x11, 0x0E, 0x1F, 0x11, 0x11, 0, 0], _picture.Glyph(3)!);
        Shows("◊", "");
        Assert.Empty(_picture.Faults);
    }

    [Fact]
    public void Sequences_may_arrive_in_pieces()
    {
        foreach (string piece in (string[])["\f12\u001b", "[L", "x0y1", ";ab"])
            Write(piece);
        Shows("12", "ab");
    }

    [Theory]
    [InlineData("0123456789ABCDEFG", "right edge")]
    [InlineData("\u001b[Lx16;", "outside")]
    [InlineData("\u001b[Ly2;", "outside")]
    [InlineData("\u001b[Lxy1;", "not understood")]
    [InlineData("\u001b[Lx1z;", "not understood")]
    [InlineData("\u001b[LG9E110E1F11110000;", "glyph")]
    [InlineData("\u001b[LG1E1;", "glyph")]
    [InlineData("\u001b[31mred text is unknown here", "means nothing")]
    [InlineData("\u001b[L\n", "cut off")]
    public void What_a_careful_writer_never_sends_is_noted(string written, string fault)
    {
        Write(written);
        Assert.Contains(_picture.Faults, found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Codes_that_the_character_generator_draws_otherwise_are_shown_as_it_draws_them()
    {
        _picture.Write([0x5C, 0x7E, 0x7F, 0xE1, 0xEF, 0xA0]);
        Shows("¥→←äö▯", "");
    }

    [Fact]
    public void Four_lines_of_twenty_characters_are_four_lines()
    {
        var large = new LcdPicture(20, 4);
        large.Write("\f1\n2\n3\n01234567890123456789\u001b[Lx18y2;x"u8);
        Assert.Equal(["1", "2", "3                 x", "01234567890123456789"], large.Lines().Select(line => line.TrimEnd()));
    }

    private void Write(string text) => _picture.Write(Encoding.Latin1.GetBytes(text));

    private void Shows(string first, string second) => Assert.Equal([first.PadRight(16), second.PadRight(16)], _picture.Lines());
}
