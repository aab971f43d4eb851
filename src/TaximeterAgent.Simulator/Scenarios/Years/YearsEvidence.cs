using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios.Years;

/// <summary>A ride that was paid: who paid it, and the date.</summary>
internal sealed record PaidRide(TripKey Trip, string Digits, DateTimeOffset At);

/// <summary>A frame that the meter said before, and how it was answered this time; null for ACK.</summary>
internal sealed record SaidAgain(string What, string? Refusal, string? Expected);

/// <summary>What years have left, as it is seen from outside of the agent.</summary>
internal sealed record YearsEvidence
{
    /// <summary>The store at each year's end, the first year's first.</summary>
    public required IReadOnlyList<StoreReading> Ends { get; init; }

    /// <summary>The store before the clock stood wrong, and after it was put right.</summary>
    public required (StoreReading Before, StoreReading After) WrongClock { get; init; }

    /// <summary>All rides, in the order in which they were paid.</summary>
    public required IReadOnlyList<PaidRide> Rides { get; init; }

    /// <summary>The numbers of customers that are anywhere in the store's files at the end.</summary>
    public required IReadOnlyList<string> NumbersFound { get; init; }

    /// <summary>Trips of all the years that the store does not know any more.</summary>
    public required IReadOnlyList<TripKey> Forgotten { get; init; }

    /// <summary>What the meter said once more of the first year's trips.</summary>
    public required IReadOnlyList<SaidAgain> Again { get; init; }

    /// <summary>What the ledger's payments, captures, refunds and requests came to before that, and after it.</summary>
    public required (string Before, string After) Ledger { get; init; }
}
