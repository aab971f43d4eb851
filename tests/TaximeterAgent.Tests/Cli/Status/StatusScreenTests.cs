using Spectre.Console;
using TaximeterAgent.Cli.Control.Status;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Tests.Cli.Status;

public sealed class StatusScreenTests
{
    private static readonly PartReport[] s_parts =
    [
        new("service", "green", "runs, for 3 h"),
        new("meter", "red", $"/dev/serial/by-id/usb-FTDI_{new string('x', 70)} is not there: it is not plugged in", "plug it in, or mend its name: taximeter-agent config explain Meter:Serial:Port"),
        new("network", "yellow", "offline", "see which step fails: taximeter-agent network test"),
        new("token", "unknown", "only the running agent knows"),
        new("a-part-of-a-later-version", "a-level-of-a-later-version", "hm\u001b[31m"),
    ];

    [Fact]
    public void No_line_is_wider_than_the_screen_and_each_grade_is_a_word()
    {
        var lines = StatusScreen.Lines("taximeter-agent, car NO-4711-T7", s_parts, 80);

        Assert.All(lines, line => Assert.True(line.ToString().Length <= 80, line.ToString()));
        Assert.DoesNotContain(string.Concat(lines), c => c is '\u001b');
        var text = string.Join('\n', lines);
        Assert.StartsWith("taximeter-agent, car NO-4711-T7   1 RED, 1 YELLOW\ngreen   service       runs, for 3 h\nRED     meter         /dev/serial", text, StringComparison.Ordinal);
        Assert.Contains("YELLOW  network       offline\n                      > see which step fails: taximeter-agent network test\n", text, StringComparison.Ordinal);
        Assert.Contains("\n?       token         only", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_screen_that_is_too_low_says_how_much_it_hides()
    {
        var all = StatusScreen.Lines("head", s_parts, 80);
        var some = StatusScreen.Lines("head", s_parts, 80, height: 5);

        Assert.Equal(5, some.Count);
        Assert.Equal(all.Take(4), some.Take(4));
        Assert.StartsWith($"… {all.Count - 4} more lines", some[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal(all, StatusScreen.Lines("head", s_parts, 80, height: all.Count));
    }

    [Fact]
    public async Task A_picture_that_is_as_it_was_costs_no_byte_and_one_changed_line_only_itself()
    {
        using var terminal = new StringWriter();
        var painter = new ScreenPainter(terminal, ColorSystemSupport.Standard);
        var lines = StatusScreen.Lines("head", s_parts, 80);

        await painter.PaintAsync(lines, 80, 24);
        var first = terminal.ToString();
        Assert.StartsWith("\u001b[?1049h\u001b[?25l", first, StringComparison.Ordinal);
        Assert.Contains("runs, for 3 h", first, StringComparison.Ordinal);

        for (var tick = 0; tick < 100; tick++)
            await painter.PaintAsync(StatusScreen.Lines("head", s_parts, 80), 80, 24);
        Assert.Equal(first.Length, terminal.ToString().Length);

        var changed = s_parts.ToArray();
        changed[0] = changed[0] with { Why = "runs" };
        await painter.PaintAsync(StatusScreen.Lines("head", changed, 80), 80, 24);
        var more = terminal.ToString()[first.Length..];
        // To the second line, of which the rest is erased because it was longer.
        Assert.StartsWith("\u001b[2;1H\u001b[K", more, StringComparison.Ordinal);
        Assert.Contains("runs", more, StringComparison.Ordinal);
        Assert.DoesNotContain("network", more, StringComparison.Ordinal);
        Assert.True(more.Length < 80, more);
    }

    [Fact]
    public async Task A_grade_that_changes_repaints_its_line_and_a_window_that_changes_all()
    {
        using var terminal = new StringWriter();
        var painter = new ScreenPainter(terminal, ColorSystemSupport.Standard);
        await painter.PaintAsync(StatusScreen.Lines("head", s_parts[..1], 80), 80, 24);
        var before = terminal.ToString().Length;
        await painter.PaintAsync(StatusScreen.Lines("head", [s_parts[0] with { Level = "red" }], 80), 80, 24);
        Assert.Contains("RED", terminal.ToString()[before..], StringComparison.Ordinal);

        before = terminal.ToString().Length;
        await painter.PaintAsync(StatusScreen.Lines("head", s_parts[..1], 60), 60, 24);
        Assert.StartsWith("\u001b[2J", terminal.ToString()[before..], StringComparison.Ordinal);
        Assert.Contains("head", terminal.ToString()[before..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screen_without_colour_has_none_and_the_terminal_is_given_back()
    {
        using var terminal = new StringWriter();
        var painter = new ScreenPainter(terminal, ColorSystemSupport.NoColors);
        await painter.PaintAsync(StatusScreen.Lines("head", s_parts, 80), 80, 24);
        await painter.EndAsync();

        Assert.DoesNotMatch("\u001b\\[[0-9;]*3[0-9][0-9;]*m", terminal.ToString());
        Assert.EndsWith("\u001b[?25h\u001b[?1049l", terminal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_screen_that_never_was_is_not_ended()
    {
        using var terminal = new StringWriter();
        await new ScreenPainter(terminal, ColorSystemSupport.Standard).EndAsync();
        Assert.Equal("", terminal.ToString());
    }
}
