using System.Globalization;
using System.Text;

namespace TaximeterAgent.Fuzz;

/// <summary>How a meter prints: its letters, its commands, its lines.</summary>
/// <param name="Template">The template that reads it.</param>
/// <param name="Page">The code page of its letters.</param>
/// <param name="Begin">Commands before the first line.</param>
/// <param name="Lines">The lines.</param>
/// <param name="End">Commands behind the last.</param>
internal sealed record ReceiptLayout(string Template, int Page, byte[] Begin, Func<PressedRide, IEnumerable<string>> Lines, byte[] End)
{
    // What a printer of seven bits has in the places of brackets and braces (ESC R 10).
    private const string DanishLetters = "ÆØÅæøå";
    private const string DanishPlaces = @"[\]{|}";

    private static readonly string s_dashes = new('-', 32);

    private static readonly string s_ruler = $"+{new string('-', 40)}+";

    public static IReadOnlyList<ReceiptLayout> All { get; } =
    [
        new("narrow-nb", 865, [0x1B, 0x40, 0x1B, 0x74, 5], NarrowNorwegian, [0x1B, 0x64, 4, 0x1D, 0x56, 66, 0]),
        new("columns-sv", 1252, [0x1B, 0x40, 0x1B, 0x74, 16, 0x1D, 0x21, 0x11], ColumnsSwedish, [0x1B, 0x4A, 90, 0x1B, 0x69]),
        new("compact-en", 437, [], Compact, [0x0C]),
        new("narrow-en", 865, [0x1B, 0x40, 0x1B, 0x74, 5, 0x1B, 0x61, 1], NarrowEnglish, [0x1B, 0x64, 4, 0x1D, 0x56, 66, 0]),
        new("columns-fi", 28605, [0x1B, 0x40, 0x1B, 0x74, 40], ColumnsFinnish, [0x1B, 0x4A, 90, 0x1B, 0x69]),
        new("stacked-nb", 850, [0x1B, 0x40, 0x1B, 0x74, 2], Stacked, [0x1B, 0x6D]),
        new("fiscal-de", 858, [0x1B, 0x40, 0x1B, 0x74, 19, .. Logo("GESAMTBETRAG EUR 1,00\n")], Fiscal, [0x1B, 0x64, 3, 0x1D, 0x56, 0]),
        new("boxed-da", 437, [0x1B, 0x40, 0x1B, 0x52, 10], ride => Boxed(ride).Select(InSevenBits), [0x1B, 0x64, 5, 0x1D, 0x56, 1]),
    ];

    /// <summary>A receipt's bytes: the beginning, each line, the end.</summary>
    public IReadOnlyList<byte[]> Pieces(PressedRide ride)
    {
        var page = CodePagesEncodingProvider.Instance.GetEncoding(Page)!;
        return [Begin, .. Lines(ride).Select(line => page.GetBytes(line + "\n")), End];
    }

    private static IEnumerable<string> NarrowNorwegian(PressedRide ride) =>
    [
        "OSLO TAXI AS", "KVITTERING", $"Tur nr              {ride.Trip}", $"Start  {ride.Start:dd.MM.yy HH:mm}", $"Slutt {ride.Finish:dd.MM.yy HH:mm}", "Kjørt....        12,4 km",
        Row("Takst 2", ride.Fare, 24), .. If(ride.Supplement > 0, Row("Bomtillegg", ride.Supplement, 24)), .. If(ride.Tip > 0, Row("Tips", ride.Tip, 24)),
        Row("TOTALT kr", ride.Total, 24), Row("herav mva 12%", ride.Vat(12), 24), Row("Å betale", ride.Total, 24), "Takk for turen!",
    ];

