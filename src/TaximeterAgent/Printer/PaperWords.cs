using TaximeterAgent.Configuration;

namespace TaximeterAgent.Printer;

/// <summary>What stands on paper in one language.</summary>
internal sealed record PaperWords
{
    public required string Receipt { get; init; }

    public required string Copy { get; init; }

    public required string Trip { get; init; }

    public required string Car { get; init; }

    public required string Fare { get; init; }

    public required string Supplements { get; init; }

    public required string Tip { get; init; }

    public required string Total { get; init; }

    /// <summary>Before a rate.</summary>
    public required string Vat { get; init; }

    /// <summary>Before the payment app's name.</summary>
    public required string PaidWith { get; init; }

    public required string SalesUnit { get; init; }

    public required string Reference { get; init; }

    public required string Distance { get; init; }

    public required string Thanks { get; init; }

    /// <summary>What to do with the code; before the payment app's name.</summary>
    public required string ScanToPay { get; init; }

    /// <summary>Before hh:mm.</summary>
    public required string ValidUntil { get; init; }

    public required string TestPage { get; init; }

    public static PaperWords Of(Language language) => language switch
    {
        Language.Norwegian => s_norwegian,
        Language.Swedish => s_swedish,
        Language.Danish => s_danish,
        Language.Finnish => s_finnish,
        _ => s_english,
    };

    private static readonly PaperWords s_english = new()
    {
        Receipt = "RECEIPT", Copy = "COPY", Trip = "Trip", Car = "Car", Fare = "Fare", Supplements = "Supplements", Tip = "Tip", Total = "TOTAL", Vat = "of which VAT",
        PaidWith = "Paid with", SalesUnit = "Sales unit", Reference = "Payment", Distance = "Distance", Thanks = "Thank you for the ride!",
        ScanToPay = "Scan the code with your phone to pay with", ValidUntil = "Valid until", TestPage = "TEST PAGE",
    };

    private static readonly PaperWords s_norwegian = new()
    {
        Receipt = "KVITTERING", Copy = "KOPI", Trip = "Tur", Car = "Bil", Fare = "Takst", Supplements = "Tillegg", Tip = "Tips", Total = "SUM", Vat = "herav mva.",
        PaidWith = "Betalt med", SalesUnit = "Salgssted", Reference = "Betaling", Distance = "Avstand", Thanks = "Takk for turen!",
        ScanToPay = "Skann koden med telefonen og betal med", ValidUntil = "Gyldig til kl.", TestPage = "TESTSIDE",
    };

    private static readonly PaperWords s_swedish = new()
    {
        Receipt = "KVITTO", Copy = "KOPIA", Trip = "Resa", Car = "Bil", Fare = "Taxa", Supplements = "Tillägg", Tip = "Dricks", Total = "SUMMA", Vat = "varav moms",
        PaidWith = "Betalt med", SalesUnit = "Säljställe", Reference = "Betalning", Distance = "Sträcka", Thanks = "Tack för resan!",
        ScanToPay = "Skanna koden med telefonen och betala med", ValidUntil = "Giltig till kl.", TestPage = "TESTSIDA",
    };

    private static readonly PaperWords s_danish = new()
    {
        Receipt = "KVITTERING", Copy = "KOPI", Trip = "Tur", Car = "Vogn", Fare = "Takst", Supplements = "Tillæg", Tip = "Drikkepenge", Total = "I ALT", Vat = "heraf moms",
        PaidWith = "Betalt med", SalesUnit = "Salgssted", Reference = "Betaling", Distance = "Afstand", Thanks = "Tak for turen!",
        ScanToPay = "Scan koden med telefonen og betal med", ValidUntil = "Gælder til kl.", TestPage = "TESTSIDE",
    };

    private static readonly PaperWords s_finnish = new()
    {
        Receipt = "KUITTI", Copy = "KOPIO", Trip = "Matka", Car = "Auto", Fare = "Taksa", Supplements = "Lisät", Tip = "Juomaraha", Total = "YHTEENSÄ", Vat = "josta ALV",
        PaidWith = "Maksettu:", SalesUnit = "Myyntipiste", Reference = "Maksu", Distance = "Pituus", Thanks = "Kiitos matkasta!",
        ScanToPay = "Skannaa koodi puhelimella ja maksa:", ValidUntil = "Voimassa klo", TestPage = "TESTISIVU",
    };
}
