using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Driver;

/// <summary>What the driver's desk is told of its car, besides what the engine knows.</summary>
internal sealed record DeskOptions
{
    /// <summary>Characters a line of the display.</summary>
    public int Columns { get; init; } = Screen.LeastColumns;

    /// <summary>Lines of the display.</summary>
    public int Rows { get; init; } = Screen.LeastRows;

    /// <summary>The payment app's name.</summary>
    public string Brand { get; init; } = "Vipps";

    /// <summary>What lets the driver refund the last trip; empty for no refund by the driver.</summary>
    public string RefundPin { get; init; } = "";

    /// <summary>Switches the display's light; null for a display whose light is not ours to switch.</summary>
    public Action<bool>? Light { get; init; }

    /// <summary>Paper for the customer: where there is some, a code is offered to who does not want to say a number.</summary>
    public ICustomerPrinter Printer { get; init; } = new NoPrinter();

    /// <summary>The last trips that were paid, newest first, at most so many.</summary>
    public Func<int, IReadOnlyList<MenuTrip>> LastPaid { get; init; } = _ => [];

    /// <summary>When a receipt is printed.</summary>
    public ReceiptPrinting Receipt { get; init; }

    /// <summary>True if a trip's receipt was given to the printer before, as its history has it.</summary>
    public Func<long, bool> ReceiptGiven { get; init; } = _ => false;

    /// <summary>How often a screen that moves is drawn anew; a second is what the driver sees, the CPU is not woken more often.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Without the PIN, which a record would print.</summary>
    public override string ToString() => $"{nameof(DeskOptions)} {{ {Columns}x{Rows} }}";
}
