namespace TaximeterAgent.Printer;

/// <summary>How it stands with a printer.</summary>
internal enum PrinterState
{
    /// <summary>It is there, and does not say how it stands: what is sent to it is most likely printed.</summary>
    Unknown,

    /// <summary>It says that it would print.</summary>
    Ready,

    /// <summary>It has no paper.</summary>
    NoPaper,

    /// <summary>Its cover is open.</summary>
    CoverOpen,

    /// <summary>It says that something else is wrong: its knife, its head.</summary>
    Fault,

    /// <summary>It is not to be had: unplugged, switched off, or it takes nothing.</summary>
    Off,
}

/// <summary>A printer as the driver's screens and the technician see it.</summary>
/// <param name="State">The state.</param>
/// <param name="Link">What became of the last link that was given to be printed.</param>
/// <param name="Waiting">Slips that wait to be printed, the one that is being printed among them.</param>
/// <param name="Dropped">Slips that were never printed since the start: there was no room for them, or they had waited for too long.</param>
internal sealed record PrinterStatus(PrinterState State, SlipState Link = SlipState.None, int Waiting = 0, long Dropped = 0)
{
    /// <summary>Without a printer, and before the first report of one.</summary>
    public static PrinterStatus None { get; } = new(PrinterState.Off);

    /// <summary>True if a slip that is given to it now is printed as far as anybody knows.</summary>
    public bool CanPrint => State is PrinterState.Ready or PrinterState.Unknown;
}

/// <summary>What became of a slip.</summary>
internal enum SlipState
{
    /// <summary>There is none, or it was forgotten.</summary>
    None,

    /// <summary>It waits: for the printer, for its paper, or for its turn.</summary>
    Waiting,

    /// <summary>The printer has taken all of it.</summary>
    Printed,

    /// <summary>It was never printed, and will not be: it waited for too long, or was lost with the printer in its midst.</summary>
    Dropped,
}
