namespace TaximeterAgent.Cli.Logs;

/// <summary>The levels of the log and their severities in the journal, those of <c>syslog(3)</c>.</summary>
internal static class LogLevels
{
    private static readonly (string Word, int Severity)[] s_levels = [("critical", 2), ("error", 3), ("warning", 4), ("info", 6), ("debug", 7)];

    /// <summary>The words, worst first.</summary>
    public static IEnumerable<string> Words => s_levels.Select(level => level.Word);

    /// <summary>The word for a severity; one that the agent does not use goes to the milder.</summary>
    public static string WordOf(int severity) => s_levels.First(level => severity <= level.Severity || level.Severity == s_levels[^1].Severity).Word;

    /// <summary>The severity of a word; null for no word of these.</summary>
    public static int? SeverityOf(string word) => s_levels.Where(level => level.Word == word).Select(level => (int?)level.Severity).FirstOrDefault();
}
