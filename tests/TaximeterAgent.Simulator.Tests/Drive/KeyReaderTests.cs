using System.Text;
using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

public class KeyReaderTests
{
    private readonly KeyReader _reader = new();

    [Theory]
    [InlineData("h19#", "h19#")]
    [InlineData("\r\n", "\r\r")]
    [InlineData("\u007F\b", "\b\b")]
    [InlineData("\t\u0003", "\t\u0003")]
    [InlineData("\u001B[A\u001B[B\u001BOA\u001BOB", "↑↓↑↓")]
    [InlineData("\u001BOp\u001BOy\u001BOj\u001BOM\u001BOX", "09*\r")]
    [InlineData("\u001B[p\u001B[M", "")]
    [InlineData("\u001B[3~x", "x")]
    [InlineData("\u001B[1;5Cx", "x")]
    [InlineData("\u001B[200~5\u001B[201~", "5")]
    [InlineData("\u001Bq", "\u001Bq")]
    [InlineData("\u0001\u0004\u0000", "")]
    [InlineData("æq", "q")]
    public void Bytes_become_keys(string typed, string keys) => Assert.Equal(keys, Take(typed));

    [Fact]
    public void A_sequence_may_come_in_pieces()
    {
        Assert.Equal("", Take("\u001B"));
        Assert.Equal("", Take("["));
        Assert.Equal("↑", Take("A"));
    }

    [Fact]
    public void An_escape_with_nothing_behind_it_is_the_key()
    {
        Assert.Equal("", Take("\u001B"));
        Assert.Equal("\u001B", string.Concat(_reader.Pause()));
        Assert.Empty(_reader.Pause());
        Assert.Equal("A", Take("A"));
    }

    [Fact]
    public void Half_a_sequence_is_given_up_after_a_pause()
    {
        Take("\u001B[1;");
        Assert.Empty(_reader.Pause());
        Assert.Equal("q", Take("q"));
    }

    [Fact]
    public void A_sequence_without_end_ends()
    {
        Assert.Equal("99", Take("\u001B[" + new string('1', 14) + "99"));
    }

    private string Take(string typed) => string.Concat(_reader.Take(Encoding.UTF8.GetBytes(typed)));
}
