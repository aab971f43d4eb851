using System.Collections.Concurrent;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Meter.Serial;

/// <summary>What every adapter of the serial line port must do, on real pseudo terminals. An adapter's own tests derive from this and make theirs.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public abstract class SerialLineContractTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly ManualTime _time = new();
    private readonly List<IDisposable> _open = [];

    private protected abstract ISerialLine Create(SerialLineOptions options, TimeProvider time);

    public void Dispose()
    {
        foreach (var thing in Enumerable.Reverse(_open))
            thing.Dispose();
        _files.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void One_byte_at_a_time_comes_as_it_was_sent()
    {
        var terminal = Terminal();
        var (_, events) = Open(terminal.Path);
        for (var value = 0; value < 256; value++)
        {
            TestFiles.Write(terminal.Master, [(byte)value]);
            Assert.Equal((byte)value, events.Take(1)[0]);
        }
    }

    [Fact]
    public void Noise_of_any_bytes_comes_unchanged_and_ends_nothing()
    {
        var terminal = Terminal();
        var (line, events) = Open(terminal.Path);
        var noise = new byte[50_000];
        new Random(7).NextBytes(noise);
        noise.AsSpan(100, 64).Fill(0xFF); // what a floating line reads as, and what marks damage inside the kernel
        noise.AsSpan(300, 64).Fill(0x00);
        noise.AsSpan(500, 8).Fill(0x03); // a console would be interrupted, stopped, hung up
        noise.AsSpan(600, 8).Fill(0x13);
        noise.AsSpan(700, 8).Fill(0x04);
        Play(terminal, noise, piece: 331);
        Assert.Equal(noise, events.Take(noise.Length));
        Assert.True(line.Write("still here"u8));
        Assert.Equal("still here"u8, TestFiles.ReadTo(terminal.Master, "still here"u8));
        Assert.Equal(DeviceState.Open, line.Status!.State);
    }

    /// <summary>Ten seconds of 115200 baud as fast as they go, while all processors are busy with something else.</summary>
    [Fact]
    public void Bursts_under_load_lose_no_byte()
    {
        var terminal = Terminal();
        var (line, events) = Open(terminal.Path);
        using var done = new CancellationTokenSource();
        var busy = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            while (!done.IsCancellationRequested)
                Thread.SpinWait(1_000);
        })).ToList();
        busy.ForEach(thread => thread.Start());
        try
        {
            var sent = new byte[115_200];
            new Random(11).NextBytes(sent);
            var player = new Thread(() => Play(terminal, sent, piece: 997));
            player.Start();
            Assert.Equal(sent, events.Take(sent.Length));
            player.Join();
            Assert.Equal(sent.Length, line.Traffic.BytesReceived);
        }
        finally
        {
            done.Cancel();
            busy.ForEach(thread => thread.Join());
        }
    }

    [Fact]
    public void What_is_written_in_bursts_goes_out_in_order_and_whole()
    {
        var terminal = Terminal();
        var (line, _) = Open(terminal.Path);
        var expected = new List<byte>();
        var heard = new List<byte>();
        for (var frame = 0; frame < 200; frame++)
        {
            byte[] bytes = [.. Enumerable.Range(0, 300).Select(index => (byte)(frame + index))];
            expected.AddRange(bytes);
            Assert.True(line.Write(bytes));
            if (frame % 20 == 19)
            {
                while (heard.Count < expected.Count)
                    heard.AddRange(TestFiles.Read(terminal.Master));
            }
        }

        Assert.Equal(expected, heard);
    }

    [Fact]
    public void A_hang_up_is_told_at_once_and_the_line_is_opened_again_when_it_is_back()
    {
        var path = _files.Path("meter");
        var terminal = Terminal();
        File.CreateSymbolicLink(path, terminal.Path);
        var (line, events) = Open(path);
        terminal.HangUp();
        Assert.Equal(DeviceState.Lost, events.Log.Next().State); // no time has passed
        Assert.False(line.Write("into the void"u8));
        for (var again = 0; again < 3; again++)
        {
            File.Delete(path);
            var back = Terminal();
            File.CreateSymbolicLink(path, back.Path);
            events.Log.PassTo(DeviceState.Open);
            TestFiles.Write(back.Master, "here again"u8);
            Assert.Equal("here again"u8, events.Take(10));
            Assert.True(line.Write("hello"u8));
            Assert.Equal("hello"u8, TestFiles.ReadTo(back.Master, "hello"u8));
            back.HangUp();
            events.Log.PassTo(DeviceState.Lost);
        }

        Assert.Equal(4, line.Traffic.Openings);
        Assert.True(line.Traffic.FramesNotSent > 0);
    }

    [Fact]
    public void A_stable_name_that_goes_is_a_line_that_is_gone_though_nothing_hung_up()
    {
        var path = _files.Path("by-id");
        var terminal = Terminal();
        File.CreateSymbolicLink(path, terminal.Path);
        var (_, events) = Open(path);
        File.Delete(path);
        var lost = events.Log.Next(); // no time has passed
        Assert.Equal(DeviceState.Lost, lost.State);
        Assert.Contains(path, lost.Message);
        File.CreateSymbolicLink(path, terminal.Path);
        events.Log.PassTo(DeviceState.Open);
    }

    [Fact]
    public void A_stable_name_that_is_given_to_another_port_is_followed()
    {
        var path = _files.Path("by-path");
        var (one, other) = (Terminal(), Terminal());
        File.CreateSymbolicLink(path, one.Path);
        var (_, events) = Open(path);
        File.CreateSymbolicLink(path + "~", other.Path);
        File.Move(path + "~", path, overwrite: true); // as udev does it
        Assert.Equal(DeviceState.Lost, events.Log.Next().State);
        events.Log.PassTo(DeviceState.Open);
        TestFiles.Write(other.Master, "the other"u8);
        Assert.Equal("the other"u8, events.Take(9));
    }

    [Fact]
    public void Other_names_may_come_and_go_beside_it()
    {
        var path = _files.Path("by-id");
        var terminal = Terminal();
        File.CreateSymbolicLink(path, terminal.Path);
        var (line, events) = Open(path);
        for (var other = 0; other < 20; other++)
        {
            File.CreateSymbolicLink(_files.Path("other"), "/dev/null");
            File.Delete(_files.Path("other"));
        }

        TestFiles.Write(terminal.Master, "still ours"u8);
        Assert.Equal("still ours"u8, events.Take(10));
        Assert.Equal(DeviceState.Open, line.Status!.State);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_told_as_such()
    {
        var path = _files.Path("usb-FTDI_FT232R-port0");
        File.CreateSymbolicLink(path, "../../ttyUSB-gone");
        var (_, events) = Start(path);
        var status = events.Log.Next();
        Assert.Equal(DeviceState.Missing, status.State);
        Assert.Contains("is a link to ../../ttyUSB-gone, which is not there", status.Message);
    }

    [Fact]
    public void A_line_that_somebody_has_is_busy_and_says_who_has_it()
    {
        var terminal = Terminal();
        var (_, events) = Open(terminal.Path);
        var (_, second) = Start(terminal.Path);
        var status = second.Log.Next();
        Assert.Equal(DeviceState.Busy, status.State);
        Assert.Contains($"(process {Environment.ProcessId})", status.Message);
        TestFiles.Write(terminal.Master, "still mine"u8);
        Assert.Equal("still mine"u8, events.Take(10));
    }

    [Fact]
    public void Bytes_are_counted_both_ways()
    {
        var terminal = Terminal();
        var (line, events) = Open(terminal.Path);
        TestFiles.Write(terminal.Master, "12345"u8);
        events.Take(5);
        Assert.True(line.Write("1234567"u8));
        TestFiles.ReadTo(terminal.Master, "1234567"u8);
        Eventually(() => line.Traffic is { BytesReceived: 5, BytesSent: 7, BytesDamaged: 0, Openings: 1, FramesNotSent: 0 });
    }

    [Theory]
    [InlineData(19200)]
    [InlineData(1200)]
    [InlineData(300)]
    [InlineData(921600)]
    [InlineData(12345)]
    public void The_line_is_raw_and_runs_at_the_speed_asked_for(int baudRate)
    {
        var terminal = Terminal();
        var (_, events) = Start(terminal.Path, options => options with { BaudRate = baudRate });
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        Assert.True(TerminalSettings.TryGet(terminal.Master, out var settings));
        Assert.Equal((uint)baudRate, settings.OutputSpeed);
        Assert.Equal((uint)baudRate, settings.InputSpeed);
        Assert.Equal(TerminalSettings.CheckParity | TerminalSettings.MarkDamage, settings.InputFlags);
        Assert.Equal(0u, settings.OutputFlags);
        Assert.Equal(0u, settings.LocalFlags);
        Assert.Equal(TerminalSettings.EightBits, settings.ControlFlags & TerminalSettings.EightBits);
        Assert.Equal(TerminalSettings.IgnoreModemLines, settings.ControlFlags & (TerminalSettings.IgnoreModemLines | TerminalSettings.HangUpAtClose));
    }

    [Fact]
    public void A_driver_that_does_not_do_what_is_asked_is_found_out()
    {
        // A pseudo terminal takes the request for parity and silently forgets it.
        var (_, events) = Start(Terminal().Path, options => options with { BaudRate = 19_200, Parity = Parity.Even });
        var status = events.Log.Next();
        Assert.Equal(DeviceState.Unusable, status.State);
        Assert.Contains("19200 baud with parity even", status.Message);
    }

    [Fact]
    public void A_line_that_does_not_drain_delays_nobody_and_is_told()
    {
        var terminal = Terminal();
        var (line, events) = Open(terminal.Path);
        var frame = new byte[512];
        var frames = 0;
        for (var tries = 0; tries < 5_000_000 && line.Status!.State != DeviceState.Stalled; tries++)
        {
            frames += line.Write(frame) ? 1 : 0;
            if (tries % 1000 == 999)
                _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(DeviceState.Stalled, events.Log.Next().State);
        Assert.True(line.Traffic.FramesNotSent > 0);

        for (var read = 0; read < frames * frame.Length;)
            read += TestFiles.Read(terminal.Master).Length;
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        Assert.True(line.Write("again"u8));
        Assert.Equal("again"u8, TestFiles.ReadTo(terminal.Master, "again"u8));
    }

    [Theory]
    [InlineData("/dev/null", DeviceState.Unusable, "is not a serial port")]
    [InlineData("/dev/no-such-port", DeviceState.Missing, "is not there")]
    [InlineData("/dev/null/port", DeviceState.Missing, "is not there")]
    [InlineData("/tmp", DeviceState.Unusable, "cannot be opened")]
    public void What_is_wrong_with_a_port_is_said(string path, DeviceState state, string words)
    {
        var (_, events) = Start(path);
        var status = events.Log.Next();
        Assert.Equal(state, status.State);
        Assert.Contains(path, status.Message);
        Assert.Contains(words, status.Message);
    }

    [Fact]
    public void Root_heeds_the_mark_of_a_program_that_took_no_lock_and_is_told_which()
    {
        var terminal = Terminal();
        var other = TestFiles.Open(terminal.Path);
        Assert.True(TerminalClaim.TryMark(other));
        var (_, events) = Start(terminal.Path);
        var status = events.Log.Next();
        Assert.Equal(DeviceState.Busy, status.State);
        if (Environment.UserName == "root")
            Assert.Contains($"(process {Environment.ProcessId})", status.Message);
        TestFiles.Close(other);
    }

    [Fact]
    public void It_ends_at_once_and_may_be_told_so_twice_or_before_it_began()
    {
        var (line, _) = Open(Terminal().Path);
        line.Dispose();
        line.Dispose();
        Assert.False(line.Write("late"u8));
        Create(new SerialLineOptions { Port = "/dev/null" }, _time).Dispose();
    }

    [Fact]
    public void A_line_that_hangs_up_while_it_takes_nothing_is_lost_and_ends()
    {
        var path = _files.Path("meter");
        var terminal = Terminal();
        File.CreateSymbolicLink(path, terminal.Path);
        var (line, events) = Open(path);
        var frame = new byte[512];
        while (line.Write(frame))
        {
            // Until nothing more fits: the line is stuck in the middle of a write.
        }

        terminal.HangUp();
        Assert.Equal(DeviceState.Lost, events.Log.PassTo(DeviceState.Lost).State);
        File.Delete(path);
        var back = Terminal();
        File.CreateSymbolicLink(path, back.Path);
        events.Log.PassTo(DeviceState.Open);
        Assert.True(line.Write("hello"u8));
        Assert.Equal("hello"u8, TestFiles.ReadTo(back.Master, "hello"u8)); // and nothing of what was stuck
        while (line.Write(frame))
        {
            // Once more, and its end meets it so.
        }

        var began = System.Diagnostics.Stopwatch.StartNew();
        line.Dispose();
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(20), "It did not end.");
    }

    private static void Eventually(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)));

    private static void Play(TestTerminal terminal, byte[] bytes, int piece)
    {
        for (var at = 0; at < bytes.Length; at += piece)
            TestFiles.Write(terminal.Master, bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
    }

    private TestTerminal Terminal()
    {
        var terminal = new TestTerminal();
        _open.Add(terminal);
        return terminal;
    }

    private (ISerialLine Line, LineEvents Events) Open(string path)
    {
        var (line, events) = Start(path);
        Assert.Equal(DeviceState.Open, events.Log.Next().State);
        return (line, events);
    }

    private (ISerialLine Line, LineEvents Events) Start(string path, Func<SerialLineOptions, SerialLineOptions>? change = null)
    {
        var options = new SerialLineOptions { Port = path, BaudRate = 115_200 };
        var line = Create(change?.Invoke(options) ?? options, _time);
        _open.Add(line);
        var events = new LineEvents(_time);
        line.Start(events);
        return (line, events);
    }
}

/// <summary>What a line tells, for the test's thread to wait for.</summary>
internal sealed class LineEvents(ManualTime time) : ISerialEvents
{
    private readonly BlockingCollection<byte> _bytes = [];

    public StatusLog Log { get; } = new(time);

    public void Received(ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes)
            _bytes.Add(octet);
    }

    public void Changed(DeviceStatus status) => Log.Add(status);

    public byte[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private byte Next() => _bytes.TryTake(out var octet, TimeSpan.FromSeconds(30)) ? octet : throw new InvalidOperationException("Bytes are missing.");
}
