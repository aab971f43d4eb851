using System.Globalization;

namespace TaximeterAgent.Board.Power;

/// <summary>The board: what QEMU is told.</summary>
internal static class QemuCommand
{
    public const string Program = "qemu-system-x86_64";

    /// <param name="image">What it starts from.</param>
    /// <param name="places">The board's own files.</param>
    /// <param name="life">Which time the power comes.</param>
    /// <param name="wires">What is wired to it.</param>
    /// <param name="switches">What is different this time.</param>
    /// <param name="cut">True: the wires of keys and contacts are cut.</param>
    public static IReadOnlyList<string> Of(BoardImage image, BoardPlaces places, int life, Wires wires, BoardSwitches switches, bool cut = false) =>
    [
        Program,
        "-accel", switches.Accelerator, "-cpu", switches.Accelerator.StartsWith("kvm", StringComparison.Ordinal) ? "host" : "qemu64,-svm",
        "-M", "pc", "-m", "512", "-smp", "1", "-display", "none", "-nodefaults", "-no-user-config", "-no-reboot",
        "-rtc", "base=" + switches.Clock,
        "-kernel", image.Kernel, .. image.Initrd is { } initrd ? (string[])["-initrd", initrd] : [],
        "-append", string.Join(' ', ((string[])[Words(life), wires.KernelWords, switches.KernelWords]).Where(words => words.Length > 0)),
        // The disk. IDE has one request at a time, so that the log has no holes. That QEMU itself flushes nothing to this machine's disk costs nothing: it is killed, this machine is not.
        "-blockdev", $"driver=file,filename={places.Log},node-name=log,cache.no-flush=on",
        "-blockdev", $"driver=qcow2,node-name=overlay,cache.no-flush=on,file.driver=file,file.filename={places.Overlay}",
        "-blockdev", "driver=blklogwrites,node-name=disk,file=overlay,log=log,log-sector-size=512,log-super-update-interval=1",
        "-device", "ide-hd,drive=disk,bus=ide.0",
        "-blockdev", $"driver=raw,node-name=config,read-only=on,file.driver=file,file.filename={places.Configuration}",
        "-device", "virtio-blk-pci,drive=config",
        // Two 16550: the console, and the meter's.
        "-chardev", $"file,id=console,path={places.Console(life)}", "-serial", "chardev:console",
        "-chardev", wires.Line is { } line ? $"serial,id=meter,path={line}" : "null,id=meter", "-serial", "chardev:meter",
        "-device", "virtio-serial-pci",
        "-chardev", cut ? "null,id=keypad" : $"pipe,id=keypad,path={places.Keypad}", "-device", "virtserialport,chardev=keypad,name=keypad",
        "-chardev", cut || wires.Contacts is null ? "null,id=contacts" : $"pipe,id=contacts,path={places.Contacts}", "-device", "virtserialport,chardev=contacts,name=contacts",
        "-chardev", $"file,id=lcd,path={places.Display}", "-device", "virtserialport,chardev=lcd,name=lcd",
        "-chardev", $"socket,id=shell,path={places.Shell},server=on,wait=off", "-device", "virtserialport,chardev=shell,name=shell",
        // A car's modem: the payment service is this machine's loopback.
        "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=nic",
        "-qmp", $"unix:{places.Monitor},server=on,wait=off",
    ];

    private static string Words(int life) =>
        string.Create(CultureInfo.InvariantCulture, $"root=/dev/sda ro console=ttyS0 loglevel=4 random.trust_cpu=on mitigations=off board.life={life}");
}

/// <summary>What a scenario changes of the board from its next start on: environment variables of the agent's process, which is the board.</summary>
internal sealed record BoardSwitches(string Accelerator, string Clock, string KernelWords)
{
    public const string ClockVariable = "BOARD_CLOCK";
    public const string KernelVariable = "BOARD_KERNEL";
    public const string AcceleratorVariable = "BOARD_ACCEL";

    /// <summary>Software emulation, which every machine can.</summary>
    public const string Emulated = "tcg,thread=multi";

    public static BoardSwitches FromEnvironment(string accelerator, Func<string, string?> variable) => new(
        accelerator, variable(ClockVariable) is { Length: > 0 } clock ? clock : "utc", variable(KernelVariable) ?? "");
}
