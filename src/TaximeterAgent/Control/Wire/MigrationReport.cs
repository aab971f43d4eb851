namespace TaximeterAgent.Control.Wire;

/// <summary>What <c>outbox migrate</c> has carried over. Both stores were compared row by row and hold so much.</summary>
/// <param name="From">The store that had the trips: <c>sqlite</c> or <c>litedb</c>.</param>
/// <param name="To">The store that has them now, to be set as <c>Outbox:Store</c>.</param>
/// <param name="Database">The new database.</param>
/// <param name="KeptIn">The directory that holds the old one.</param>
/// <param name="Finished">True if an earlier try was interrupted at its last step, and only that was left.</param>
/// <param name="Trips">How many trips.</param>
/// <param name="Operations">How many calls that are still to be made.</param>
/// <param name="Timers">How many timers.</param>
/// <param name="HistoryLines">How many lines of history.</param>
/// <param name="Identities">How many names by which a repeat is known.</param>
/// <param name="Settings">How many facts of the store's own.</param>
internal sealed record MigrationReport(
    string From, string To, string Database, string KeptIn, bool Finished, long Trips, long Operations, long Timers, long HistoryLines, long Identities, long Settings);
