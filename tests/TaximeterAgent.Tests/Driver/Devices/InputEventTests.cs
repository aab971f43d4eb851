using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Driver.Devices;

public class InputEventTests
{
    internal const ushort KeyEvent = 1;

    private readonly List<Key> _keys = [];
    private readonly HashSet<ushort> _down = [];
    private bool _stateKnown = true;
    private InputEventReader _reader;

    public InputEventTests() => _reader = new InputEventReader(Keymap.Standard, Down);

    [Theory]
    [InlineData(new ushort[] { 11, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData(new ushort[] { 82, 79, 80, 81, 75, 76, 77, 71, 72, 73 })]
    [InlineData(new ushort[] { 0x200, 0x201, 0x202, 0x203, 0x204, 0x205, 0x206, 0x207, 0x208, 0x209 })]
    public void The_digits_of_keyboards_number_pads_and_telephones_are_digits(ushort[] codes) =>
        Assert.Equal(Enumerable.Range(0, 10), codes.Select(code => KeyCodes.Find(code)!.Value.Digit()!.Value));

    [Theory]
    [InlineData(Key.Enter, new ushort[] { 28, 96, 0x160, 0x20B })]
    [InlineData(Key.Back, new ushort[] { 14, 74, 83, 105 })]
    [InlineData(Key.Clear, new ushort[] { 1, 55, 111, 223, 0x163, 0x20A })]
    [InlineData(Key.Menu, new ushort[] { 15, 98, 139 })]
    [InlineData(Key.Up, new ushort[] { 103 })]
    [InlineData(Key.Down, new ushort[] { 78, 108 })]
    [InlineData(Key.A, new ushort[] { 30, 0x20C })]
    [InlineData(Key.B, new ushort[] { 48, 0x20D })]
    [InlineData(Key.C, new ushort[] { 46, 0x20E })]
    [InlineData(Key.D, new ushort[] { 32, 0x20F })]
    public void The_other_keys_mean_what_is_printed_on_them(Key key, ushort[] codes)
    {
        Assert.All(codes, code => Assert.Equal(key, KeyCodes.Find(code)));
        Assert.Null(key.Digit());
    }

    [Fact]
    public void A_key_that_is_not_known_and_an_event_that_is_no_key_do_nothing()
    {
        Read([.. Event(KeyEvent, 69, 1), .. Event(4, 4, 0x70059), .. Event(0, 0, 0), .. Event(2, 11, 1), .. Event(KeyEvent, 0x300, 1), .. Event(KeyEvent, 0xFFFF, 1)]);
        Assert.Empty(_keys);
    }

    [Fact]
    public void A_press_counts_and_its_release_does_not()
    {
        Read([.. Event(KeyEvent, 2, 1), .. Event(KeyEvent, 2, 0)]);
        Assert.Equal([Key.Digit1], _keys);
    }

    [Fact]
    public void A_key_that_is_held_repeats_only_if_it_takes_back()
    {
        Read([.. Event(KeyEvent, 2, 1), .. Event(KeyEvent, 2, 2), .. Event(KeyEvent, 28, 2), .. Event(KeyEvent, 14, 1), .. Event(KeyEvent, 14, 2)]);
        Assert.Equal([Key.Digit1, Key.Back, Key.Back], _keys);
    }

    [Fact]
    public void A_key_pressed_while_another_is_held_counts_in_its_turn()
    {
        Read([.. Event(KeyEvent, 2, 1), .. Event(KeyEvent, 3, 1), .. Event(KeyEvent, 2, 0), .. Event(KeyEvent, 4, 1), .. Event(KeyEvent, 3, 0), .. Event(KeyEvent, 4, 0), .. Event(KeyEvent, 2, 1)]);
        Assert.Equal([Key.Digit1, Key.Digit2, Key.Digit3, Key.Digit1], _keys);
    }

    [Fact]
    public void A_key_that_was_held_when_the_pad_was_opened_was_not_pressed_for_us()
    {
        _down.Add(14);
        _reader.Opened();
        Read([.. Event(KeyEvent, 14, 2), .. Event(KeyEvent, 14, 0), .. Event(KeyEvent, 14, 1)]);
        Assert.Equal([Key.Back], _keys);
    }

    [Fact]
    public void After_lost_events_what_is_down_and_was_not_was_pressed_once_and_nothing_else_is_made_up()
    {
        Read([.. Event(KeyEvent, 2, 1), .. Event(KeyEvent, 3, 1)]);
        _down.UnionWith([3, 5]); // 1 was let go, 2 is still held, 4 went down
        Read([.. Dropped, .. Event(KeyEvent, 7, 1), .. Event(KeyEvent, 7, 0), .. Report]);
        Assert.Equal([Key.Digit1, Key.Digit2, Key.Digit4], _keys);

        // The kernel's queue may still hold the press that was seen in the state.
        Read([.. Event(KeyEvent, 5, 1), .. Event(KeyEvent, 5, 0), .. Event(KeyEvent, 2, 1)]);
        Assert.Equal([Key.Digit1, Key.Digit2, Key.Digit4, Key.Digit1], _keys);
    }

    [Fact]
    public void A_key_that_came_up_in_lost_events_can_be_pressed_again()
    {
        Read([.. Event(KeyEvent, 2, 1), .. Dropped, .. Report, .. Event(KeyEvent, 2, 1)]);
        Assert.Equal([Key.Digit1, Key.Digit1], _keys);
    }

    [Fact]
    public void Where_the_state_cannot_be_asked_for_lost_events_are_lost_and_no_key_is_stuck()
    {
        _stateKnown = false;
        Read([.. Event(KeyEvent, 2, 1), .. Dropped, .. Report, .. Event(KeyEvent, 2, 1)]);
        Assert.Equal([Key.Digit1, Key.Digit1], _keys);
    }

    [Fact]
    public void Events_are_read_however_they_are_cut()
    {
        byte[] bytes = [.. Stroke(2), .. Stroke(3), .. Stroke(28)];
        for (var size = 1; size <= bytes.Length; size++)
        {
            _keys.Clear();
            foreach (var piece in bytes.Chunk(size))
                Read(piece);
            Assert.Equal([Key.Digit1, Key.Digit2, Key.Enter], _keys);
        }
    }

    [Theory]
    [InlineData(4, 16)]
    [InlineData(8, 24)]
    public void Events_of_both_sizes_of_the_kernels_long_are_read(int longSize, int eventSize)
    {
        _reader = new InputEventReader(Keymap.Standard, Down, longSize);
        byte[] bytes = [.. Event(KeyEvent, 2, 1, longSize), .. Event(KeyEvent, 2, 0, longSize), .. Event(KeyEvent, 3, 1, longSize)];
        Assert.Equal(3 * eventSize, bytes.Length);
        Read(bytes);
        Assert.Equal([Key.Digit1, Key.Digit2], _keys);
    }

    [Fact]
    public void Half_an_event_is_forgotten_with_its_device()
    {
        Read(Event(KeyEvent, 2, 1)[..7]);
        _reader.Opened();
        Read(Event(KeyEvent, 3, 1));
        Assert.Equal([Key.Digit2], _keys);
    }

    [Fact]
    public void The_keymap_says_what_a_key_is_even_if_it_takes_back()
    {
        Assert.True(Keymap.TryParse("KEY_1=Back, 14=None, KEY_F1=Menu", out var keymap));
        _reader = new InputEventReader(keymap, Down);
        Read([.. Event(KeyEvent, 2, 1), .. Event(KeyEvent, 2, 2), .. Event(KeyEvent, 14, 1), .. Event(KeyEvent, 14, 2), .. Event(KeyEvent, 59, 1), .. Event(KeyEvent, 3, 1)]);
        Assert.Equal([Key.Back, Key.Back, Key.Menu, Key.Digit2], _keys);
    }

    internal static byte[] Stroke(ushort code) => [.. Event(KeyEvent, code, 1), .. Event(0, 0, 0), .. Event(KeyEvent, code, 0), .. Event(0, 0, 0)];

    /// <summary>An event as the kernel lays it out for this process, with a time in it.</summary>
    internal static byte[] Event(ushort type, ushort code, int value) => Event(type, code, value, IntPtr.Size);

    private static byte[] Dropped => Event(0, 3, 0);

    private static byte[] Report => Event(0, 0, 0);

    private static byte[] Event(ushort type, ushort code, int value, int longSize)
    {
        var bytes = new byte[(2 * longSize) + 8];
        bytes.AsSpan(0, 2 * longSize).Fill(0x5A);
        MemoryMarshal.Write(bytes.AsSpan(2 * longSize), type);
        MemoryMarshal.Write(bytes.AsSpan((2 * longSize) + 2), code);
        MemoryMarshal.Write(bytes.AsSpan((2 * longSize) + 4), value);
        return bytes;
    }

    private void Read(byte[] bytes) => _reader.Read(bytes, _keys.Add);

    private bool Down(Span<byte> bits)
    {
        bits.Clear();
        foreach (var code in _down)
            bits[code / 8] |= (byte)(1 << (code % 8));
        return _stateKnown;
    }
}
