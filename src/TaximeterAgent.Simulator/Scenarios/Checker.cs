using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Judges a run by what was seen from outside of the agent.</summary>
internal static class Checker
{
    /// <summary>Everything that is wrong; empty for PASS.</summary>
    public static IReadOnlyList<string> Check(Evidence evidence, Expectation expectation) =>
        [.. Invariants.All.SelectMany(rule => rule(evidence)), .. AsExpected(evidence, expectation)];

    internal static IEnumerable<string> AsExpected(Evidence evidence, Expectation expectation)
    {
        foreach (ExpectedTrip expected in expectation.Trips)
        {
            foreach (string fault in AsExpected(evidence, expected))
                yield return fault;
        }

        foreach (AcknowledgedFare fare in evidence.Meter.Acknowledged)
        {
            if (!expectation.Trips.Any(expected => expected.Trip == fare.Key))
                yield return $"{fare.Key} was acknowledged, which nobody expected";
        }

        if (!expectation.KeysPressed && evidence.Keys.Length > 0)
            yield return "a key was pressed, and none should have been needed";
        if (MissingScreen(evidence.Screens, expectation.Screens) is { } missing)
            yield return $"the display never showed, in its turn, {missing.What}";
        foreach (ExpectedScreen never in expectation.NeverScreens)
        {
            if (evidence.Screens.FirstOrDefault(never.Matches) is { } shown)
                yield return $"the display showed {never.What}: {shown}";
        }
    }

    private static IEnumerable<string> AsExpected(Evidence evidence, ExpectedTrip expected)
    {
        AcknowledgedFare? fare = evidence.Meter.Acknowledged.FirstOrDefault(one => one.Key == expected.Trip);
        if (fare is null)
        {
            yield return $"the FARE of {expected.Trip} was not acknowledged";
            yield break;
        }

        Verdict word = LastWord.Of(fare, evidence.Meter)?.Verdict ?? Verdict.None;
        if (word != expected.Word)
            yield return $"{expected.Trip}: the last word is {word}, expected {expected.Word}";
        PaymentFacts[] payments = [.. evidence.PaymentsOf(fare)];
        if (payments.Sum(payment => payment.Kept) is var kept && kept != expected.Kept)
            yield return $"{expected.Trip}: {kept} was kept, expected {expected.Kept}";
        if (payments.Length != expected.Payments)
            yield return $"{expected.Trip}: {payments.Length} payments were created, expected {expected.Payments}";
        if (payments.Sum(payment => payment.Succeeded("CAPTURED").Count()) is var captures && captures != expected.Captures)
            yield return $"{expected.Trip}: {captures} captures, expected {expected.Captures}";
        foreach (PaymentFacts payment in payments)
        {
            if (expected.Phone is not null && payment.PhoneNumber != expected.Phone)
                yield return $"{expected.Trip}: payment {payment.Reference} asked another number than the customer's";
        }
    }

    private static ExpectedScreen? MissingScreen(IReadOnlyList<Screen> shown, IReadOnlyList<ExpectedScreen> expected)
    {
        int next = 0;
        foreach (Screen screen in shown)
        {
            // One screen may fulfil several expectations, as one that asks and names the amount does.
            while (next < expected.Count && expected[next].Matches(screen))
                next++;
        }

        return next < expected.Count ? expected[next] : null;
    }
}
