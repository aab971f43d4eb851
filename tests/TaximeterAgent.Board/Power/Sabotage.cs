namespace TaximeterAgent.Board.Power;

/// <summary>What is broken on purpose, and has to be found.</summary>
internal static class Sabotage
{
    /// <summary>The disk drops what it was told to flush, too.</summary>
    public const string LyingDisk = "lying-disk";

    /// <summary>The unit lacks its line for the LCD's port.</summary>
    public const string NoLcd = "no-lcd";

    /// <summary>The unit lacks its line for GPIO chips.</summary>
    public const string NoGpio = "no-gpio";

    /// <summary>Nothing comes of what is pressed or closed at the GPIO lines, nor of the keypad.</summary>
    public const string CutWire = "cut-wire";

    private const string DropIns = "/etc/systemd/system/taximeter-agent.service.d";

    // All that the package allows, less char-gpiochip; after the others by its name.
    private const string WithoutGpio = """
        [Service]
        DeviceAllow=
        DeviceAllow=char-tty[A-Z]* rw
        DeviceAllow=char-input rw
        DeviceAllow=char-misc w
        DeviceAllow=char-virtio-portsdev w
        """;

    public static IReadOnlyList<string> All { get; } = [LyingDisk, NoLcd, NoGpio, CutWire];

    /// <summary>Breaks what of it is on the board's disk.</summary>
    /// <param name="sabotage">Which; null for none.</param>
    /// <param name="disk">A file system of a board that was never on.</param>
    public static async Task BreakAsync(string? sabotage, string disk)
    {
        if (sabotage == NoLcd)
            await DebugAsync($"rm {DropIns}/lcd.conf");
        if (sabotage != NoGpio)
            return;
        string file = disk + ".drop-in";
        await File.WriteAllTextAsync(file, WithoutGpio + "\n");
        await DebugAsync($"write {file} {DropIns}/no-gpio.conf");
        File.Delete(file);

        Task DebugAsync(string request) => Tool.RunAsync("debugfs", "-w", "-R", request, disk);
    }
}
