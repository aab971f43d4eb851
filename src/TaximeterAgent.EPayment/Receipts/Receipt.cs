using System.Globalization;
using System.Text.Json;
using TaximeterAgent.EPayment.Json;

namespace TaximeterAgent.EPayment;

/// <summary>One line of a receipt, amounts in minor units.</summary>
/// <param name="Id">The line's own id.</param>
/// <param name="Name">What the customer reads.</param>
/// <param name="Total">Tax included.</param>
/// <param name="Tax">The tax in it.</param>
/// <param name="TaxRate">Hundredths of a percent: 2500 is 25 %.</param>
public sealed record ReceiptLine(string Id, string Name, long Total, long Tax, int TaxRate)
{
    /// <summary>Kilometres driven, for a line that has them; sent as unit info, at most 99999.999.</summary>
    public decimal? Kilometres { get; init; }
}

/// <summary>
/// A receipt (<c>POST /order-management/v2/ECOM/receipts/{reference}</c>). Immutable once posted: one for each payment. The sum is computed from the lines.
/// </summary>
public sealed record Receipt
{
    /// <summary>One line or more; their totals sum to what is captured.</summary>
    public required IReadOnlyList<ReceiptLine> Lines { get; init; }

    /// <summary>NOK, DKK or EUR.</summary>
    public required string Currency { get; init; }

    /// <summary>The point of sale: the car.</summary>
    public required string PointOfSale { get; init; }

    /// <summary>The merchant's own number of the receipt.</summary>
    public string? Number { get; init; }

    /// <summary>The part of the sum that is a tip, minor units.</summary>
    public long? Tip { get; init; }

    /// <summary>The exact bytes.</summary>
    /// <exception cref="ArgumentException">No line, a negative amount, or a tax above its total.</exception>
    public byte[] ToBody()
    {
        if (Lines.Count == 0 || Lines.Any(line => line.Total < 0 || line.Tax < 0 || line.Tax > line.Total))
            throw new ArgumentException("A receipt has lines, and no line has a tax above its total.", nameof(Lines));
        return JsonSerializer.SerializeToUtf8Bytes(
            new ReceiptBody
            {
                OrderLines = [.. Lines.Select(Line)],
                BottomLine = new BottomLineBody { Currency = Currency, PosId = PointOfSale, ReceiptNumber = Number, TipAmount = Tip is > 0 ? Tip : null },
            },
            ApiJson.Default.ReceiptBody);
    }

    /// <summary>True if a receipt that was read says the same in every line and in the bottom line.</summary>
    internal static bool Same(ReadOnlySpan<byte> body, OrderAnswer found)
    {
        if (!BodyReader.TryRead(body, ApiJson.Default.ReceiptBody, out var ours) || ours.OrderLines is not { } lines)
            return false;
        var there = found.Receipt?.OrderLines ?? found.OrderLines;
        return there is not null && there.Count == lines.Count
            && lines.Zip(there).All(pair => pair.First.Id == pair.Second.Id && pair.First.TotalAmount == pair.Second.TotalAmount
                && pair.First.TotalTaxAmount == pair.Second.TotalTaxAmount && pair.First.TaxRate == pair.Second.TaxRate);
    }

    private static OrderLineBody Line(ReceiptLine line) => new()
    {
        Name = line.Name,
        Id = line.Id,
        TotalAmount = line.Total,
        TotalAmountExcludingTax = line.Total - line.Tax,
        TotalTaxAmount = line.Tax,
        TaxRate = line.TaxRate,
        UnitInfo = line.Kilometres is { } kilometres and > 0
            ? new UnitInfoBody(UnitPrice(line.Total, kilometres), kilometres.ToString("0.###", CultureInfo.InvariantCulture), "KM")
            : null,
    };

    private static long UnitPrice(long total, decimal kilometres) => (long)decimal.Round(total / kilometres, MidpointRounding.AwayFromZero);
}
