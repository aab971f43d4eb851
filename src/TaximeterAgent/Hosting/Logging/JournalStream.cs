namespace TaximeterAgent.Hosting.Logging;

/// <summary>Tells whether standard error goes to journald.</summary>
internal static class JournalStream
{
    /// <summary>systemd sets it to <c>device:inode</c> of the stream that it made.</summary>
    public const string Variable = "JOURNAL_STREAM";

    private const string StandardError = "/proc/self/fd/2";

    public static bool IsStandardError() => IsJournal(Environment.GetEnvironmentVariable(Variable), Target(StandardError));

    /// <summary>
    /// The variable is inherited, also by a process whose standard error is a file by now. So its inode is compared with the stream's own,
    /// which the kernel shows as <c>socket:[inode]</c>.
    /// </summary>
    public static bool IsJournal(string? variable, string? target) =>
        variable?.Split(':') is [_, { Length: > 0 } inode] && target == $"socket:[{inode}]";

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
