using TaximeterAgent.Simulator.Drive;

namespace TaximeterAgent.Simulator.Tests.Drive;

/// <summary>Cars as they look at certain moments.</summary>
internal static class Cars
{
    public const string Number = "912 34 567";

    /// <summary>Just switched on.</summary>
    public static CarModel Fresh { get; } = new()
    {
        Board = new BoardFace { Power = Power.On, Process = 4242 },
        Display = Screen("Ready", ""),
        Phone = new PhoneFace { Number = Number },
        Outbox = new OutboxFace { Known = true, Online = true, Commits = 1 },
        Folder = "/tmp/taxi-a1b2c3",
    };

    /// <summary>The customer is asked.</summary>
    public static CarModel Asked { get; } = Fresh with
    {
        Meter = new MeterFace { Position = Position.Stopped, Trip = "1042", Amount = 34_500, Word = FareWord.Due },
        Display = Screen("345,00 kr", "Waiting for **67"),
        Phone = new PhoneFace { Number = Number, Push = Push.Asked, Amount = 34_500 },
        Outbox = new OutboxFace
        {
            Known = true,
            Online = true,
            Operations = 1,
            OnTheirWay = 1,
            Commits = 7,
            Phase = "waiting-for-customer",
            Trips = Rows.Of([new OutboxTrip("1042", 34_500, "query sent", Open: true)]),
        },
        Ledger = Rows.Of([Payment("CREATED") with { Open = true }]),
        Events = Rows.Of(["10:00:01.000  server   POST /epayment/v1/payments 201", "10:00:01.100  display  [345,00 kr       |Waiting for **67]"]),
    };

    public static CarModel Paid { get; } = Asked with
    {
        Meter = Asked.Meter with { Word = FareWord.Paid },
        Display = Screen("345,00 kr", "PAID"),
        Phone = Asked.Phone with { Push = Push.Paid, HasReceipt = true },
        Outbox = Asked.Outbox with
        {
            Operations = 0,
            OnTheirWay = 0,
            Commits = 13,
            Phase = "paid",
            Trips = Rows.Of([new OutboxTrip("1042", 34_500, "paid", Open: false)]),
        },
        Ledger = Rows.Of([Payment("CAPTURED") with { Captured = 34_500, HasReceipt = true }]),
    };

    /// <summary>The largest and longest of everything, and text that nobody expects.</summary>
    public static CarModel Overfull { get; } = Asked with
    {
        Meter = new MeterFace
        {
            Position = Position.Stopped,
            Trip = "999999",
            Amount = CarModel.MostFare,
            Word = FareWord.Unpaid,
            Reason = "cancelled",
            Booking = "B-1000",
            Unanswered = true,
        },
        Board = new BoardFace { Power = Power.Off, Process = 4_194_304, EndedWith = 134 },
        Phone = new PhoneFace { Number = "+358 40 123 45678 00", Push = Push.Asked, Amount = CarModel.MostFare, Reservation = true, Others = 99 },
        Outbox = new OutboxFace
        {
            Known = true,
            Writable = false,
            Operations = 1000,
            OnTheirWay = 8,
            Commits = 123_456,
            Phase = "no such phase",
            Trips = Rows.Of(Enumerable.Range(0, 100).Select(one =>
                new OutboxTrip("999999" + one, CarModel.MostFare, "a text that is longer than any room for it could be", Open: true))),
        },
        Ledger = Rows.Of(Enumerable.Repeat(
            Payment("SOMETHING-LONG") with { Label = "123456789-12", Amount = CarModel.MostFare, Number = "+358 40 123 45678 00" }, 100)),
        Events = Rows.Of(Enumerable.Repeat("\u001B[31mred\u001B[0m\t\r\n 餐 \U0001F695 " + new string('x', 500), 100)),
        Violations = 12_345,
        Folder = "/" + new string('p', 200),
        NetworkOn = false,
        AsksToLeave = true,
    };

    /// <summary>One model for each value that something on the screen can have.</summary>
    public static IEnumerable<CarModel> All()
    {
        foreach (CarModel car in (CarModel[])[new CarModel(), Fresh, Asked, Paid, Overfull])
        {
            yield return car;
            yield return car with { Notice = "a notice " + new string('n', 300) };
            foreach (Position position in Enum.GetValues<Position>())
                foreach (FareWord word in Enum.GetValues<FareWord>())
                    yield return car with { Meter = car.Meter with { Position = position, Word = word } };
            foreach (Push push in Enum.GetValues<Push>())
                yield return car with { Phone = car.Phone with { Push = push } };
            foreach (Power power in Enum.GetValues<Power>())
                yield return car with { Board = car.Board with { Power = power } };
            foreach (string phase in Phases)
            {
                yield return car with
                {
                    Meter = car.Meter with { Position = Position.Stopped, Word = FareWord.Due, Unanswered = false },
                    Phone = car.Phone with { Push = Push.None },
                    Outbox = car.Outbox with { Phase = phase },
                };
            }
        }
    }

    /// <summary>The words of docs/control.md.</summary>
    public static string[] Phases { get; } =
    [
        "booked", "ask-number", "ask-number-again", "offer", "checking", "sending", "waiting-for-network", "waiting-for-customer", "ending", "uncertain",
        "approved", "paid", "nothing-due", "refused", "expired", "rejected", "not-possible", "offline", "cancelled", "other-way", "giving-back", "void",
        "refunded", "question-approved", "question-late", "question-void", "stopped",
    ];

    public static Rows<string> Screen(string first, string second) => Rows.Of([first.PadRight(16), second.PadRight(16)]);

    private static LedgerFace Payment(string state) =>
        new() { Label = "1042-1", Reference = "taxi-NO4711T7-1042-14ff24b4-1", Number = Number, Amount = 34_500, State = state };
}
