namespace TaximeterAgent.Core.Ports;

/// <summary>
/// The outbox cannot be opened as it is: not ours, newer than this agent, damaged, locked, or not to be reached. The message names the file and says what
/// to do. Nothing was changed in it.
/// </summary>
public sealed class OutboxUnusableException(string file, string message, Exception? inner = null) : Exception($"{file}: {message}", inner)
{
    /// <summary>The file that the message is about.</summary>
    public string File { get; } = file;

    /// <summary>What kind of trouble it is.</summary>
    public OutboxTrouble Trouble { get; init; }
}

/// <summary>Why an outbox cannot be used.</summary>
public enum OutboxTrouble
{
    /// <summary>The disk, the directory or the system: no room, no such directory, an I/O error.</summary>
    System,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>This user may not read it, or not write it.</summary>
    Forbidden,

    /// <summary>Another process holds it.</summary>
    InUse,

    /// <summary>Its content is not whole any more: only setting it aside brings the agent up again.</summary>
    Damaged,

    /// <summary>Not a database of ours.</summary>
    Foreign,

    /// <summary>Written by a newer agent; nothing is wrong with it.</summary>
    Newer,

    /// <summary>It is written so busily that no whole copy could be made.</summary>
    Moving,
}
