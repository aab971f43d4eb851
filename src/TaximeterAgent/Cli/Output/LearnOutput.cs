namespace TaximeterAgent.Cli.Output;

/// <summary>What <c>meter learn</c> found in a capture of a printer's line.</summary>
internal sealed record LearnOutput
{
    /// <summary>Bytes that were looked at.</summary>
    public required long Bytes { get; init; }

    /// <summary>True if the capture is longer than what is looked at, and the rest was not.</summary>
    public required bool Cut { get; init; }

    /// <summary>The prints, in their order.</summary>
    public required IReadOnlyList<LearnPrint> Prints { get; init; }
}

/// <summary>One print by the template that reads it best. What was not read is left out.</summary>
internal sealed record LearnPrint
{
    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    public required long Bytes { get; init; }

    /// <summary>The template's name, or its file's.</summary>
    public required string Template { get; init; }

    /// <summary><c>fare</c>, <c>copy</c>, <c>report</c> or <c>doubtful</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Why it is no plain fare: <c>no-total</c>, <c>two-totals</c>, <c>does-not-add-up</c>, <c>torn</c> …</summary>
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>NOK, DKK or EUR, as the template says.</summary>
    public required string Currency { get; init; }

    /// <summary>Minor units.</summary>
    public long? Total { get; init; }

    /// <summary>Minor units.</summary>
    public long? Fare { get; init; }

    /// <summary>Minor units.</summary>
    public long? Supplements { get; init; }

    /// <summary>Minor units.</summary>
    public long? Tip { get; init; }

    /// <summary>Hundredths of a percent.</summary>
    public int? Vat { get; init; }

    public string? Trip { get; init; }

    /// <summary>By the meter's clock, which has no zone: <c>2026-11-21T02:53:00</c>.</summary>
    public string? Start { get; init; }

    /// <summary>As <c>start</c>.</summary>
    public string? Finish { get; init; }

    /// <summary>Metres.</summary>
    public long? Distance { get; init; }

    public string? Tariff { get; init; }

    /// <summary>Every line, in its order.</summary>
    public required IReadOnlyList<LearnLine> Lines { get; init; }

    /// <summary>What the template can read and this print does not have.</summary>
    public required IReadOnlyList<string> Missed { get; init; }

    /// <summary>The templates that were tried, best first; one where a template was named.</summary>
    public required IReadOnlyList<LearnTry> Tried { get; init; }
}

/// <summary>A line of a print; several where a pattern takes them together, with <c>//</c> between. What could be a phone number is masked.</summary>
internal sealed record LearnLine(string Text)
{
    /// <summary>What it says: <c>begin</c>, <c>line</c>, <c>end</c>, <c>copy</c>, <c>report</c> or <c>ignore</c>; missing where nothing fits.</summary>
    public string? As { get; init; }

    /// <summary>The line of the template that fits it, counted from 1.</summary>
    public int? Pattern { get; init; }

    /// <summary>What is in its holes.</summary>
    public IReadOnlyList<LearnValue>? Values { get; init; }
}

/// <param name="Field">The hole's name.</param>
/// <param name="Value">As printed.</param>
internal sealed record LearnValue(string Field, string Value);

/// <param name="Template">Its name.</param>
/// <param name="Lines">Lines of the print that it knows.</param>
/// <param name="Kind">What it takes the print for.</param>
internal sealed record LearnTry(string Template, int Lines, string Kind);
