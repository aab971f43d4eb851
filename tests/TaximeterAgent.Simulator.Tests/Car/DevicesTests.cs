using System.Buffers.Binary;
using System.Text;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

/// <summary>Real pseudo terminals and FIFOs, opened as an agent opens them: by path.</summary>
public sealed class DevicesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("taxi-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Bytes_pass_the_pseudo_terminal_unchanged_in_both_directions()
    {
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        using var terminal = new PseudoTerminal();
        var received = new List<byte>();
        terminal.Received += bytes =>
        {
            lock (received)
                received.AddRange(bytes.Span);
        };
        using var agent = new FileStream(terminal.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        terminal.Write(every);
        byte[] arrived = new byte[256];
        agent.ReadExactly(arrived);
        Assert.Equal(every, arrived);
        agent.Write(every);
        await Eventually.True(() => Count(received) == 256, "256 bytes from the agent");
        Assert.Equal(every, received);
    }

    [Fact]
    public async Task A_line_that_nobody_reads_loses_bytes_and_nobody_waits()
    {
        using var terminal = new PseudoTerminal();
        Task write = Task.Run(() => terminal.Write(new byte[1_000_000]));
        await write.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void The_next_holder_finds_nothing_of_what_was_sent_before_it()
    {
        using var terminal = new PseudoTerminal();
        terminal.Write("old"u8);
        terminal.ReadyForNextHolder();
        using var agent = new FileStream(terminal.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        terminal.Write("new"u8);
        byte[] arrived = new byte[16];
        Assert.Equal("new", Encoding.ASCII.GetString(arrived, 0, agent.Read(arrived)));
    }

    [Fact]
    public async Task A_line_that_hangs_up_ends_for_whoever_has_it_open()
    {
        using var terminal = new PseudoTerminal();
        using var agent = new FileStream(terminal.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        Task<int> read = Task.Run(() =>
        {
            try
            {
                return agent.Read(new byte[1]);
            }
            catch (IOException)
            {
                return 0;
            }
        });
        terminal.HangUp();
        Assert.Equal(0, await read.WaitAsync(TimeSpan.FromSeconds(60)));
        terminal.Write("nobody"u8);
    }

    [Fact]
    public void A_cable_that_is_pulled_and_plugged_in_is_found_under_its_old_name()
    {
        using var cable = new SerialCable(Path.Combine(_folder, "meter"));
        cable.Pull();
        Assert.False(File.Exists(cable.Path));
        cable.Write("lost"u8);
        cable.Plug();
        using var agent = new FileStream(cable.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        cable.Write("here"u8);
        byte[] arrived = new byte[16];
        Assert.Equal("here", Encoding.ASCII.GetString(arrived, 0, agent.Read(arrived)));
    }

    [Fact]
    public void The_keypad_writes_press_and_release_as_the_kernel_does()
    {
        using var keypad = new Keypad(Path.Combine(_folder, "keypad"), KeypadLayout.NumberBlock, TimeProvider.System);
        using var agent = new FileStream(keypad.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        keypad.Type("91#<*");
        byte[] events = new byte[5 * 6 * Keypad.EventSize];
        agent.ReadExactly(events);
        var keys = new List<(int Code, int Value)>();
        for (int at = 0; at < events.Length; at += Keypad.EventSize)
        {
            Assert.True(BinaryPrimitives.ReadInt64LittleEndian(events.AsSpan(at)) > 1_500_000_000);
            Assert.InRange(BinaryPrimitives.ReadInt64LittleEndian(events.AsSpan(at + 8)), 0, 999_999);
            if (BinaryPrimitives.ReadUInt16LittleEndian(events.AsSpan(at + 16)) == 1)
                keys.Add((BinaryPrimitives.ReadUInt16LittleEndian(events.AsSpan(at + 18)), BinaryPrimitives.ReadInt32LittleEndian(events.AsSpan(at + 20))));
        }

        Assert.Equal([(73, 1), (73, 0), (79, 1), (79, 0), (96, 1), (96, 0), (14, 1), (14, 0), (1, 1), (1, 0)], keys);
    }

    [Theory]
    [InlineData('0', 11, 82)]
    [InlineData('1', 2, 79)]
    [InlineData('5', 6, 76)]
    [InlineData('9', 10, 73)]
    [InlineData('#', 28, 96)]
    [InlineData('M', 15, 15)]
    [InlineData('U', 103, 103)]
    [InlineData('D', 108, 108)]
    public void Both_layouts_have_their_codes(char key, int mainRow, int numberBlock)
    {
        Assert.Equal(mainRow, Keypad.Code(key, KeypadLayout.MainRow));
        Assert.Equal(numberBlock, Keypad.Code(key, KeypadLayout.NumberBlock));
    }

    [Fact]
    public void A_key_that_the_pad_has_not_is_refused() => Assert.Throws<ArgumentException>(() => Keypad.Code('Q', KeypadLayout.MainRow));

    [Fact]
    public async Task The_display_keeps_every_picture_and_outlives_its_writer()
    {
        using var display = new Display(Path.Combine(_folder, "lcd"), 16, 2, TimeProvider.System);
        for (int writer = 1; writer <= 2; writer++)
        {
            using var agent = new FileStream(display.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            agent.Write(Encoding.ASCII.GetBytes($"\fwriter {writer}"));
            string expected = $"writer {writer}";
            await Eventually.True(() => display.Current.Shows(expected), "what the writer wrote");
        }

        Assert.Equal([true, false, false], display.History.Select(screen => screen.IsBlank));
        Assert.Empty(display.Faults);
    }

    [Fact]
    public async Task Pictures_that_arrive_in_one_piece_are_all_kept()
    {
        using var display = new Display(Path.Combine(_folder, "lcd"), 16, 2, TimeProvider.System);
        using var agent = new FileStream(display.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        agent.Write("\fone\ftwo\u001b[2Jthree\u001b[Hfours\f"u8);
        await Eventually.True(() => display.History.Count == 6, "six pictures");
        Assert.Equal(["", "one", "two", "three", "fours", ""], display.History.Select(screen => screen.Lines[0].TrimEnd()));
    }

    [Fact]
    public async Task A_display_that_loses_its_power_is_blank_and_forgets_half_a_sequence()
    {
        using var display = new Display(Path.Combine(_folder, "lcd"), 16, 2, TimeProvider.System);
        using var agent = new FileStream(display.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        agent.Write("\fPAID\u001b[Lx"u8);
        await Eventually.True(() => display.Current.Shows("PAID"), "the first picture");
        display.LosePower();
        Assert.True(display.Current.IsBlank);
        agent.Write("1;new"u8);
        await Eventually.True(() => display.Current.Shows("1;new"), "text, not a position");
    }

    [Fact]
    public async Task A_display_that_hangs_takes_nothing_and_afterwards_everything()
    {
        using var display = new Display(Path.Combine(_folder, "lcd"), 16, 2, TimeProvider.System);
        using var agent = new FileStream(display.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        agent.Write("\fbefore"u8);
        await Eventually.True(() => display.Current.Shows("before"), "the first picture");
        display.StopReading();
        Task write = Task.Run(() => agent.Write("\fafter"u8));
        await Task.Delay(50);
        Assert.False(write.IsCompleted);
        Assert.True(display.Current.Shows("before"));
        display.ReadAgain();
        await write.WaitAsync(TimeSpan.FromSeconds(60));
        await Eventually.True(() => display.Current.Shows("after"), "what was kept back");
        Assert.Empty(display.Faults);
    }

    [Fact]
    public async Task A_display_that_is_unplugged_is_gone_and_dark_and_comes_back_under_its_old_name()
    {
        using var display = new Display(Path.Combine(_folder, "lcd"), 16, 2, TimeProvider.System);
        using (var agent = new FileStream(display.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
        {
            agent.Write("\fbefore"u8);
            await Eventually.True(() => display.Current.Shows("before"), "the first picture");
            display.Unplug();
            Assert.False(File.Exists(display.Path));
            Assert.True(display.Current.IsBlank);
            Assert.Throws<IOException>(() => agent.Write("nobody"u8));
        }

        display.Plug();
        using var next = new FileStream(display.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        next.Write("\fafter"u8);
        await Eventually.True(() => display.Current.Shows("after"), "the next picture");
    }

    [Fact]
    public async Task A_keypad_that_is_unplugged_ends_for_its_reader_and_comes_back_under_its_old_name()
    {
        using var keypad = new Keypad(Path.Combine(_folder, "keypad"), KeypadLayout.NumberBlock, TimeProvider.System, pluggable: true);
        byte[] events = new byte[6 * Keypad.EventSize];
        using (var agent = new FileStream(keypad.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0))
        {
            keypad.Type("1");
            agent.ReadExactly(events);
            Task<bool> end = Task.Run(() =>
            {
                try
                {
                    return agent.Read(new byte[1]) == 0;
                }
                catch (IOException)
                {
                    return true;
                }
            });
            keypad.Unplug();
            Assert.True(await end.WaitAsync(TimeSpan.FromSeconds(60)));
        }

        Assert.False(File.Exists(keypad.Path));
        keypad.Type("2"); // a hand in the air
        keypad.Plug();
        using var next = new FileStream(keypad.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        keypad.Type("3");
        next.ReadExactly(events);
        Assert.Equal(81, BinaryPrimitives.ReadUInt16LittleEndian(events.AsSpan(Keypad.EventSize + 18)));
    }

    [Fact]
    public void A_keypad_that_is_a_FIFO_cannot_be_unplugged()
    {
        using var keypad = new Keypad(Path.Combine(_folder, "keypad"), KeypadLayout.NumberBlock, TimeProvider.System);
        Assert.Throws<InvalidOperationException>(keypad.Unplug);
    }

    private static int Count(List<byte> received)
    {
        lock (received)
            return received.Count;
    }
}
