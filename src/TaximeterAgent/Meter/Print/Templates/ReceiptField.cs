namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>What a hole in a template's line stands for.</summary>
internal enum ReceiptField
{
    /// <summary>What is due, VAT included. Printed twice it must be the same twice.</summary>
    Total,

    /// <summary>What the meter has run up.</summary>
    Fare,

    /// <summary>A part of it; the parts of all lines together are the fare.</summary>
    FarePart,

    /// <summary>Taken off the fare.</summary>
    Discount,

    /// <summary>All supplements together.</summary>
    Supplements,

    /// <summary>One supplement; those of all lines together are the supplements.</summary>
    Supplement,

    Tip,

    /// <summary>A rate of VAT, in percent.</summary>
    Vat,

    /// <summary>The rate of the supplements, in percent, where it is another.</summary>
    SupplementsVat,

    /// <summary>An amount of VAT.</summary>
    VatAmount,

    /// <summary>What the VAT is added to.</summary>
    Net,

    /// <summary>The meter's number of the trip.</summary>
    Trip,

    /// <summary>Date and time of the start.</summary>
    Start,

    StartDate,

    StartTime,

    /// <summary>Date and time of the finish.</summary>
    Finish,

    FinishDate,

    FinishTime,

    /// <summary>The date of whichever of the two has none of its own. A finish that is earlier than the start is on the next day.</summary>
    Date,

    /// <summary>What was driven, in the template's unit.</summary>
    Distance,

    Tariff,
}

internal static class ReceiptFields
{
    /// <summary>Every field by the name that it has in a template: small letters, words joined by hyphens.</summary>
    public static readonly IReadOnlyDictionary<string, ReceiptField> ByName = Enum.GetValues<ReceiptField>().ToDictionary(Control.Kebab.Of, field => field);

    /// <summary>True for money.</summary>
    public static bool IsAmount(this ReceiptField field) => field is
        ReceiptField.Total or ReceiptField.Fare or ReceiptField.FarePart or ReceiptField.Discount or ReceiptField.Supplements or ReceiptField.Supplement
        or ReceiptField.Tip or ReceiptField.VatAmount or ReceiptField.Net;

    /// <summary>True for what may stand there several times with different values.</summary>
    public static bool AddsUp(this ReceiptField field) => field is
        ReceiptField.FarePart or ReceiptField.Discount or ReceiptField.Supplement or ReceiptField.VatAmount or ReceiptField.Net;

    /// <summary>True for what makes a trip the same trip: where a template can read it, it must be read.</summary>
    public static bool Identifies(this ReceiptField field) => field is
        ReceiptField.Trip or ReceiptField.Start or ReceiptField.StartDate or ReceiptField.StartTime or ReceiptField.Finish or ReceiptField.FinishDate
        or ReceiptField.FinishTime or ReceiptField.Date;
}
