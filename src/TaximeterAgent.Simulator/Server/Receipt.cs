using System.Text.Json;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulator.Server;

/// <summary>A receipt as Order Management keeps it: the JSON as it was sent, and what its lines come to.</summary>
/// <param name="Json">The receipt, compared whole: it is immutable.</param>
/// <param name="Currency">The currency of its bottom line.</param>
/// <param name="LinesTotal">The sum of the lines in minor units, returns taken off.</param>
/// <param name="Tip">The tip of its bottom line in minor units; whether a client also writes it as a line is its own affair.</param>
internal sealed partial record Receipt(JsonElement Json, string Currency, long LinesTotal, long Tip)
{
    [GeneratedRegex(@"^[0-9]+(\.[0-9]{1,8})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Quantity { get; }

    public bool ComesTo(long amount) => LinesTotal == amount || LinesTotal + Tip == amount;

    public bool Same(Receipt other) => JsonElement.DeepEquals(Json, other.Json);

    /// <summary>The receipt, or null if anything is wrong with it; what is wrong is in <paramref name="fields"/>.</summary>
    public static Receipt? Read(JsonElement body, JsonFields fields, string at = "")
    {
        var before = fields.Faults.Count;
        if (!fields.IsObject(body, at, "orderLines", "bottomLine"))
            return null;
        var total = 0L;
        var linesAt = JsonFields.Join(at, "orderLines");
        if (fields.Has(body, at, "orderLines", required: true, out var lines))
        {
            if (lines.ValueKind != JsonValueKind.Array || lines.GetArrayLength() == 0)
                fields.Fault(linesAt, "Must be an array of at least one line.");
            else
                total = lines.EnumerateArray().Select((line, index) => Line(line, fields, $"{linesAt}[{index}]")).Sum();
        }

        var (currency, tip) = BottomLine(body, fields, at);
        return fields.Faults.Count == before && currency is not null ? new Receipt(body.Clone(), currency, total, tip) : null;
    }

    /// <summary>What the line adds to the sum.</summary>
    private static long Line(JsonElement line, JsonFields fields, string at)
    {
        if (!fields.IsObject(line, at, "name", "id", "totalAmount", "totalAmountExcludingTax", "totalTaxAmount", "taxPercentage", "taxRate", "unitInfo",
            "discount", "productUrl", "isReturn", "isShipping"))
            return 0;
        fields.Text(line, at, "name", required: true);
        fields.Text(line, at, "id", required: true);
        var total = fields.Whole(line, at, "totalAmount", required: true, Least, Most);
        var without = fields.Whole(line, at, "totalAmountExcludingTax", required: true, Least, Most);
        var tax = fields.Whole(line, at, "totalTaxAmount", required: true, Least, Most);
        if (total is { } t && without is { } w && tax is { } x && w + x != t)
            fields.Fault(JsonFields.Join(at, "totalAmount"), "Must be the sum of totalAmountExcludingTax and totalTaxAmount.");
        var rate = fields.Whole(line, at, "taxRate", required: false, 0, 10_000);
        var percentage = fields.Whole(line, at, "taxPercentage", required: false, 0, 100);
        if (rate is null && percentage is null)
            fields.Fault(JsonFields.Join(at, "taxRate"), "Either taxRate or taxPercentage must be set.");
        fields.Whole(line, at, "discount", required: false, 0, Most);
        fields.Text(line, at, "productUrl", required: false);
        fields.Flag(line, at, "isShipping");
        var isReturn = fields.Flag(line, at, "isReturn") == true;
        if (fields.Has(line, at, "unitInfo", required: false, out var unit))
            UnitInfo(unit, fields, JsonFields.Join(at, "unitInfo"));
        return isReturn ? -(total ?? 0) : total ?? 0;
    }

    // No sum of lines can leave what a long holds.
    private const long Most = 1_000_000_000_000;
    private const long Least = -Most;

    private static void UnitInfo(JsonElement unit, JsonFields fields, string at)
    {
        if (!fields.IsObject(unit, at, "unitPrice", "quantity", "quantityUnit"))
            return;
        fields.Whole(unit, at, "unitPrice", required: true, 0, Most);
        fields.Text(unit, at, "quantity", required: true, 1, 10, Quantity);
        fields.OneOf(unit, at, "quantityUnit", required: false, "PCS", "KG", "KM", "MINUTE", "LITRE", "KWH");
    }

    private static (string? Currency, long Tip) BottomLine(JsonElement body, JsonFields fields, string at)
    {
        var here = JsonFields.Join(at, "bottomLine");
        if (!fields.Has(body, at, "bottomLine", required: true, out var bottom) || !fields.IsObject(bottom, here, "currency", "tipAmount", "giftCardAmount",
            "posId", "totalAmount", "totalTax", "totalDiscount", "shippingAmount", "shippingInfo", "paymentSources", "barcode", "receiptNumber", "terminalId"))
            return (null, 0);
        var currency = fields.OneOf(bottom, here, "currency", required: true, "NOK", "DKK", "EUR");
        var tip = fields.Whole(bottom, here, "tipAmount", required: false, 0, Most) ?? 0;
        foreach (var amount in (string[])["giftCardAmount", "totalTax", "totalDiscount", "shippingAmount"])
            fields.Whole(bottom, here, amount, required: false, 0, Most);
        fields.Whole(bottom, here, "totalAmount", required: false, Least, Most);
        foreach (var text in (string[])["posId", "receiptNumber", "terminalId"])
            fields.Text(bottom, here, text, required: false, 0);
        if (fields.Has(bottom, here, "paymentSources", required: false, out var sources)
            && fields.IsObject(sources, JsonFields.Join(here, "paymentSources"), "giftCard", "card", "voucher", "cash"))
            foreach (var source in sources.EnumerateObject())
                fields.Whole(sources, JsonFields.Join(here, "paymentSources"), source.Name, required: false, 0, Most);
        if (fields.Has(bottom, here, "barcode", required: false, out var barcode)
            && fields.IsObject(barcode, JsonFields.Join(here, "barcode"), "format", "data"))
        {
            fields.OneOf(barcode, JsonFields.Join(here, "barcode"), "format", required: true, "EAN-13", "CODE 39", "CODE 128");
            fields.Text(barcode, JsonFields.Join(here, "barcode"), "data", required: true);
        }

        return (currency, tip);
    }
}
