namespace TaximeterAgent.Cli.Meter.Replay;

/// <summary>The kind of a capture.</summary>
internal enum CaptureFormat
{
    /// <summary>Lines of <c>meter watch --json</c>: frames, numbers masked.</summary>
    Frames,

    /// <summary>Lines of <c>meter watch --raw</c>: bytes with their time.</summary>
    Bytes,

    /// <summary>Bytes and nothing else.</summary>
    Raw,
}

/// <summary>A piece of a capture: bytes of the meter's, a frame of the agent's, or a word that something is missing.</summary>
internal abstract record CapturePiece(DateTimeOffset? At)
{
    /// <summary>Bytes that the meter sent.</summary>
    internal sealed record FromMeter(DateTimeOffset? At, ReadOnlyMemory<byte> Bytes) : CapturePiece(At);

    /// <summary>A frame that the agent sent then, as the capture has it.</summary>
    internal sealed record FromAgent(DateTimeOffset? At, string Name, string Text, string? Meaning) : CapturePiece(At);

    /// <summary>So many frames are not in the capture.</summary>
    internal sealed record Missing(DateTimeOffset? At, long Count) : CapturePiece(At);
}
