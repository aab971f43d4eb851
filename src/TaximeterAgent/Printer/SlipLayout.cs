using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver.Screens;

namespace TaximeterAgent.Printer;

/// <summary>What stands where on each kind of slip. Pure.</summary>
internal static class SlipLayout
{
    /// <summary>A link to pay by.</summary>
    public static byte[] Of(QrSlip slip, PaperStyle style)
    {
        var words = PaperWords.Of(slip.Language);
        var draft = Begun(style);
        draft.LargePair(words.Total, Amounts.Of(slip.Amount.MinorUnits, slip.Amount.Currency));
        if (slip.Trip.Length > 0)
            draft.Pair($"{words.Trip} {slip.Trip}", $"{words.Car} {style.Car}");
        draft.Gap();
        draft.Centred($"{words.ScanToPay} {style.Brand}");
        draft.Code(slip.Link);
        if (slip.Until is { } until)
            draft.Centred($"{words.ValidUntil} {Times.Clock(until, style.Zone)}");
        return draft.Finish();
    }

    /// <summary>A receipt.</summary>
    public static byte[] Of(PaperReceipt receipt, PaperStyle style)
    {
        var words = PaperWords.Of(receipt.Language);
        var draft = Begun(style);
        draft.Strong(receipt.Copy ? $"{words.Receipt} - {words.Copy}" : words.Receipt);
        draft.Pair(receipt.Trip.Length > 0 ? $"{words.Trip} {receipt.Trip}" : words.Trip, $"{words.Car} {style.Car}");
        if (receipt.Finish is { } finish)
            draft.Pair(Date(finish, style.Zone), Times.Clock(finish, style.Zone));
        if (receipt.Distance > 0)
            draft.Pair(words.Distance, string.Create(CultureInfo.InvariantCulture, $"{receipt.Distance / 1000},{receipt.Distance % 1000 / 100} km"));
        draft.Rule();
        foreach (var line in receipt.Lines)
            draft.Pair(Name(line.Item, words), Plain(line.Total));
        draft.Rule();
        draft.LargePair(words.Total, Amounts.Of(receipt.Paid.MinorUnits, receipt.Paid.Currency));
        foreach (var rate in receipt.Lines.Where(line => line.Tax > 0).GroupBy(line => line.TaxRate).OrderBy(rate => rate.Key))
            draft.Pair($"{words.Vat} {Rate(rate.Key)} %", Plain(rate.Sum(line => line.Tax)));
        draft.Gap();
        draft.Line($"{words.PaidWith} {style.Brand}");
        if (receipt.SalesUnit.Length > 0)
            draft.Line($"{words.SalesUnit} {receipt.SalesUnit}");
        foreach (var reference in receipt.References)
            draft.Line($"{words.Reference} {reference}");
        draft.Gap();
        draft.Centred(words.Thanks);
        return draft.Finish();
    }

    /// <summary>A page for a person to look at: the whole width, the letters, and a code.</summary>
    public static byte[] TestPage(Language language, PaperStyle style)
    {
        var words = PaperWords.Of(language);
        var draft = Begun(style);
        draft.Large(words.TestPage);
        draft.Line(string.Concat(Enumerable.Range(1, style.Columns).Select(column => (char)('0' + column % 10))));
        draft.Line("åäöæø ÅÄÖÆØ éÉ üÜ");
        draft.Pair(words.Fare, Plain(31_000));
        draft.LargePair(words.Total, "345,00");
        draft.Code("https://www.vippsmobilepay.com/");
        return draft.Finish();
    }

    private static PaperDraft Begun(PaperStyle style)
    {
        var draft = new PaperDraft(style);
        foreach (var line in style.Header)
            draft.Centred(line);
        if (style.Header.Count > 0)
            draft.Gap();
        return draft;
    }

    private static string Name(ReceiptItem item, PaperWords words) => item switch
    {
        ReceiptItem.Supplements => words.Supplements,
        ReceiptItem.Tip => words.Tip,
        _ => words.Fare,
    };

    private static string Plain(long minor) => string.Create(CultureInfo.InvariantCulture, $"{minor / 100},{minor % 100:00}");

    // 12, 25,5: hundredths of a percent without what says nothing.
    private static string Rate(int rate) =>
        rate % 100 == 0 ? (rate / 100).ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{rate / 100},{rate % 100:00}").TrimEnd('0');

    private static string Date(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
