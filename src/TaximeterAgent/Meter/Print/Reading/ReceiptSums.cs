using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Meter.Print.Reading;

/// <summary>The receipt's money, in minor units, and whether it adds up.</summary>
internal readonly record struct ReceiptSums(long? Total, long Fare, long Supplements, long Tip)
{
    /// <summary>What VAT may differ by from what its rate makes of the rest: each line is rounded by itself.</summary>
    private const long Rounding = 5;

    /// <summary>Adds it up; what does not is a doubt.</summary>
    public static ReceiptSums Of(ReceiptValues values, ISet<ReadingDoubt> doubts)
    {
        if (values.Differs(ReceiptField.Total))
        {
            doubts.Add(ReadingDoubt.TwoTotals);
            return default;
        }

        foreach (var field in Enum.GetValues<ReceiptField>())
        {
            if (field != ReceiptField.Total && !field.AddsUp() && values.Differs(field))
                doubts.Add(ReadingDoubt.TwoValues);
        }

        if (values.Amounts(ReceiptField.Total) is not [var total, ..] totals)
        {
            doubts.Add(ReadingDoubt.NoTotal);
            return default;
        }

        var supplements = Either(values, ReceiptField.Supplements, ReceiptField.Supplement, doubts) ?? 0;
        var tip = values.Amounts(ReceiptField.Tip) is [var given, ..] ? given : 0;
        var printed = Either(values, ReceiptField.Fare, ReceiptField.FarePart, doubts);
        var fare = (printed ?? total - supplements - tip + Discount(values)) - Discount(values);
        if (fare < 0 || fare + supplements + tip != total)
            doubts.Add(ReadingDoubt.DoesNotAddUp);
        var taxed = Taxed(values, total, tip, doubts);
        if (printed is null && !taxed && totals.Count < 2)
            doubts.Add(ReadingDoubt.Unconfirmed);
        return new ReceiptSums(total, fare, supplements, tip);
    }

    private static long Discount(ReceiptValues values) => values.Sum(ReceiptField.Discount) ?? 0;

    // All in one, or part by part, or both and then the same.
    private static long? Either(ReceiptValues values, ReceiptField whole, ReceiptField part, ISet<ReadingDoubt> doubts)
    {
        var all = values.Amounts(whole) is [var one, ..] ? one : (long?)null;
        var parts = values.Sum(part);
        if (all is not null && parts is not null && all != parts)
            doubts.Add(ReadingDoubt.DoesNotAddUp);
        return all ?? parts;
    }

    /// <summary>True if VAT and what it is added to are the total. A tip has none.</summary>
    private static bool Taxed(ReceiptValues values, long total, long tip, ISet<ReadingDoubt> doubts)
    {
        if (values.Sum(ReceiptField.VatAmount) is not { } vat)
            return false;
        if (values.Sum(ReceiptField.Net) is { } net)
        {
            var fits = net + vat == total || net + vat == total - tip;
            if (!fits)
                doubts.Add(ReadingDoubt.DoesNotAddUp);
            return fits;
        }

        // Without it the rate tells only roughly, which is enough to doubt and too little to confirm.
        if (values.One(ReceiptField.Vat) is { } rate && values.All(ReceiptField.SupplementsVat).Count == 0 && values.Percent(rate) is var percent
            && Math.Abs(vat - ((total - tip) * percent / (10_000 + percent))) > Rounding)
        {
            doubts.Add(ReadingDoubt.DoesNotAddUp);
        }

        return false;
    }
}
