using TaximeterAgent.Meter.Print.EscPos;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Cli.Meter.Learn;

/// <summary>A print as each of several templates reads it, best first: a whole receipt before a doubtful one, then whoever knows most of its lines.</summary>
internal static class BestReading
{
    public static IReadOnlyList<(ReceiptTemplate Template, ReceiptReading Reading)> Of(ReadOnlyMemory<byte> piece, int print, IReadOnlyList<ReceiptTemplate> templates) =>
    [
        .. templates.Select(template => (Template: template, Print: EscPosReader.ReadAll(piece.Span, template.Printer).ElementAtOrDefault(print)))
            .Where(found => found.Print is not null)
            .Select(found => (found.Template, Reading: ReceiptReader.Read(found.Print!, found.Template)))
            .OrderBy(found => found.Reading.Kind == PrintKind.Doubtful)
            .ThenByDescending(found => Known(found.Reading))
            .ThenBy(found => found.Reading.Doubts.Count)
            .ThenBy(found => found.Template.Id, StringComparer.Ordinal),
    ];

    /// <summary>Lines that a pattern fits.</summary>
    public static int Known(ReceiptReading reading) => reading.Lines.Count(line => line.Pattern is not null);
}
