using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Tests.Car;

/// <summary>The display controller and its backpack by the datasheet's own sequences, right ones and wrong ones.</summary>
public sealed class BackpackPictureTests
{
    private const byte Light = 0x08;
    private const byte Enable = 0x04;
    private const byte Data = 0x01;

    private readonly List<byte> _bytes = [];
    private BackpackPicture _picture = new(16, 2);

    [Fact]
    public void A_display_that_has_just_been_switched_on_shows_nothing_and_reads_eight_bits()
    {
        Assert.True(_picture.Controller.EightBits);
        Assert.All(_picture.Lines(), line => Assert.Equal(new string(' ', 16), line));
    }

    [Fact]
    public void The_datasheets_start_in_four_bits_makes_it_write()
    {
        Begin();
        Text("Hello");
        Shows("Hello", "");
        Assert.False(_picture.Controller.EightBits);
        Assert.True(_picture.Controller.TwoLines);
        Assert.True(_picture.Light);
    }

    [Theory]
    [InlineData(true, 0)] // just switched on
    [InlineData(false, 0)] // four bits, at rest
    [InlineData(false, 1)] // four bits, half a command received
    [InlineData(false, 2)] // eight bits
    public void The_start_leads_from_any_state_to_the_same_picture(bool fresh, int state)
    {
        if (!fresh)
        {
            Begin();
            Text("rubbish");
            if (state == 1)
                Nibble(0x0, data: false);
            if (state == 2)
                Command(0x30);
            Wait(2);
        }

        Begin();
        Text("Hello");
        Shows("Hello", "");
    }

    [Fact]
    public void After_a_brown_out_what_is_written_on_is_lost_until_it_is_begun_anew()
    {
        Begin();
        Text("before");
        Send();
        _picture.Controller.PowerOn();
        _picture.Reset();
        Text("after");
        Shows("", "");
        Begin();
        Text("anew");
        Shows("anew", "");
    }

    [Fact]
    public void A_start_without_the_three_eights_is_wrong_when_half_a_command_was_received()
    {
        Begin();
        Nibble(0x0, data: false); // somebody was cut off here
        Command(0x28);
        Command(0x0C);
        Command(0x01);
        Wait(2);
        Text("Hello");
        Send();
        Assert.NotEqual("Hello".PadRight(16), _picture.Lines()[0]);
    }

