using System.Globalization;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>
/// What a meter that only prints would have recorded: from its own ledger, the amounts that the driver keyed for prints in doubt, and the display. A whole receipt is due by
/// itself, once, however often it is printed; a torn one or a copy only once the driver has keyed it.
/// </summary>
internal static class PrintEvidence
{
    /// <summary>From the print to the time that the agent notes for a trip without a number.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    public static MeterFacts Of(PrinterMeter meter, IReadOnlyList<KeyedReceipt> keyed, IReadOnlyList<PaymentFacts> payments, IReadOnlyList<Screen> screens)
    {
        string[] names = [.. payments.Select(payment => payment.Metadata.GetValueOrDefault("trip")).OfType<string>()];
        IEnumerable<DueRide> printed = meter.Ledger.Where(receipt => receipt.Fault == PrintFault.None).DistinctBy(receipt => receipt.Ride.Trip)
            .Select(receipt => new DueRide(receipt.Ride.Key(meter.Id), receipt.Ride.Total, receipt.At));
        IEnumerable<DueRide> asked = keyed.Select(one => new DueRide(Key(meter, one.Receipt, names), one.Minor, one.At));
        DueRide[] due = [.. printed.Concat(asked).OrderBy(ride => ride.At)];
        return SilentMeterEvidence.Of(due, screens, [.. names.Where(name => due.Any(ride => ride.Key.ToString() == name))]);
    }

    // By its number and start where they were legible, else by a name that the agent has made up at the time of the print.
    private static TripKey Key(PrinterMeter meter, PrintedReceipt receipt, IEnumerable<string> names)
    {
        TripKey legible = receipt.Ride.Key(meter.Id);
        string? name = names.FirstOrDefault(name => name == legible.ToString()) ?? names.FirstOrDefault(name => Names(meter, receipt, name));
        return name?.Split('/') is [var id, var trip, var start] ? new TripKey(id, trip, start) : legible;
    }

    private static bool Names(PrinterMeter meter, PrintedReceipt receipt, string name) =>
        name.Split('/') is [var id, ['p', '-', ..], var start] && id == meter.Id
        && DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) && (at - receipt.At).Duration() <= Slack;
}

/// <summary>An amount that the driver keyed for a print in doubt.</summary>
/// <param name="Receipt">What was printed.</param>
/// <param name="Minor">Minor units.</param>
/// <param name="At">When the first key was pressed.</param>
internal sealed record KeyedReceipt(PrintedReceipt Receipt, long Minor, DateTimeOffset At);
