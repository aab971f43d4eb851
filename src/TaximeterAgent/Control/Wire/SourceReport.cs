namespace TaximeterAgent.Control.Wire;

/// <summary>Where an answer was read, if not from the running agent.</summary>
/// <param name="Kind"><c>copy</c>: a copy of the database, because no agent answered.</param>
/// <param name="Database">The file that was copied.</param>
/// <param name="At">When, by the car's clock.</param>
internal sealed record SourceReport(string Kind, string Database, DateTimeOffset At);
