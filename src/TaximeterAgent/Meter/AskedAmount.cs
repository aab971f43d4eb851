using TaximeterAgent.Core.Fares;

namespace TaximeterAgent.Meter;

/// <summary>A trip whose amount the driver is asked for.</summary>
/// <param name="Number">Never given twice by the same meter.</param>
/// <param name="At">When it was over, as far as is known.</param>
internal sealed record AskedAmount(long Number, DateTimeOffset? At)
{
    /// <summary>What was read, in minor units, for the driver to look at; null for nothing.</summary>
    public long? Read { get; init; }

    public AskedFor Why { get; init; }
}

/// <summary>Why the driver is asked.</summary>
internal enum AskedFor
{
    /// <summary>The meter says no amount.</summary>
    NoAmount,

    /// <summary>It printed something that is in doubt.</summary>
    Doubt,

    /// <summary>It printed a copy of a receipt that is not known here.</summary>
    Copy,
}

/// <summary>A meter whose amounts the driver keys, all or some of them. Lives on the engine's thread.</summary>
internal interface IAmountsToAsk
{
    /// <summary>Trips whose amount is to be keyed, oldest first; as stored, once the round is over.</summary>
    IEnumerable<AskedAmount> Waiting { get; }

    /// <summary>The last trip, if its amount is asked for.</summary>
    AskedAmount? Last { get; }

    /// <summary>A trip that is asked for; null once it is not any more.</summary>
    AskedAmount? Asked(long number);

    /// <summary>The driver has keyed and confirmed what a trip costs: from here on it is a fare like any other.</summary>
    /// <returns>False if it is not asked for any more, or nothing can be stored now.</returns>
    bool Keyed(long number, Money total);

    /// <summary>The driver says that nothing is due for a trip, or that it was collected otherwise.</summary>
    void Dismissed(long number);
}
