namespace TaximeterAgent.Board.Judging;

/// <summary>What is wrong after a cut.</summary>
internal enum Harm
{
    /// <summary>A fare that the meter has finished was never settled, or was forgotten.</summary>
    Lost,

    /// <summary>More was taken than is due, or could have been.</summary>
    Double,

    /// <summary>The customer's money is reserved, or may still be, for nothing.</summary>
    Stranded,

    /// <summary>Meter or driver were told what was not so.</summary>
    Untrue,

    /// <summary>The file system cannot be mended without a person.</summary>
    Disk,

    /// <summary>The board did not come back, something was refused to the unit, or a call was wrong.</summary>
    Other,
}

/// <param name="Harm">Of which kind.</param>
/// <param name="What">One sentence.</param>
internal sealed record Finding(Harm Harm, string What);
