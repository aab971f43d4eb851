using System.Text;

namespace TaximeterAgent.Printer;

/// <summary>A QR code by the printer's own command, <c>GS ( k</c> with code 49: model, size, correction, data, print.</summary>
internal static class NativeQr
{
    private const byte CorrectionM = 49;
    private const byte Model2 = 50;
    private const byte QrCode = 49;
    private const int Head = 8;

    /// <summary>The longest of its commands, in bytes.</summary>
    public const int Longest = Head + QrSlip.LongestLink;

    /// <param name="link">Printable ASCII.</param>
    /// <param name="paper">Dots across the paper.</param>
    public static byte[] Bytes(string link, int paper)
    {
        var data = Encoding.ASCII.GetBytes(link);
        var size = (byte)QrSize.DotsPerModule(QrSize.Modules(data.Length), paper);
        return
        [
            .. Command(65, Model2, 0),
            .. Command(67, size),
            .. Command(69, CorrectionM),
            .. Command(80, [48, .. data]),
            .. Command(81, 48),
        ];
    }

    private static byte[] Command(byte function, params byte[] parameters)
    {
        var length = parameters.Length + 2;
        return [0x1D, (byte)'(', (byte)'k', (byte)length, (byte)(length >> 8), QrCode, function, .. parameters];
    }
}
