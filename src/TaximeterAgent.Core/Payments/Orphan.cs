namespace TaximeterAgent.Core.Payments;

/// <summary>
/// A payment under this car's name that its store does not know: an earlier board has made it, and perhaps nobody is left who would capture or release it. It has a
/// trip of its own until the meter names its fare or booking; that trip then goes on as any other.
/// </summary>
/// <param name="Reference">The payment that was heard of first; what the trip is called until more is known.</param>
public sealed record Orphan(Reference Reference)
{
    /// <summary>The booking that the payment itself names; its trip, if it names one, is <see cref="TripState.Trip"/>.</summary>
    public string? Booking { get; init; }

    /// <summary>Nobody has claimed it in time: what is reserved is released. What is captured was settled by the board before, and stays.</summary>
    public bool ReleaseDue { get; init; }

    /// <summary>The payment service does not know it, or it is somebody else's: it is left alone.</summary>
    public bool NotOurs { get; init; }

    /// <summary>Another trip of this store is what it was made for, and has it now.</summary>
    public bool LetGo { get; init; }
}
