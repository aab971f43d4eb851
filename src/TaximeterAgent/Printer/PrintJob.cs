namespace TaximeterAgent.Printer;

/// <summary>A slip that is to be printed.</summary>
/// <param name="Render">Makes its bytes. Called once, on the printer's own thread: to draw a code takes a while.</param>
/// <param name="IsLink">A link: the newest takes the place of one that waits.</param>
/// <param name="Until">After that it is not begun any more: a monotonic timestamp.</param>
internal sealed record PrintJob(Func<byte[]> Render, bool IsLink, long Until);
