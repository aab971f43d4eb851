using System.Globalization;
using System.Runtime.InteropServices;
using TaximeterAgent.Driver.Devices;
using static TaximeterAgent.Gpio.GpioAbi;

namespace TaximeterAgent.Gpio;

/// <summary>A GPIO chip's character device, open.</summary>
internal sealed class GpioChip : IDisposable
{
    /// <summary>Chips of one board, expanders included.</summary>
    public const int ChipsMaximum = 64;

    /// <summary>Lines of one chip; the largest there are have a few hundred.</summary>
    public const int ChipLinesMaximum = 1024;

    private const string Devices = "/dev";
    private const string Prefix = "gpiochip";

    private readonly int _descriptor;

    private GpioChip(string path, int descriptor, ChipInfo info)
    {
        Path = path;
        _descriptor = descriptor;
        Name = info.Name.ToString();
        Label = info.Label.ToString();
        Lines = (int)Math.Min(info.Lines, ChipLinesMaximum);
    }

    public string Path { get; }

    /// <summary>The kernel's name, <c>gpiochip0</c>.</summary>
    public string Name { get; }

    /// <summary>What it is, <c>pinctrl-bcm2711</c>; may be empty.</summary>
    public string Label { get; }

    public int Lines { get; }

    /// <summary>The chips' devices of this machine, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Paths() =>
    [
        .. Directory.EnumerateFileSystemEntries(Devices, Prefix + "*")
            .Select(path => (Path: path, Number: int.TryParse(System.IO.Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1))
            .Where(chip => chip.Number >= 0)
            .OrderBy(chip => chip.Number)
            .Take(ChipsMaximum)
            .Select(chip => chip.Path),
    ];

    /// <summary>Opens a chip by its device.</summary>
    /// <param name="path">The device.</param>
    /// <param name="chip">The chip, or null.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public static DeviceStatus? TryOpen(string path, out GpioChip? chip)
    {
        chip = null;
        var name = $"The GPIO chip {path}";
        var descriptor = Libc.Open(path, Libc.ReadWrite | Libc.CloseOnExec | Libc.NoControllingTerminal | Libc.NonBlocking, 0);
        if (descriptor < 0)
            return Refused(name, path, Libc.Error);
        var info = default(ChipInfo);
        if (!Libc.TryStat(descriptor, out var facts) || !facts.IsCharacterDevice || Control(descriptor, GetChipInfo, ref info) < 0)
        {
            Libc.Close(descriptor);
            return new DeviceStatus(DeviceState.Unusable, $"{name} is not a GPIO chip.");
        }

        chip = new GpioChip(path, descriptor, info);
        return null;
    }

    /// <summary>Opens a chip as the configuration names it: by device, name or label. A number may change with each start of the board; a label does not.</summary>
    public static DeviceStatus? TryFind(string named, out GpioChip? chip)
    {
        chip = null;
        if (named.StartsWith('/'))
            return TryOpen(named, out chip);
        DeviceStatus? trouble = null;
        var seen = new List<string>();
        foreach (var path in Paths())
        {
            if (TryOpen(path, out var candidate) is { } why)
            {
                trouble ??= why;
                continue;
            }

            if (candidate!.Name != named && candidate.Label != named)
            {
                seen.Add($"{candidate.Name} \"{candidate.Label}\"");
                candidate.Dispose();
                continue;
            }

            if (chip is not null)
            {
                var message = $"Two GPIO chips are called \"{named}\": {chip.Path} and {candidate.Path}. Name one by its device.";
                candidate.Dispose();
                chip.Dispose();
                chip = null;
                return new DeviceStatus(DeviceState.Unusable, message);
            }

            chip = candidate;
        }

        if (chip is not null)
            return null;
        return trouble ?? new DeviceStatus(DeviceState.Missing, $"There is no GPIO chip \"{named}\"; there {(seen.Count == 0 ? "is none at all" : $"are {string.Join(", ", seen)}")}.");
    }

    /// <summary>What is known of a line.</summary>
    /// <returns>False if the chip does not answer.</returns>
    public bool TryInfo(int offset, out LineInfo info)
    {
        info = new LineInfo { Offset = (uint)offset };
        return Control(_descriptor, GetLineInfo, ref info) >= 0;
    }

    /// <summary>Finds a line by offset or name.</summary>
    /// <returns>Why there is none; null if there is.</returns>
    public DeviceStatus? TryFindLine(string named, out uint offset)
    {
        offset = 0;
        if (named.Length > 0 && named.All(char.IsAsciiDigit))
        {
            return uint.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out offset) && offset < Lines
                ? null
                : new DeviceStatus(DeviceState.Unusable, $"The GPIO chip {Path} has lines 0 to {Lines - 1}, none {named}.");
        }

        var found = -1;
        for (var at = 0; at < Lines; at++)
        {
            if (!TryInfo(at, out var info) || info.Name.ToString() != named)
                continue;
            if (found >= 0)
                return new DeviceStatus(DeviceState.Unusable, $"Two lines of the GPIO chip {Path} are called \"{named}\": {found} and {at}. Name one by its number.");
            found = at;
        }

        if (found < 0)
            return new DeviceStatus(DeviceState.Unusable, $"The GPIO chip {Path} has no line \"{named}\".");
        offset = (uint)found;
        return null;
    }

