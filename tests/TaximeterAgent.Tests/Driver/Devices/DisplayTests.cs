using System.Text;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Tests.Meter;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Driver.Devices;

public sealed class DisplayTests : IDisposable
{
    private const string Norwegian =
        "\n\e[LI\e[L+\e[2J\e[LG000001A050F140F00;\e[LG100000F1315191E00;\e[LG204000E010F110F00;\e[LG30F14141E14141700;\e[LG40E13151515190E00;"
        + "\e[LG504000E111F111100;\e[LG60A000E010F110F00;\e[LG70A000E1111110E00;\e[LD\e[Lc\e[Lb";

    private readonly TestFiles _files = new();
    private readonly ManualTime _time = new();
    private readonly StatusLog _log;
    private readonly List<IDisposable> _open = [];

    public DisplayTests() => _log = new StatusLog(_time);

    public void Dispose()
    {
        _open.ForEach(thing => thing.Dispose());
        _files.Dispose();
    }

    [Fact]
    public void A_picture_is_the_setup_and_then_line_by_line_in_the_devices_own_codes()
    {
        var (display, reader) = Lcd("nb");
        display.Show(["Beløp på 345", "Å~•"]);
        var expected = Norwegian + Line(0, "Bel\u0001p p\u0002 345") + Line(1, "\u0005-*");
        Assert.Equal(expected, ReadTo(reader, Line(1, "\u0005-*")));
    }

    [Fact]
    public void Lines_are_cut_and_filled_to_the_display()
    {
        var (display, reader) = Lcd("en");
        display.Show(["12345678901234567890"]);
        Assert.Equal("\n\e[LI\e[L+\e[2J\e[LD\e[Lc\e[Lb\e[Lx0y0;1234567890123456" + Line(1, ""), ReadTo(reader, Line(1, "")));
        display.Show(["", "b", "c"]);
        Assert.Equal(Line(0, "") + Line(1, "b"), ReadTo(reader, Line(1, "b")));
    }

    [Fact]
    public void The_same_picture_is_not_sent_twice_and_a_reset_sends_it_with_the_setup()
    {
        var (display, reader) = Lcd("nb");
        display.Show(["a"]);
        ReadTo(reader, Line(1, ""));
        display.Show(["a", ""]);
        display.Show(["b", "c"]);
        Assert.Equal(Line(0, "b") + Line(1, "c"), ReadTo(reader, Line(1, "c")));
        display.Reset();
        Assert.Equal(Norwegian + Line(0, "b") + Line(1, "c"), ReadTo(reader, Line(1, "c")));
    }

    [Fact]
    public void The_last_picture_is_written_before_the_process_may_end()
    {
        var (display, reader) = Lcd("en");
        display.Show(["a"]);
        ReadTo(reader, Line(1, ""));
        for (var last = 1; last <= 50; last++)
        {
            display.ShowLast(["last", $"{last}"], TimeSpan.FromSeconds(20));
            // It is in the pipe already: nobody has to wait for the display's thread.
            var buffer = new byte[200];
            Assert.Equal(Line(0, "last") + Line(1, $"{last}"), Encoding.Latin1.GetString(buffer, 0, (int)Libc.Read(reader, buffer, (nuint)buffer.Length)));
        }
    }

