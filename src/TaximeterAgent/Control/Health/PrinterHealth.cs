using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Control.Health;

/// <summary>The customer's printer. Never red: whatever is wrong with it, fares are paid without paper.</summary>
internal static class PrinterHealth
{
    /// <summary>The command that tries it.</summary>
    public const string Test = "printer test";

    private const string Bypassed = "until then the bypass connects meter and printer";

    public static Grade Of(PrinterReport printer)
    {
        if (!DeviceHealth.IsOpen(printer.Port))
        {
            var way = DeviceHealth.Of(printer.Port, Keys.PrinterPort.Name, Test);
            return Grade.Yellow(way.Why, printer.InLine ? $"{way.Cure}; {Bypassed}" : way.Cure);
        }

        if (printer.InLine)
            return Grade.Green($"in the meter's line: bytes pass{Waiting(printer)}");
        if (Is(printer, PrinterState.Ready))
            return Grade.Green($"ready{Waiting(printer)}");
        if (Is(printer, PrinterState.Unknown))
            return Grade.Green($"does not say how it stands with its paper{Waiting(printer)}");
        var (why, cure) =
            Is(printer, PrinterState.NoPaper) ? ("no paper", "put paper in") :
            Is(printer, PrinterState.CoverOpen) ? ("its cover is open", "close it") :
            Is(printer, PrinterState.Off) ? ("does not answer any more", "switch it on, check its cable") :
            ("says that something is wrong with it", "look at its knife and head, then switch it off and on");
        return Grade.Yellow($"{why}{Waiting(printer)}", $"{cure}; what waits is printed by itself");
    }

    private static bool Is(PrinterReport printer, PrinterState state) => printer.State == Kebab.Of(state);

    private static string Waiting(PrinterReport printer) => printer.Waiting switch
    {
        0 => "",
        1 => ", a slip waits",
        var slips => string.Create(CultureInfo.InvariantCulture, $", {slips} slips wait"),
    };
}
