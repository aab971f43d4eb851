using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Control;

/// <summary>What payments of a trip hold, or may hold, though nothing of the trip is to be kept. Pure.</summary>
internal static class Leftover
{
    public static IReadOnlyList<LeftReport> Of(TripState state) => [.. state.Unsettled.Select(Of)];

    /// <summary>In one line, for the history; empty where nothing is left.</summary>
    public static string Line(TripState state) => string.Join("; ", Of(state).Select(left => $"{left.Reference}: {left.Text}"));

    private static LeftReport Of(Attempt a)
    {
        var (amount, text) = a switch
        {
            _ when a.Captured > a.Refunded => (a.Captured - a.Refunded, $"captured {Money(a, a.Captured)}, refunded {Money(a, a.Refunded)} as last read"),
            { Remaining: > 0 } => (a.Remaining, $"{Money(a, a.Remaining)} reserved as last read, and not released"),
            { State: PaymentState.Created } => (a.Amount.MinorUnits, $"{Money(a, a.Amount.MinorUnits)} may still be approved by the customer"),
            { Existence: Existence.Exists, State: PaymentState.None } => (a.Amount.MinorUnits, $"{Money(a, a.Amount.MinorUnits)}, and how it stands is not known"),
            { Existence: Existence.Unsent, CreateId: null } => (0L, "not sent"),
            _ => (a.Amount.MinorUnits, $"it is not certain whether {Money(a, a.Amount.MinorUnits)} was asked for"),
        };
        return new LeftReport(a.Reference.ToString(), a.SalesUnit.MerchantSerialNumber, amount, text);
    }

    private static string Money(Attempt a, long minorUnits) => new Money(Math.Clamp(minorUnits, 0, Core.Fares.Money.Maximum), a.Amount.Currency).ToString();
}