    [Fact]
    public void A_display_that_is_not_there_is_waited_for_no_longer_than_said()
    {
        using var display = new LcdDisplay(_files.Path("none"), 16, 2, "en", _time);
        display.Start(_ => { });
        display.ShowLast(["last"], TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void A_display_that_takes_nothing_delays_nobody_and_gets_the_newest_picture()
    {
        var (display, reader) = Lcd("nb");
        for (var picture = 0; picture < 20_000; picture++)
            display.Show([$"picture {picture}"]);
        var end = Line(0, "picture 19999") + Line(1, "");
        var written = ReadTo(reader, end);
        Assert.EndsWith(end, written, StringComparison.Ordinal);
        Assert.InRange(written.Length, end.Length, 100_000); // what a pipe holds, not twenty thousand pictures
    }

    [Fact]
    public void A_display_that_takes_nothing_for_long_is_told_and_told_again_when_it_does()
    {
        var (display, reader) = Lcd("nb");
        var shown = 0;
        var told = false;
        for (; shown < 5_000_000 && !told; shown++)
        {
            display.Show([$"picture {shown}"]);
            if (shown % 200 == 0)
                _time.Advance(TimeSpan.FromSeconds(1));
            told = display.Status!.State == DeviceState.Stalled;
        }

        Assert.Equal(DeviceState.Stalled, _log.Next().State);
        display.Show(["last"]);
        var end = Line(0, "last") + Line(1, "");
        Assert.EndsWith(end, ReadTo(reader, end), StringComparison.Ordinal);
        Assert.Equal(DeviceState.Open, _log.Next().State);
    }

    [Fact]
    public void A_display_that_is_not_there_yet_shows_the_newest_picture_when_it_comes()
    {
        var path = _files.Fifo("lcd");
        var display = Start(new LcdDisplay(path, 16, 2, "nb", _time));
        var status = _log.Next();
        Assert.Equal(DeviceState.Missing, status.State);
        Assert.Contains(path, status.Message);
        display.Show(["old"]);
        display.Show(["new"]);
        var reader = Reader(path);
        _log.PassTo(DeviceState.Open);
        Assert.Equal(Norwegian + Line(0, "new") + Line(1, ""), ReadTo(reader, Line(1, "")));
    }

    [Fact]
    public void A_display_that_goes_and_comes_back_is_set_up_anew()
    {
        var path = _files.Fifo("lcd");
        var reader = TestFiles.Open(path);
        var display = Start(new LcdDisplay(path, 16, 2, "nb", _time));
        Assert.Equal(DeviceState.Open, _log.Next().State);
        display.Show(["before"]);
        ReadTo(reader, Line(1, ""));
        TestFiles.Close(reader);
        Assert.Equal(DeviceState.Lost, _log.Next().State);
        display.Show(["after"]);
        reader = Reader(path);
        _log.PassTo(DeviceState.Open);
        Assert.Equal(Norwegian + Line(0, "after") + Line(1, ""), ReadTo(reader, Line(1, "")));
    }

    [Fact]
    public void A_file_is_no_display()
    {
        File.WriteAllText(_files.Path("lcd"), "");
        Start(new LcdDisplay(_files.Path("lcd"), 16, 2, "nb", _time));
        Assert.Equal(DeviceState.Unusable, _log.Next().State);
    }

    [Fact]
    public void A_terminal_shows_a_frame_and_draws_over_it()
    {
        var reader = Reader(_files.Fifo("terminal"));
        var display = Start(new TerminalDisplay(8, 2, reader, _time));
        display.Show(["Beløp\e", "345"]);
        const string frame = "\e[4A\r┌────────┐\n\r│Beløp   │\n\r│345     │\n\r└────────┘\n";
        Assert.Equal("\n\n\n\n" + frame, Encoding.UTF8.GetString(TestFiles.ReadTo(reader, Encoding.UTF8.GetBytes(frame))));
    }

    [Theory]
    [InlineData("nb", "æøåÆØÅ")]
    [InlineData("da", "æøåÆØÅ")]
    [InlineData("sv", "åäöÅÄÖ")]
    [InlineData("fi", "äöåÄÖÅ")]
    public void Each_language_has_its_letters(string language, string letters)
    {
        var set = GlyphSet.Of(language);
        Assert.Equal(letters.Length, letters.Select(set.Byte).Where(code => code < 8).Distinct().Count());
        Assert.Equal(8, set.Letters.Count);
        Assert.Equal(8, Enumerable.Range(0, 8).Select(number => Convert.ToHexString(set.Dots(number))).Distinct().Count());
    }

    [Fact]
    public void What_cannot_be_shown_is_replaced_by_the_nearest_and_no_control_code_gets_through()
    {
        var set = GlyphSet.Of("en");
        Assert.Equal("aoaAOA eU-.*?E/-?", string.Concat("åøæÅØÄ éÜ–…•猫€\\~\e".Select(character => (char)set.Byte(character))));
        Assert.All(Enumerable.Range(0, 0x10000), code => Assert.InRange(set.Byte((char)code), (byte)' ', (byte)'}'));
    }

    [Fact]
    public void A_size_that_no_display_has_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new LcdDisplay("/dev/lcd", 7, 2, "nb", _time));
        Assert.ThrowsAny<ArgumentException>(() => new LcdDisplay("/dev/lcd", 16, 5, "nb", _time));
        Assert.ThrowsAny<ArgumentException>(() => new LcdDisplay("", 16, 2, "nb", _time));
    }

    private static string Line(int row, string text) => $"\e[Lx0y{row};{text,-16}";

    private static string ReadTo(int reader, string end) => Encoding.Latin1.GetString(TestFiles.ReadTo(reader, Encoding.Latin1.GetBytes(end)));

    private (ICharacterDisplay Display, int Reader) Lcd(string language)
    {
        var path = _files.Fifo("lcd");
        var reader = Reader(path);
        var display = Start(new LcdDisplay(path, 16, 2, language, _time));
        Assert.Equal(DeviceState.Open, _log.Next().State);
        return (display, reader);
    }

    private int Reader(string path)
    {
        var reader = TestFiles.Open(path);
        _open.Add(new Closing(reader));
        return reader;
    }

    private ICharacterDisplay Start(ICharacterDisplay display)
    {
        _open.Add(display);
        display.Start(_log.Add);
        return display;
    }

    private sealed class Closing(int descriptor) : IDisposable
    {
        public void Dispose() => TestFiles.Close(descriptor);
    }
}
