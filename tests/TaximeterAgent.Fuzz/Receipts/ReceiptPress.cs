using System.Globalization;
using System.Text;

namespace TaximeterAgent.Fuzz;

/// <summary>Prints receipts of three of the layouts that the agent has templates for; it knows what it prints, and nothing of how that is read.</summary>
internal static class ReceiptPress
{
    public static readonly IReadOnlyList<string> Layouts = ["narrow-nb", "columns-sv", "compact-en"];

    /// <summary>A receipt.</summary>
    /// <param name="dice">What is on it.</param>
    /// <param name="layout">One of <see cref="Layouts"/>, by its place.</param>
    public static PressedReceipt Print(Dice dice, int layout)
    {
        var fare = 100 + dice.Below(dice.OneIn(10) ? 3_000_000 : 90_000);
        var supplement = dice.OneIn(2) ? 100 + dice.Below(20_000) : 0;
        var tip = dice.OneIn(4) ? 100 + dice.Below(9_000) : 0;
        var trip = 1_000 + dice.Below(9_000);
        var start = new DateTime(2026, 11, 21, 0, 0, 0).AddMinutes(dice.Below(500_000));
        var finish = start.AddMinutes(1 + dice.Below(120));
        var total = fare + supplement + tip;
        var lines = layout switch
        {
            0 => Narrow(trip, start, finish, fare, supplement, tip),
            1 => Columns(trip, start, finish, fare, supplement, tip),
            _ => Compact(start, finish, fare, supplement, tip),
        };
        var page = CodePagesEncodingProvider.Instance.GetEncoding(layout switch { 0 => 865, 1 => 1252, _ => 437 })!;
        byte[] begin = layout switch { 0 => [0x1B, 0x40, 0x1B, 0x74, 5], 1 => [0x1B, 0x40, 0x1B, 0x74, 16, 0x1D, 0x21, 0x11], _ => [] };
        byte[] end = layout switch { 0 => [0x1B, 0x64, 4, 0x1D, 0x56, 66, 0], 1 => [0x1B, 0x4A, 90, 0x1B, 0x69], _ => [0x0C] };
        return new PressedReceipt(total, [begin, .. lines.Select(line => page.GetBytes(line + "\n")), end]);
    }

    private static List<string> Narrow(int trip, DateTime start, DateTime finish, int fare, int supplement, int tip)
    {
        var total = fare + supplement + tip;
        List<string> lines =
        [
            "OSLO TAXI AS", "KVITTERING", $"Tur nr              {trip}", $"Start  {start:dd.MM.yy HH:mm}", $"Slutt {finish:dd.MM.yy HH:mm}", "Kjørt....        12,4 km", Row("Takst 2", fare),
        ];
        if (supplement > 0)
            lines.Add(Row("Bomtillegg", supplement));
        if (tip > 0)
            lines.Add(Row("Tips", tip));
        lines.AddRange([Row("TOTALT kr", total), Row("herav mva 12%", (int)Math.Round((total - tip) * 12 / 112m)), Row("Å betale", total), "Takk for turen!"]);
        return lines;

        static string Row(string name, int minor) => name + Amount(minor, ',', " ").PadLeft(24 - name.Length);
    }

    private static List<string> Columns(int trip, DateTime start, DateTime finish, int fare, int supplement, int tip)
    {
        var total = fare + supplement + tip;
        var vat = (int)Math.Round((total - tip) * 14 / 114m);
        var basic = Math.Min(fare, 590);
        List<string> lines =
        [
            "HAPARANDA TAXI", "TAXIKVITTO 0017", $"Datum {start:yyyy-MM-dd}", $"Resa {trip}   Bil T77", $"Från {start:HH:mm:ss} till {finish:HH:mm:ss}", "Sträcka 18,25 km  Taxa 3",
            Row("Grundavgift", basic), Row("Körsträcka", fare - basic),
        ];
        if (supplement > 0)
            lines.Add(Row("Flygplats", supplement));
        if (tip > 0)
            lines.Add(Row("Dricks", tip));
        lines.AddRange([Row("ATT BETALA EUR", total), $"Moms 14% {Amount(vat, ',', ".")} av {Amount(total - tip - vat, ',', ".")}", "Välkommen åter"]);
        return lines;

        static string Row(string name, int minor) => name + Amount(minor, ',', ".").PadLeft(32 - name.Length);
    }

    private static List<string> Compact(DateTime start, DateTime finish, int fare, int supplement, int tip)
    {
        List<string> lines = ["TAXI RECEIPT", $"{start.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)} {start:HH:mm}-{finish:HH:mm}", "Dist 6.4 km", $"Fare\t{Amount(fare, '.', ",")}"];
        if (supplement > 0)
            lines.Add($"Extras\t{Amount(supplement, '.', ",")}");
        if (tip > 0)
            lines.Add($"Tip\t{Amount(tip, '.', ",")}");
        lines.AddRange([$"TOTAL EUR\t{Amount(fare + supplement + tip, '.', ",")}", "Thank you"]);
        return lines;
    }

    private static string Amount(int minor, char sign, string thousands)
    {
        var whole = (minor / 100).ToString(CultureInfo.InvariantCulture);
        if (whole.Length > 3)
            whole = $"{whole[..^3]}{thousands}{whole[^3..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{whole}{sign}{minor % 100:00}");
    }
}

/// <param name="Total">What is printed on it, minor units.</param>
/// <param name="Pieces">Its bytes: the beginning, each line, the end.</param>
internal sealed record PressedReceipt(int Total, IReadOnlyList<byte[]> Pieces)
{
    public byte[] Bytes => [.. Pieces.SelectMany(piece => piece)];
}