    private static IEnumerable<string> NarrowEnglish(PressedRide ride) =>
    [
        "OSLO TAXI AS", "Org.nr 999 888 777 MVA", "RECEIPT", $"Trip no             {ride.Trip}", $"Start  {ride.Start:dd.MM.yy HH:mm}", $"Finish {ride.Finish:dd.MM.yy HH:mm}", "Driven....       12,4 km",
        Row("Tariff 2", ride.Fare, 24), .. If(ride.Supplement > 0, Row("Toll", ride.Supplement, 24)), .. If(ride.Tip > 0, Row("Tip", ride.Tip, 24)),
        Row("TOTAL kr", ride.Total, 24), Row("incl. VAT 12%", ride.Vat(12), 24), Row("To pay", ride.Total, 24), "Thank you!",
    ];

    private static IEnumerable<string> ColumnsSwedish(PressedRide ride)
    {
        var basic = Math.Min(ride.Fare, 590);
        return
        [
            "HAPARANDA TAXI", "TAXIKVITTO 0017", $"Datum {ride.Start:yyyy-MM-dd}", $"Resa {ride.Trip}   Bil T77", $"Från {ride.Start:HH:mm:ss} till {ride.Finish:HH:mm:ss}", "Sträcka 18,25 km  Taxa 3",
            Row("Grundavgift", basic, 32, "."), Row("Körsträcka", ride.Fare - basic, 32, "."),
            .. If(ride.Supplement > 0, Row("Flygplats", ride.Supplement, 32, ".")), .. If(ride.Tip > 0, Row("Dricks", ride.Tip, 32, ".")),
            Row("ATT BETALA EUR", ride.Total, 32, "."), $"Moms 14% {Amount(ride.Vat(14), thousands: ".")} av {Amount(ride.Total - ride.Tip - ride.Vat(14), thousands: ".")}", "Välkommen åter",
        ];
    }

    private static IEnumerable<string> ColumnsFinnish(PressedRide ride)
    {
        var basic = Math.Min(ride.Fare, 490);
        return
        [
            "TORNION TAKSI OY", "TAKSIKUITTI 0017", $"Päivä                {ride.Start.ToString("d.M.yyyy", CultureInfo.InvariantCulture)}", $"Matka {ride.Trip}   Auto T77",
            $"Klo {ride.Start.ToString("H.mm", CultureInfo.InvariantCulture)} - {ride.Finish.ToString("H.mm", CultureInfo.InvariantCulture)}", "Ajettu 9,8 km  Taksa 1",
            Row("Lähtömaksu", basic, 32), Row("Kilometrit", ride.Fare - basic, 32),
            .. If(ride.Supplement > 0, Row("Lentokenttälisä", ride.Supplement, 32)), .. If(ride.Tip > 0, Row("Juomaraha", ride.Tip, 32)), s_dashes,
            Row("YHTEENSÄ EUR", ride.Total, 32), $"ALV 14% {Amount(ride.Vat(14))} veroton {Amount(ride.Total - ride.Tip - ride.Vat(14))}", "Kiitos käynnistä",
        ];
    }

    private static IEnumerable<string> Compact(PressedRide ride) =>
    [
        "TAXI RECEIPT", $"{ride.Start.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)} {ride.Start:HH:mm}-{ride.Finish:HH:mm}", "Dist 6.4 km", $"Fare\t{Amount(ride.Fare, '.', ",")}",
        .. If(ride.Supplement > 0, $"Extras\t{Amount(ride.Supplement, '.', ",")}"), .. If(ride.Tip > 0, $"Tip\t{Amount(ride.Tip, '.', ",")}"),
        $"TOTAL EUR\t{Amount(ride.Total, '.', ",")}", "Thank you",
    ];

    private static IEnumerable<string> Stacked(PressedRide ride) =>
    [
        "TAXIKVITTERING", "Turnummer", $"{ride.Trip,20}", "Påbegynt", Time(ride.Start), "Avsluttet", Time(ride.Finish), "Lengde", "             14,0 km",
        .. If(ride.Supplement > 0, Below("Tillegg", Amount(ride.Supplement))), .. If(ride.Tip > 0, Below("Tips", Amount(ride.Tip))),
        .. Below("BELØP", $"NOK {Amount(ride.Total)}"), .. Below(ride.Trip % 2 == 0 ? "Kort" : "Kontant", $"NOK {Amount(ride.Total)}"), "God tur videre",
    ];

