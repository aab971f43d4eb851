namespace TaximeterAgent.Cli.Control;

/// <summary>Says what is waited for, once something takes longer than a person waits in silence.</summary>
internal static class Waiting
{
    /// <summary>From then on the person who waits is told what for.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <summary>Tells it unless it is disposed of before.</summary>
    /// <param name="error">Where it is said.</param>
    /// <param name="what">What is done, as in "copying the database".</param>
    /// <param name="time">A clock.</param>
    public static IDisposable Tell(TextWriter error, string what, TimeProvider time)
    {
        var told = TextWriter.Synchronized(error);
        return time.CreateTimer(_ => told.WriteLine($"{CommandLine.Name}: {Text.Line(what)} …"), null, Silence, Timeout.InfiniteTimeSpan);
    }
}
