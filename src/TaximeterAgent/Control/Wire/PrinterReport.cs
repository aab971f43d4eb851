namespace TaximeterAgent.Control.Wire;

/// <summary>The printer for the customer's paper.</summary>
internal sealed record PrinterReport
{
    /// <summary>The way to it; with <see cref="InLine"/> the ports to the meter and to the printer, which are open both or neither.</summary>
    public required DeviceReport Port { get; init; }

    /// <summary>What it says of itself: <c>ready</c>, <c>no-paper</c>, <c>cover-open</c> or <c>fault</c>; <c>off</c> if it cannot be had; <c>unknown</c> of one that says nothing.</summary>
    public required string State { get; init; }

    /// <summary>True where it is the meter's own printer and the agent sits in its line; while the ports are not open the bypass connects the two.</summary>
    public required bool InLine { get; init; }

    /// <summary>Slips that wait to be printed, the one that is being printed among them.</summary>
    public required int Waiting { get; init; }

    /// <summary>Slips that were never printed since the agent started.</summary>
    public required long Dropped { get; init; }
}
