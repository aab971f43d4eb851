using System.Text.RegularExpressions;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What must hold in every scenario. Each rule says what it found wrong, one sentence per finding.</summary>
internal static partial class Invariants
{
    private static readonly string[] EndsOfAnAttempt = ["ABORTED", "EXPIRED", "TERMINATED", "CAPTURED", "CANCELLED"];

    /// <summary>What holds at every moment: once broken it cannot be mended.</summary>
    public static IReadOnlyList<Func<Evidence, IEnumerable<string>>> Always { get; } =
    [
        NothingWasViolated,
        NothingIsOfNobody,
        PaidIsSaidAfterTheCapture,
        UnpaidIsFinal,
        OneAttemptAtATime,
        RequestsAreWellFormed,
        TheDisplayTellsTheTruth,
        NothingLeaked,
        .. FleetInvariants.Always,
    ];

    /// <summary>What must have come about when all is done.</summary>
    public static IReadOnlyList<Func<Evidence, IEnumerable<string>>> InTheEnd { get; } =
    [
        EveryFareHasALastWord,
        KeptIsWhatWasSaid,
        KeptIsAtMostWhatIsDue,
        NothingIsKeptWithoutAFare,
        NoRequestIsLeftOpen,
        NothingIsLeftReserved,
        EveryCaptureHasItsReceipt,
        TheDisplayHasTheLastWord,
        .. FleetInvariants.InTheEnd,
    ];

    public static IEnumerable<Func<Evidence, IEnumerable<string>>> All => Always.Concat(InTheEnd);

    public static IEnumerable<string> NothingWasViolated(Evidence evidence) => evidence.Violations.Select(violation => "violation: " + violation);

    public static IEnumerable<string> EveryFareHasALastWord(Evidence evidence) =>
        from fare in evidence.Meter.Acknowledged
        where LastWord.Of(fare, evidence.Meter) is null
        select $"the acknowledged fare of {fare.Key} has no last word: neither PAID nor UNPAID nor VOID";

    public static IEnumerable<string> KeptIsWhatWasSaid(Evidence evidence)
    {
        foreach (AcknowledgedFare fare in evidence.Meter.Acknowledged)
        {
            long kept = evidence.PaymentsOf(fare).Sum(payment => payment.Kept);
            if (LastWord.Of(fare, evidence.Meter) is { } word && word.Kept != kept)
                yield return $"{fare.Key}: {kept} was kept (captured less refunded), the meter's last word is {word.Verdict} with {word.Kept}";
        }
    }

    public static IEnumerable<string> KeptIsAtMostWhatIsDue(Evidence evidence)
    {
        foreach (AcknowledgedFare fare in evidence.Meter.Acknowledged)
        {
            long kept = evidence.PaymentsOf(fare).Sum(payment => payment.Kept);
            long due = evidence.Meter.Voided.Any(voided => voided.Key == fare.Key) ? 0 : fare.Total;
            if (kept > due)
                yield return $"{fare.Key}: {kept} was kept, only {due} is due";
        }
    }

    public static IEnumerable<string> NothingIsOfNobody(Evidence evidence) =>
        from payment in evidence.Payments
        where !evidence.Meter.Named.Concat(evidence.Fleet.Orders.Select(order => order.Booking)).Any(name => payment.IsFor(name, name))
        select $"payment {payment.Reference} is for nothing that the meter or the app ever spoke of";

    public static IEnumerable<string> NothingIsKeptWithoutAFare(Evidence evidence)
    {
        foreach (PaymentFacts payment in evidence.Payments)
        {
            if (payment.Kept != 0 && !evidence.Meter.Acknowledged.Any(fare => payment.IsFor(fare.Key.ToString(), fare.Booking)))
                yield return $"payment {payment.Reference} keeps {payment.Kept} without an acknowledged fare";
        }
    }

    public static IEnumerable<string> NoRequestIsLeftOpen(Evidence evidence) =>
        from payment in evidence.Payments
        where payment.State == "CREATED"
        select $"payment {payment.Reference} was left CREATED: the customer may still approve it";

    public static IEnumerable<string> NothingIsLeftReserved(Evidence evidence)
    {
        foreach (PaymentFacts payment in evidence.Payments)
        {
            long rest = payment.Authorized - payment.Captured - payment.Cancelled;
            if (payment.State == "AUTHORIZED" && rest != 0)
                yield return $"payment {payment.Reference}: {rest} of {payment.Authorized} is neither captured nor released";
        }
    }

    public static IEnumerable<string> EveryCaptureHasItsReceipt(Evidence evidence)
    {
        foreach (PaymentFacts payment in evidence.Payments)
        {
            if (payment.Captured > 0 && payment.ReceiptTotal is null)
                yield return $"payment {payment.Reference} was captured without a receipt";
            else if (payment.ReceiptTotal is { } total && total != payment.Captured)
                yield return $"payment {payment.Reference}: the receipt comes to {total}, the captures to {payment.Captured}";
        }
    }

