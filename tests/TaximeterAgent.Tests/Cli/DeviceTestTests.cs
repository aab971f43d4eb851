using TaximeterAgent.Cli;
using TaximeterAgent.Cli.Devices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Driver.Devices.Contracts;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Cli;

/// <summary><c>keypad test</c> and <c>display test</c>, on devices that are stood in for.</summary>
public sealed class DeviceTestTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);

    private readonly TestConfiguration _configuration = new();
    private readonly TestFiles _files = new();
    private readonly StringWriter _text = new();
    private readonly TextWriter _output;
    private readonly StringWriter _error = new();
    private readonly List<IDisposable> _open = [];

    public DeviceTestTests() => _output = TextWriter.Synchronized(_text);

    public void Dispose()
    {
        _open.ForEach(one => one.Dispose());
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Every_key_is_said_until_the_test_is_stopped()
    {
        var rig = Opened(new InputEventRig(TimeProvider.System, new FakeInputCalls()));
        using var stop = new CancellationTokenSource();
        var test = new KeypadTest(rig.Pad, _output, _error, TimeProvider.System).RunAsync(s_long, stop.Token);
        await SaidAsync("Press keys");
        rig.Press(Key.Digit7);
        rig.Press(Key.Enter);
        await SaidAsync("Enter");
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Ok, await test);
        Assert.EndsWith("\n7\nEnter\n2 keys\n", Output(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pad_without_a_key_pressed_is_no_success()
    {
        var rig = Opened(new InputEventRig(TimeProvider.System, new FakeInputCalls()));
        Assert.Equal(ExitCode.TryAgain, await new KeypadTest(rig.Pad, _output, _error, TimeProvider.System).RunAsync(TimeSpan.FromMilliseconds(10), default));
        Assert.Contains("no key was pressed", _error.ToString());
    }

    [Fact]
    public async Task A_pad_that_is_unplugged_meanwhile_ends_the_test()
    {
        var rig = Opened(new InputEventRig(TimeProvider.System, new FakeInputCalls()));
        var test = new KeypadTest(rig.Pad, _output, _error, TimeProvider.System).RunAsync(s_long, default);
        await SaidAsync("Press keys");
        rig.Lose();
        Assert.Equal(ExitCode.InputOutput, await test);
        Assert.Contains("is gone", _error.ToString());
    }

    [Fact]
    public async Task A_pad_that_another_holds_is_said()
    {
        var rig = Opened(new InputEventRig(TimeProvider.System, new FakeInputCalls { GrabError = 16 }));
        Assert.Equal(ExitCode.TryAgain, await new KeypadTest(rig.Pad, _output, _error, TimeProvider.System).RunAsync(s_long, default));
        Assert.Contains("grabbed by another program", _error.ToString());
        Assert.Empty(Output());
    }

    [Fact]
    public async Task The_display_shows_every_cell_the_letters_and_a_screen()
    {
        var rig = Opened(new BackpackRig(16, 2, busClock: 100_000, "nb", TimeProvider.System));
        var test = new DisplayTest(rig.Display, Language.Norwegian, _output, _error, TimeProvider.System).RunAsync(TimeSpan.FromMilliseconds(50), default);
        rig.Shows("Klar");
        Assert.Equal(ExitCode.Ok, await test);
        Assert.Empty(rig.Picture.Faults);
        Assert.Contains("every cell", Output());
    }

    [Fact]
    public async Task A_display_that_goes_meanwhile_ends_the_test()
    {
        var rig = Opened(new LcdRig("nb", TimeProvider.System));
        var test = new DisplayTest(rig.Display, Language.Norwegian, _output, _error, TimeProvider.System).RunAsync(s_long, default);
        rig.Shows(new string('#', 16), new string('#', 16));
        rig.Lose();
        Assert.Equal(ExitCode.InputOutput, await test);
        Assert.Contains("is gone", _error.ToString());
    }

    [Fact]
    public async Task A_display_test_that_is_stopped_says_so()
    {
        var rig = Opened(new LcdRig("nb", TimeProvider.System));
        using var stop = new CancellationTokenSource();
        var test = new DisplayTest(rig.Display, Language.Norwegian, _output, _error, TimeProvider.System).RunAsync(s_long, stop.Token);
        await SaidAsync("every cell");
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Interrupted, await test);
    }

    [Theory]
    [InlineData(Language.Norwegian, "æøå")]
    [InlineData(Language.Finnish, "äö")]
    public void The_pictures_fill_the_display_and_have_the_letters(object language, string letters)
    {
        var pictures = DisplayTest.Pictures((Language)language, 20, 4).ToList();
        Assert.All(pictures, picture => Assert.All(picture.Lines, line => Assert.InRange(line.Length, 0, 20)));
        Assert.Equal(["12345678901234567890", "22345678901234567890", "32345678901234567890", "42345678901234567890"], pictures[1].Lines);
        Assert.All(letters, letter => Assert.Contains(pictures, picture => picture.Lines.Any(line => line.Contains(letter, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("keypad test", "Driver:Keypad", "\"none\"", ExitCode.NotFound, "there is no keypad")]
    [InlineData("display test", "Driver:Display", "\"none\"", ExitCode.NotFound, "there is no display")]
    [InlineData("keypad test", "Driver:KeypadDevice", "\"/dev/input/no-such-pad\"", ExitCode.NotFound, "is not there")]
    [InlineData("keypad test", "Driver:KeypadDevice", "\"/dev/null\"", ExitCode.InputOutput, "is not an input device")]
    [InlineData("display test", "Driver:DisplayDevice", "\"/dev/no-such-lcd\"", ExitCode.NotFound, "is not there")]
    [InlineData("display test", "Driver:Keymap", "\"KEY_F1=Nothing\"", ExitCode.Configuration, "Driver:Keymap")]
    [InlineData("keypad test --seconds 0", "Driver:Keypad", "\"none\"", ExitCode.Usage, "1 to 3600")]
    [InlineData("display test --seconds x", "Driver:Display", "\"none\"", ExitCode.Usage, "x")]
    public async Task What_cannot_be_tested_ends_with_a_reason(string command, string key, string value, int exitCode, string reason)
    {
        _configuration.With(key, value).With("Control:Socket", $"\"{_files.Path("no-agent.sock")}\"");
        Assert.Equal(exitCode, await CommandLine.InvokeAsync([.. command.Split(' '), "--config", _configuration.File], AgentHost.RunAsync, _output, _error));
        Assert.Contains(reason, _error.ToString());
        Assert.Empty(Output());
    }

    [Fact]
    public async Task The_whole_command_shows_pictures_on_the_configured_display()
    {
        var path = _files.Fifo("bus");
        var reader = TestFiles.Open(path);
        _configuration.With("Driver:Display", "\"pcf8574\"").With("Driver:DisplayDevice", $"\"{path}\"").With("Driver:DisplayFifo", "true")
            .With("Control:Socket", $"\"{_files.Path("no-agent.sock")}\"");
        var code = await CommandLine.InvokeAsync(["display", "test", "--seconds", "1", "--config", _configuration.File], AgentHost.RunAsync, _output, _error);
        var picture = new Simulator.Car.BackpackPicture(16, 2);
        while (TestFiles.TryRead(reader, 0) is { } bytes)
            picture.Write(bytes);
        TestFiles.Close(reader);
        Assert.Equal((ExitCode.Ok, "taximeter-agent: no agent runs; testing the device itself."), (code, _error.ToString().TrimEnd()));
        Assert.Equal("Klar".PadRight(16), picture.Lines()[0]);
    }

    private T Opened<T>(T one)
        where T : IDisposable
    {
        _open.Add(one);
        return one;
    }

    // The writer locks itself, whoever writes.
    private string Output()
    {
        lock (_output)
            return _text.ToString();
    }

    private async Task SaidAsync(string text)
    {
        for (var glance = 0; glance < 3000 && !Said(text); glance++)
            await Task.Delay(10);
        Assert.True(Said(text), $"'{text}' was not said");
    }

    private bool Said(string text) => Output().Contains(text, StringComparison.Ordinal);
}
