namespace TaximeterAgent.Outbox.Migrations;

/// <summary>No table changes: from this version on a request may ask whoever scans a code on paper, and a trip keeps what the code says.</summary>
internal static class Migration0004
{
    public static Migration Step { get; } = new(4, "-- what a trip's state may say is no table");
}
