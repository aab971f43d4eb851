using TaximeterAgent.Cli.Devices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Diagnostics.Examination;

/// <summary>A device of the driver's: by the word of the agent that has it, or where nobody runs one by opening it as the agent does.</summary>
/// <param name="part">Its name, as <c>status</c> has it.</param>
/// <param name="told">What a running agent says of it; null if the car has none.</param>
/// <param name="named">How it is named by the configuration.</param>
/// <param name="open">Opens it and gives its first word; null if the car has none.</param>
internal sealed class DeviceExamination(
    string part,
    Func<StatusReport, DeviceReport?> told,
    Func<AgentOptions?, DeviceTrouble> named,
    Func<AgentOptions, TimeProvider, CancellationToken, Task<DeviceStatus?>>? open) : Examination
{
    /// <summary>Keypad, display, and the lines beside the meter's.</summary>
    public static IReadOnlyList<Examination> All { get; } =
    [
        new DeviceExamination(
            "keypad",
            status => status.Keypad,
            options => new DeviceTrouble("keypad", PathOf(options, driver => driver.KeypadPlace), Configuration.Keys.KeypadDevice.Name, "keypad test"),
            KeypadAsync),
        new DeviceExamination(
            "display",
            status => status.Display,
            options => new DeviceTrouble("display", PathOf(options, driver => driver.DisplayPlace), Configuration.Keys.DisplayDevice.Name, "display test"),
            DisplayAsync),
        new DeviceExamination("signals", status => status.Signals, options => new DeviceTrouble("signals", options?.Signals.Chip ?? "", Configuration.Keys.SignalsChip.Name, "gpio watch"), open: null),
    ];

    public override string Part => part;

    public override string WaitsFor => $"the {part}";

    public override async Task<Examined> LookAsync(Patient patient, CancellationToken stop)
    {
        if (patient.Status is { } status)
            return told(status) is { } device ? named(patient.Options).Of(device, patient.SeesAll) : Examined.Well;
        if (patient.Options is not { } options)
            return Examined.Unseen("the configuration is wrong");
        if (open is null)
            return Examined.Well;
        if (!patient.NobodyRuns)
            return Examined.Unseen("an agent that does not answer may have it");
        var trouble = named(options);
        if (trouble.Shared(agent: 0) is { } shared)
            return Examined.Found(shared);
        return await open(options, patient.Time, stop) is { } first ? trouble.Of(first, patient.SeesAll) : Examined.Well;
    }

    private static string PathOf(AgentOptions? options, Func<DriverOptions, string> path) => options is null ? "" : path(options.Driver);

    private static async Task<DeviceStatus?> KeypadAsync(AgentOptions options, TimeProvider time, CancellationToken stop)
    {
        if (options.Driver.Keypad == KeypadKind.None)
            return null;
        using var pad = DriverDevices.Keypad(options, time);
        var reports = new KeypadReports();
        pad.Start(reports);
        return await reports.Reports.FirstAsync("The keypad", time, stop);
    }

    private static async Task<DeviceStatus?> DisplayAsync(AgentOptions options, TimeProvider time, CancellationToken stop)
    {
        // The terminal is a person's at this moment.
        if (options.Driver.Display is DisplayKind.None or DisplayKind.Terminal)
            return null;
        using var display = DriverDevices.Display(options.Driver, options.Car.Language, time);
        var reports = new DeviceReports();
        display.Start(reports.Add);
        return await reports.FirstAsync("The display", time, stop);
    }

    private sealed class KeypadReports : IKeypadEvents
    {
        public DeviceReports Reports { get; } = new();

        public void Pressed(Key key)
        {
            // Whoever presses keys now is not asked for any.
        }

        public void Changed(DeviceStatus status) => Reports.Add(status);
    }
}
