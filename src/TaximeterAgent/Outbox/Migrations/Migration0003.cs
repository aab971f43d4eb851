namespace TaximeterAgent.Outbox.Migrations;

/// <summary>No table changes: from this version on a trip may be kept for a payment that an earlier store has made, and a timer may wait for it to be claimed.</summary>
internal static class Migration0003
{
    public static Migration Step { get; } = new(3, "-- what a trip's state may say is no table");
}
