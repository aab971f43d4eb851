namespace TaximeterAgent.Simulator.Car;

/// <summary>CRC-32/ISO-HDLC: reflected polynomial EDB88320, initial value and final XOR FFFFFFFF; of <c>123456789</c> it is CBF43926.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    // What each byte does to the remainder, worked out bit by bit from the polynomial.
    private static readonly uint[] s_remainders = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value))];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in bytes)
            crc = (crc >> 8) ^ s_remainders[(byte)(crc ^ value)];
        return ~crc;
    }

    /// <summary>The eight upper-case hexadecimal digits that a frame carries.</summary>
    public static string Digits(ReadOnlySpan<byte> bytes) => Of(bytes).ToString("X8", System.Globalization.CultureInfo.InvariantCulture);

    private static uint OfByte(uint crc)
    {
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
        return crc;
    }
}
