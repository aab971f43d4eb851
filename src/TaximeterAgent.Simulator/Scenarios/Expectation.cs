using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>What a scenario must have come to, beyond what every scenario must hold.</summary>
internal sealed record Expectation
{
    /// <summary>Every fare that must have been acknowledged; no other may have been.</summary>
    public required IReadOnlyList<ExpectedTrip> Trips { get; init; }

    /// <summary>Screens that must have been shown in this order, others between them or not.</summary>
    public IReadOnlyList<ExpectedScreen> Screens { get; init; } = [];

    /// <summary>Screens that must never have been shown.</summary>
    public IReadOnlyList<ExpectedScreen> NeverScreens { get; init; } = [];

    /// <summary>False: the driver was not to be troubled at all.</summary>
    public bool KeysPressed { get; init; } = true;
}

/// <param name="Trip">Which.</param>
/// <param name="Word">How it must have ended.</param>
/// <param name="Kept">What must have been captured and not refunded.</param>
/// <param name="Payments">How many payments it may have taken.</param>
/// <param name="Phone">The MSISDN that was to be asked, of all its payments; null if any may be.</param>
/// <param name="Captures">How many successful captures.</param>
internal sealed record ExpectedTrip(TripKey Trip, Verdict Word, long Kept, int Payments, string? Phone, int Captures);

internal sealed record ExpectedScreen(string What, Func<Screen, bool> Matches);
