namespace TaximeterAgent.Meter.Print.Desk;

/// <summary>What has been printed since the agent started.</summary>
/// <param name="Fares">Receipts that were fares without a question.</param>
/// <param name="Asked">Prints that the driver was asked about.</param>
/// <param name="Repeats">Receipts and copies that were known.</param>
/// <param name="Reports">Reports.</param>
/// <param name="DoubtfulInARow">Prints in doubt since the last that was understood.</param>
internal readonly record struct PrintTally(long Fares, long Asked, long Repeats, long Reports, long DoubtfulInARow);
