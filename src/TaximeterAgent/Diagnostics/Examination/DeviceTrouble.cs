using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>A device that does not work: what its state means, and who has it.</summary>
/// <param name="Part">The part of the car that it is.</param>
/// <param name="Path">Its name in the file system; empty where it has none.</param>
/// <param name="Key">The key of the configuration that names it.</param>
/// <param name="Test">The command that tries it.</param>
internal sealed record DeviceTrouble(string Part, string Path, string Key, string Test)
{
    private string Mend => $"plug it in, or mend its name: {Grade.Command($"config explain {Key}")}";

    /// <summary>By the words of the agent that has it.</summary>
    /// <param name="device">What it says; one that has not said anything yet is not judged.</param>
    /// <param name="seesAll">True if every process can be looked at.</param>
    public Examined Of(DeviceReport device, bool seesAll)
    {
        if (device.Fitted == false)
            return Examined.Well;
        if (device.State == Reporting.UnknownState)
            return Examined.Unseen("it has not said anything yet; look again in some seconds");
        var state = Enum.GetValues<DeviceState>().Where(one => Kebab.Of(one) == device.State).Append(DeviceState.Unusable).First();
        return Of(new DeviceStatus(state, device.Message ?? device.State), seesAll);
    }

    public Examined Of(DeviceStatus device, bool seesAll) => device.State switch
    {
        DeviceState.Open => Examined.Well,
        DeviceState.Lost => Examined.Found(Finding.Red(FindingKind.DeviceMissing, Part, device.Message, "it was unplugged, or has no power", "check plug and cable; it is opened again by itself")),
        DeviceState.Missing => Examined.Found(Finding.Red(FindingKind.DeviceMissing, Part, device.Message, "it is not plugged in, has no power, or has another name", Mend)),
        DeviceState.Busy => Examined.Found(Busy(device.Message, seesAll)),
        DeviceState.Forbidden => Examined.Found(Finding.Red(
            FindingKind.DeviceForbidden, Part, device.Message, "the device's group is none of the agent's user", "look at its group: ls -lL; let the agent's user in: systemctl edit taximeter-agent, SupplementaryGroups=")),
        DeviceState.Stalled => Examined.Found(Finding.Red(
            FindingKind.DeviceStalled, Part, device.Message, "not connected behind its adapter, without power, or set to another address", $"check cable, power and address; then: {Grade.Command(Test)}")),
        _ => Examined.Found(Finding.Red(FindingKind.DeviceUnusable, Part, device.Message, $"{Key} names something else than is needed, or the device has a fault", $"mend its name: {Grade.Command($"config explain {Key}")}")),
    };

    /// <summary>Somebody else has it open, so that each hears a part; null if nobody does, as far as this user sees.</summary>
    /// <param name="agent">The process that may; 0 for none.</param>
    public Finding? Shared(int agent) =>
        Libc.TryStat(Path, out var facts) && facts.IsCharacterDevice && DeviceHolders.Besides(Path, agent) is { Count: > 0 } holders ? Held(holders) : null;

    private Finding Held(IReadOnlyList<string> holders) => Finding.Red(
        FindingKind.DeviceBusy, Part, $"{Path} is open in another program", $"{string.Join(", ", holders)} has it", "end that program, and keep it from starting: a console on the line is systemctl mask serial-getty@NAME");

    private Finding Busy(string seen, bool seesAll)
    {
        var holders = Path.Length == 0 ? [] : DeviceHolders.Of(Path);
        if (holders.Count > 0)
            return Held(holders) with { Seen = seen };
        return Finding.Red(
            FindingKind.DeviceBusy, Part, seen, seesAll ? "another program has it, and was gone when it was looked for" : "another program has it; as root the doctor says which",
            "end that program; it is opened again by itself");
    }
}
