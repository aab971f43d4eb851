using System.Net.Sockets;
using System.Text;
using TaximeterAgent.Board.Guest;
using TaximeterAgent.Board.Power;

namespace TaximeterAgent.Board.Tests;

/// <summary>The board's sockets, with a listener in QEMU's place.</summary>
public sealed class GuestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("board-tests-").FullName;

    private string Place => Path.Combine(_folder, "s");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_commands_output_comes_with_its_exit_code_in_however_many_pieces()
    {
        Task guest = AnswerAsync("one\n", "tw", "o\n\x04", "3\n");

        (int code, string output) = await new GuestShell(Place).RunAsync("false", TimeSpan.FromSeconds(30));

        await guest;
        Assert.Equal((3, "one\ntwo\n"), (code, output));
    }

    [Fact]
    public async Task A_board_that_goes_away_is_an_error()
    {
        Task guest = AnswerAsync("half");
        IOException error = await Assert.ThrowsAsync<IOException>(() => new GuestShell(Place).RunAsync("sleep 9", TimeSpan.FromSeconds(30)));
        await guest;
        Assert.Contains("went away", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_that_is_not_there_is_an_error() =>
        Assert.Contains("no answer", (await Assert.ThrowsAsync<IOException>(() => new GuestShell(Place).RunAsync("true", TimeSpan.FromMilliseconds(300)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Words_reach_the_shell_as_they_are() => Assert.Equal("'it'\\''s $HOME'", GuestShell.Quoted("it's $HOME"));

    [Fact]
    public async Task A_register_is_read_past_the_monitors_events()
    {
        Task qemu = ConverseAsync("""{"QMP":{}}""", """{"return":{}}""", """{"event":"RTC_CHANGE"}""" + "\n" + """{"return":"portb[0x02fb] = 0x1b\r\n"}""");
        Assert.Equal(0x1B, await new QemuMonitor(Place).PortAsync(0x2FB));
        await qemu;
    }

    [Fact]
    public async Task What_the_monitor_refuses_is_an_error()
    {
        Task qemu = ConverseAsync("""{"QMP":{}}""", """{"return":{}}""", """{"error":{"desc":"Device 'nic' not found"}}""");
        IOException error = await Assert.ThrowsAsync<IOException>(() => new QemuMonitor(Place).LinkAsync(up: false));
        await qemu;
        Assert.Contains("'nic' not found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_word_the_clock_is_right()
    {
        Assert.Equal(new BoardSwitches("tcg", "utc", ""), BoardSwitches.FromEnvironment("tcg", _ => null));
        Assert.Equal("2019-03-01T12:00:00", BoardSwitches.FromEnvironment("tcg", name => name == BoardSwitches.ClockVariable ? "2019-03-01T12:00:00" : null).Clock);
    }

    [Fact]
    public void The_log_of_the_disk_is_between_guest_and_overlay_and_nothing_is_flushed_for_the_guest()
    {
        string command = Command(new BoardImage("/image"), new Wires("/dev/pts/9"));
        Assert.Contains("driver=blklogwrites,node-name=disk,file=overlay,log=log,log-sector-size=512,log-super-update-interval=1", command, StringComparison.Ordinal);
        Assert.Contains("ide-hd,drive=disk", command, StringComparison.Ordinal);
        Assert.Contains("serial,id=meter,path=/dev/pts/9", command, StringComparison.Ordinal);
        Assert.Contains("agent-console-3.log", command, StringComparison.Ordinal);
        Assert.Contains("-kernel /image/kernel -initrd /image/initrd -append", command, StringComparison.Ordinal);
    }

    [Fact]
    public void The_own_kernel_starts_from_the_same_disk_without_an_initrd()
    {
        var image = new BoardImage("/image", "/cache/kernel");
        Assert.Equal("/image/disk.img", image.Disk);
        Assert.Contains("-kernel /cache/kernel -append", Command(image, new Wires("/dev/pts/9")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_meter_with_contacts_has_no_line_and_the_guest_is_told_how_they_stand()
    {
        string command = Command(new BoardImage("/image"), new Wires(null, Contacts: 1ul << 5, Matrix: true));
        Assert.Contains("null,id=meter", command, StringComparison.Ordinal);
        Assert.Contains("pipe,id=contacts,path=/world/contacts", command, StringComparison.Ordinal);
        Assert.Contains("board.life=3 board.contacts=32 board.matrix -blockdev", command, StringComparison.Ordinal);
    }

    [Fact]
    public void Through_wires_that_are_cut_nothing_comes()
    {
        string command = Command(new BoardImage("/image"), new Wires(null, Contacts: 0, Matrix: true), cut: true);
        Assert.DoesNotContain("pipe,", command, StringComparison.Ordinal);
        Assert.Contains("virtserialport,chardev=contacts", command, StringComparison.Ordinal);
        Assert.Contains("virtserialport,chardev=keypad", command, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wired_is_what_the_world_has()
    {
        File.WriteAllText(Place + ".levels", "48");
        Assert.Equal(new Wires("/dev/pts/9"), Wires.Of("""{ "Meter": { "Serial": { "Port": "/dev/pts/9" } }, "Driver": { "Keypad": "input-events" } }""", Place));
        Assert.Equal(new Wires(null, 48, Matrix: true), Wires.Of("""{ "Meter": { "Contacts": { "Hired": "4" } }, "Driver": { "Keypad": "matrix" } }""", Place));
    }

    [Fact]
    public void Arguments_that_cannot_be_meant_are_refused()
    {
        Assert.Equal(3, Options.Parse(["--cuts", "3", "--scenarios", "none"]).Cuts);
        Assert.Empty(Options.Parse(["--scenarios", "none"]).Scenarios);
        Assert.Equal(200, Options.Parse([]).Cuts);
        Assert.Throws<FormatException>(() => Options.Parse(["--cuts", "-1"]));
        Assert.Throws<FormatException>(() => Options.Parse(["--cuts"]));
        Assert.Throws<FormatException>(() => Options.Parse(["--boots", "1"]));
        Assert.Throws<FormatException>(() => Scenarios.BoardScenarios.Chosen(["no-such"]));
        Assert.Throws<FormatException>(() => Options.Parse(["--sabotage", "no-such"]));
        Assert.Throws<FormatException>(() => Options.Parse(["--kernel", "no-such"]));
        Assert.Null(Options.Parse([]).Kernel);
        Assert.Equal(KernelKind.Own, Options.Parse(["--kernel", "own"]).Kernel);
        Assert.Equal(["watchdog", "power-cut"], Scenarios.BoardScenarios.Chosen(["watchdog", "power-cut", "watchdog"]));
    }

    [Fact]
    public void What_plays_at_GPIO_lines_needs_a_kernel_that_has_them()
    {
        Assert.Equal(["contact-meter", "matrix-keypad", "hardened-gpio"], Scenarios.BoardScenarios.Chosen(["all"]).Where(Scenarios.BoardScenarios.NeedsOwnKernel));
        Assert.Equal(Scenarios.BoardScenarios.All.Count, Scenarios.BoardScenarios.Chosen(["all"]).Count);
    }

    [Fact]
    public async Task A_run_that_is_interrupted_ends_what_it_has_started()
    {
        using System.Diagnostics.Process child = System.Diagnostics.Process.Start("setsid", ["sleep", "600"]);
        OwnBoards.EndAll();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await child.WaitForExitAsync(limit.Token);
        Assert.Equal(128 + 9, child.ExitCode);
    }

    private static string Command(BoardImage image, Wires wires, bool cut = false) =>
        string.Join(' ', QemuCommand.Of(image, new BoardPlaces("/world"), 3, wires, BoardSwitches.FromEnvironment("tcg", _ => null), cut));

    private async Task AnswerAsync(params string[] pieces)
    {
        using Socket listener = Listen();
        using Socket guest = await listener.AcceptAsync();
        await guest.ReceiveAsync(new byte[1024]);
        foreach (string piece in pieces)
            await guest.SendAsync(Encoding.UTF8.GetBytes(piece));
    }

    /// <summary>Says the first at once and each other after a line from the other side.</summary>
    private async Task ConverseAsync(string greeting, params string[] answers)
    {
        using Socket listener = Listen();
        using Socket accepted = await listener.AcceptAsync();
        await using var stream = new NetworkStream(accepted);
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(greeting + "\n"));
        foreach (string answer in answers)
        {
            Assert.NotNull(await reader.ReadLineAsync());
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\n"));
        }
    }

    private Socket Listen()
    {
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(Place));
        listener.Listen();
        return listener;
    }
}
