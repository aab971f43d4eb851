namespace TaximeterAgent.Meter.Print.Reading;

/// <summary>Why a print is not simply a fare: the driver is asked, nothing is guessed.</summary>
internal enum ReadingDoubt
{
    /// <summary>No line of it fits the template.</summary>
    Unrecognised,

    /// <summary>No amount that is due.</summary>
    NoTotal,

    /// <summary>Two different amounts that are due.</summary>
    TwoTotals,

    /// <summary>Two different values of something else that a receipt has once.</summary>
    TwoValues,

    /// <summary>Fare, supplements and tip are not the total, or VAT and what it is added to are not.</summary>
    DoesNotAddUp,

    /// <summary>Nothing on the receipt says the total a second time, in itself or as a sum: one damaged digit would not show.</summary>
    Unconfirmed,

    /// <summary>What a receipt is known again by is not on it: the trip's number, the start or the finish.</summary>
    NoIdentity,

    /// <summary>A date or time that there is not, or a finish before the start.</summary>
    WrongTime,

    /// <summary>The last line, or the first, is missing.</summary>
    Torn,

    /// <summary>Two prints in one: it begins or ends twice, or its lines are in a wrong order.</summary>
    Mixed,

    /// <summary>Bytes came damaged, or a command that is not known hides what it carries.</summary>
    Damaged,

    /// <summary>Longer than any receipt.</summary>
    TooLong,
}
