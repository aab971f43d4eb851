using TaximeterAgent.Meter;

namespace TaximeterAgent.Driver.Screens;

/// <summary>What the driver has keyed of an amount, as on a till: each digit moves the others up, beginning with the last of the minor units.</summary>
/// <param name="Trip">The trip that it is for, by its number.</param>
internal sealed record AmountEntry(long Trip)
{
    /// <summary>What nine digits can say; no fare has more.</summary>
    public const long Maximum = Core.Fares.Money.Maximum;

    public AmountMode Mode { get; init; }

    /// <summary>Minor units.</summary>
    public long Minor { get; init; }

    /// <summary>Why it is asked for.</summary>
    public AskedFor Why { get; init; }

    /// <summary>False while the amount is the one that was read, and no key has been pressed for it.</summary>
    public bool Touched { get; init; }

    /// <summary>Why the last confirm was not taken; gone with the next key.</summary>
    public AmountFault Fault { get; init; }
}

internal enum AmountMode
{
    /// <summary>Digits are keyed.</summary>
    Keying,

    /// <summary>Is that right?</summary>
    Confirming,

    /// <summary>No amount at all: really?</summary>
    Dropping,
}

/// <summary>Why an amount was not taken.</summary>
internal enum AmountFault
{
    None,

    /// <summary>Too small to be asked for.</summary>
    TooLittle,

    /// <summary>No fare comes to so much.</summary>
    TooMuch,
}
