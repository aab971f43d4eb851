using TaximeterAgent.Cli.Control;

namespace TaximeterAgent.Tests.Control;

/// <summary>A table on a narrow terminal: it never spills, and nothing is cut.</summary>
public sealed class TableScreenTests
{
    private static readonly Column[] s_columns = [new("time"), new("amount", Right: true), new("what happened", Flows: true), new("meter", From: 100)];

    [Fact]
    public void What_has_room_stands_in_columns_with_numbers_to_the_right()
    {
        var (header, lines) = TableScreen.Lines(s_columns, [["12:00", "345.00", "create: 201", "meter-7"], ["12:01", "5.00", "paid", "meter-7"]], 80);
        Assert.True(header);
        Assert.Equal(["time   amount  what happened", "12:00  345.00  create: 201", "12:01    5.00  paid"], lines);
    }

    [Fact]
    public void A_column_for_wide_terminals_is_there_on_one()
    {
        Assert.EndsWith("  meter", TableScreen.Lines(s_columns, [["", "", "", ""]], 100).Lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("meter", TableScreen.Lines(s_columns, [["", "", "", ""]], 99).Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_goes_on_below_itself_and_words_stay_whole()
    {
        const string url = "https://apitest.vipps.no";
        var (_, lines) = TableScreen.Lines(
            [new("key"), new("value", Flows: true), new("from", Flows: true)],
            [["EPayment:SomeKeyWithALongNameInIt", url, "the environment variable of the service that is set in a drop-in"]],
            80);
        Assert.Contains(lines, line => line.Contains($" {url} ", StringComparison.Ordinal));
        Assert.True(lines.Count > 2);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public void No_line_is_wider_and_no_letter_is_lost(int width)
    {
        string[] row = ["2026-11-03 12:00:00Z", "1234567.00", new string('x', 200) + " and then", "taxi-NO4711T7-4736-14ff24b4-1"];
        Column[] columns = [new("time"), new("amount", Right: true), new("text", Flows: true), new("payment")];

        var (_, lines) = TableScreen.Lines(columns, [row, row], width);

        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        var letters = string.Concat(row.Concat(row)).Where(char.IsLetterOrDigit).Order();
        Assert.Equal(letters, lines.SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !columns.Any(column => column.Name == word))).SelectMany(word => word).Where(char.IsLetterOrDigit).Order());
    }

    [Fact]
    public void Where_the_columns_have_no_room_each_row_is_a_block_with_all_that_it_has()
    {
        Column[] columns = [new("payment"), new("state"), new("next", Flows: true), new("meter", From: 100)];
        var (header, lines) = TableScreen.Lines(columns, [[new string('r', 50), "authorized", "", "meter-7"], ["short", "created", "query, now", ""]], 60);
        Assert.False(header);
        Assert.Equal(["payment  " + new string('r', 50), "state    authorized", "meter    meter-7", "", "payment  short", "state    created", "next     query, now"], lines);
    }
}
