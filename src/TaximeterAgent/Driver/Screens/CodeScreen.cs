using TaximeterAgent.Core.Payments;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Driver.Screens;

/// <summary>What the driver is told while a code on paper waits to be scanned.</summary>
internal static class CodeScreen
{
    /// <summary>In place of a customer's number.</summary>
    public const string Name = "QR";

    /// <summary>What asks for a code where a number is asked for.</summary>
    public const string Keys = "0#=QR";

    /// <summary>What is to be done: scan it, see to the printer, or have it printed.</summary>
    public static string Says(ScreenView view, TripState trip, Words words) => (view.Car.Printer, trip.LiveCode()) switch
    {
        // No longer to be scanned, or not known yet.
        (_, null) => words.Ending,
        (null, _) or ({ State: PrinterState.Off }, _) => words.PrinterOff,
        ({ State: PrinterState.NoPaper }, _) => words.NoPaper,
        ({ State: PrinterState.CoverOpen or PrinterState.Fault }, _) => words.PrinterFault,
        ({ Link: SlipState.Waiting }, _) => words.Printing,
        ({ Link: SlipState.Printed }, _) => words.ScanCode,
        _ => words.PrintCode,
    };
}
