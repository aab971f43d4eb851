namespace TaximeterAgent.Outbox.Migrations;

/// <summary>
/// From this version on a commit is in the journal before it is in the database: an agent that does not know of the journal must not open it. The outbox gets a number
/// by which its journal is known. The lines of history have no index by time any more: they are in the order of time as they are.
/// </summary>
internal static class Migration0005
{
    public static Migration Step { get; } = new(5, """
        INSERT INTO counters VALUES ('journal_outbox', random()), ('journal_folded', 0);
        DROP INDEX history_by_time;
        """);
}
