namespace TaximeterAgent.Core.Phones;

/// <summary>Why what was keyed is not a number that can be asked for a payment.</summary>
public enum PhoneNumberFault
{
    None,

    /// <summary>Nothing was given.</summary>
    Empty,

    /// <summary>Something other than digits, spaces and a leading plus.</summary>
    NotDigits,

    /// <summary>More digits are needed.</summary>
    TooShort,

    /// <summary>Fewer digits are needed.</summary>
    TooLong,

    /// <summary>The length is right, but no mobile subscriber can have it.</summary>
    Impossible,
}
