using System.Globalization;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Meter.Tfp;



/// <summary>What the agent tells the meter of a trip. Repeats are known by identity and reference, so it may be told again after a restart.</summary>
public abstract record MeterResult
{
    private protected MeterResult(string id, TripId trip, Reference reference)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(trip);
        Id = id;
        Trip = trip;
        Reference = reference;
    }

    /// <summary>The owner's name for this message; never sent.</summary>
    public string Id { get; }

    public TripId Trip { get; }

    public Reference Reference { get; }

    /// <summary>The payload under a SEQ.</summary>
    internal string Payload(ushort sequence)
    {
        var builder = new PayloadBuilder(Type, sequence).Add("meter", Trip.Meter).Add("trip", Trip.Trip).Add("start", Trip.Start);
        Add(builder);
        return builder.ToString();
    }

    private protected abstract string Type { get; }

    private protected abstract void Add(PayloadBuilder builder);

    private protected static string Minor(Money money) => money.MinorUnits.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Captured and checked: the meter may print it and go for hire.</summary>
public sealed record PaidResult : MeterResult
{
    /// <param name="id">The owner's name for this message.</param>
    /// <param name="trip">The trip that is paid.</param>
    /// <param name="reference">The payment.</param>
    /// <param name="amount">What was captured.</param>
    public PaidResult(string id, TripId trip, Reference reference, Money amount)
        : base(id, trip, reference) => Amount = amount;

    public Money Amount { get; }

    private protected override string Type => "PAID";

    private protected override void Add(PayloadBuilder builder) =>
        builder.Add("amount", Minor(Amount)).Add("cur", Amount.Currency.ToString()).Add("ref", Reference.ToString()).Add("method", "wallet");
}

/// <summary>No payment of the trip can be approved or captured any more: collect what is due otherwise.</summary>
public sealed record UnpaidResult : MeterResult
{
    /// <param name="id">The owner's name for this message.</param>
    /// <param name="trip">The trip that is not paid, or not in full.</param>
    /// <param name="reference">The last payment that was tried.</param>
    /// <param name="paid">What is captured: nothing, or a reservation that was too small.</param>
    /// <param name="due">What is left to collect.</param>
    /// <param name="reason">Why.</param>
    public UnpaidResult(string id, TripId trip, Reference reference, Money paid, Money due, UnpaidReason reason)
        : base(id, trip, reference)
    {
        Paid = paid;
        Due = due;
        Reason = reason;
    }

    public Money Paid { get; }

    public Money Due { get; }

    public UnpaidReason Reason { get; }

    private protected override string Type => "UNPAID";

    private protected override void Add(PayloadBuilder builder) =>
        builder.Add("ref", Reference.ToString()).Add("paid", Minor(Paid)).Add("due", Minor(Due)).Add("reason", Reason switch
        {
            UnpaidReason.Aborted => "aborted",
            UnpaidReason.Expired => "expired",
            UnpaidReason.Rejected => "rejected",
            UnpaidReason.Cancelled => "cancelled",
            UnpaidReason.Offline => "offline",
            _ => throw new InvalidOperationException($"The reason {Reason} has no word on the line."),
        });
}

/// <summary>
/// Given back after it was paid. Its ref is not the payment's reference alone: a meter knows repeats by identity and ref, and would take it for the PAID that it has,
/// or a second refund for the first.
/// </summary>
public sealed record RefundedResult : MeterResult
{
    /// <param name="id">The owner's name for this message.</param>
    /// <param name="trip">The trip that was paid.</param>
    /// <param name="reference">The payment.</param>
    /// <param name="amount">All that was given back of the trip so far: only the newest result is sent, and a part of it could be lost.</param>
    public RefundedResult(string id, TripId trip, Reference reference, Money amount)
        : base(id, trip, reference) => Amount = amount;

    public Money Amount { get; }

    private protected override string Type => "REFUNDED";

    private protected override void Add(PayloadBuilder builder) => builder.Add("ref", $"{Reference}-r{Minor(Amount)}").Add("amount", Minor(Amount));
}