    public static IEnumerable<string> PaidIsSaidAfterTheCapture(Evidence evidence)
    {
        foreach (PaidResult paid in evidence.Meter.Paid)
        {
            long captured = evidence.Payments
                .Where(payment => evidence.Meter.Acknowledged.Any(fare => fare.Key == paid.Key && payment.IsFor(fare.Key.ToString(), fare.Booking)))
                .SelectMany(payment => payment.Succeeded("CAPTURED"))
                .Where(capture => capture.At <= paid.At)
                .Sum(capture => capture.Amount);
            if (captured < paid.Amount)
                yield return $"{paid.Key}: PAID {paid.Amount} was said when {captured} was captured";
        }
    }

    public static IEnumerable<string> UnpaidIsFinal(Evidence evidence)
    {
        foreach (UnpaidResult unpaid in evidence.Meter.Unpaid)
        {
            foreach (PaymentFacts payment in evidence.Payments.Where(payment => payment.IsFor(unpaid.Key.ToString(), Booking(evidence, unpaid.Key))))
            {
                bool askedAnew = payment.CreatedAt > unpaid.At;
                if (!askedAnew && payment.Succeeded("CAPTURED").Any(capture => capture.At > unpaid.At))
                    yield return $"{unpaid.Key}: {payment.Reference} was captured after UNPAID, without a new request";
                if (!askedAnew && payment.Succeeded("AUTHORIZED").Any(approval => approval.At > unpaid.At))
                    yield return $"{unpaid.Key}: {payment.Reference} could still be approved after UNPAID";
            }
        }
    }

    public static IEnumerable<string> OneAttemptAtATime(Evidence evidence)
    {
        foreach (AcknowledgedFare fare in evidence.Meter.Acknowledged)
        {
            PaymentFacts[] attempts = [.. evidence.PaymentsOf(fare).OrderBy(payment => payment.CreatedAt)];
            for (int next = 1; next < attempts.Length; next++)
            {
                PaymentEventFacts? end = attempts[next - 1].Events.FirstOrDefault(one => one.Success && EndsOfAnAttempt.Contains(one.Name));
                if (end is null || end.At > attempts[next].CreatedAt)
                    yield return $"{fare.Key}: {attempts[next].Reference} was created while {attempts[next - 1].Reference} could still be approved or captured";
            }
        }
    }

    public static IEnumerable<string> RequestsAreWellFormed(Evidence evidence)
    {
        foreach (PaymentFacts payment in evidence.Payments)
        {
            if (payment.CustomerInteraction != "CUSTOMER_PRESENT")
                yield return $"payment {payment.Reference}: customerInteraction is '{payment.CustomerInteraction}', expected CUSTOMER_PRESENT";
            if (!ReferencePattern().IsMatch(payment.Reference) || payment.Reference.Length > 50)
                yield return $"payment {payment.Reference}: a reference is prefix-car-label-check-attempt in at most 50 characters";
            bool oneSubject = payment.Metadata.ContainsKey("trip") != payment.Metadata.ContainsKey("booking");
            if (!oneSubject || !payment.Metadata.ContainsKey("car") || payment.Metadata.Count != 2)
                yield return $"payment {payment.Reference}: metadata is {{{string.Join(", ", payment.Metadata.Keys.Order())}}}, expected car and either trip or booking";
        }
    }

    public static IEnumerable<string> TheDisplayTellsTheTruth(Evidence evidence)
    {
        foreach (Screen screen in evidence.Screens)
        {
            bool captured = evidence.Payments.Any(payment => payment.Succeeded("CAPTURED").Any(capture => capture.At <= screen.At));
            if (ScreenWords.Verdict(screen) == Verdict.Paid && !captured)
            {
                yield return $"the display said {screen} before anything was captured";
                yield break;
            }
        }
    }

    public static IEnumerable<string> TheDisplayHasTheLastWord(Evidence evidence)
    {
        if (evidence.Meter.Acknowledged.LastOrDefault() is not { } fare || LastWord.Of(fare, evidence.Meter) is not { } word)
            yield break;
        Screen? last = evidence.Screens.LastOrDefault(screen => ScreenWords.Verdict(screen) != Verdict.None);
        Verdict shown = last is null ? Verdict.None : ScreenWords.Verdict(last);
        bool agrees = word.Verdict switch
        {
            Verdict.Voided => shown is not Verdict.Paid,
            Verdict.Refunded => shown is Verdict.Paid or Verdict.Refunded,
            _ => shown == word.Verdict,
        };
        if (!agrees)
            yield return $"the meter's last word on {fare.Key} is {word.Verdict}, the display's is {(last is null ? "none" : last.ToString())}";
    }

    public static IEnumerable<string> NothingLeaked(Evidence evidence) => evidence.Leaks;

    private static string? Booking(Evidence evidence, TripKey trip) => evidence.Meter.Acknowledged.FirstOrDefault(fare => fare.Key == trip)?.Booking;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]*-[A-Za-z0-9]+-[A-Za-z0-9]+-[A-Za-z0-9]{8}-[1-9][0-9]*$")]
    private static partial Regex ReferencePattern();
}
