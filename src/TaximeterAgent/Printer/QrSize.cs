namespace TaximeterAgent.Printer;

/// <summary>How large a QR code of a link is. The correction is M: a crumpled slip in a dim car is read.</summary>
internal static class QrSize
{
    /// <summary>Modules on each side that stay white.</summary>
    public const int Quiet = 4;

    private const int LeastDots = 3;
    private const int MostDots = 8;

    // Bytes that a code of version 1, 2, … holds at correction M: ISO/IEC 18004, table 7.
    private static ReadOnlySpan<short> Capacity => [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779, 857, 911, 997];

    /// <summary>Modules along one side, without the quiet ones.</summary>
    /// <exception cref="ArgumentException">The link is longer than <see cref="QrSlip.LongestLink"/>.</exception>
    public static int Modules(int bytes)
    {
        for (var version = 1; version <= Capacity.Length; version++)
        {
            if (bytes <= Capacity[version - 1])
                return 17 + 4 * version;
        }

        throw new ArgumentException($"A link of {bytes} bytes has no room in a code; at most {QrSlip.LongestLink}.", nameof(bytes));
    }

    /// <summary>Dots along a module: as large as three quarters of the paper let it be, but no poster.</summary>
    public static int DotsPerModule(int modules, int paper) => Math.Clamp(paper * 3 / 4 / (modules + 2 * Quiet), LeastDots, MostDots);
}
