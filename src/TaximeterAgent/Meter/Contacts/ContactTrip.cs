namespace TaximeterAgent.Meter.Contacts;

/// <summary>A trip of a meter that says no amount.</summary>
/// <param name="Number">Counted from 1, never given twice.</param>
/// <param name="Start">When it began, by the car's clock.</param>
internal sealed record ContactTrip(long Number, DateTimeOffset Start)
{
    /// <summary>When the meter was stopped; null while it runs.</summary>
    public DateTimeOffset? Stopped { get; init; }
}

/// <summary>All that must survive a power cut of a meter that says no amount.</summary>
internal sealed record ContactState
{
    /// <summary>Drawn once for each new store. A store that was lost takes the count with it; this keeps its trips apart from those of the next.</summary>
    public required string Series { get; init; }

    /// <summary>Trips begun so far.</summary>
    public long Count { get; init; }

    /// <summary>How the contacts stood; null before they were ever read.</summary>
    public ContactLevels? Levels { get; init; }

    /// <summary>The trip that runs.</summary>
    public ContactTrip? Running { get; init; }

    /// <summary>Trips that are over and whose amount the driver has not keyed, oldest first.</summary>
    public IReadOnlyList<ContactTrip> Asked { get; init; } = [];
}
