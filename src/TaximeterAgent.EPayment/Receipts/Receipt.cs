using System.Text.Json.Serialization;

namespace TaximeterAgent.EPayment;

/// <summary>A receipt. It is immutable once posted; its sum is computed from the lines.</summary>
/// <param name="OrderLines">1-100 lines.</param>
/// <param name="BottomLine">What belongs to the whole.</param>
public sealed record Receipt(IReadOnlyList<OrderLine> OrderLines, BottomLine BottomLine);

/// <summary>A line of a receipt. Amounts in minor units.</summary>
/// <param name="Name">What was sold, 1-200 characters.</param>
/// <param name="Id">The merchant's id of it, 1-100 characters.</param>
/// <param name="TotalAmount">Tax and discount included, 0 or more.</param>
/// <param name="TotalAmountExcludingTax">Discount included; together with <paramref name="TotalTaxAmount"/> the total.</param>
/// <param name="TotalTaxAmount">The tax.</param>
public sealed record OrderLine(string Name, string Id, long TotalAmount, long TotalAmountExcludingTax, long TotalTaxAmount)
{
    /// <summary>Hundredths of a percent, 0-10000: 25 % is 2500. Required when posted.</summary>
    public int? TaxRate { get; init; }

    /// <summary>Whole percent. Only read, from receipts that others posted; deprecated, never sent.</summary>
    public int? TaxPercentage { get; init; }

    /// <summary>How many of what.</summary>
    public UnitInfo? UnitInfo { get; init; }

    /// <summary>0 or more.</summary>
    public long? Discount { get; init; }

    /// <summary>The line counts negative.</summary>
    public bool? IsReturn { get; init; }

    /// <summary>The line is shown as shipping.</summary>
    public bool? IsShipping { get; init; }
}

/// <summary>Quantity and price of a line; only shown.</summary>
/// <param name="UnitPrice">Per unit, tax included, without discount, minor units.</param>
/// <param name="Quantity">A decimal number with a point, at most 8 decimals, at most 10 characters.</param>
/// <param name="QuantityUnit">Its unit.</param>
public sealed record UnitInfo(long UnitPrice, string Quantity, QuantityUnit? QuantityUnit);

/// <summary>Units of a quantity.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QuantityUnit>))]
public enum QuantityUnit
{
    /// <summary>Pieces.</summary>
    [JsonStringEnumMemberName("PCS")] Pieces,

    /// <summary>Kilograms.</summary>
    [JsonStringEnumMemberName("KG")] Kilograms,

    /// <summary>Kilometres.</summary>
    [JsonStringEnumMemberName("KM")] Kilometres,

    /// <summary>Minutes.</summary>
    [JsonStringEnumMemberName("MINUTE")] Minutes,

    /// <summary>Litres.</summary>
    [JsonStringEnumMemberName("LITRE")] Litres,

    /// <summary>Kilowatt-hours.</summary>
    [JsonStringEnumMemberName("KWH")] KilowattHours,
}

/// <summary>What belongs to the whole receipt.</summary>
/// <param name="Currency"><c>NOK</c>, <c>DKK</c> or <c>EUR</c>.</param>
public sealed record BottomLine(string Currency)
{
    /// <summary>Minor units, 0 or more.</summary>
    public long? TipAmount { get; init; }

    /// <summary>The point of sale: the car. At most 100 characters.</summary>
    public string? PosId { get; init; }

    /// <summary>The merchant's number of the receipt. At most 100 characters.</summary>
    public string? ReceiptNumber { get; init; }

    /// <summary>What was paid otherwise.</summary>
    public PaymentSources? PaymentSources { get; init; }

    /// <summary>A bar code to show.</summary>
    public Barcode? Barcode { get; init; }
}

/// <summary>What was paid otherwise, minor units, 0 or more.</summary>
public sealed record PaymentSources
{
    /// <summary>By gift card.</summary>
    public long? GiftCard { get; init; }

    /// <summary>By card.</summary>
    public long? Card { get; init; }

    /// <summary>By voucher.</summary>
    public long? Voucher { get; init; }

    /// <summary>In cash.</summary>
    public long? Cash { get; init; }
}

/// <summary>A bar code.</summary>
/// <param name="Format"><c>EAN-13</c>, <c>CODE 39</c> or <c>CODE 128</c>.</param>
/// <param name="Data">Its content.</param>
public sealed record Barcode(string Format, string Data);

/// <summary>An order as the server has it.</summary>
/// <param name="Receipt">Its receipt, or null if it has none.</param>
public sealed record Order(Receipt? Receipt);
