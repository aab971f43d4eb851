using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board.Judging;

/// <summary>What must hold of a board that was cut off: judged by the ledger, the meter's frames, the display's bytes, the disk and the guest's journal, and by nothing that the agent says of itself.</summary>
internal static class Judge
{
    private static readonly (Harm Harm, Func<Evidence, IEnumerable<string>> Rule)[] Rules =
    [
        (Harm.Lost, Invariants.EveryFareHasALastWord),
        (Harm.Lost, Invariants.KeptIsWhatWasSaid),
        (Harm.Lost, Invariants.EveryCaptureHasItsReceipt),
        (Harm.Double, Invariants.KeptIsAtMostWhatIsDue),
        (Harm.Double, Invariants.NothingIsKeptWithoutAFare),
        (Harm.Double, Invariants.OneAttemptAtATime),
        (Harm.Double, Invariants.NothingIsOfNobody),
        (Harm.Stranded, Invariants.NoRequestIsLeftOpen),
        (Harm.Stranded, Invariants.NothingIsLeftReserved),
        (Harm.Untrue, Invariants.PaidIsSaidAfterTheCapture),
        (Harm.Untrue, Invariants.UnpaidIsFinal),
        (Harm.Untrue, Invariants.TheDisplayTellsTheTruth),
        (Harm.Untrue, Invariants.TheDisplayHasTheLastWord),
        (Harm.Other, Invariants.NothingWasViolated),
        (Harm.Other, Invariants.RequestsAreWellFormed),
        (Harm.Other, Invariants.NothingLeaked),
    ];

    /// <summary>An agent that was killed has lost its token with its memory and asks for another; twenty within a token's life are no fault of its.</summary>
    private const string TooManyTokens = "too-many-tokens:";

    /// <summary>Of the kernel, of systemd's filters, of the agent itself; none may be in the journal.</summary>
    private static readonly string[] Denials =
        ["Permission denied", "Operation not permitted", "may not be opened", "audit: type=1326", "apparmor=\"DENIED\"", "status=31/SYS"];

    /// <summary>Judges one trip that must have been paid, once it is over.</summary>
    /// <param name="evidence">All that was seen since the trip began, of this trip alone (<see cref="Trip"/>).</param>
    /// <param name="fare">What the meter asked for.</param>
    public static IEnumerable<Finding> Money(Evidence evidence, TripFare fare)
    {
        evidence = evidence with { Violations = [.. evidence.Violations.Where(found => !found.StartsWith(TooManyTokens, StringComparison.Ordinal))] };
        foreach ((Harm harm, Func<Evidence, IEnumerable<string>> rule) in Rules)
        {
            foreach (string what in rule(evidence))
                yield return new Finding(harm, what);
        }

        AcknowledgedFare? acknowledged = evidence.Meter.Acknowledged.FirstOrDefault(one => one.Key == fare.Key);
        if (acknowledged is null)
        {
            yield return new Finding(Harm.Lost, $"the FARE of {fare.Key} was not acknowledged");
            yield break;
        }

        PaymentFacts[] payments = [.. evidence.PaymentsOf(acknowledged)];
        long kept = payments.Sum(payment => payment.Kept);
        if (kept < fare.Total)
            yield return new Finding(Harm.Lost, $"{fare.Key}: {kept} of {fare.Total} was captured");
        if (payments.Sum(payment => payment.Succeeded("CAPTURED").Count()) is var captures && captures > 1)
            yield return new Finding(Harm.Double, $"{fare.Key}: {captures} captures");
    }

    /// <summary>What must hold of all trips together, at the end: a later cut must not have harmed an earlier trip. The display is left out, which shows one of them.</summary>
    public static IEnumerable<Finding> Whole(Evidence evidence) =>
        from one in Rules
        where one.Harm is Harm.Lost or Harm.Double or Harm.Stranded
        from what in one.Rule(evidence)
        select new Finding(one.Harm, "at the end: " + what);

    /// <summary>What a world saw, less what is of other trips.</summary>
    /// <param name="all">What it saw.</param>
    /// <param name="fare">The trip's.</param>
    /// <param name="begun">When the meter first spoke of it. What the display shows is of this trip from the ACK of its fare on; until then it may still show the one before.</param>
    public static Evidence Trip(Evidence all, TripFare fare, DateTimeOffset begun) => all with
    {
        Payments = [.. all.Payments.Where(payment => payment.CreatedAt >= begun)],
        Screens = [.. all.Screens.Where(screen => screen.At >= (all.Meter.Acknowledged.FirstOrDefault(one => one.Key == fare.Key)?.At ?? begun))],
        Meter = all.Meter with
        {
            Acknowledged = [.. all.Meter.Acknowledged.Where(one => one.Key == fare.Key)],
            Voided = [.. all.Meter.Voided.Where(one => one.Key == fare.Key)],
            Paid = [.. all.Meter.Paid.Where(one => one.Key == fare.Key)],
            Unpaid = [.. all.Meter.Unpaid.Where(one => one.Key == fare.Key)],
            Refunded = [.. all.Meter.Refunded.Where(one => one.Key == fare.Key)],
        },
    };

    /// <summary>After a cut <c>e2fsck -p</c> mends by itself or has nothing to (0, 1), and then there is nothing left (0).</summary>
    public static IEnumerable<Finding> Disk(LifeFacts life)
    {
        if (life.Repair is not (null or 0 or 1))
            yield return new Finding(Harm.Disk, $"e2fsck -p ended with {life.Repair} before life {life.Life}");
        if (life.Check is not (null or 0))
            yield return new Finding(Harm.Disk, $"e2fsck -fn ended with {life.Check} after the repair, before life {life.Life}");
    }

    /// <summary>Under its full hardening the unit was refused nothing.</summary>
    /// <param name="journal">The guest's journal, a line each.</param>
    public static IEnumerable<Finding> Journal(IEnumerable<string> journal) =>
        from line in journal
        where Denials.Any(denial => line.Contains(denial, StringComparison.OrdinalIgnoreCase))
        select new Finding(Harm.Other, "refused: " + line);
}
