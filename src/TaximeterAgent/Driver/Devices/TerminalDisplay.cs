namespace TaximeterAgent.Driver.Devices;

/// <summary>The display as a frame on the terminal that the agent runs on; for a workbench.</summary>
public sealed class TerminalDisplay : DeviceDisplay
{
    private const int StandardOutput = 1;
    private const string Title = "The display on this terminal";

    /// <param name="columns">Characters a line, 8 to 40.</param>
    /// <param name="rows">Lines, 1 to 4.</param>
    /// <param name="time">When to try again.</param>
    public TerminalDisplay(int columns, int rows, TimeProvider time)
        : this(columns, rows, StandardOutput, time)
    {
    }

    internal TerminalDisplay(int columns, int rows, int output, TimeProvider time)
        : base(Title, columns, rows, new TerminalPainter(columns, rows), () => Open(output), time)
    {
    }

    private static DeviceOpening Open(int output)
    {
        // The descriptor stays when the terminal behind it is gone: only asking shows it.
        Span<Libc.PollFd> polled = [new() { Descriptor = output }];
        if (Libc.Poll(polled, 1, 0) > 0)
            return DeviceOpening.Failed(DeviceState.Missing, $"{Title} has nobody behind it.");
        var copy = Libc.Duplicate(output);
        return copy < 0 ? DeviceOpening.FromError(Title, "", Libc.Error) : DeviceOpening.Of(copy, Title);
    }
}
