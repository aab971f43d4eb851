using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Core.Payments;

/// <summary>What a line of a receipt is for.</summary>
public enum ReceiptItem
{
    Fare,
    Supplements,
    Tip,
}

/// <summary>One line of a receipt; amounts in minor units, tax included in <see cref="Total"/>.</summary>
/// <param name="Item">What it is for.</param>
/// <param name="Total">Tax included.</param>
/// <param name="Tax">The tax in it.</param>
/// <param name="TaxRate">Hundredths of a percent.</param>
public sealed record ReceiptLine(ReceiptItem Item, long Total, long Tax, int TaxRate)
{
    /// <summary>
    /// The lines of the payment that covers <paramref name="amount"/> minor units of the fare, after earlier payments have covered <paramref name="offset"/>.
    /// They sum to <paramref name="amount"/>, and the lines of all payments of a trip sum to the fare's own.
    /// </summary>
    public static IReadOnlyList<ReceiptLine> For(Fare fare, long offset, long amount)
    {
        var lines = new List<ReceiptLine>(3);
        var from = 0L;
        Add(ReceiptItem.Fare, fare.FareAmount, fare.Vat);
        Add(ReceiptItem.Supplements, fare.Supplements, fare.SupplementsVat);
        Add(ReceiptItem.Tip, fare.Tip, 0);
        return lines;

        void Add(ReceiptItem item, Money part, int rate)
        {
            var begin = Math.Max(from, offset);
            var end = Math.Min(from + part.MinorUnits, offset + amount);
            if (end > begin)
                lines.Add(new ReceiptLine(item, end - begin, TaxIn(end - from, rate) - TaxIn(begin - from, rate), rate));
            from += part.MinorUnits;
        }
    }

    // Of an amount that includes it. Rounded half away from zero, as tax authorities do; differences of rounded sums, so that parts add up to the whole.
    private static long TaxIn(long total, int rate) => (total * rate * 2 + 10_000 + rate) / (2 * (10_000L + rate));
}
