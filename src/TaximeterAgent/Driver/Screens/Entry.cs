namespace TaximeterAgent.Driver.Screens;

/// <summary>What the driver has typed so far, and for which trip: the one that was shown when the first key was pressed.</summary>
/// <param name="Trip">The trip's key.</param>
/// <param name="Mode">What is being asked.</param>
internal sealed record Entry(long Trip, EntryMode Mode)
{
    /// <summary>International numbers have at most 15 digits behind <c>00</c>.</summary>
    public const int DigitsMaximum = 17;

    public string Digits { get; init; } = "";

    /// <summary>Why the last confirm was not taken; gone with the next key.</summary>
    public string? Fault { get; init; }
}

internal enum EntryMode
{
    /// <summary>A phone number.</summary>
    Number,

    /// <summary>What to do about a request that is out.</summary>
    Choice,

    /// <summary>Another way to pay: really?</summary>
    OtherWay,
}
