namespace TaximeterAgent.Simulator.Fleet;

/// <summary>What was seen of the fleet's cloud side from outside of relay and car: the app's answers, and what went through the broker.</summary>
internal sealed record FleetFacts
{
    /// <summary>Every hint that the broker laid into the car's queue, in order.</summary>
    public IReadOnlyList<QueuedHint> Hints { get; init; } = [];

    /// <summary>Every booking and cancellation that it laid into the car's other queue, in order.</summary>
    public IReadOnlyList<QueuedOrder> Orders { get; init; } = [];

    /// <summary>Bookings and cancellations that the car has not acknowledged, as last counted by the broker.</summary>
    public long OrdersWaiting { get; init; }

    /// <summary>Bookings that the relay has taken from the app: answered with 202 or 200.</summary>
    public IReadOnlyList<TakenBooking> Taken { get; init; } = [];

    /// <summary>What the relay answered the app, each where it differs from the answer before to the same question.</summary>
    public IReadOnlyList<AppAnswer> Answers { get; init; } = [];
}

/// <param name="Reference">Which payment.</param>
/// <param name="Event">As the payment service names it.</param>
/// <param name="At">When it was seen.</param>
internal sealed record QueuedHint(string Reference, string Event, DateTimeOffset At);

/// <param name="Kind"><c>book</c> or <c>cancel</c>.</param>
/// <param name="Booking">Its name.</param>
/// <param name="At">When it was seen.</param>
internal sealed record QueuedOrder(string Kind, string Booking, DateTimeOffset At);

/// <param name="Id">The booking's name.</param>
/// <param name="Msisdn">The customer's number.</param>
/// <param name="Maximum">What is to be reserved ahead, minor units; null for nothing.</param>
internal sealed record TakenBooking(string Id, string Msisdn, long? Maximum);

/// <summary>An answer of the relay's to the taxi app.</summary>
/// <param name="At">When.</param>
/// <param name="Method">Of the request.</param>
/// <param name="Booking">Which.</param>
/// <param name="Status">HTTP; 0 if there was no answer.</param>
/// <param name="Word">The booking's state, or the error's name; empty if there is none.</param>
internal sealed record AppAnswer(DateTimeOffset At, string Method, string Booking, int Status, string Word);
