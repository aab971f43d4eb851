using TaximeterAgent.Core.Fares;
using TaximeterAgent.Meter.Print.Reading;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Cli.Meter;

/// <summary>What a print is, for a person who looks at the line without the agent.</summary>
internal static class PrintWords
{
    public static string Of(ReceiptTemplate template, ReceiptReading reading)
    {
        var what = reading.Kind switch
        {
            PrintKind.Fare => $"a receipt{Total(template, reading)}{Trip(reading)}",
            PrintKind.Copy => $"a copy of a receipt{Total(template, reading)}{Trip(reading)}",
            PrintKind.Report => "a report: nothing is due for it",
            _ => $"a print in doubt{Total(template, reading)}: {DoubtWords.Of(reading.Doubts)}",
        };
        return $"{what} (template {template.Id})";
    }

    private static string Total(ReceiptTemplate template, ReceiptReading reading) => reading.Total is { } total ? $", {new Money(total, template.Currency)}" : "";

    private static string Trip(ReceiptReading reading) => reading.Trip is { } trip ? $", trip {trip}" : "";
}
