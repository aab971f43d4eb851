using TaximeterAgent.Core.Ports;

namespace TaximeterAgent.LiteDb;

/// <summary>Where an outbox on LiteDB is. The directory is there, is the agent's own, and its lock is taken.</summary>
/// <param name="Database">The data file: LiteDB's own format.</param>
/// <param name="Named">As messages call it.</param>
/// <param name="Cure">What brings the agent up again when it cannot be used any more.</param>
public sealed record LiteDbFiles(string Database, string Named, string Cure)
{
    /// <summary>To which each commit goes first. In a format of its own: LiteDB's has no checks.</summary>
    public string Log => Database + "-log";

    /// <summary>A data file in the making; it gets its name once it is whole.</summary>
    internal string Unfinished => Database + ".new";

    internal string Directory => Path.GetDirectoryName(Database)!;

    internal OutboxUnusableException Unusable(string what, OutboxTrouble trouble, Exception? inner = null) => new(Named, what, inner) { Trouble = trouble };

    internal OutboxUnusableException Damaged(string what, Exception? inner = null) =>
        Unusable($"it is damaged ({what.ReplaceLineEndings(" ")}). {Cure}", OutboxTrouble.Damaged, inner);
}
