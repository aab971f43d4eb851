using System.Collections;
using QRCoder;

namespace TaximeterAgent.Printer;

/// <summary>
/// A QR code as dots, <c>GS v 0</c>. In bands, because some printers take only so many rows at once. A module is at least three dots: no byte of it can be taken for
/// one of the commands that printers obey in the midst of anything (<c>DLE …</c>).
/// </summary>
internal static class RasterQr
{
    private const int RowsAtOnce = 24;
    private const int Head = 8;

    /// <summary>The longest of its commands, in bytes.</summary>
    /// <param name="paper">Dots across the paper.</param>
    public static int Longest(int paper) => Head + RowsAtOnce * ((paper + 7) / 8);

    /// <param name="link">Printable ASCII.</param>
    /// <param name="paper">Dots across the paper.</param>
    public static byte[] Bytes(string link, int paper)
    {
        using var code = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var matrix = code.ModuleMatrix; // its quiet modules are there already
        var dots = QrSize.DotsPerModule(matrix.Count - 2 * QrSize.Quiet, paper);
        var width = (matrix.Count * dots + 7) / 8;
        var rows = matrix.SelectMany(row => Enumerable.Repeat(Row(row, dots, width), dots)).ToList();
        return [.. rows.Chunk(RowsAtOnce).SelectMany(band => Band(band, width))];
    }

    private static byte[] Band(byte[][] rows, int width) =>
        [0x1D, (byte)'v', (byte)'0', 0, (byte)width, (byte)(width >> 8), (byte)rows.Length, (byte)(rows.Length >> 8), .. rows.SelectMany(row => row)];

    private static byte[] Row(BitArray modules, int dots, int width)
    {
        var row = new byte[width];
        for (var dot = 0; dot < modules.Count * dots; dot++)
        {
            if (modules[dot / dots])
                row[dot / 8] |= (byte)(0x80 >> (dot % 8));
        }

        return row;
    }
}
