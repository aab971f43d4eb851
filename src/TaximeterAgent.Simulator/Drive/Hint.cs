namespace TaximeterAgent.Simulator.Drive;

/// <summary>What to press next, for somebody who has never seen this: a function of what is drawn.</summary>
/// <param name="Keys">The keys, empty if one has to wait.</param>
/// <param name="Text">What they do.</param>
internal sealed record Hint(string Keys, string Text)
{
    public static Hint Of(CarModel car) => car switch
    {
        { AsksToLeave: true } => new("y", "leave all the same: a payment is open.  Any other key stays."),
        { Board: { Power: Power.Off, EndedWith: { } code } } => new("i", $"the agent ended by itself with {code}: start it again"),
        { Board.Power: Power.Off } => new("i", "turn the ignition on: the agent goes on where the power was cut"),
        { Board.Power: Power.Starting } => new("", "The agent starts. A moment …"),
        { Phone: { Push: Push.Asked, Reservation: true } } => new("a", "approve on the customer's phone: reserves money for the ride"),
        { Phone.Push: Push.Asked } => new("a", "approve the payment on the customer's phone (or r: refuse)"),
        { Outbox: { Known: true, Online: false, Operations: > 0 }, NetworkOn: false } => new("n", "the agent keeps what is to be sent: bring the network back"),
        { Meter.Position: Position.Hired } => new("s", "stop the meter: you have arrived (the fare runs, take your time)"),
        { Meter.Position: Position.Stopped, Meter.Word: FareWord.Paid or FareWord.Refunded } => new("f", "it is paid, the money is captured: for hire again"),
        { Meter.Position: Position.Stopped, Meter.Word: FareWord.Cash } => new("f", "it was paid in cash: for hire again"),
        { Meter.Position: Position.Stopped } => OfFare(car),
        _ => new("h", "a passenger gets in: start the meter"),
    };

    private static Hint OfFare(CarModel car) => car.Outbox.Phase switch
    {
        _ when car.Meter.Unanswered => new("", "The agent stores the fare. A moment …"),
        "ask-number" or "ask-number-again" when IsTyped(car) => new("Enter", "confirm the number: the request is sent"),
        "ask-number" => new(car.Phone.Number + " Enter", "key the customer's number on the keypad"),
        "ask-number-again" => new(car.Phone.Number + " Enter", "the number is not known: key another"),
        "refused" or "expired" or "rejected" or "offline" or "cancelled" or "offer" => new("1  2  3", "as the display says: again, other number, other way"),
        "not-possible" or "other-way" => new("c", "collect it otherwise: paid in cash"),
        "question-approved" or "question-late" or "question-void" => new("1  2", "as the display says: keep the money, or undo"),
        "approved" => new("", "Approved. The agent captures the money and checks it …"),
        "uncertain" => new("", "Nobody knows yet whether the request got through: the agent finds out"),
        "ending" or "giving-back" => new("", "The agent takes the request back, and makes sure …"),
        "waiting-for-network" => new("n", "there is no network: the agent keeps the request until there is"),
        "waiting-for-customer" => new("", "The agent asks the service how it stands …"),
        "stopped" => new("", "The agent has stopped this trip: a technician has to look"),
        _ => new("", "The agent is at work …"),
    };

    private static bool IsTyped(CarModel car) => car.Display.Any(line => line.Contains(car.Phone.Number, StringComparison.Ordinal));
}
