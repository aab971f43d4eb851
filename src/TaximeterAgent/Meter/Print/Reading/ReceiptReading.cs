using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Meter.Print.Reading;

/// <summary>What a print is.</summary>
internal enum PrintKind
{
    /// <summary>A receipt, without doubt.</summary>
    Fare,

    /// <summary>A copy of an earlier receipt, by what it says of itself.</summary>
    Copy,

    /// <summary>A report: nothing is due for it.</summary>
    Report,

    /// <summary>Anything else: the doubts say why.</summary>
    Doubtful,
}

/// <summary>What a template makes of a print.</summary>
internal sealed record ReceiptReading
{
    public required PrintKind Kind { get; init; }

    /// <summary>Why it is no plain fare, the gravest first; none for a fare. A copy has them as well.</summary>
    public required IReadOnlyList<ReadingDoubt> Doubts { get; init; }

    /// <summary>The lines with what was read from each.</summary>
    public required IReadOnlyList<ReadLine> Lines { get; init; }

    /// <summary>The one total that was read, in minor units; null for none or several.</summary>
    public long? Total { get; init; }

    /// <summary>In minor units, as read or as it follows; with <see cref="Supplements"/> and <see cref="Tip"/> it is the total of a fare.</summary>
    public long FareAmount { get; init; }

    public long Supplements { get; init; }

    public long Tip { get; init; }

    /// <summary>Hundredths of a percent; null where no rate is printed.</summary>
    public int? Vat { get; init; }

    public int? SupplementsVat { get; init; }

    /// <summary>The meter's number of the trip; null where the receipt has none.</summary>
    public string? Trip { get; init; }

    /// <summary>By the meter's clock, which has no zone.</summary>
    public DateTime? Start { get; init; }

    /// <summary>By the meter's clock, which has no zone.</summary>
    public DateTime? Finish { get; init; }

    /// <summary>Metres.</summary>
    public long? Distance { get; init; }

    public string? Tariff { get; init; }

    /// <summary>The same receipt has the same, 16 hexadecimal digits: all lines but those that the template ignores.</summary>
    public required string Hash { get; init; }

    /// <summary>What was printed.</summary>
    public required PrintedText Print { get; init; }
}

/// <summary>A line, or several that a pattern takes together.</summary>
/// <param name="Text">As printed; <c> // </c> between lines.</param>
/// <param name="Pattern">What it fits; null for nothing.</param>
/// <param name="Values">What is in the pattern's holes.</param>
internal sealed record ReadLine(string Text, LinePattern? Pattern, IReadOnlyList<(ReceiptField Field, string Value)> Values);
