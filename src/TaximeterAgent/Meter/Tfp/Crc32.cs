namespace TaximeterAgent.Meter.Tfp;

/// <summary>CRC-32/ISO-HDLC, the one of zip and Ethernet: reflected, polynomial 0x04C11DB7. Check value: <c>123456789</c> → <c>CBF43926</c>.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320; // 0x04C11DB7, bits reversed
    private static readonly uint[] s_table = MakeTable();

    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
            crc = (crc >> 8) ^ s_table[(byte)(crc ^ value)];
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var index = 0u; index < table.Length; index++)
        {
            var entry = index;
            for (var bit = 0; bit < 8; bit++)
                entry = (entry >> 1) ^ ((entry & 1) * Polynomial);
            table[index] = entry;
        }

        return table;
    }
}
