using System.Collections.Immutable;
using TaximeterAgent.Core.Payments;

namespace TaximeterAgent.Exploration.Model;

/// <summary>What is explored.</summary>
internal static class Scenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new() { Name = "plain", KnownPhone = false, Attempts = 1 },
        new() { Name = "known", Attempts = 1, Voids = true },
        new() { Name = "booked", Attempts = 1, Booked = true, Voids = true },
    ];
}
