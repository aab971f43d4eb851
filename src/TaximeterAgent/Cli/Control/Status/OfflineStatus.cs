using System.Text.Json;
using TaximeterAgent.Cli.Output;
using TaximeterAgent.Cli.SystemTools;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Cli.Control.Status;

/// <summary>
/// What can be said of the car while no agent answers: by systemd, the configuration, the names of the devices, the disk and a copy of the outbox. Opens no device and
/// changes nothing.
/// </summary>
internal static class OfflineStatus
{
    private const string OnlyTheAgent = "only the running agent knows";

    /// <summary>Looks.</summary>
    /// <param name="why">Why no agent answers.</param>
    /// <param name="socket">Where it was asked.</param>
    /// <param name="file">The configuration.</param>
    /// <param name="copied">Looks at outbox and trips; it gets the outbox's directory.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ctrl+C.</param>
    public static async Task<Picture> LookAsync(string why, string socket, string file, Func<string, CancellationToken, CopiedParts> copied, TimeProvider time, CancellationToken stop)
    {
        var unit = await SystemdUnit.AskAsync(stop);
        var configuration = ConfigurationLoader.Load(file);
        var directory = configuration.TextOf(Keys.OutboxDirectory);
        var outbox = copied(directory, stop);
        var now = time.GetUtcNow();
        var parts = Parts(unit, socket, configuration, directory, outbox, now).ToList();
        var output = new OfflineStatusOutput(
            false,
            why,
            Banner.Version,
            now,
            parts,
            unit is null ? null : new UnitOutput(unit.LoadState, unit.ActiveState, unit.SubState, unit.Result, unit.ExitCode, unit.Restarts),
            outbox.Source);
        var car = configuration.Options is { } options ? $", car {options.Car.Id}" : "";
        return new Picture($"{CommandLine.Name}{car}, {Text.Minute(now)}, NO AGENT ANSWERS", parts, JsonSerializer.Serialize(output, CliAnswer.Context.OfflineStatusOutput));
    }

    private static IEnumerable<PartReport> Parts(UnitFacts? unit, string socket, ConfigurationReport configuration, string directory, CopiedParts outbox, DateTimeOffset now)
    {
        yield return UnitHealth.Of(unit, socket).As(CarHealth.Service);
        yield return ConfigurationHealth.Of(configuration).As("configuration");
        if (configuration.Options is { } options)
        {
            foreach (var device in Devices(options))
                yield return device;
        }

        var service = Grade.Unknown(OnlyTheAgent, $"see which step fails: {Grade.Command("network test")}");
        yield return service.As(CarHealth.Network);
        IReadOnlyList<string> missing = [.. configuration.Missing.Select(key => key.Where)];
        yield return (KeysHealth.Of(missing) ?? service).As(CarHealth.Token);
        yield return (KeysHealth.Of(missing) ?? service).As(CarHealth.EPayment);
        yield return outbox.Outbox;
        yield return outbox.Trips;
        yield return ClockHealth.Of(new ClockReport { Now = now, UptimeSeconds = 0, CorrectedBySeconds = 0 }).As("clock");
        yield return DiskHealth.Of(DiskSpace.Of(directory)).As(CarHealth.Disk);
        yield return VersionHealth.Of(Banner.Version, Outbox.Schema.Newest, System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription, null).As(CarHealth.Version);
    }

    private static IEnumerable<PartReport> Devices(AgentOptions options)
    {
        var (meter, driver) = (options.Meter, options.Driver);
        yield return (meter.Source == MeterSource.Contacts
            ? DeviceFileHealth.Of(meter.Contacts.Chip, Keys.ContactsChip.Name, "gpio watch")
            : DeviceFileHealth.Of(meter.Serial.Port, Keys.SerialPort.Name, "meter test")).As("meter");
        yield return DeviceFileHealth.Of(
            driver.Keypad == KeypadKind.None ? "" : driver.KeypadPlace,
            driver.Keypad == KeypadKind.InputEvents ? Keys.KeypadDevice.Name : Keys.Keypad.Name,
            "keypad test").As("keypad");
        yield return DeviceFileHealth.Of(
            driver.Display is DisplayKind.None or DisplayKind.Terminal ? "" : driver.DisplayPlace,
            driver.Display == DisplayKind.None ? Keys.Display.Name : Keys.DisplayDevice.Name,
            "display test").As("display");
        if (options.Printer.Port.Length == 0)
            yield break;
        var printer = DeviceFileHealth.Of(options.Printer.Port, Keys.PrinterPort.Name, PrinterHealth.Test);
        // No paper keeps nobody from paying.
        yield return (printer.Level == Level.Red ? printer with { Level = Level.Yellow } : printer).As("printer");
    }
}