    private static IEnumerable<string> Fiscal(PressedRide ride) =>
    [
        "Taxi Müller, Straße 1, Köln", $"QUITTUNG Nr. 2026/{ride.Trip:00000}", $"Fahrtbeginn: {ride.Start:dd.MM.yyyy HH:mm:ss}", $"Fahrtende:   {ride.Finish:dd.MM.yyyy HH:mm:ss}", "Besetzt-km: 11,7   Tarif 1",
        Row("Fahrpreis EUR", ride.Fare, 40, "."), .. If(ride.Supplement > 0, Row("Zuschläge EUR", ride.Supplement, 40, ".")), .. If(ride.Tip > 0, Row("Trinkgeld EUR", ride.Tip, 40, ".")),
        Row("GESAMTBETRAG EUR", ride.Total, 40, "."), $"MwSt 7 % aus {Amount(ride.Total - ride.Tip - ride.Vat(7), thousands: ".")}: {Amount(ride.Vat(7), thousands: ".")}", "TSE-Signatur a81bc2",
        "Vielen Dank für Ihre Fahrt",
    ];

    private static IEnumerable<string> Boxed(PressedRide ride)
    {
        return
        [
            s_ruler, "========= TAXA KVITTERING =========", $"! Tur: A-{ride.Trip}   ! Vogn: 12 !",
            Cells("Påbegyndt", $"{ride.Start.ToString("dd/MM-yyyy", CultureInfo.InvariantCulture)} kl. {ride.Start:HH:mm}"),
            Cells("Afsluttet", $"{ride.Finish.ToString("dd/MM-yyyy", CultureInfo.InvariantCulture)} kl. {ride.Finish:HH:mm}"), Cells("Kørt", "7350 m"), Cells("Kørsel", Amount(ride.Fare, thousands: ".")),
            .. If(ride.Supplement > 0, Cells("Tillæg", Amount(ride.Supplement, thousands: "."))),
            .. If(ride.Tip > 0, Cells("Drikkepenge", Amount(ride.Tip, thousands: "."))),
            s_ruler, Cells("I ALT DKK", Amount(ride.Total, thousands: ".")), Cells("Heraf moms 25%", Amount(ride.Vat(25), thousands: ".")), s_ruler, "Tak for turen og på gensyn",
        ];

        static string Cells(string name, string value) => $"! {name,-21} ! {value,15} !";
    }

    private static string Time(DateTime at) => at.ToString("d. M. yyyy  HH.mm", CultureInfo.InvariantCulture).PadLeft(20);

    private static string[] Below(string name, string value) => [name, value.PadLeft(20)];

    private static IEnumerable<string> If(bool given, params string[] lines) => given ? lines : [];

    private static string Row(string name, int minor, int width, string thousands = " ") => name + Amount(minor, thousands: thousands).PadLeft(width - name.Length);

    private static string InSevenBits(string line) => string.Concat(line.Select(letter => DanishLetters.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? DanishPlaces[at] : letter));

    // Dots that happen to be letters: nothing of it is on the paper as such.
    private static byte[] Logo(string dots) => [0x1D, 0x76, 0x30, 0, (byte)dots.Length, 0, 1, 0, .. Encoding.ASCII.GetBytes(dots)];

    private static string Amount(int minor, char sign = ',', string thousands = " ")
    {
        var whole = (minor / 100).ToString(CultureInfo.InvariantCulture);
        if (whole.Length > 3)
            whole = $"{whole[..^3]}{thousands}{whole[^3..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{whole}{sign}{minor % 100:00}");
    }
}
