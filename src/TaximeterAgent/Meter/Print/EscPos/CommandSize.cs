namespace TaximeterAgent.Meter.Print.EscPos;

/// <summary>What can be said of a command's length from as much of it as has come.</summary>
internal enum CommandKnowledge
{
    /// <summary>Another byte is needed to say.</summary>
    More,

    /// <summary>It has so many bytes, what it carries included.</summary>
    Known,

    /// <summary>After so many bytes it goes on to a byte of zero, which ends it.</summary>
    UntilZero,

    /// <summary>No command that is known here; where it ends nobody can say.</summary>
    Unknown,
}

/// <param name="Knowledge">What is known.</param>
/// <param name="Length">Bytes, the first included.</param>
internal readonly record struct CommandSize(CommandKnowledge Knowledge, long Length = 0)
{
    public static readonly CommandSize More = new(CommandKnowledge.More);

    public static readonly CommandSize Unknown = new(CommandKnowledge.Unknown);

    public static CommandSize Of(long length) => new(CommandKnowledge.Known, length);

    public static CommandSize UntilZero(long length) => new(CommandKnowledge.UntilZero, length);
}
