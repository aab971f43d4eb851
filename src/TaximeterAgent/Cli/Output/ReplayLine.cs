namespace TaximeterAgent.Cli.Output;

/// <summary>One line of <c>meter replay --json</c>. What has no value is left out.</summary>
/// <param name="What">
/// <c>frame</c>; <c>dropped</c>: what began as a frame and was none; <c>outside</c>: bytes in no frame; <c>gap</c>: a silence; <c>lost</c>: frames that the capture itself says
/// it does not have; <c>summary</c>, the last.
/// </param>
internal sealed record ReplayLine(string What)
{
    /// <summary>Of a frame: counted from 1.</summary>
    public long? Number { get; init; }

    /// <summary>Where it ended: bytes from the meter, counted from 0; missing where the capture has no bytes.</summary>
    public long? Offset { get; init; }

    /// <summary>When it came, if the capture says.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Of a frame: <c>meter</c>, or <c>agent</c> for what the capture has of the agent's own.</summary>
    public string? From { get; init; }

    /// <summary>Of a frame: its type; <c>?</c> for one that is not known.</summary>
    public string? Name { get; init; }

    /// <summary>Of a frame: the payload, numbers masked.</summary>
    public string? Text { get; init; }

    /// <summary>What it means, for people.</summary>
    public string? Meaning { get; init; }

    /// <summary>What this agent would answer: <c>ACK</c>, <c>NAK</c>; missing for what is not answered.</summary>
    public string? Answer { get; init; }

    /// <summary>Of a NAK: the protocol's reason. Of <c>dropped</c>: why, as <c>status</c> counts it.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of the frame that said the same before.</summary>
    public long? RepeatOf { get; init; }

    /// <summary>The number of the frame that says otherwise of the same trip or booking: the first stands.</summary>
    public long? ConflictsWith { get; init; }

    /// <summary>Of <c>outside</c> and <c>lost</c>: how many.</summary>
    public long? Count { get; init; }

    /// <summary>Of a <c>gap</c>: how long.</summary>
    public double? Seconds { get; init; }

    /// <summary>Of the <c>summary</c>.</summary>
    public ReplaySummary? Summary { get; init; }
}

/// <summary>What a capture comes to.</summary>
internal sealed record ReplaySummary
{
    /// <summary><c>frames</c>, <c>bytes</c> or <c>raw</c>: what the capture is made of.</summary>
    public required string Format { get; init; }

    /// <summary>Bytes of the meter's.</summary>
    public required long Bytes { get; init; }

    /// <summary>Whole frames of the meter's.</summary>
    public required long Frames { get; init; }

    public required long Acknowledged { get; init; }

    public required long Refused { get; init; }

    public required long Repeats { get; init; }

    public required long Conflicts { get; init; }

    public required long Dropped { get; init; }

    public required long BytesOutside { get; init; }

    public required long Gaps { get; init; }

    /// <summary>True if the capture is longer than what is looked at, and the rest was not.</summary>
    public required bool Cut { get; init; }
}
