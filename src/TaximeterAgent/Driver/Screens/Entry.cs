using TaximeterAgent.Core.Phones;

namespace TaximeterAgent.Driver.Screens;

/// <summary>What the driver has typed so far, and for which trip: the one that was shown when the first key was pressed.</summary>
/// <param name="Trip">The trip's key.</param>
/// <param name="Mode">What is being asked.</param>
internal sealed record Entry(long Trip, EntryMode Mode)
{
    /// <summary>International numbers have at most 15 digits behind <c>00</c>.</summary>
    public const int DigitsMaximum = 17;

    public string Digits { get; init; } = "";

    /// <summary>The last key was a confirm that was not taken, because digits are missing; gone with the next key.</summary>
    public bool TooShort { get; init; }

    /// <summary>What cannot become a number any more, whatever is keyed next.</summary>
    public PhoneNumberFault FaultIn(Country country)
    {
        // A single 0 may be the first of the two that come before a country's code.
        var fault = Digits == "0" ? PhoneNumberFault.None : PhoneNumber.Parse(Digits, country, out _);
        return fault is PhoneNumberFault.TooLong or PhoneNumberFault.Impossible ? fault : TooShort ? PhoneNumberFault.TooShort : PhoneNumberFault.None;
    }

    /// <summary>True if it stands for a code on paper: no number begins with a single 0.</summary>
    public bool IsCode => Digits == "0";

    /// <summary>True if it is a number that can be asked for a payment.</summary>
    public bool IsNumber(Country country) => PhoneNumber.Parse(Digits, country, out _) == PhoneNumberFault.None;
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
