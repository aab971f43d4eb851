using System.Globalization;

namespace TaximeterAgent.Driver.Devices;

/// <summary>The outcome of trying to open a device: a descriptor, or why there is none.</summary>
/// <param name="Descriptor">Open, or -1.</param>
/// <param name="Status">What to tell.</param>
internal readonly record struct DeviceOpening(int Descriptor, DeviceStatus Status)
{
    private const ushort GroupReadWrite = 0x30; // 0060

    public static DeviceOpening Of(int descriptor, string device) => new(descriptor, new DeviceStatus(DeviceState.Open, $"{device} is open."));

    public static DeviceOpening Failed(DeviceState state, string message) => new(-1, new DeviceStatus(state, message));

    /// <summary>Says what the error of <c>open</c> means for this device.</summary>
    /// <param name="device">What it is, for people: <c>The meter's line /dev/ttyUSB0</c>.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="error">The kernel's error number.</param>
    /// <param name="holders">Finds out who has it, for one that is busy; by itself it looks anew each time.</param>
    public static DeviceOpening FromError(string device, string path, int error, Func<string, IReadOnlyList<string>>? holders = null) => error switch
    {
        Libc.ENOENT or Libc.ENOTDIR or Libc.ELOOP => Failed(DeviceState.Missing, $"{device} {DeviceNames.WhyMissing(path)}."),
        Libc.ENXIO or Libc.ENODEV or Libc.EIO => Failed(DeviceState.Missing, $"{device} has no hardware behind it."),
        Libc.EBUSY or Libc.EAGAIN => Failed(DeviceState.Busy, $"{device} is in use by {Named((holders ?? DeviceHolders.Of)(path))}."),
        Libc.EACCES => Failed(DeviceState.Forbidden, $"{device} may not be opened: {WhoMay(path)}."),
        // A file's owner and mode are asked first: who is refused after that is refused by the unit.
        Libc.EPERM => Failed(DeviceState.Forbidden, $"{device} may not be opened: the agent's unit does not allow it. It needs a line DeviceAllow= (systemctl edit taximeter-agent)."),
        _ => Failed(DeviceState.Unusable, $"{device} cannot be opened: {Libc.ErrorText(error)}."),
    };

    // Other users' processes do not show to us what they have open.
    private static string Named(IReadOnlyList<string> holders) =>
        holders.Count > 0 ? string.Join(", ", holders) : "another program: a second agent, a console or a modem manager";

    private static string WhoMay(string path)
    {
        if (!Libc.TryStat(path, out var facts))
            return "the agent's user may not enter its directory";
        var mode = Convert.ToString(facts.Mode & 0x1FF, 8);
        return facts.Group != 0 && (facts.Mode & GroupReadWrite) == GroupReadWrite
            ? $"the agent's user needs the group {GroupFile.NameOf(GroupFile.Here, facts.Group)}"
            : $"its mode {mode} lets only the user {facts.User.ToString(CultureInfo.InvariantCulture)} in, no group";
    }
}
