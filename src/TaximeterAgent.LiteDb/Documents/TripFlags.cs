namespace TaximeterAgent.LiteDb.Documents;

/// <summary>What trips are found by. One index over all of it: of nearly every trip it is 0, and those that somebody asks for are few.</summary>
[Flags]
internal enum TripFlags
{
    None = 0,

    /// <summary>Money or a request can still be out there, or someone has to be told.</summary>
    Open = 1,

    /// <summary>A new request could still be made.</summary>
    Unpaid = 2,

    /// <summary>A person has to look.</summary>
    Failed = 4,

    /// <summary>There are phone numbers in the state.</summary>
    Phones = 8,

    /// <summary>There are operations.</summary>
    Work = 16,
}
