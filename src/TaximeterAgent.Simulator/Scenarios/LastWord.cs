using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What the meter was finally told of a fare, and what may therefore have been kept of the customer's money.</summary>
internal readonly record struct LastWord(Verdict Verdict, long Kept, DateTimeOffset At)
{
    /// <summary>Null while the agent still owes it.</summary>
    public static LastWord? Of(AcknowledgedFare fare, MeterFacts meter)
    {
        VoidedTrip? voided = meter.Voided.FirstOrDefault(one => one.Key == fare.Key);
        if (voided is not null)
            return new LastWord(Verdict.Voided, 0, voided.At);
        PaidResult? paid = meter.Paid.LastOrDefault(one => one.Key == fare.Key);
        UnpaidResult? unpaid = meter.Unpaid.LastOrDefault(one => one.Key == fare.Key);
        if (paid is not null && (unpaid is null || unpaid.At <= paid.At))
        {
            // Each REFUNDED names all that has been given back so far.
            RefundedResult? refunded = meter.Refunded.LastOrDefault(one => one.Key == fare.Key);
            return new LastWord(refunded is null ? Verdict.Paid : Verdict.Refunded, paid.Amount - (refunded?.Amount ?? 0), (refunded?.At ?? paid.At));
        }

        return unpaid is not null ? new LastWord(Verdict.NotPaid, unpaid.Paid, unpaid.At) : null;
    }
}
