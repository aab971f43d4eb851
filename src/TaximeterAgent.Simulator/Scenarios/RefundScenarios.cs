using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Money given back through the agent's own command line, as a technician or the office does it.</summary>
internal static class RefundScenarios
{
    private const long First = 10_000;
    private const long Second = 20_000;

    private static readonly ExpectedScreen Refunded = new("REFUNDED", screen => ScreenWords.Verdict(screen) == Verdict.Refunded);

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new PlayedScenario("refund", "a part of a paid fare is given back, then the rest; ordered twice, given back once", RefundAsync),
        new PlayedScenario("refund-answer-lost", "refunds whose answers are lost, whose server fails after acting, or which arrive late: each is made once", AnswerLostAsync),
    ];

    private static async Task<Expectation> RefundAsync(World world)
    {
        (TripFare fare, Expectation paid) = await PaidAsync(world);
        await OrderAsync(world, fare, First);
        await WaitForRefundedAsync(world, fare, First);
        // The amount is the total that shall have been given back: the same order again is no second refund.
        await OrderAsync(world, fare, First);
        await OrderAsync(world, fare, total: null);
        await WaitForRefundedAsync(world, fare, fare.Total);
        Require(Refunds(world), [First, fare.Total - First]);
        return AfterRefund(paid, kept: 0);
    }

    private static async Task<Expectation> AnswerLostAsync(World world)
    {
        (TripFare fare, Expectation paid) = await PaidAsync(world);
        FaultPlan faults = world.Apis.Server.Faults;

        Fault withheld = faults.Add(Operation.Refund, new FaultAction.Withhold());
        await OrderAsync(world, fare, First);
        await WaitForRefundedAsync(world, fare, First);

        // Not counted among the requests before it was added: the next refund is its first.
        Fault failed = faults.Add(Operation.Refund, new FaultAction.FailAfterActing(502, FaultBody.Html));
        await OrderAsync(world, fare, Second);
        await WaitForRefundedAsync(world, fare, Second);

        // The first refund arrives after the agent has read that nothing happened, and after it was sent again under the same key.
        Fault late = faults.Add(Operation.Refund, new FaultAction.ArriveLate(world.Pace.PollFirst));
        await OrderAsync(world, fare, total: null);
        await WaitForRefundedAsync(world, fare, fare.Total);
        if ((withheld.Hits, failed.Hits, late.Hits) is not (1, 1, 1))
            throw new ScenarioFailed($"the faults met {withheld.Hits}, {failed.Hits} and {late.Hits} refunds, expected one each");
        Require(Refunds(world), [First, Second - First, fare.Total - Second]);
        return AfterRefund(paid, kept: 0);
    }

    private static async Task<(TripFare Fare, Expectation Paid)> PaidAsync(World world)
    {
        Customer customer = world.NewCustomer();
        await world.SwitchOnAsync();
        await world.DriveAsync();
        TripFare fare = world.NewTrip() with { Phone = customer.National };
        world.Meter.Finish(fare);
        await world.WaitForPaidAsync(fare);
        await world.WaitForScreenAsync(FareScenarios.Paid.Matches, FareScenarios.Paid.What);
        return (fare, new Expectation
        {
            Trips = [new ExpectedTrip(fare.Key, Verdict.Paid, fare.Total, Payments: 1, customer.Msisdn, Captures: 1)],
            Screens = [FareScenarios.Paid],
            KeysPressed = false,
        });
    }

    private static Expectation AfterRefund(Expectation paid, long kept) => paid with
    {
        Trips = [paid.Trips[0] with { Word = Verdict.Refunded, Kept = kept }],
        Screens = [FareScenarios.Paid, Refunded],
    };

    private static Task<string> OrderAsync(World world, TripFare fare, long? total) => total is { } amount
        ? world.CommandAsync("refund", fare.Key.Trip, "--amount", amount.ToString(CultureInfo.InvariantCulture), "--yes")
        : world.CommandAsync("refund", fare.Key.Trip, "--yes");

    private static Task WaitForRefundedAsync(World world, TripFare fare, long total) => world.WaitAsync(
        () => world.Meter.Refunded.Any(refunded => refunded.Key == fare.Key && refunded.Amount == total),
        string.Create(CultureInfo.InvariantCulture, $"REFUNDED {total} in all"));

    private static long[] Refunds(World world) => [.. world.Apis.Payments().SelectMany(payment => payment.Succeeded("REFUNDED")).Select(one => one.Amount)];

    private static void Require(long[] refunds, long[] expected)
    {
        if (!refunds.SequenceEqual(expected))
            throw new ScenarioFailed($"the refunds made were {string.Join(", ", refunds)}, expected {string.Join(", ", expected)}");
    }
}
