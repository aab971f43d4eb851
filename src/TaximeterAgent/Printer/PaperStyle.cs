using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Printer;

/// <summary>How a QR code gets onto the paper.</summary>
internal enum QrPrinting
{
    /// <summary>The printer draws it: <c>GS ( k</c>.</summary>
    Native,

    /// <summary>It is sent as dots: <c>GS v 0</c>, for a printer that knows no codes.</summary>
    Raster,
}

/// <summary>What ends a slip.</summary>
internal enum PaperCut
{
    /// <summary>Paper is fed to the edge at which it is torn.</summary>
    None,

    /// <summary>Cut but for a bridge in its middle.</summary>
    Partial,

    /// <summary>Cut off; it may fall.</summary>
    Full,
}

/// <summary>What the paper is like, and what stands on every slip.</summary>
/// <param name="Columns">Characters a line: 32 on paper of 58 mm, 42 or 48 on 80 mm.</param>
/// <param name="CodePage">The printer's letters.</param>
/// <param name="Qr">How a QR code is printed.</param>
/// <param name="Cut">What ends a slip.</param>
/// <param name="Header">The lines at the top: the company's name, its number.</param>
/// <param name="Brand">The payment app, as the customer knows it.</param>
/// <param name="Car">The car.</param>
/// <param name="Zone">The zone of the times.</param>
internal sealed record PaperStyle(int Columns, CodePage CodePage, QrPrinting Qr, PaperCut Cut, IReadOnlyList<string> Header, string Brand, string Car, TimeZoneInfo Zone)
{
    /// <summary>Bytes of the longest command in a slip.</summary>
    public int LongestCommand => Qr == QrPrinting.Raster ? RasterQr.Longest(Dots) : NativeQr.Longest;

    /// <summary>Dots across the paper.</summary>
    public int Dots => Columns switch
    {
        <= 32 => 384,
        <= 42 => 512,
        _ => 576,
    };
}
