using System.Text;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices;

public sealed class CustomerDisplayTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(437, "åäöæÅÄÖÆéÉüÜ")]
    [InlineData(850, "åäöæøÅÄÖÆØéÉüÜ")]
    [InlineData(858, "åäöæøÅÄÖÆØéÉüÜ€")]
    [InlineData(865, "åäöæøÅÄÖÆØéÉüÜ")]
    [InlineData(1252, "åäöæøÅÄÖÆØéÉüÜ€")]
    public void Letters_are_sent_in_the_page_that_the_display_was_told(int page, string letters)
    {
        var painter = new CustomerDisplayPainter(20, 2, new CodePage(page));
        var picture = new PolePicture(20, 2);
        picture.Write([.. painter.SetUp(), .. painter.Draw([], [letters])]);
        Assert.Equal(letters.PadRight(20), picture.Lines()[0]);
        Assert.Empty(picture.Faults);
        Assert.False(picture.CursorOn);
    }

    [Fact]
    public void What_a_page_has_not_is_replaced_by_the_nearest() => Assert.Equal((byte)'o', new CodePage(437).Byte('ø'));

    [Fact]
    public void From_the_first_cell_that_changes_to_the_last_is_written()
    {
        var painter = new CustomerDisplayPainter(20, 2, new CodePage(850));
        Assert.Equal("\u001F$\u000D\u0001--4", Encoding.Latin1.GetString(painter.Draw(["Waiting for **39", "b"], ["Waiting for --49", "b"])));
        Assert.Empty(painter.Draw(["same"], ["same"]));
        Assert.Equal(2 * 24, painter.Draw([], [new string('x', 20), new string('y', 20)]).Length);
    }

    [Theory]
    [InlineData(new byte[] { 0x1B })]
    [InlineData(new byte[] { 0x1B, (byte)'t' })]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { 0x1F, (byte)'$' })]
    [InlineData(new byte[] { 0x1F, (byte)'$', 5 })]
    public void A_command_that_was_cut_off_does_not_swallow_the_start(byte[] rest)
    {
        var painter = new CustomerDisplayPainter(20, 2, new CodePage(850));
        var picture = new PolePicture(20, 2);
        picture.Write([.. rest, .. painter.SetUp(), .. painter.Draw([], ["Klar på"])]);
        Assert.Equal("Klar på".PadRight(20), picture.Lines()[0]);
    }

    [Fact]
    public void A_port_that_another_holds_is_not_shared()
    {
        using var terminal = new TestTerminal();
        using var first = Started(terminal.Path, out var status);
        Assert.Equal(DeviceState.Open, status.State);
        using var second = Started(terminal.Path, out status);
        Assert.Equal(DeviceState.Busy, status.State);
        Assert.Contains(terminal.Path, status.Message);
    }

    [Fact]
    public void A_port_that_was_let_go_is_not_marked_as_held()
    {
        using var terminal = new TestTerminal();
        var other = TestFiles.Open(terminal.Path);
        var display = Started(terminal.Path, out _);
        Assert.True(IsMarked(other));
        display.Dispose();
        Assert.False(IsMarked(other));
        TestFiles.Close(other);
    }

    private static bool IsMarked(int terminal)
    {
        const nuint getExclusive = 0x80045440; // TIOCGEXCL
        var mark = new byte[4];
        Assert.Equal(0, Libc.Control(terminal, getExclusive, mark.AsSpan()));
        return mark[0] != 0;
    }

    [Theory]
    [InlineData("/dev/null", DeviceState.Unusable, "is not a serial port")]
    [InlineData("/dev/no-such-port", DeviceState.Missing, "is not there")]
    public void What_is_wrong_with_a_port_is_said(string port, object state, string words)
    {
        using var display = Started(port, out var status);
        Assert.Equal((DeviceState)state, status.State);
        Assert.Contains(words, status.Message);
    }

    [Fact]
    public void A_code_page_that_no_display_has_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CustomerDisplay(new CustomerDisplayOptions("/dev/ttyUSB1", 9600, 20, 2, 851), _time));

    private CustomerDisplay Started(string port, out DeviceStatus status)
    {
        var log = new StatusLog(_time);
        var display = new CustomerDisplay(new CustomerDisplayOptions(port, 9600, 20, 2, 850), _time);
        display.Start(log.Add);
        status = log.Next();
        return display;
    }
}
