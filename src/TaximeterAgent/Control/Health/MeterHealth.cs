using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>The meter, from its line up to what it says. The first thing that is wrong explains the rest.</summary>
internal static class MeterHealth
{
    /// <summary>Frames that are dropped and read now and then are a line's everyday; from so many on, and this share, its wiring is looked at.</summary>
    public const long DroppedLeast = 10;

    public const double DroppedShare = 0.02;

    /// <summary>Prints in a row that are in doubt from which on the template or the line is looked at.</summary>
    public const long DoubtfulLeast = 3;

    private const string Test = "meter test";

    public static Grade Of(MeterReport meter)
    {
        if (meter.Source == Reporting.Contacts)
            return Heard(meter) ?? Grade.Green($"by its contacts{Position(meter)}");
        if (!DeviceHealth.IsOpen(meter.Line))
            return DeviceHealth.Of(meter.Line, Keys.SerialPort.Name, Test);
        if (meter.Source == Reporting.ReceiptPrinter)
            return Prints(meter.Prints);
        if (meter.Other is { } other)
            return Grade.Red($"another meter, {other}, is on the line: it is refused", $"connect the right meter, or name this one in {Keys.MeterId.Name}");
        if (meter.Traffic.Echoes > 0)
            return Grade.Yellow("the line sends back what we send", "part the wires of transmit and receive, or turn the adapter's echo off");
        return Heard(meter) ?? Noise(meter) ?? Grade.Green($"{meter.Id ?? "heard"}{Position(meter)}");
    }

    // One that is torn off is an everyday; several are another template, or another speed.
    private static Grade Prints(PrintsReport? prints) => prints switch
    {
        { DoubtfulInARow: >= DoubtfulLeast } => Grade.Yellow(
            string.Create(CultureInfo.InvariantCulture, $"its last {prints.DoubtfulInARow} prints were not understood"), $"check the baud rate; capture a print and try {Grade.Command("meter learn")}"),
        { Fares: > 0 } => Grade.Green(string.Create(CultureInfo.InvariantCulture, $"by its printer, {prints.Fares} receipts read")),
        _ => Grade.Green("by its printer"),
    };

    private static Grade? Heard(MeterReport meter) => meter.Heard
        ? null
        : Grade.Red("the meter is silent", meter.Source == Reporting.Contacts ? $"turn it on; then: {Grade.Command("gpio watch")}" : $"turn it on, check the cable; then: {Grade.Command(Test)}");

    private static Grade? Noise(MeterReport meter)
    {
        var dropped = meter.Traffic.Dropped.Values.Sum();
        var all = dropped + meter.Traffic.FramesReceived;
        return dropped >= DroppedLeast && dropped > all * DroppedShare
            ? Grade.Yellow(string.Create(CultureInfo.InvariantCulture, $"{100.0 * dropped / all:0} % of its frames are damaged"), "check ground and shield of the cable, and the baud rate")
            : null;
    }

    private static string Position(MeterReport meter) => meter.Position is { } position ? $", {position}" : "";
}
