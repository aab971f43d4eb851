namespace TaximeterAgent.Control.Wire;

/// <summary>What <c>outbox quarantine</c> has done.</summary>
/// <param name="Database">The new, empty one.</param>
/// <param name="Fault">What was wrong with the old one; missing if nothing was.</param>
/// <param name="KeptIn">The directory that holds the old one.</param>
/// <param name="By">Who did it, as in the new one's history.</param>
/// <param name="Unfinished">The trips that were not finished in the old one, as far as they could be read.</param>
internal sealed record QuarantineReport(string Database, string? Fault, string KeptIn, string By, IReadOnlyList<string> Unfinished);
