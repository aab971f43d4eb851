namespace TaximeterAgent.Exploration.Model;

/// <summary>What can happen next.</summary>
internal enum StepKind : byte
{
    // Between the agent and the service. A: the call.
    Send,
    Answered,
    RequestLost,
    AnswerLost,
    GivenUp,
    NotSent,
    Refused,
    RefusedAndRemembered,

    // A: the letter.
    Arrives,
    Vanishes,

    // A: the timer.
    TimerEnds,

    // A: the payment.
    CustomerApproves,
    CustomerRefuses,
    RequestExpires,
    GuaranteeEnds,
    BankLetsGo,
    KeysForgotten,
    Hint,
    OrphanHint,

    Fare,
    FareAgain,
    Book,
    Void,
    VoidBooking,
    WordAcknowledged,

    Number,
    OtherNumber,
    SendAgain,
    OtherWay,
    LetStand,
    Undo,

    // A: which of the scenario's totals.
    Refund,

    Hold,
    Release,
    Resolve,
    GiveUp,

    // A: 1 if what was not synced is lost. B: 1 if a receipt that was due had just been posted.
    Crash,
}

/// <summary>One step of a world.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="A">To what.</param>
/// <param name="B">How.</param>
internal readonly record struct Step(StepKind Kind, int A = 0, int B = 0)
{
    /// <summary>Happens by itself, sooner or later, in a world without faults in which the customer does nothing and the driver presses no key.</summary>
    public bool Healthy => Kind is StepKind.Send or StepKind.Answered or StepKind.Arrives or StepKind.Vanishes or StepKind.TimerEnds or StepKind.RequestExpires or StepKind.WordAcknowledged;
}
