using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Print.EscPos;

namespace TaximeterAgent.Meter.Print.Templates;

/// <summary>How one kind of meter prints its receipts: docs/hardware/receipt-templates.md.</summary>
internal sealed record ReceiptTemplate
{
    /// <summary>The file's name without its ending.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The language of the receipts, such as <c>nb</c>.</summary>
    public required string Language { get; init; }

    /// <summary>What its amounts are in.</summary>
    public required Currency Currency { get; init; }

    /// <summary>How bytes become characters.</summary>
    public required PrinterSettings Printer { get; init; }

    public required ValueFormats Formats { get; init; }

    /// <summary>All patterns in the file's order, which is the receipt's.</summary>
    public required IReadOnlyList<LinePattern> Patterns { get; init; }

    /// <summary>True if lines may come in another order than the template has them in.</summary>
    public bool AnyOrder { get; init; }

    /// <summary>What its patterns can read.</summary>
    public IReadOnlySet<ReceiptField> Fields => field ??= Patterns.SelectMany(pattern => pattern.Fields).ToHashSet();

    /// <summary>True if the template says how a receipt begins.</summary>
    public bool HasBegin => Patterns.Any(pattern => pattern.Kind == PatternKind.Begin);
}
