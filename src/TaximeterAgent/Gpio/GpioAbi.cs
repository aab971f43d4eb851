using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TaximeterAgent.Gpio;

/// <summary>
/// <c>linux/gpio.h</c>, version 2: what goes through ioctl and what is read from a request. Layouts and numbers are held against the kernel's own header by a test,
/// because a field that is off by four bytes asks for another line.
/// </summary>
internal static class GpioAbi
{
    public const int NameSize = 32;
    public const int LinesMaximum = 64;
    public const int AttributesMaximum = 10;

    public const nuint GetChipInfo = 0x8044B401; // GPIO_GET_CHIPINFO_IOCTL
    public const nuint GetLineInfo = 0xC100B405; // GPIO_V2_GET_LINEINFO_IOCTL
    public const nuint GetLine = 0xC250B407; // GPIO_V2_GET_LINE_IOCTL
    public const nuint GetValues = 0xC010B40E; // GPIO_V2_LINE_GET_VALUES_IOCTL
    public const nuint SetValues = 0xC010B40F; // GPIO_V2_LINE_SET_VALUES_IOCTL

    public const uint AttributeFlags = 1;
    public const uint AttributeOutputValues = 2;
    public const uint AttributeDebounce = 3;

    public const uint RisingEdge = 1;
    public const uint FallingEdge = 2;

    [Flags]
    public enum LineFlags : ulong
    {
        None = 0,
        Used = 1 << 0,
        ActiveLow = 1 << 1,
        Input = 1 << 2,
        Output = 1 << 3,
        EdgeRising = 1 << 4,
        EdgeFalling = 1 << 5,
        OpenDrain = 1 << 6,
        OpenSource = 1 << 7,
        BiasPullUp = 1 << 8,
        BiasPullDown = 1 << 9,
        BiasDisabled = 1 << 10,
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ChipInfo
    {
        public NameText Name;
        public NameText Label;
        public uint Lines;
    }

    [StructLayout(LayoutKind.Explicit, Size = 16)]
    public struct LineAttribute
    {
        [FieldOffset(0)]
        public uint Id;

        [FieldOffset(4)]
        public uint Padding;

        [FieldOffset(8)]
        public LineFlags Flags;

        [FieldOffset(8)]
        public ulong Values;

        [FieldOffset(8)]
        public uint DebounceMicroseconds;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ConfigAttribute
    {
        public LineAttribute Attribute;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfig
    {
        public LineFlags Flags;
        public uint AttributeCount;
        public Padding5 Padding;
        public ConfigAttributes Attributes;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineRequest
    {
        public Offsets Offsets;
        public NameText Consumer;
        public LineConfig Config;
        public uint LineCount;
        public uint EventBufferSize;
        public Padding5 Padding;
        public int Descriptor;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineInfo
    {
        public NameText Name;
        public NameText Consumer;
        public uint Offset;
        public uint AttributeCount;
        public LineFlags Flags;
        public LineAttributes Attributes;
        public Padding4 Padding;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineEvent
    {
        public ulong TimestampNanoseconds;
        public uint Id;
        public uint Offset;
        public uint Sequence;
        public uint LineSequence;
        public Padding6 Padding;
    }

    [InlineArray(NameSize)]
    public struct NameText
    {
        private byte _first;

        /// <summary>The characters before the first zero; what is not printable ASCII becomes a question mark, because it goes into messages.</summary>
        public override readonly string ToString()
        {
            ReadOnlySpan<byte> bytes = this;
            var end = bytes.IndexOf((byte)0);
            if (end >= 0)
                bytes = bytes[..end];
            return string.Create(bytes.Length, bytes, static (text, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                    text[i] = from[i] is >= 0x20 and <= 0x7E ? (char)from[i] : '?';
            });
        }

        /// <summary>Takes over as much of an ASCII text as leaves room for the final zero.</summary>
        public void Set(string text)
        {
            Span<byte> bytes = this;
            bytes.Clear();
            System.Text.Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, NameSize - 1)), bytes);
        }
    }

    [InlineArray(LinesMaximum)]
    public struct Offsets
    {
        private uint _first;
    }

    [InlineArray(AttributesMaximum)]
    public struct ConfigAttributes
    {
        private ConfigAttribute _first;
    }

    [InlineArray(AttributesMaximum)]
    public struct LineAttributes
    {
        private LineAttribute _first;
    }

    [InlineArray(4)]
    public struct Padding4
    {
        private uint _first;
    }

    [InlineArray(5)]
    public struct Padding5
    {
        private uint _first;
    }

    [InlineArray(6)]
    public struct Padding6
    {
        private uint _first;
    }
}
