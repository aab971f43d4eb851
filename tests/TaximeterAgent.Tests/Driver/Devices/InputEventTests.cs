using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Tests.Driver.Devices;

public class InputEventTests
{
    internal const ushort KeyEvent = 1;

    private readonly InputEventReader _reader = new();
    private readonly List<Key> _keys = [];

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
        Read([.. Event(KeyEvent, 69, 1), .. Event(4, 4, 0x70059), .. Event(0, 0, 0), .. Event(2, 11, 1)]);
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
    public void Events_are_read_however_they_are_cut()
    {
        byte[] bytes = [.. Event(KeyEvent, 2, 1), .. Event(KeyEvent, 3, 1), .. Event(KeyEvent, 28, 1)];
        for (var size = 1; size <= bytes.Length; size++)
        {
            _keys.Clear();
            foreach (var piece in bytes.Chunk(size))
                Read(piece);
            Assert.Equal([Key.Digit1, Key.Digit2, Key.Enter], _keys);
        }
    }

    [Fact]
    public void Half_an_event_is_forgotten_with_its_device()
    {
        Read(Event(KeyEvent, 2, 1)[..7]);
        _reader.Reset();
        Read(Event(KeyEvent, 3, 1));
        Assert.Equal([Key.Digit2], _keys);
    }

    /// <summary>An event as the kernel lays it out for this process, with a time in it.</summary>
    internal static byte[] Event(ushort type, ushort code, int value)
    {
        var bytes = new byte[(2 * IntPtr.Size) + 8];
        bytes.AsSpan(0, 2 * IntPtr.Size).Fill(0x5A);
        MemoryMarshal.Write(bytes.AsSpan(2 * IntPtr.Size), type);
        MemoryMarshal.Write(bytes.AsSpan((2 * IntPtr.Size) + 2), code);
        MemoryMarshal.Write(bytes.AsSpan((2 * IntPtr.Size) + 4), value);
        return bytes;
    }

    private void Read(byte[] bytes) => _reader.Read(bytes, _keys.Add);
}
