namespace TaximeterAgent.Printer;

/// <summary>The status that a printer answers at once when it is asked, whatever else it does: <c>DLE EOT n</c> and one byte.</summary>
internal static class PrinterAnswer
{
    /// <summary>What keeps it from printing.</summary>
    public const byte Cause = 2;

    /// <summary>The paper's sensors.</summary>
    public const byte Paper = 4;

    // Bits that are the same in every such answer: nothing else that a printer sends looks like one.
    private const byte Fixed = 0x93;
    private const byte FixedValue = 0x12;

    private const byte CoverOpen = 0x04;
    private const byte StoppedForPaper = 0x20;
    private const byte Error = 0x40;
    private const byte NoPaper = 0x60;

    public static byte[] Question(byte part) => [0x10, 0x04, part];

    public static bool IsOne(byte answer) => (answer & Fixed) == FixedValue;

    /// <summary>What the two answers mean together.</summary>
    /// <param name="cause">The answer to <see cref="Cause"/>.</param>
    /// <param name="paper">The answer to <see cref="Paper"/>.</param>
    public static PrinterState Read(byte cause, byte paper)
    {
        if ((cause & CoverOpen) != 0)
            return PrinterState.CoverOpen;
        if ((cause & StoppedForPaper) != 0 || (paper & NoPaper) != 0)
            return PrinterState.NoPaper;
        return (cause & Error) != 0 ? PrinterState.Fault : PrinterState.Ready;
    }
}
