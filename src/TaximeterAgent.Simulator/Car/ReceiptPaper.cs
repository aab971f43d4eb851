using System.Globalization;
using System.Text;

namespace TaximeterAgent.Simulator.Car;

/// <summary>The bytes of a receipt for a printer of 24 columns: ESC/POS, letters of ASCII, an image with letters in it at the top.</summary>
internal static class ReceiptPaper
{
    private const int Columns = 24;

    /// <summary>Lines of a torn receipt: the last that is printed names the distance.</summary>
    private const int TornAfter = 7;

    private static readonly byte[] Begin = [0x1B, (byte)'@', 0x1B, (byte)'t', 5, .. Image("TOTAL kr 1,00\n")];

    private static readonly byte[] Cut = [0x1B, (byte)'d', 4, 0x1D, (byte)'V', 66, 0];

    public static byte[] Bytes(PrintedRide ride, PrintFault fault, PrintedRide? other)
    {
        List<string> lines = Lines(ride, fault == PrintFault.Copy);
        if (fault == PrintFault.Interleaved)
            lines = [.. lines.Zip(Lines(other!, copy: false), (one, two) => new[] { one, two }).SelectMany(pair => pair)];
        if (fault == PrintFault.Torn)
            lines = [.. lines.Take(TornAfter)];
        byte[] text = Encoding.ASCII.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        return fault == PrintFault.Torn ? [.. Begin, .. text] : [.. Begin, .. text, .. Cut];
    }

    private static List<string> Lines(PrintedRide ride, bool copy)
    {
        long vat = (long)Math.Round(ride.Total * 12 / 112m);
        List<string> lines =
        [
            "OSLO TAXI AS",
            "Org.nr 999 888 777 MVA",
            "RECEIPT",
            Row("Trip no", ride.Trip),
            $"Start  {Time(ride.Start)}",
            $"Finish {Time(ride.Finish)}",
            Row("Driven....", "12,4 km"),
            Row("Tariff 2", Amount(ride.Fare)),
        ];
        if (copy)
            lines.Insert(3, "*** COPY ***");
        if (ride.Toll > 0)
            lines.Add(Row("Toll", Amount(ride.Toll)));
        lines.AddRange([Row("TOTAL kr", Amount(ride.Total)), Row("incl. VAT 12%", Amount(vat)), Row("To pay", Amount(ride.Total)), "Thank you!"]);
        return lines;
    }

    private static string Row(string left, string right) => left + new string(' ', Math.Max(1, Columns - left.Length - right.Length)) + right;

    private static string Time(DateTime at) => at.ToString("dd.MM.yy HH:mm", CultureInfo.InvariantCulture);

    private static string Amount(long minor)
    {
        string whole = (minor / 100).ToString(CultureInfo.InvariantCulture);
        if (whole.Length > 3)
            whole = $"{whole[..^3]} {whole[^3..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{whole},{minor % 100:00}");
    }

    // Dots that happen to be letters: nothing of it is on the paper as such.
    private static byte[] Image(string dots)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(dots);
        return [0x1D, (byte)'v', (byte)'0', 0, (byte)bytes.Length, 0, 1, 0, .. bytes];
    }
}
