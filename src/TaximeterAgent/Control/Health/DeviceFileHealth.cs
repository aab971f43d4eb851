using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Control.Health;

/// <summary>A device by its name in the file system only. It is not opened: opening a serial line resets some meters, and whoever has it may not be disturbed.</summary>
internal static class DeviceFileHealth
{
    /// <param name="path">The device; empty for none.</param>
    /// <param name="key">The key of the configuration that names it.</param>
    /// <param name="test">The command that opens and tries it.</param>
    public static Grade Of(string path, string key, string test)
    {
        if (path.Length == 0)
            return Grade.Green($"none, by the configuration ({key})");
        var tried = $"try it: {Grade.Command(test)}";
        if (!path.StartsWith('/'))
            return Grade.Unknown($"{path}, not looked for", tried);
        return Libc.TryStat(path, out _)
            ? Grade.Unknown($"{path} is there; not opened", tried)
            : Grade.Red($"{path} {DeviceNames.WhyMissing(path)}", $"plug it in, or mend its name: {Grade.Command($"config explain {key}")}");
    }
}
