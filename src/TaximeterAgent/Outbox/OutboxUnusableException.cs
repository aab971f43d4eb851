namespace TaximeterAgent.Outbox;

/// <summary>
/// The outbox cannot be opened as it is: not ours, newer than this agent, damaged, locked, or not to be reached. The message names the file and says what
/// to do. Nothing was changed in it.
/// </summary>
public sealed class OutboxUnusableException(string file, string message, Exception? inner = null) : Exception($"{file}: {message}", inner)
{
    /// <summary>The file that the message is about.</summary>
    public string File { get; } = file;
}
