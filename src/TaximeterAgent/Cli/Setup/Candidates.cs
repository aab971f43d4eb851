using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Cli.Setup;

/// <summary>A device that could be meant.</summary>
/// <param name="Value">As the configuration names it.</param>
/// <param name="What">What it is, for people.</param>
internal sealed record Candidate(string Value, string What);

/// <summary>The devices that are there. Looks only: nothing is opened that another program would notice.</summary>
internal sealed class Candidates(IInputCalls calls, string devices = "/dev", string system = "/sys")
{
    private const int Most = 20;

    /// <summary>Serial lines: by the names that stay, and the board's own.</summary>
    public IReadOnlyList<Candidate> SerialLines()
    {
        var named = Names(devices).Where(path => Path.GetFileName(path).StartsWith("taximeter-", StringComparison.Ordinal));
        var stable = named.Concat(Names(Path.Combine(devices, "serial/by-id"))).Select(path => (Path: path, Target: Target(path))).ToList();
        var own = Names(devices).Where(path => IsOwnPort(Path.GetFileName(path)) && stable.All(known => known.Target != path));
        return
        [
            .. stable.Select(port => new Candidate(port.Path, $"{Adapter(Path.GetFileName(port.Path))}, now {port.Target}{Held(port.Target)}")),
            .. own.Select(path => new Candidate(path, $"{Own(Path.GetFileName(path))}{Held(path)}")),
        ];
    }

    /// <summary>Event devices that have digits, by the names that stay where there are such.</summary>
    public IReadOnlyList<Candidate> Keypads()
    {
        var found = new List<Candidate>();
        var stable = Names(Path.Combine(devices, "input")).Where(path => Path.GetFileName(path).StartsWith("taximeter-", StringComparison.Ordinal))
            .Concat(Names(Path.Combine(devices, "input/by-id")).Where(path => path.EndsWith("-event-kbd", StringComparison.Ordinal)))
            .Select(path => (Path: path, Target: Target(path))).ToList();
        foreach (var path in Names(Path.Combine(devices, "input")).Where(path => Path.GetFileName(path).StartsWith("event", StringComparison.Ordinal)))
        {
            var known = stable.Find(link => link.Target == path).Path;
            if (Name(path) is { } name && (known is not null || HasKeys(path)))
                found.Add(new Candidate(known ?? $"{InputDevices.ByName}{name}", $"{name}, now {path}"));
        }

        return [.. found.DistinctBy(candidate => candidate.Value)];
    }

    /// <summary>What a kind of display could be at.</summary>
    /// <param name="kind">The value of <see cref="Configuration.Keys.Display"/>.</param>
    public IReadOnlyList<Candidate> Displays(string kind) => kind switch
    {
        "lcd" => Path.Exists(Path.Combine(devices, "lcd")) ? [new Candidate(Configuration.Keys.DefaultDisplayDevice, "the kernel's character LCD")] : [],
        "pcf8574" or "character-lcd" => [.. Names(devices).Where(path => Path.GetFileName(path).StartsWith("i2c-", StringComparison.Ordinal)).Select(path => new Candidate(path, I2cName(path)))],
        "serial" => SerialLines(),
        _ => [],
    };

    /// <summary>Where a receipt printer could be: a USB printer's own device, or a serial line.</summary>
    public IReadOnlyList<Candidate> Printers() =>
    [
        .. Names(Path.Combine(devices, "usb")).Where(path => Path.GetFileName(path).StartsWith("lp", StringComparison.Ordinal)).Select(path => new Candidate(path, $"USB printer{Held(path)}")),
        .. SerialLines(),
    ];

    private static IReadOnlyList<string> Names(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Order(StringComparer.Ordinal).Take(4_096)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName ?? link;
        }
        catch (IOException)
        {
            return link;
        }
    }

    // usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0, or the package's own names
    private static string Adapter(string name) => name.StartsWith("usb-", StringComparison.Ordinal) ? "USB adapter " + name[4..].Replace('_', ' ') : "named by a udev rule";

    private static bool IsOwnPort(string name) =>
        name.StartsWith("ttyAMA", StringComparison.Ordinal) || name.StartsWith("ttymxc", StringComparison.Ordinal) || name.StartsWith("ttyUSB", StringComparison.Ordinal)
        || name.StartsWith("ttyACM", StringComparison.Ordinal) || name.StartsWith("ttyO", StringComparison.Ordinal) || name is "ttyS0" or "ttyS1" or "ttyS2" or "ttyS3" or "ttyS4" or "ttyS5";

    private static string Own(string name) => name.StartsWith("ttyUSB", StringComparison.Ordinal) || name.StartsWith("ttyACM", StringComparison.Ordinal)
        ? "USB adapter; this name may be another's after the next start"
        : "the board's own port";

    private static string Held(string path) => DeviceHolders.Of(path) is { Count: > 0 } holders ? $", in use by {string.Join(", ", holders)}" : "";

    private string? Name(string path)
    {
        var descriptor = Libc.Open(path, Libc.ReadOnly | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (descriptor < 0)
            return null;
        var done = calls.TryName(descriptor, out var name);
        Libc.Close(descriptor);
        return done ? name : null;
    }

    // The bits of EV_KEY, words of the machine's size, highest first; the lowest word holds the digits 1 to 0 (codes 2 to 11) and those of a number block (71 to 82).
    private bool HasKeys(string path)
    {
        try
        {
            var words = File.ReadAllText(Path.Combine(system, "class/input", Path.GetFileName(path), "device/capabilities/key")).Trim().Split(' ');
            return words.Length > 0 && ulong.TryParse(words[^1], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var low) && (low & 0xFFC) == 0xFFC;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string I2cName(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(system, "class/i2c-dev", Path.GetFileName(path), "name")).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "an I2C bus";
        }
    }

    /// <summary>So many are shown.</summary>
    public static IReadOnlyList<Candidate> Shortened(IReadOnlyList<Candidate> all) => [.. all.Take(Most)];
}
