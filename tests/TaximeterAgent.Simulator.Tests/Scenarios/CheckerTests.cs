using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Tests.Scenarios;

/// <summary>A run in which all is well passes; each single thing that can be wrong is found. The simulator can fail.</summary>
public class CheckerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly TripKey Trip = new("NO-4711", "1042", "2026-11-20T09:36:00Z");
    private static readonly AcknowledgedFare Fare = new(Trip, 34_500, "NOK", null, null, At(1));
    private static readonly PaidResult Paid = new(Trip, 34_500, "NOK", "r1", At(7));

    private static readonly PaymentFacts Payment = new()
    {
        Reference = "taxi-NO4711T7-1042-ab12cd34-1",
        Msn = "123456",
        PhoneNumber = "4791234567",
        Amount = 34_500,
        State = "AUTHORIZED",
        Authorized = 34_500,
        Captured = 34_500,
        CustomerInteraction = "CUSTOMER_PRESENT",
        UserFlow = "PUSH_MESSAGE",
        Metadata = new Dictionary<string, string> { ["trip"] = Trip.ToString(), ["car"] = "NO-4711-T7" },
        ReceiptTotal = 34_500,
        Events = [new("CREATED", 34_500, At(3)), new("AUTHORIZED", 34_500, At(5)), new("CAPTURED", 34_500, At(6))],
    };

    private static readonly Evidence Good = new()
    {
        Name = "good",
        Keys = "91234567#",
        Payments = [Payment],
        Meter = new MeterFacts { Acknowledged = [Fare], Paid = [Paid], Named = [Trip.ToString()] },
        Screens = [Screen(0, "", ""), Screen(1, "345,00 NOK", "Phone:"), Screen(4, "345,00 NOK", "Wait ..."), Screen(7, "PAID", "345,00 NOK")],
    };

    private static readonly Expectation Expected = new()
    {
        Trips = [new ExpectedTrip(Trip, Verdict.Paid, 34_500, 1, "4791234567", 1)],
        Screens =
        [
            new("a question for the number", screen => ScreenWords.Asks(screen, 34_500)),
            new("waiting", ScreenWords.Waits),
            new("paid", screen => ScreenWords.Verdict(screen) == Verdict.Paid),
        ],
    };

    /// <summary>What is wrong, and words of the finding.</summary>
    public static TheoryData<string, string> Wrongs
    {
        get
        {
            var wrongs = new TheoryData<string, string>();
            foreach ((string name, string finding, Evidence _, Expectation _) in AllWrongs())
                wrongs.Add(name, finding);
            return wrongs;
        }
    }

    [Fact]
    public void A_good_run_has_no_findings() => Assert.Empty(Checker.Check(Good, Expected));

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void Each_thing_that_is_wrong_is_found(string name, string finding)
    {
        (string _, string _, Evidence evidence, Expectation expectation) = AllWrongs().Single(wrong => wrong.Name == name);
        IReadOnlyList<string> findings = Checker.Check(evidence, expectation);
        Assert.Contains(findings, found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_invariant_has_a_run_that_breaks_it()
    {
        Evidence[] broken = [.. AllWrongs().Select(wrong => wrong.Evidence)];
        Assert.All(Invariants.All, rule => Assert.Contains(broken, evidence => rule(evidence).Any()));
    }

    [Fact]
    public void A_partial_refund_after_PAID_is_in_order()
    {
        Evidence refunded = Good with
        {
            Payments = [Payment with { Refunded = 10_000 }],
            Meter = Good.Meter with { Refunded = [new(Trip, 10_000, "r2", At(9))] },
        };
        Assert.Empty(Checker.Check(refunded, Expected with { Trips = [new(Trip, Verdict.Refunded, 24_500, 1, null, 1)] }));
    }

    [Fact]
    public void REFUNDED_names_all_that_has_been_given_back_so_far()
    {
        Evidence refunded = Good with
        {
            Payments = [Payment with { Refunded = 30_000 }],
            Meter = Good.Meter with { Refunded = [new(Trip, 10_000, "r2", At(9)), new(Trip, 30_000, "r3", At(10))] },
        };
        Assert.Empty(Checker.Check(refunded, Expected with { Trips = [new(Trip, Verdict.Refunded, 4_500, 1, null, 1)] }));
    }

    [Fact]
    public void A_refused_attempt_followed_by_another_is_in_order()
    {
        Assert.Empty(Checker.Check(SecondAttempt(createdAt: 10), Expected with { Trips = [new(Trip, Verdict.Paid, 34_500, 2, null, 1)] }));
    }

    [Fact]
    public void A_trip_that_was_voided_and_refunded_is_in_order()
    {
        Evidence voided = Good with
        {
            Payments = [Payment with { Refunded = 34_500 }],
            Meter = Good.Meter with { Voided = [new(Trip, null, At(8))], Refunded = [new(Trip, 34_500, "r2", At(9))] },
            Screens = [.. Good.Screens, Screen(9, "VOID", "")],
        };
        Assert.Empty(Checker.Check(voided, Expected with { Trips = [new(Trip, Verdict.Voided, 0, 1, null, 1)] }));
    }

    private static IEnumerable<(string Name, string Finding, Evidence Evidence, Expectation Expectation)> AllWrongs()
    {
        MeterFacts meter = Good.Meter;
        yield return ("violation", "violation: bad header", Good with { Violations = ["bad header"] }, Expected);
        yield return ("leak", "secret in agent-1.err", Good with { Leaks = ["a secret in agent-1.err"] }, Expected);
        yield return ("no last word", "no last word", Good with { Meter = meter with { Paid = [] } }, Expected);
        yield return ("kept less than PAID said", "34400 was kept", Good with { Payments = [Payment with { Captured = 34_400, Cancelled = 100, ReceiptTotal = 34_400 }] }, Expected);
        yield return ("kept more than is due", "only 34500 is due", Good with { Payments = [Payment with { Authorized = 69_000, Captured = 69_000 }] }, Expected);
        yield return ("captured twice", "69000 was kept", Good with { Payments = [Payment, Payment with { Reference = "taxi-NO4711T7-1042-ab12cd34-2" }] }, Expected);
        yield return ("kept after VOID", "only 0 is due", Good with { Meter = meter with { Voided = [new(Trip, null, At(8))] } }, Expected);
        yield return ("kept after UNPAID", "last word is NotPaid with 0", Good with { Meter = meter with { Paid = [], Unpaid = [Unpaid(4)] } }, Expected);
        yield return ("refund not in the ledger", "last word is Refunded with 24500", Good with { Meter = meter with { Refunded = [new(Trip, 10_000, "r2", At(9))] } }, Expected);
        yield return ("unknown trip", "nothing that the meter or the app ever spoke of", Good with { Payments = [Payment, Stray("a/b/c")] }, Expected);
        yield return ("kept without a fare", "without an acknowledged fare",
            Good with { Payments = [Payment, Stray("x/9/y")], Meter = meter with { Named = [.. meter.Named, "x/9/y"] } }, Expected);
        yield return ("left open", "left CREATED", Good with { Payments = [Payment with { State = "CREATED", Authorized = 0, Captured = 0, ReceiptTotal = null }] }, Expected);
        yield return ("left reserved", "neither captured nor released", Good with { Payments = [Payment with { Authorized = 60_000 }] }, Expected);
        yield return ("no receipt", "without a receipt", Good with { Payments = [Payment with { ReceiptTotal = null }] }, Expected);
        yield return ("wrong receipt", "the receipt comes to 31000", Good with { Payments = [Payment with { ReceiptTotal = 31_000 }] }, Expected);
        yield return ("PAID too early", "when 0 was captured", Good with { Meter = meter with { Paid = [Paid with { At = At(5) }] } }, Expected);
        yield return ("captured after UNPAID", "captured after UNPAID", Good with { Meter = meter with { Unpaid = [Unpaid(4)] } }, Expected);
        yield return ("approved after UNPAID", "could still be approved after UNPAID", Good with { Meter = meter with { Unpaid = [Unpaid(4)] } }, Expected);
        yield return ("two live attempts", "could still be approved or captured", SecondAttempt(createdAt: 4), Expected);
        yield return ("not present", "customerInteraction", Good with { Payments = [Payment with { CustomerInteraction = "CUSTOMER_NOT_PRESENT" }] }, Expected);
        yield return ("bad reference", "a reference is", Good with { Payments = [Payment with { Reference = "1042-1" }] }, Expected);
        yield return ("metadata with more", "metadata is {car, name, trip}",
            Good with { Payments = [Payment with { Metadata = new Dictionary<string, string>(Payment.Metadata) { ["name"] = "Kari" } }] }, Expected);
        yield return ("display too early", "before anything was captured", Good with { Screens = [.. Good.Screens.Take(2), Screen(2, "PAID", ""), .. Good.Screens.Skip(2)] }, Expected);
        yield return ("display says not paid", "the display's is [NOT PAID|]", Good with { Screens = [.. Good.Screens, Screen(9, "NOT PAID", "")] }, Expected);
        yield return ("display says nothing", "the display's is none", Good with { Screens = [.. Good.Screens.Take(3)] }, Expected);
        yield return ("display says paid after VOID", "the display's is [PAID|345,00 NOK]", Good with { Meter = meter with { Voided = [new(Trip, null, At(8))] } }, Expected);

        foreach ((string name, string finding, Evidence evidence) in FleetWrongs())
            yield return (name, finding, evidence, Expected);

        yield return ("expected trip missing", "was not acknowledged", Good, Expected with { Trips = [Expected.Trips[0] with { Trip = new("NO-4711", "1", "x") }] });
        yield return ("unexpected trip", "which nobody expected", Good, Expected with { Trips = [] });
        yield return ("other word", "expected NotPaid", Good, Expected with { Trips = [Expected.Trips[0] with { Word = Verdict.NotPaid }] });
        yield return ("other sum", "34500 was kept, expected 0", Good, Expected with { Trips = [Expected.Trips[0] with { Kept = 0 }] });
        yield return ("other number of payments", "1 payments were created, expected 2", Good, Expected with { Trips = [Expected.Trips[0] with { Payments = 2 }] });
        yield return ("other number of captures", "1 captures, expected 2", Good, Expected with { Trips = [Expected.Trips[0] with { Captures = 2 }] });
        yield return ("other customer", "asked another number", Good, Expected with { Trips = [Expected.Trips[0] with { Phone = "4740000000" }] });
        yield return ("driver troubled", "a key was pressed", Good, Expected with { KeysPressed = false });
        yield return ("screens out of order", "never showed, in its turn, paid", Good with { Screens = [Good.Screens[3], .. Good.Screens.Take(3)] }, Expected);
        yield return ("forbidden screen", "the display showed a question", Good, Expected with { NeverScreens = [new("a question", ScreenWords.Asks)] });
    }

    // The same ride, and a booking that the app made, took back again and whose reservation was released.
    private static readonly PaymentFacts Reservation = Payment with
    {
        Reference = "taxi-NO4711T7-b-ab12cd34-1",
        Amount = 50_000,
        State = "AUTHORIZED",
        Authorized = 50_000,
        Captured = 0,
        Cancelled = 50_000,
        Metadata = new Dictionary<string, string> { ["booking"] = "app-1", ["car"] = "NO-4711-T7" },
        ReceiptTotal = null,
        Events = [new("CREATED", 50_000, At(-5)), new("AUTHORIZED", 50_000, At(-4)), new("CANCELLED", 50_000, At(-2))],
    };

    private static readonly Evidence Booked = Good with
    {
        Payments = [Payment, Reservation],
        Fleet = new FleetFacts
        {
            Hints = [new(Payment.Reference, "CAPTURED", At(7)), new(Reservation.Reference, "AUTHORIZED", At(-4))],
            Orders = [new("book", "app-1", At(-6)), new("cancel", "app-1", At(-3))],
            Taken = [new("app-1", Reservation.PhoneNumber!, 50_000)],
            Answers = [new(At(-7), "POST", "app-1", 202, "accepted"), new(At(-5), "GET", "app-1", 200, "in-car"), new(At(-3), "DELETE", "app-1", 200, "cancelled")],
        },
    };

    [Fact]
    public void A_booking_that_the_app_makes_and_cancels_is_in_order() => Assert.Empty(Checker.Check(Booked, Expected));

    private static IEnumerable<(string Name, string Finding, Evidence Evidence)> FleetWrongs()
    {
        FleetFacts fleet = Booked.Fleet;
        yield return ("hint of what did not happen", "ABORTED of taxi-NO4711T7-1042-ab12cd34-1, which never happened", Booked with { Fleet = fleet with { Hints = [new(Payment.Reference, "ABORTED", At(7))] } });
        yield return ("hint of an unknown payment", "which never happened", Booked with { Fleet = fleet with { Hints = [new("taxi-NO4711T7-9-ab12cd34-1", "CAPTURED", At(7))] } });
        yield return ("reserved twice", "app-1 was reserved 2 times", Booked with { Payments = [Payment, Reservation, Reservation with { Reference = "taxi-NO4711T7-b-ab12cd34-2" }] });
        yield return ("another number reserved", "another customer", Booked with { Payments = [Payment, Reservation with { PhoneNumber = "4740000000" }] });
        yield return ("more reserved than the maximum", "another sum", Booked with { Payments = [Payment, Reservation with { Amount = 60_000 }] });
        yield return ("in-car before the car can have it", "never in the car's queue", Booked with { Fleet = fleet with { Orders = [] } });
        yield return ("taken and never sent", "never came into the car's queue", Booked with { Fleet = fleet with { Orders = [] } });
        yield return ("left in the queue", "2 bookings or cancellations wait", Booked with { Fleet = fleet with { OrdersWaiting = 2 } });
        yield return ("in-car and not reserved", "nothing was reserved for it", Booked with { Payments = [Payment], Fleet = fleet with { Answers = fleet.Answers.Take(2).ToList() } });
        yield return ("asked though cancelled first at the relay", "was cancelled before it came", Booked with { Fleet = fleet with { Answers = [fleet.Answers[2], .. fleet.Answers] } });
        yield return ("asked though cancelled first in the queue", "was cancelled before it came", Booked with { Fleet = fleet with { Orders = [fleet.Orders[1], fleet.Orders[0]] } });
        yield return ("refused without a fare", "for a fare that had not come", Booked with { Fleet = fleet with { Answers = [.. fleet.Answers, new(At(9), "DELETE", "app-1", 409, "has-fare")] } });
        yield return ("kept though cancelled", "keeps 34500 of booking app-1", Booked with
        {
            Payments = [Reservation with { Captured = 34_500, Cancelled = 15_500, ReceiptTotal = 34_500 }],
            Meter = Booked.Meter with { Acknowledged = [Fare with { Booking = "app-1" }] },
        });
    }

    private static Evidence SecondAttempt(int createdAt) => Good with
    {
        Payments =
        [
            Payment with
            {
                State = "ABORTED",
                Authorized = 0,
                Captured = 0,
                ReceiptTotal = null,
                Events = [new("CREATED", 34_500, At(3)), new("ABORTED", 34_500, At(5))],
            },
            Payment with
            {
                Reference = "taxi-NO4711T7-1042-ab12cd34-2",
                Events = [new("CREATED", 34_500, At(createdAt)), new("AUTHORIZED", 34_500, At(11)), new("CAPTURED", 34_500, At(12))],
            },
        ],
        Meter = Good.Meter with { Unpaid = [Unpaid(6)], Paid = [Paid with { At = At(13) }] },
        Screens = [.. Good.Screens.Take(3), Screen(6, "NOT PAID", "refused"), Screen(13, "PAID", "345,00 NOK")],
    };

    private static PaymentFacts Stray(string trip) => Payment with
    {
        Reference = "taxi-NO4711T7-9-ab12cd34-1",
        Metadata = new Dictionary<string, string> { ["trip"] = trip, ["car"] = "NO-4711-T7" },
    };

    private static UnpaidResult Unpaid(int second) => new(Trip, 0, 34_500, "aborted", "r0", At(second));

    private static Screen Screen(int second, string first, string last) => new(At(second), [first, last]);

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);
}
