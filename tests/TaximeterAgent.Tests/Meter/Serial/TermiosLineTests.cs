using System.Collections.Concurrent;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Meter.Serial;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class TermiosLineTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly ManualTime _time = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        foreach (var thing in Enumerable.Reverse(_open))
            thing.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void Bytes_go_both_ways_at_once_and_unchanged()
    {
        var terminal = Terminal();
        var (line, events) = Line(terminal.Path);
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        var every = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        for (var round = 0; round < 8; round++)
        {
            Assert.True(line.Write(every));
            TestFiles.Write(terminal.Master, every);
        }

        var expected = Enumerable.Repeat(every, 8).SelectMany(bytes => bytes).ToArray();
        var sent = new List<byte>();
        while (sent.Count < expected.Length)
            sent.AddRange(TestFiles.Read(terminal.Master));
        Assert.Equal(expected, sent);
        Assert.Equal(expected, events.Take(expected.Length));
    }

    [Fact]
    public void Parity_is_asked_for_as_the_kernel_wants_it()
    {
        var even = TerminalSettings.Raw(19200, Parity.Even);
        Assert.Equal(TerminalSettings.ParityEnabled, even.ControlFlags & (TerminalSettings.ParityEnabled | TerminalSettings.ParityOdd));
        Assert.Equal(Parity.Odd, TerminalSettings.Raw(19200, Parity.Odd).Parity);
        Assert.Equal(Parity.None, TerminalSettings.Raw(19200, Parity.None).Parity);
    }

    [Fact]
    public void A_speed_within_two_percent_passes()
    {
        Assert.True(TerminalSettings.Raw(115384, Parity.None).RunsAt(115200));
        Assert.False(TerminalSettings.Raw(9600, Parity.None).RunsAt(19200));
        Assert.False(TerminalSettings.Raw(19600, Parity.None).RunsAt(19200));
    }

    [Fact]
    public void A_second_agent_is_kept_out_until_the_first_is_gone()
    {
        var terminal = Terminal();
        var (first, events) = Line(terminal.Path);
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        var (_, other) = Line(terminal.Path);
        var status = other.Log.Next();
        Assert.Equal(DeviceState.Busy, status.State);
        Assert.Contains(terminal.Path, status.Message);
        Assert.Contains("is in use by", status.Message);

        TestFiles.Write(terminal.Master, "still mine"u8);
        Assert.Equal("still mine"u8, events.Take(10));
        first.Dispose();
        other.Log.PassTo(DeviceState.Open);
    }

    [Fact]
    public void A_line_that_hangs_up_is_noticed_at_once_and_opened_again_when_it_is_back()
    {
        var path = _files.Path("meter");
        var terminal = Terminal();
        File.CreateSymbolicLink(path, terminal.Path);
        var (line, events) = Line(path);
        Assert.Equal(DeviceState.Open, events.Log.Next().State);

        terminal.HangUp();
        var lost = events.Log.Next(); // no time has passed
        Assert.Equal(DeviceState.Lost, lost.State);
        Assert.Contains(path, lost.Message);
        Assert.False(line.Write("into the void"u8));
        File.Delete(path);
        Assert.Equal(DeviceState.Missing, events.Log.PassTo(DeviceState.Missing).State);

        var back = Terminal();
        File.CreateSymbolicLink(path, back.Path);
        events.Log.PassTo(DeviceState.Open);
        Assert.True(line.Write("hello"u8));
        Assert.Equal("hello"u8, TestFiles.ReadTo(back.Master, "hello"u8));
        TestFiles.Write(back.Master, "there"u8);
        Assert.Equal("there"u8, events.Take(5));
    }

    [Fact]
    public void What_was_sent_before_the_end_is_still_received()
    {
        var terminal = Terminal();
        var (_, events) = Line(terminal.Path);
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        TestFiles.Write(terminal.Master, "last words"u8);
        Assert.Equal("last words"u8, events.Take(10));
        terminal.HangUp();
        Assert.Equal(DeviceState.Lost, events.Log.Next().State);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, "needs the group dialout")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, "its mode 600 lets only the user")]
    public void A_port_that_may_not_be_opened_names_the_group_that_is_missing(UnixFileMode mode, string words)
    {
        const uint dialout = 20; // Debian's, the group of serial ports
        if (Environment.UserName != "root" || !File.ReadLines("/etc/group").Any(line => line.StartsWith("dialout:x:20:", StringComparison.Ordinal)))
            return; // only root can make such a file and be somebody else for a moment
        var path = _files.Path("port");
        File.WriteAllText(path, "");
        File.SetUnixFileMode(path, mode);
        TestFiles.GiveToGroup(path, dialout);
        File.SetUnixFileMode(_files.Path("."), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);
        Assert.True(TestFiles.AsNobody(() =>
        {
            var opening = TermiosLine.Open(new SerialLineOptions { Port = path });
            Assert.Equal(DeviceState.Forbidden, opening.Status.State);
            Assert.Contains(words, opening.Status.Message);
        }));
    }

    [Fact]
    public void A_user_who_is_not_root_is_kept_out_by_the_kernel_and_told_that_the_line_is_busy()
    {
        if (Environment.UserName != "root")
            return; // only root can make a terminal another user's and be that user for a moment
        var terminal = Terminal();
        var (_, events) = Line(terminal.Path);
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        TestFiles.GiveToUser(terminal.Path, TestFiles.Nobody);
        TestFiles.AsOtherUser(() =>
        {
            // Neither the lock nor the agent has a say in this: any program gets EBUSY.
            Assert.True(Libc.Open(terminal.Path, Libc.ReadWrite | Libc.NoControllingTerminal | Libc.NonBlocking, 0) < 0);
            Assert.Equal(Libc.EBUSY, Libc.Error);
            var status = TermiosLine.Open(new SerialLineOptions { Port = terminal.Path }).Status;
            Assert.Equal(DeviceState.Busy, status.State);
            Assert.Contains($"{terminal.Path} is in use by ", status.Message);
        });
    }

    [Fact]
    public void A_console_that_has_the_port_open_too_is_named()
    {
        var terminal = Terminal();
        using var other = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", $"exec 3<>{terminal.Path}; echo ready; read line"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", other.StandardOutput.ReadLine());
        var words = $"not ours alone: sh (process {other.Id}) can take bytes away";
        var (line, events) = Line(terminal.Path);
        // The meter is not kept waiting for it.
        Assert.DoesNotContain("not ours alone", events.Log.Next().Message);
        Assert.Contains(words, events.Log.PassTo(DeviceState.Open).Message);
        line.Dispose();
        // Whoever tests a line wants to know it first.
        (_, events) = Line(terminal.Path, othersFirst: true);
        Assert.Contains(words, events.Log.Next().Message);
        other.StandardInput.Close();
        Assert.True(other.WaitForExit(30_000));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => new TermiosLine(new SerialLineOptions { Port = "" }, _time));
        Assert.ThrowsAny<ArgumentException>(() => new TermiosLine(new SerialLineOptions { Port = "/dev/null", BaudRate = 49 }, _time));
        Assert.ThrowsAny<ArgumentException>(() => new TermiosLine(new SerialLineOptions { Port = "/dev/null", Parity = (Parity)9 }, _time));
    }

    private TestTerminal Terminal()
    {
        var terminal = new TestTerminal();
        _open.Add(terminal);
        return terminal;
    }

    private (TermiosLine Line, Events Events) Line(string path, Func<SerialLineOptions, SerialLineOptions>? change = null, bool othersFirst = false)
    {
        var options = new SerialLineOptions { Port = path };
        var line = new TermiosLine(change?.Invoke(options) ?? options, _time) { OthersFirst = othersFirst };
        _open.Add(line);
        var events = new Events(_time);
        line.Start(events);
        return (line, events);
    }

    private sealed class Events(ManualTime time) : ISerialEvents
    {
        private readonly BlockingCollection<byte> _bytes = [];

        public StatusLog Log { get; } = new(time);

        public void Received(ReadOnlySpan<byte> bytes)
        {
            foreach (var octet in bytes)
                _bytes.Add(octet);
        }

        public void Changed(DeviceStatus status) => Log.Add(status);

        public byte[] Take(int count) =>
            [.. Enumerable.Range(0, count).Select(_ => Next())];

        private byte Next() => _bytes.TryTake(out var octet, TimeSpan.FromSeconds(30)) ? octet : throw new InvalidOperationException("Bytes are missing.");
    }
}