    /// <summary>Asks for the lines of a plan.</summary>
    /// <param name="plan">Which, and how they are set up.</param>
    /// <param name="descriptor">What edges are read from; the caller's.</param>
    /// <param name="offsets">The lines' places on the chip, in the plan's order.</param>
    /// <returns>Why they were not granted; null if they were.</returns>
    public DeviceStatus? TryRequest(LinePlan plan, out int descriptor, out uint[] offsets)
    {
        descriptor = -1;
        var all = plan.All;
        offsets = new uint[all.Count];
        if (all.Count is 0 or > LinesMaximum)
            return new DeviceStatus(DeviceState.Unusable, $"1 to {LinesMaximum} lines of the GPIO chip {Path} can be asked for, not {all.Count}.");
        for (var i = 0; i < all.Count; i++)
        {
            if (TryFindLine(all[i], out offsets[i]) is { } none)
                return none;
            if (Array.IndexOf(offsets, offsets[i]) < i)
                return new DeviceStatus(DeviceState.Unusable, $"Line {offsets[i]} of the GPIO chip {Path} is asked for twice.");
        }

        var request = Request(plan, offsets);
        if (Control(_descriptor, GetLine, ref request) < 0)
            return Refused(offsets, Libc.Error);
        descriptor = request.Descriptor;
        Libc.SetNonBlocking(descriptor);
        return null;
    }

    public void Dispose() => Libc.Close(_descriptor);

    /// <summary>The request as the kernel is asked.</summary>
    internal static LineRequest Request(LinePlan plan, ReadOnlySpan<uint> offsets)
    {
        var request = new LineRequest { LineCount = (uint)offsets.Length };
        offsets.CopyTo(request.Offsets);
        request.Consumer.Set(LinePlan.Consumer);
        var common = plan.ActiveLow ? LineFlags.ActiveLow : LineFlags.None;
        var bias = plan.Bias switch
        {
            LineBias.PullUp => LineFlags.BiasPullUp,
            LineBias.PullDown => LineFlags.BiasPullDown,
            LineBias.Disabled => LineFlags.BiasDisabled,
            _ => LineFlags.None,
        };
        var input = common | bias | LineFlags.Input | LineFlags.EdgeRising | LineFlags.EdgeFalling;
        var output = common | LineFlags.Output | (plan.OpenDrain ? LineFlags.OpenDrain : LineFlags.None);
        request.Config.Flags = plan.Inputs.Count > 0 ? input : output;
        if (plan.Inputs.Count > 0 && plan.Outputs.Count > 0)
            Add(ref request.Config, new LineAttribute { Id = AttributeFlags, Flags = output }, plan.OutputMask);
        // Outputs begin inactive.
        if (plan.Outputs.Count > 0)
            Add(ref request.Config, new LineAttribute { Id = AttributeOutputValues, Values = 0 }, plan.OutputMask);
        if (plan.Debounce > TimeSpan.Zero && plan.Inputs.Count > 0)
            Add(ref request.Config, new LineAttribute { Id = AttributeDebounce, DebounceMicroseconds = (uint)Math.Min(plan.Debounce.TotalMicroseconds, uint.MaxValue) }, plan.InputMask);
        return request;
    }

    private static void Add(ref LineConfig config, LineAttribute attribute, ulong mask) =>
        config.Attributes[(int)config.AttributeCount++] = new ConfigAttribute { Attribute = attribute, Mask = mask };

    private DeviceStatus Refused(uint[] offsets, int error) => error switch
    {
        Libc.EBUSY => new DeviceStatus(DeviceState.Busy, $"{Holders(offsets)} of the GPIO chip {Path}."),
        Libc.ENODEV => new DeviceStatus(DeviceState.Lost, $"The GPIO chip {Path} is gone."),
        Libc.EINVAL or Libc.ENOTTY => new DeviceStatus(
            DeviceState.Unusable,
            $"The GPIO chip {Path} cannot do what is asked of its lines {string.Join(", ", offsets)} (pull resistor, open drain, edges), or the kernel is older than Linux 5.10."),
        Libc.EPERM or Libc.EACCES => new DeviceStatus(DeviceState.Forbidden, $"The lines {string.Join(", ", offsets)} of the GPIO chip {Path} may not be used."),
        _ => new DeviceStatus(DeviceState.Unusable, $"The lines {string.Join(", ", offsets)} of the GPIO chip {Path} cannot be had: {Libc.ErrorText(error)}."),
    };

    private string Holders(uint[] offsets)
    {
        var holders = offsets
            .Where(offset => TryInfo((int)offset, out var info) && info.Flags.HasFlag(LineFlags.Used))
            .Select(offset => TryInfo((int)offset, out var info) && info.Consumer.ToString() is { Length: > 0 } who ? $"\"{who}\" holds line {offset}" : $"Somebody holds line {offset}")
            .ToList();
        return holders.Count == 0 ? "Somebody held a line just now" : string.Join("; ", holders);
    }

    private static DeviceStatus Refused(string name, string path, int error)
    {
        var status = DeviceOpening.FromError(name, path, error).Status;
        // Debian gives the chips to root alone; Raspberry Pi OS to the group that its udev rule names.
        return status.State == DeviceState.Forbidden && status.Message.EndsWith("no group.", StringComparison.Ordinal)
            ? status with { Message = $"{status.Message[..^1]}; a udev rule gives it to the group gpio, of which the agent's user then has to be." }
            : status;
    }

    private static int Control<T>(int descriptor, nuint request, ref T argument)
        where T : unmanaged =>
        Libc.Control(descriptor, request, MemoryMarshal.AsBytes(new Span<T>(ref argument)));
}
