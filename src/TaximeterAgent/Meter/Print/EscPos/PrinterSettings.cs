namespace TaximeterAgent.Meter.Print.EscPos;

/// <summary>How the meter's printer takes what it is sent, where the bytes themselves do not say.</summary>
internal sealed record PrinterSettings
{
    /// <summary>The code page until <c>ESC t</c> chooses another.</summary>
    public int CodePage { get; init; } = 437;

    /// <summary>The national set until <c>ESC R</c> chooses another.</summary>
    public int National { get; init; }

    /// <summary>Numbers of <c>ESC t</c> that mean another code page than usual.</summary>
    public IReadOnlyDictionary<int, int> CodePageNumbers { get; init; } = new Dictionary<int, int>();

    /// <summary>True if the meter fills time with bytes of zero. Otherwise such a byte is one that came damaged.</summary>
    public bool ZerosArePadding { get; init; }

    /// <summary>Commands that are not the standard's: their first two bytes, and how many follow.</summary>
    public IReadOnlyDictionary<(byte First, byte Second), int> Commands { get; init; } = new Dictionary<(byte First, byte Second), int>();
}
