namespace TaximeterAgent.Hosting.Logging;

/// <summary>For whom lines are written.</summary>
internal enum LogFormat
{
    /// <summary>People: time, level, category, message.</summary>
    Console,

    /// <summary>journald: the level as <c>&lt;N&gt;</c> in front; it knows the time itself.</summary>
    Journal,
}
