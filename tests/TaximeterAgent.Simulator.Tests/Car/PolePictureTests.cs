using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

public sealed class PolePictureTests
{
    private readonly PolePicture _picture = new(20, 2);

    [Fact]
    public void Text_stands_where_it_is_put()
    {
        _picture.Write("\u000CTotal\u001F$\u0005\u0002345,00"u8);
        Shows("Total", "    345,00");
    }

    [Theory]
    [InlineData(2, new byte[] { 0x86, 0x9B, 0x91 }, "åøæ")]
    [InlineData(5, new byte[] { 0x86, 0x9B, 0x91 }, "åøæ")]
    [InlineData(0, new byte[] { 0x86, 0x84, 0x91 }, "åäæ")]
    [InlineData(16, new byte[] { 0xE5, 0xF8, 0xE6 }, "åøæ")]
    public void Letters_are_those_of_the_code_table(byte table, byte[] bytes, string letters)
    {
        _picture.Write([0x1B, (byte)'t', table, .. bytes]);
        Shows(letters, "");
    }

    [Fact]
    public void Initializing_ends_the_code_table_and_keeps_the_text()
    {
        _picture.Write([0x1B, (byte)'t', 2, 0x9B, 0x1B, (byte)'@']);
        Shows("¢", "");
        Assert.True(_picture.CursorOn);
        _picture.Write("\u001FC\0"u8);
        Assert.False(_picture.CursorOn);
    }

    [Fact]
    public void A_full_line_goes_on_in_the_next_and_scrolls_only_in_that_mode()
    {
        _picture.Write("\u000C\u001F\u0001"u8);
        _picture.Write("12345678901234567890second"u8);
        Shows("12345678901234567890", "second");
        _picture.Write("\u000C\u001F\u0002"u8);
        _picture.Write("1234567890123456789012345678901234567890third"u8);
        Shows("12345678901234567890", "third");
        Assert.Single(_picture.Faults);
    }

    [Theory]
    [InlineData("\u001F$\u0015\u0001")]
    [InlineData("\u001F$\u0001\u0003")]
    [InlineData("\u001Bt\u0063")]
    [InlineData("\u001Bz")]
    [InlineData("\u0001")]
    public void What_means_nothing_is_noted(string bytes)
    {
        _picture.Write(System.Text.Encoding.Latin1.GetBytes(bytes));
        Assert.Single(_picture.Faults);
    }

    private void Shows(params string[] lines) => Assert.Equal(lines.Select(line => line.PadRight(20)), _picture.Lines());
}
