namespace TaximeterAgent.Driver.Devices;

/// <summary>A character display behind the kernel's character LCD device (<c>/dev/lcd</c>), or a FIFO in its place.</summary>
public sealed class LcdDisplay : DeviceDisplay
{
    /// <param name="path">The device.</param>
    /// <param name="columns">Characters a line, 8 to 40.</param>
    /// <param name="rows">Lines, 1 to 4.</param>
    /// <param name="language">Whose letters are drawn: <c>nb</c>, <c>da</c>, <c>sv</c>, <c>fi</c>.</param>
    /// <param name="time">When to try again.</param>
    public LcdDisplay(string path, int columns, int rows, string language, TimeProvider time)
        : base(Name(path), columns, rows, new LcdPainter(columns, rows, GlyphSet.Of(language)), () => Open(path), time)
    {
    }

    private static string Name(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return $"The display {path}";
    }

    private static DeviceOpening Open(string path)
    {
        var descriptor = Libc.Open(path, Libc.WriteOnly | Libc.NonBlocking | Libc.CloseOnExec | Libc.NoControllingTerminal, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(Name(path), path, Libc.Error);
        if (Libc.TryStat(descriptor, out var facts) && (facts.IsCharacterDevice || facts.IsFifo))
            return DeviceOpening.Of(descriptor, Name(path));
        Libc.Close(descriptor);
        return DeviceOpening.Failed(DeviceState.Unusable, $"{Name(path)} is neither a character device nor a FIFO.");
    }
}
