namespace TaximeterAgent.EPayment;

/// <summary>What a receipt must be before it is posted: it can never be corrected.</summary>
internal static class ReceiptRules
{
    internal const int MostLines = 100;

    internal static void Check(Receipt receipt, string prefix)
    {
        FieldRules.That(receipt.OrderLines is { Count: >= 1 and <= MostLines }, prefix + "orderLines", $"1 to {MostLines} lines");
        for (var i = 0; i < receipt.OrderLines.Count; i++) Check(receipt.OrderLines[i], $"{prefix}orderLines[{i}]");
        FieldRules.That(receipt.BottomLine is not null, prefix + "bottomLine", "a bottom line");
        Check(receipt.BottomLine!, prefix + "bottomLine");
    }

    private static void Check(OrderLine line, string at)
    {
        FieldRules.That(line is not null, at, "a line");
        FieldRules.Text(line!.Name, 1, 200, at + ".name");
        FieldRules.Text(line.Id, 1, 100, at + ".id");
        Amount(line.TotalAmount, at + ".totalAmount");
        Amount(line.TotalAmountExcludingTax, at + ".totalAmountExcludingTax");
        Amount(line.TotalTaxAmount, at + ".totalTaxAmount");
        FieldRules.That(line.TotalAmountExcludingTax + line.TotalTaxAmount == line.TotalAmount, at + ".totalTaxAmount",
            "what is missing from totalAmountExcludingTax to totalAmount");
        FieldRules.That(line.TaxRate is >= 0 and <= 10000, at + ".taxRate", "0 to 10000 hundredths of a percent");
        FieldRules.That(line.TaxPercentage is null, at + ".taxPercentage", "nothing: it is deprecated");
        Amount(line.Discount ?? 0, at + ".discount");
        if (line.UnitInfo is not { } unit) return;
        Amount(unit.UnitPrice, at + ".unitInfo.unitPrice");
        FieldRules.That(IsQuantity(unit.Quantity), at + ".unitInfo.quantity", "a decimal number of at most 10 characters and 8 decimals");
        FieldRules.That(unit.QuantityUnit is null || Enum.IsDefined(unit.QuantityUnit.Value), at + ".unitInfo.quantityUnit", "a known unit");
    }

    private static void Check(BottomLine bottom, string at)
    {
        FieldRules.That(FieldRules.LeastAmount(bottom.Currency) is not null, at + ".currency", "NOK, DKK or EUR");
        Amount(bottom.TipAmount ?? 0, at + ".tipAmount");
        if (bottom.PosId is not null) FieldRules.Text(bottom.PosId, 1, 100, at + ".posId");
        if (bottom.ReceiptNumber is not null) FieldRules.Text(bottom.ReceiptNumber, 1, 100, at + ".receiptNumber");
        if (bottom.PaymentSources is { } sources)
        {
            Amount(sources.GiftCard ?? 0, at + ".paymentSources.giftCard");
            Amount(sources.Card ?? 0, at + ".paymentSources.card");
            Amount(sources.Voucher ?? 0, at + ".paymentSources.voucher");
            Amount(sources.Cash ?? 0, at + ".paymentSources.cash");
        }

        if (bottom.Barcode is not { } barcode) return;
        FieldRules.That(barcode.Format is "EAN-13" or "CODE 39" or "CODE 128", at + ".barcode.format", "EAN-13, CODE 39 or CODE 128");
        FieldRules.Text(barcode.Data, 1, 100, at + ".barcode.data");
    }

    private static void Amount(long value, string field) =>
        FieldRules.That(value is >= 0 and <= FieldRules.MostAmount, field, $"0 to {FieldRules.MostAmount} minor units");

    private static bool IsQuantity(string? quantity)
    {
        if (quantity is not { Length: >= 1 and <= 10 }) return false;
        var parts = quantity.Split('.');
        return parts.Length <= 2
            && parts.All(part => part.Length > 0 && !part.AsSpan().ContainsAnyExceptInRange('0', '9'))
            && (parts.Length == 1 || parts[1].Length <= 8);
    }
}
