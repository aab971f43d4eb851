namespace TaximeterAgent.EPayment;

/// <summary>Answers "is that receipt the one we meant to post?" after a 409.</summary>
public static class ReceiptComparison
{
    /// <summary>
    /// Whether both say the same about money: lines in order with id, name, amounts, tax rate and sign, then currency, tip, receipt number and point of sale.
    /// What a server may fill in or leave out (a discount of 0, a flag that is false, a rate as a percentage) makes no difference.
    /// </summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    public static bool SaysTheSameAs(this Receipt one, Receipt other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.OrderLines.Count != other.OrderLines.Count || Essence(one.BottomLine) != Essence(other.BottomLine)) return false;
        for (var i = 0; i < one.OrderLines.Count; i++)
        {
            if (Essence(one.OrderLines[i]) != Essence(other.OrderLines[i])) return false;
        }

        return true;
    }

    private static (string, string, long, long, long, int?, long, bool, bool) Essence(OrderLine line) => (
        line.Name, line.Id, line.TotalAmount, line.TotalAmountExcludingTax, line.TotalTaxAmount,
        line.TaxRate ?? (line.TaxPercentage is >= 0 and <= 100 ? line.TaxPercentage * 100 : null),
        line.Discount ?? 0, line.IsReturn ?? false, line.IsShipping ?? false);

    private static (string, long, string?, string?) Essence(BottomLine line) => (line.Currency, line.TipAmount ?? 0, line.ReceiptNumber, line.PosId);
}
