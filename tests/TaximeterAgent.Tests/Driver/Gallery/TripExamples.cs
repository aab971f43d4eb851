using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Tests.Outbox;

namespace TaximeterAgent.Tests.Driver.Gallery;

/// <summary>For every phase a trip that is in it. A phase without one has no picture, and a test says its name.</summary>
internal static class TripExamples
{
    public const long Total = 34_500;

    /// <summary>What all pictures' clocks show.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 3, 21, 40, 0, TimeSpan.Zero);

    /// <summary>A request that waits for the network does so only without one; all others have it.</summary>
    public static bool Online(TripPhase phase) => phase != TripPhase.WaitingForNetwork;

    /// <exception cref="ArgumentOutOfRangeException">The phase has no example.</exception>
    public static TripState Of(TripPhase phase, Home home)
    {
        var asked = Asked(home);
        return phase switch
        {
            TripPhase.Booked => new TripState { Booking = new Booking("B-17", home.Phone, home.Currency, home.Money(50_000)), Phone = home.Phone },
            TripPhase.AskNumber => asked with { Phone = null, Attempts = [] },
            TripPhase.AskNumberAgain => Ended(home, Ending.CustomerUnknown),
            TripPhase.Offer => asked with { OnlyOnRequest = true, Attempts = [] },
            TripPhase.Checking => With(home, a => a with { Existence = Existence.Probing }),
            TripPhase.Sending or TripPhase.WaitingForNetwork => asked,
            TripPhase.WaitingForCustomer => With(home, Created),
            TripPhase.Ending => With(home, a => Created(a) with { Withdraw = true }),
            TripPhase.Uncertain => With(home, a => a with { Existence = Existence.Uncertain, Failures = 2, CertainAt = Now.AddMinutes(8) }),
            TripPhase.Approved => With(home, Authorized),
            TripPhase.Paid => Told(With(home, Captured), WordKind.Paid),
            TripPhase.NothingDue => asked with { Fare = Fare(home, 0), Phone = null, Attempts = [] },
            TripPhase.Refused => Ended(home, Ending.Aborted, PaymentState.Aborted),
            TripPhase.Expired => Ended(home, Ending.Expired, PaymentState.Expired),
            TripPhase.Rejected => Ended(home, Ending.Rejected),
            TripPhase.NotPossible => Ended(home, Ending.NotSetUp),
            TripPhase.Offline => Ended(home, Ending.Offline),
            TripPhase.Cancelled => Ended(home, Ending.Cancelled, PaymentState.Terminated),
            TripPhase.OtherWay => Ended(home, Ending.Cancelled, PaymentState.Terminated) with { Settled = SettledBy.Cash },
            TripPhase.GivingBack => With(home, a => Authorized(a) with { Undo = true }) with { Settled = SettledBy.Cash },
            TripPhase.Void => Ended(home, Ending.Cancelled, PaymentState.Terminated) with { Settled = SettledBy.Void },
            TripPhase.Refunded => Told(With(home, a => Captured(a) with { Refunded = Total }), WordKind.Refunded) with { RefundTarget = Total },
            TripPhase.QuestionApproved => With(home, a => Authorized(a) with { Withdraw = true }) with { Question = Question.ApprovedMeanwhile },
            TripPhase.QuestionLate => With(home, a => Authorized(a) with { GuaranteePast = true }) with { Question = Question.CaptureNotGuaranteed },
            TripPhase.QuestionVoid => Told(With(home, Captured), WordKind.Paid) with { Settled = SettledBy.Void, Question = Question.VoidAfterCapture },
            TripPhase.WithTechnician => asked with { Held = true },
            TripPhase.Stopped => asked with { Stopped = "captured more than was authorized" },
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, $"TripPhase.{phase} has no example: add one, and look at its pictures."),
        };
    }

    private static TripState Asked(Home home) => new()
    {
        Trip = Trip,
        Fare = Fare(home, Total),
        Phone = home.Phone,
        Attempts =
        [
            new Attempt
            {
                Kind = AttemptKind.Request,
                Number = 1,
                Reference = Reference.OfTrip("taxi", "NO4711", Trip, 1),
                SalesUnit = Examples.SalesUnit,
                Amount = home.Money(Total),
                Phone = home.Phone,
                CreateId = "in-1",
            },
        ],
    };

    private static TripId Trip { get; } = new("NO-4711", "1042", "2026-11-03T21:18:00Z");

    private static Fare Fare(Home home, long total) =>
        new(Trip, home.Money(total), home.Money(total), home.Money(0), home.Money(0), 1_200, 1_200) { Finish = "2026-11-03T21:38:00Z" };

    private static TripState With(Home home, Func<Attempt, Attempt> change)
    {
        var asked = Asked(home);
        return asked with { Attempts = [change(asked.Attempts[0])] };
    }

    private static TripState Ended(Home home, Ending ending, PaymentState state = PaymentState.None) =>
        With(home, a => a with { Existence = state == PaymentState.None ? Existence.Unsent : Existence.Exists, State = state, Ending = ending });

    private static TripState Told(TripState state, WordKind kind) =>
        state with { Word = new Word(1, kind, state.Attempts[0].Reference) { Amount = Total, Acknowledged = true } };

    private static Attempt Created(Attempt a) => a with { Existence = Existence.Exists, State = PaymentState.Created, ExpiresAt = Now + new TimeSpan(0, 9, 41) };

    private static Attempt Authorized(Attempt a) => Created(a) with { State = PaymentState.Authorized, Authorized = Total };

    private static Attempt Captured(Attempt a) => Authorized(a) with { Captured = Total, Receipt = ReceiptState.Posted, ToldPaid = true };
}
