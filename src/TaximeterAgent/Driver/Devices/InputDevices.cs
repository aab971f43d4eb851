namespace TaximeterAgent.Driver.Devices;

/// <summary>Opens the keypad's event device, by its path or by the name that it gives itself.</summary>
/// <param name="Directory">Where the kernel's event devices are.</param>
internal sealed record InputDevices(IInputCalls Calls, string Directory = InputDevices.KernelDirectory)
{
    /// <summary>What a device begins with that is a name and no path.</summary>
    public const string ByName = "name:";

    /// <summary>The kernel's names for event devices, <c>event0</c> and so on; more are not looked at.</summary>
    public const int DevicesMaximum = 256;

    private const string KernelDirectory = "/dev/input";
    private const int Flags = Libc.NonBlocking | Libc.CloseOnExec | Libc.NoControllingTerminal;

    public DeviceOpening Open(string device, bool allowFifo) =>
        device.StartsWith(ByName, StringComparison.Ordinal) ? OpenByName(device) : OpenPath(Name(device), device, allowFifo);

    public static string Name(string device) =>
        device.StartsWith(ByName, StringComparison.Ordinal) ? $"The keypad \"{device[ByName.Length..]}\"" : $"The keypad {device}";

    // A pad of several functions is several devices of similar names; the one that has exactly this name, the lowest number first.
    private DeviceOpening OpenByName(string device)
    {
        var (name, wanted) = (Name(device), device[ByName.Length..]);
        string? refused = null;
        foreach (var path in EventDevices())
        {
            var descriptor = Libc.Open(path, Libc.ReadOnly | Flags, 0);
            if (descriptor < 0)
            {
                refused = Libc.Error is Libc.EACCES or Libc.EPERM ? path : refused;
                continue;
            }

            var found = Calls.TryName(descriptor, out var called) && called == wanted;
            Libc.Close(descriptor);
            if (found)
                return OpenPath($"{name} ({path})", path, allowFifo: false);
        }

        return refused is null
            ? DeviceOpening.Failed(DeviceState.Missing, $"{name} is not there: no device in {Directory} has this name.")
            : DeviceOpening.FromError($"{name} is not among what may be looked at; {refused}", refused, Libc.EACCES);
    }

    private List<string> EventDevices()
    {
        try
        {
            return [.. System.IO.Directory.EnumerateFileSystemEntries(Directory, "event*").Take(DevicesMaximum).OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return []; // no input device at all, or none for this user: there is none of this name either
        }
    }

    private DeviceOpening OpenPath(string name, string path, bool allowFifo)
    {
        // A FIFO that is open for both directions never ends when its writer goes.
        var fifo = Libc.TryStat(path, out var before) && before.IsFifo;
        if (fifo && !allowFifo)
            return DeviceOpening.Failed(DeviceState.Unusable, $"{name} is a FIFO, not an input device; a test sets Driver:KeypadFifo.");

        // Writing is for the NumLock light alone; a real pad may only be readable.
        var descriptor = Libc.Open(path, Libc.ReadWrite | Flags, 0);
        if (descriptor < 0 && !fifo && Libc.Error is Libc.EACCES or Libc.EPERM)
            descriptor = Libc.Open(path, Libc.ReadOnly | Flags, 0);
        if (descriptor < 0)
            return DeviceOpening.FromError(name, path, Libc.Error);
        if (fifo || TakePad(name, descriptor, allowFifo) is not { } refused)
            return DeviceOpening.Of(descriptor, name);
        Libc.Close(descriptor);
        return refused;
    }

    private DeviceOpening? TakePad(string name, int descriptor, bool allowTerminal)
    {
        if (!Libc.TryStat(descriptor, out var facts) || !facts.IsCharacterDevice)
            return NoInputDevice(name);
        switch (Calls.Grab(descriptor))
        {
            case 0:
                Calls.LightNumLock(descriptor);
                return null;
            case Libc.EBUSY:
                return DeviceOpening.Failed(DeviceState.Busy, $"{name} is grabbed by another program: a second agent, a remapper or a desktop.");
            case Libc.ENODEV:
                return DeviceOpening.Failed(DeviceState.Missing, $"{name} was unplugged just now.");
            default:
                return allowTerminal && Meter.Serial.TerminalSettings.RawUnmarked(PlainSpeed).TrySet(descriptor) ? null : NoInputDevice(name);
        }
    }

    /// <summary>A pseudo terminal that stands in for a pad has no speed; any will do.</summary>
    private const int PlainSpeed = 115_200;

    private static DeviceOpening NoInputDevice(string name) => DeviceOpening.Failed(DeviceState.Unusable, $"{name} is not an input device.");
}
