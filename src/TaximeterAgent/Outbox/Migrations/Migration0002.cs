namespace TaximeterAgent.Outbox.Migrations;

/// <summary>No table changes: from this version on a trip's state may say that a technician holds it, has closed it, or has said that it was paid otherwise.</summary>
internal static class Migration0002
{
    public static Migration Step { get; } = new(2, "-- what a trip's state may say is no table");
}
