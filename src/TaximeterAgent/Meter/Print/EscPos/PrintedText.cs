namespace TaximeterAgent.Meter.Print.EscPos;

/// <summary>What stands on a piece of paper.</summary>
internal sealed record PrintedText
{
    /// <summary>Its lines, top to bottom, blanks at their ends and empty lines left out. What is no character is <see cref="CodePages.Damaged"/>.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Bytes that it was printed with.</summary>
    public required long Bytes { get; init; }

    /// <summary>Bytes in text that are no character, or came damaged.</summary>
    public int Damaged { get; init; }

    /// <summary>The first command that is not known, in hexadecimal; null for none. What came after it may be wrong.</summary>
    public string? Unknown { get; init; }

    /// <summary>True if it ends within a command, an image for one.</summary>
    public bool CutShort { get; init; }

    /// <summary>True if it was longer than what is kept.</summary>
    public bool TooLong { get; init; }
}
