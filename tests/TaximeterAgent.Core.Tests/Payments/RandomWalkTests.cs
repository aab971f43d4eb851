using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Tests.Payments.Script;

namespace TaximeterAgent.Core.Tests.Payments;

/// <summary>
/// Random trips in a random world: lost answers, late arrivals, refusals, power cuts, a driver who presses anything at any moment, a meter that says VOID. The
/// script watches the rules at every step; at the end the world becomes healthy and nothing may be left in doubt. A failure names its seed.
/// </summary>
public sealed class RandomWalkTests
{
    private const int StepMaximum = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_walk_breaks_a_rule_of_money(int part)
    {
        const int walks = 5_000;
        for (var seed = part * walks; seed < (part + 1) * walks; seed++)
        {
            try
            {
                Walk(new Random(seed));
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                Assert.Fail($"seed {seed}: {error.Message}");
            }
        }
    }

    private static void Walk(Random random)
    {
        var policy = new TripScript().Policy with { AskOnVoidAfterCapture = random.Next(10) == 0, ReserveAhead = random.Next(10) != 0 };
        var s = new TripScript(policy);
        var trouble = random.NextDouble() * random.NextDouble() * 0.8;
        var dark = false;
        s.Network = _ => Network(random, trouble, dark);
        s.Latency = () => TimeSpan.FromMilliseconds(random.Next(20) == 0 ? random.Next(8_000) : random.Next(400));
        s.Customers = _ => ((Customer)random.Next(3), TimeSpan.FromSeconds(random.Next(1, random.Next(4) == 0 ? 599 : 30)));
        s.Server.Guarantee = random.Next(12) == 0 ? TimeSpan.FromMinutes(random.Next(1, 30)) : TimeSpan.FromDays(180);
        var total = random.Next(12) switch { 0 => 0L, 1 => 60, 2 => 50_050, 3 => 70_000, 4 => 50_000, _ => 34_500 };
        var booked = random.Next(3) == 0;
        var probe = random.Next(8) == 0;
        var voids = random.Next(3) == 0;
        if (random.Next(20) == 0)
            s.Server.Payments.Add(Foreign());
        if (booked)
            s.Book(random.Next(8) == 0 ? null : 50_000, probe);
        var codes = s.Server.Codes = random.Next(4) == 0;
        s.Server.HidesLinks = codes && random.Next(8) == 0;
        var fared = false;
        if (!booked || random.Next(3) == 0)
            Fare();
        for (var step = 0; step < StepMaximum; step++)
        {
            switch (random.Next(100))
            {
                case < 2:
                    s.Restart(random.Next(3) == 0 ? TimeSpan.FromMinutes(random.Next(300)) : TimeSpan.Zero);
                    break;
                case < 3:
                    s.Number(random.Next(2) == 0 ? TripScript.Phone1 : TripScript.Phone2);
                    break;
                case < 4 when codes && random.Next(2) == 0:
                    s.Code();
                    break;
                case < 4:
                    s.SendAgain();
                    break;
                case < 6:
                    s.OtherWay();
                    break;
                case < 8:
                    s.LetStand();
                    break;
                case < 10:
                    s.Undo();
                    break;
                case < 11:
                    s.Refund(random.Next(1, 40_000));
                    break;
                case < 12 when voids && fared:
                    s.Void();
                    break;
                case < 13 when voids && booked:
                    s.VoidBooking();
                    break;
                case < 17 when !fared:
                    Fare();
                    break;
                case < 18:
                    dark = !dark;
                    break;
                case < 20:
                    s.Server.RefuseNext((OperationKind)random.Next(6), Refusals(random), random.Next(1, 3));
                    break;
                case < 21 when s.State.Attempts.Length > 0:
                    s.Hint(s.State.Attempts[random.Next(s.State.Attempts.Length)].Reference);
                    break;
                case < 22:
                    s.WordAnswered();
                    break;
                case < 23 when random.Next(3) == 0 && s.Server.Payments.Count > 0:
                    // The bank lets go of a reservation; the amounts do not show it.
                    s.Server.Payments[^1].Gone |= s.Server.Payments[^1].State == PaymentState.Authorized;
                    break;
                case < 24:
                    s.Run(TimeSpan.FromMinutes(random.Next(20)));
                    break;
                case < 60:
                    s.Run(TimeSpan.FromSeconds(random.Next(10)));
                    break;
                default:
                    s.Step();
                    break;
            }
        }

        s.Server.RefuseNoMore();
        s.Network = _ => Fate.Healthy;
        if (!fared && random.Next(2) == 0)
            Fare();
        s.RunToTheEnd().AssertTruth();

        void Fare()
        {
            fared = true;
            s.Fare(total, random.Next(3) == 0 ? null : TripScript.Phone1, booked || random.Next(10) == 0 ? "B-1" : null, probe, random.Next(20) == 0);
        }
    }

    // Somebody else's payment under our reference.
    private static ServerPayment Foreign() => new()
    {
        Reference = Reference.OfTrip("taxi", "NO4711", TripScript.Trip, 1),
        SalesUnit = TripScript.Unit,
        Amount = 34_500,
        Currency = TaximeterAgent.Core.Fares.Currency.NOK,
        Trip = "x/1/y",
        Car = "NO4711",
        State = PaymentState.Expired,
    };

    private static Fate Network(Random random, double trouble, bool dark)
    {
        if (dark)
            return random.Next(4) == 0 ? Fate.RequestLost : Fate.NotSent;
        return random.NextDouble() < trouble ? (Fate)random.Next(1, 5) : Fate.Healthy;
    }

    private static Refusal Refusals(Random random) => random.Next(14) switch
    {
        0 => Refusal.TooFast,
        1 => Refusal.TryAgain,
        2 => Refusal.FundsUnavailable,
        3 => Refusal.Busy,
        4 => Refusal.ReadAgain,
        5 => Refusal.KeysRefused,
        6 => Refusal.CustomerUnknown,
        7 => Refusal.NotSetUp,
        8 => Refusal.BadRequest,
        9 => Refusal.CaptureTooLate,
        10 => Refusal.MustCaptureInFull,
        11 => Refusal.RefundImpossible,
        12 => Refusal.CaptureTooHigh,
        _ => Refusal.Busy,
    };
}