    [Fact]
    public void A_start_that_does_not_wait_for_power_is_not_heard()
    {
        Start();
        Command(0x28);
        Command(0x0C);
        Text("Hello");
        Send();
        Assert.NotEqual("Hello".PadRight(16), _picture.Lines()[0]);
        Assert.Contains(_picture.Faults, fault => fault.Contains("busy", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_right_after_a_clear_is_lost_and_noted()
    {
        Begin();
        Command(0x01);
        Text("A");
        Wait(2);
        Text("B");
        Send();
        Assert.Equal("B".PadRight(16), _picture.Lines()[0]);
        Assert.Single(_picture.Faults);
    }

    [Fact]
    public void A_bus_that_is_too_fast_leaves_no_time_for_a_command()
    {
        _picture = new BackpackPicture(16, 2, busClock: 2_000_000);
        Wait(50, byteTime: 4.5e-6);
        Begin(byteTime: 4.5e-6);
        Text("Hello");
        Send();
        Assert.NotEmpty(_picture.Faults);
        Assert.NotEqual("Hello".PadRight(16), _picture.Lines()[0]);
    }

    [Fact]
    public void RS_that_changes_together_with_E_is_too_late()
    {
        Begin();
        foreach (byte half in (byte[])[0x4, 0x1])
        {
            _bytes.Add((byte)((half << 4) | Light | Data | Enable));
            _bytes.Add((byte)((half << 4) | Light));
        }

        Send();
        Assert.NotEqual('A', _picture.Lines()[0][0]);
        Assert.NotEmpty(_picture.Faults);
    }

    [Theory]
    [InlineData(16, 2, new[] { 0x00, 0x40 })]
    [InlineData(20, 2, new[] { 0x00, 0x40 })]
    [InlineData(40, 2, new[] { 0x00, 0x40 })]
    [InlineData(20, 4, new[] { 0x00, 0x40, 0x14, 0x54 })]
    [InlineData(16, 4, new[] { 0x00, 0x40, 0x10, 0x50 })]
    public void Every_size_has_its_addresses(int columns, int rows, int[] addresses)
    {
        _picture = new BackpackPicture(columns, rows);
        Begin();
        for (int row = 0; row < rows; row++)
        {
            Command((byte)(0x80 | addresses[row]));
            Text($"{row}" + new string((char)('a' + row), columns - 1));
        }

        Send();
        Assert.Equal(Enumerable.Range(0, rows).Select(row => $"{row}" + new string((char)('a' + row), columns - 1)), _picture.Lines());
        Assert.Empty(_picture.Faults);
    }

    [Fact]
    public void The_end_of_a_line_of_forty_goes_on_in_the_other()
    {
        Begin();
        Command(0x80 | 0x27);
        Text("ab");
        Shows("", "b");
        Command(0x80 | 0x67);
        Text("cd");
        Shows("d", "b");
    }

    [Fact]
    public void One_line_mode_shows_one_line()
    {
        Begin();
        Command(0xC0);
        Text("lower");
        Command(0x20);
        Shows("", "");
        Command(0x28);
        Shows("", "lower");
    }

    [Fact]
    public void The_entry_mode_says_which_way_the_text_runs()
    {
        Begin();
        Command(0x04);
        Command(0x83);
        Text("abcd");
        Shows("dcba", "");
    }

    [Fact]
    public void The_display_is_switched_off_and_on_with_its_memory_kept()
    {
        Begin();
        Text("kept");
        Command(0x08);
        Shows("", "");
        Command(0x0F);
        Shows("kept", "");
        Assert.Equal((true, true), (_picture.Controller.CursorOn, _picture.Controller.BlinkOn));
    }

    [Fact]
    public void The_display_is_shifted_and_brought_home()
    {
        Begin();
        Text("shift");
        Command(0x18);
        Shows("hift", "");
        Command(0x02);
        Wait(2);
        Shows("shift", "");
    }

    [Fact]
    public void Drawn_characters_are_read_as_the_letters_that_they_look_like()
    {
        byte[][] drawn = [[0x04, 0, 0x0E, 0x01, 0x0F, 0x11, 0x0F, 0], [0x0E, 0x11, 0x0E, 0x04, 0x1F, 0x04, 0x0A, 0x11], [0, 0, 0, 0, 0x04, 0, 0, 0]];
        Begin();
        for (int number = 0; number < drawn.Length; number++)
        {
            Command((byte)(0x40 | (number * 8)));
            foreach (byte row in drawn[number])
                Byte(row, data: true);
        }

        Command(0x80);
        Text("\0\u0001\u0002\u0008");
        Shows("å◊◊å", "");
    }

    [Theory]
    [InlineData(16, 3)]
    [InlineData(40, 4)]
    [InlineData(41, 2)]
    public void A_size_that_no_controller_has_is_refused(int columns, int rows) => Assert.Throws<ArgumentOutOfRangeException>(() => new BackpackPicture(columns, rows));

    private void Begin(double byteTime = 90e-6)
    {
        Wait(45, byteTime);
        Start(byteTime);
        Command(0x28);
        Command(0x08);
        Command(0x01);
        Wait(2, byteTime);
        Command(0x06);
        Command(0x0C);
    }

    private void Start(double byteTime = 90e-6)
    {
        foreach (byte half in (byte[])[3, 3, 3, 2])
        {
            Nibble(half, data: false);
            Wait(5, byteTime);
        }
    }

    private void Wait(double milliseconds, double byteTime = 90e-6) => _bytes.AddRange(Enumerable.Repeat(Light, (int)Math.Ceiling(milliseconds / 1000 / byteTime)));

    private void Command(byte command) => Byte(command, data: false);

    private void Text(string text)
    {
        foreach (char letter in text)
            Byte((byte)letter, data: true);
    }

    private void Byte(byte value, bool data)
    {
        Nibble((byte)(value >> 4), data);
        Nibble((byte)(value & 0xF), data);
    }

    private void Nibble(byte half, bool data)
    {
        byte lines = (byte)((half << 4) | Light | (data ? Data : 0));
        _bytes.AddRange([lines, (byte)(lines | Enable), lines]);
    }

    private void Send()
    {
        _picture.Write(_bytes.ToArray());
        _bytes.Clear();
    }

    private void Shows(params string[] lines)
    {
        Send();
        Assert.Equal(lines.Select(line => line.PadRight(16)), _picture.Lines());
    }
}
