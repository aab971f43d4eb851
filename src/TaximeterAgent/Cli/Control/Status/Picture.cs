using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>What <c>status</c> shows at one moment.</summary>
/// <param name="Head">Which car, and when.</param>
/// <param name="Parts">The parts of the car.</param>
/// <param name="Json">The same for programs.</param>
internal sealed record Picture(string Head, IReadOnlyList<PartReport> Parts, string Json);
