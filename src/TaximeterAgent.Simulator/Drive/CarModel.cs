namespace TaximeterAgent.Simulator.Drive;

/// <summary>
/// Everything that is drawn of the car at one moment: what can be seen from outside of the agent. Two models that are equal look the same. Amounts are minor
/// units of NOK.
/// </summary>
internal sealed record CarModel
{
    /// <summary>Of an amount that the meter shows, at most: 9 999,00.</summary>
    public const long MostFare = 999_900;

    public MeterFace Meter { get; init; } = new();

    public BoardFace Board { get; init; } = new();

    /// <summary>The lines of the driver's display, each in its full width.</summary>
    public Rows<string> Display { get; init; } = Rows<string>.None;

    public bool NetworkOn { get; init; } = true;

    public PhoneFace Phone { get; init; } = new();

    public OutboxFace Outbox { get; init; } = new();

    /// <summary>The payments as the payment service has them, newest first.</summary>
    public Rows<LedgerFace> Ledger { get; init; } = Rows<LedgerFace>.None;

    /// <summary>What happened last, newest last.</summary>
    public Rows<string> Events { get; init; } = Rows<string>.None;

    /// <summary>What the agent was found to do wrong, by the service, the meter or the display.</summary>
    public int Violations { get; init; }

    /// <summary>Where the car's files are.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether they stay there afterwards.</summary>
    public bool Kept { get; init; }

    /// <summary>Why the last key did nothing; null if it did.</summary>
    public string? Notice { get; init; }

    /// <summary>A payment is open, and the person wants to leave.</summary>
    public bool AsksToLeave { get; init; }

    /// <summary>Money or a request is out, or something is due to be sent.</summary>
    public bool PaymentOpen => Outbox.Operations > 0 || Ledger.Any(payment => payment.Open);
}

internal enum Position
{
    ForHire,
    Hired,
    Stopped,
}

/// <summary>What became of the newest fare, as far as the meter has been told.</summary>
internal enum FareWord
{
    /// <summary>There is none yet, or it is running.</summary>
    None,
    Due,
    Paid,
    Unpaid,

    /// <summary>The driver took cash.</summary>
    Cash,
    Refunded,
}

internal sealed record MeterFace
{
    public Position Position { get; init; }

    /// <summary>The running fare while hired, then what is due.</summary>
    public long Amount { get; init; }

    /// <summary>The meter's own number of the newest trip.</summary>
    public string? Trip { get; init; }

    public FareWord Word { get; init; }

    /// <summary>Why it is unpaid, in the protocol's words.</summary>
    public string? Reason { get; init; }

    /// <summary>The agent has not acknowledged all that it has to.</summary>
    public bool Unanswered { get; init; }

    /// <summary>The booking of the next or present trip.</summary>
    public string? Booking { get; init; }

    /// <summary>A fare is left that cash could settle.</summary>
    public bool CanTakeCash => Word is FareWord.Due or FareWord.Unpaid;
}

internal enum Power
{
    Off,

    /// <summary>The agent's process runs and has not said HELLO to the meter yet.</summary>
    Starting,
    On,
}

internal sealed record BoardFace
{
    public Power Power { get; init; }

    /// <summary>The agent's process.</summary>
    public int? Process { get; init; }

    /// <summary>What the agent ended with, if nobody cut its power.</summary>
    public int? EndedWith { get; init; }
}

/// <summary>What the customer sees of a request.</summary>
internal enum Push
{
    None,

    /// <summary>The customer is asked.</summary>
    Asked,
    Approved,
    Paid,
    Refused,
    Expired,

    /// <summary>The request was taken back, or the reserved money released.</summary>
    Released,
    Refunded,
}

internal sealed record PhoneFace
{
    /// <summary>Whose phone it is, as people say it: <c>912 34 567</c>.</summary>
    public string Number { get; init; } = "";

    public Push Push { get; init; }

    public long Amount { get; init; }

    /// <summary>True: asked to reserve up to <see cref="Amount"/>, before the ride.</summary>
    public bool Reservation { get; init; }

    public bool HasReceipt { get; init; }

    /// <summary>Other requests that wait for other customers.</summary>
    public int Others { get; init; }
}

internal sealed record OutboxFace
{
    /// <summary>False while the agent does not answer.</summary>
    public bool Known { get; init; }

    public bool Online { get; init; }

    public bool Writable { get; init; } = true;

    public int Operations { get; init; }

    public int OnTheirWay { get; init; }

    /// <summary>Commits that were counted in the agent's database since the car was made.</summary>
    public int Commits { get; init; }

    /// <summary>How the newest fare stands, in the control socket's words: <c>ask-number</c>, <c>paid</c>, …</summary>
    public string? Phase { get; init; }

    /// <summary>Newest first.</summary>
    public Rows<OutboxTrip> Trips { get; init; } = Rows<OutboxTrip>.None;
}

/// <param name="Label">The meter's number, or the booking's name.</param>
/// <param name="Total">The fare; null before it has come.</param>
/// <param name="Text">What comes next, or what it came to.</param>
/// <param name="Open">Something is left to do.</param>
internal sealed record OutboxTrip(string Label, long? Total, string Text, bool Open);

internal sealed record LedgerFace
{
    /// <summary>The part of the reference that tells it from others: <c>1042-1</c>.</summary>
    public required string Label { get; init; }

    public required string Reference { get; init; }

    public string Number { get; init; } = "";

    public required long Amount { get; init; }

    /// <summary>As the service says it; CAPTURED, RELEASED and REFUNDED where the money tells more than the state.</summary>
    public required string State { get; init; }

    public long Captured { get; init; }

    public long Refunded { get; init; }

    public bool HasReceipt { get; init; }

    /// <summary>It can still be approved, or reserved money is neither captured nor released.</summary>
    public bool Open { get; init; }
}
