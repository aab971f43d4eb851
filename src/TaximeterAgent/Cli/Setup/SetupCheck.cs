using TaximeterAgent.Cli.Control;
using TaximeterAgent.Cli.Devices;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Diagnostics.Network;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting;
using TaximeterAgent.Meter.Serial;
using AgentOptions = TaximeterAgent.Configuration.AgentOptions;

namespace TaximeterAgent.Cli.Setup;

/// <summary>Looks at everything once: files, devices, and whether the payment service takes the keys. Through the running agent, where it holds the devices.</summary>
internal sealed class SetupCheck(Places places, AgentOptions options, IReadOnlyCollection<string> secrets, TextWriter error, TimeProvider time)
{
    private const string Ok = "ok";
    private const string Wrong = "wrong";
    private const string Skipped = "skipped";

    private const string NoSuch = "there is none";

    // To open its ports is to hold the bypass.
    private const string OnlyTheAgent = "only the running agent takes it; print a receipt";

    /// <summary>For each step on the way to the payment service.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<SetupStep>> RunAsync(CancellationToken stop)
    {
        var steps = new List<SetupStep> { new("configuration", Ok, places.Known), Files() };
        if (!places.IsThisBoard)
            return [.. steps, new SetupStep("devices and network", Skipped, $"they are not those of {places.Root}")];
        steps.AddRange(await DevicesAsync(stop));
        steps.Add(await ServiceAsync(stop));
        return steps;
    }

    private SetupStep Files()
    {
        if (new Writing(places, time).WrongAccess().FirstOrDefault() is { Path: { } path })
            return new SetupStep("files", Wrong, $"{path} has another owner or mode than it should");
        // A file elsewhere is not the service's.
        return Environment.IsPrivilegedProcess && places.Group is null && places.Known == ConfigurationLoader.DefaultFile
            ? new SetupStep("files", Wrong, $"there is no group {CommandLine.Name}, so that the agent's user cannot read {places.Known}: install the package, then run this again")
            : new SetupStep("files", Ok, places.Group is null ? "for this user alone" : $"for root, and the configuration for the group {CommandLine.Name}");
    }

    private async Task<IReadOnlyList<SetupStep>> DevicesAsync(CancellationToken stop)
    {
        try
        {
            using var client = new AgentClient(options.Control.Socket, error);
            var (status, _) = await client.GetAsync("/v1/status", ControlJson.Default.StatusReport, stop);
            return [OfAgent("meter", status.Meter.Line), OfAgent("keypad", status.Keypad), OfAgent("display", status.Display), OfAgent(status.Printer)];
        }
        catch (CommandFailedException fault) when (fault.NoAgent)
        {
            return [await MeterAsync(stop), await KeypadAsync(stop), await DisplayAsync(stop), await PrinterAsync(stop)];
        }
        catch (CommandFailedException fault)
        {
            return [new SetupStep("devices", Skipped, fault.Message)];
        }
    }

    // It still runs with the configuration that it was started with.
    private static SetupStep OfAgent(string what, DeviceReport device) => new(
        what, device.State is "open" or "unknown" ? Ok : Wrong, $"as the running agent has it: {device.Message ?? device.State}");

    private static SetupStep OfAgent(PrinterReport? printer) => printer is null ? new SetupStep("printer", Skipped, NoSuch) : OfAgent("printer", printer.Port);

    private async Task<SetupStep> MeterAsync(CancellationToken stop)
    {
        if (options.Meter.Serial.Port.Length == 0 && options.Meter.Source == MeterSource.ReceiptPrinter)
            return new SetupStep("meter", Skipped, $"heard on its printer's line: {OnlyTheAgent}");
        if (options.Meter.Source == MeterSource.Contacts)
            return new SetupStep("meter", Skipped, $"contacts: {CommandLine.Name} gpio watch shows them");
        var serial = options.Meter.Serial;
        using var line = SerialLines.Of(serial.Driver, SerialLines.Options(serial), time, othersFirst: true);
        var reports = new FirstReport();
        line.Start(reports);
        return Step("meter", await reports.Reports.FirstAsync("The meter's line", time, stop), options.Meter.Source == MeterSource.ReceiptPrinter ? "print a receipt, and see that the display asks for a number" : $"{CommandLine.Name} meter test listens for the meter");
    }

    private async Task<SetupStep> KeypadAsync(CancellationToken stop)
    {
        if (options.Driver.Keypad == KeypadKind.None)
            return new SetupStep("keypad", Skipped, NoSuch);
        using var pad = DriverDevices.Keypad(options, time);
        var reports = new FirstReport();
        pad.Start(reports);
        return Step("keypad", await reports.Reports.FirstAsync("The keypad", time, stop), $"{CommandLine.Name} keypad test says its keys");
    }

    private async Task<SetupStep> DisplayAsync(CancellationToken stop)
    {
        if (options.Driver.Display is DisplayKind.None or DisplayKind.Terminal)
            return new SetupStep("display", Skipped, options.Driver.Display == DisplayKind.None ? NoSuch : "a terminal, which the agent paints on");
        using var display = DriverDevices.Display(options.Driver, options.Car.Language, time);
        var reports = new DeviceReports();
        display.Start(reports.Add);
        return Step("display", await reports.FirstAsync("The display", time, stop), $"{CommandLine.Name} display test shows pictures");
    }

    private async Task<SetupStep> PrinterAsync(CancellationToken stop)
    {
        if (options.Printer.Kind == PrinterKind.None)
            return new SetupStep("printer", Skipped, NoSuch);
        if (options.Printer.MeterPort.Length > 0)
            return new SetupStep("printer", Skipped, $"in the meter's line: {OnlyTheAgent}");
        using var printer = DriverDevices.Printer(options.Printer, options.Car, heard: false, time);
        var reports = new DeviceReports();
        printer.Start(reports.Add, _ => { });
        return Step("printer", await reports.FirstAsync("The printer", time, stop), $"{CommandLine.Name} printer test prints a page");
    }

    private static SetupStep Step(string what, DeviceStatus status, string more) =>
        status.State == DeviceState.Open ? new SetupStep(what, Ok, $"{status.Message} {more}.") : new SetupStep(what, Wrong, status.Message);

    // The same walk as network test's, which names what is broken and what to do; nothing is made by it.
    private async Task<SetupStep> ServiceAsync(CancellationToken stop)
    {
        var service = options.EPayment.BaseUrl.Authority;
        await error.WriteLineAsync($"{CommandLine.Name}: asking {service} …");
        using var route = new NetworkRoute(options, s_patience, time);
        var report = await NetworkTest.Whole().RunAsync(route, _ => Task.CompletedTask, what => error.WriteLineAsync($"{CommandLine.Name}: waiting for {what} …"), stop);
        var broken = report.Steps.FirstOrDefault(step => step.Step == report.Broken) ?? report.Steps.FirstOrDefault(step => step.Cause is not null);
        var taken = report.Steps[^1].Cause is null && report.Steps[^1].State == Ok;
        var text = (taken, broken) switch
        {
            (true, null) => $"{service} takes the keys",
            (true, { } other) => $"{service} takes the keys; but {other.Step}: {other.Text}: {other.Cause}; {other.Cure}",
            (_, { } other) => $"{other.Step}: {other.Text}: {other.Cause}; {other.Cure}",
            _ => $"not reached: {CommandLine.Name} network test says more",
        };
        return new SetupStep("payment service", taken ? Ok : Wrong, Redacted(text));
    }

    private string Redacted(string text) => Text.Line(new Hosting.Logging.Redaction([.. secrets]).Mask(text));

    /// <summary>Only the first report counts.</summary>
    private sealed class FirstReport : ISerialEvents, IKeypadEvents
    {
        public DeviceReports Reports { get; } = new();

        public void Received(ReadOnlySpan<byte> bytes)
        {
            // Who speaks there is not asked here.
        }

        public void Pressed(Key key)
        {
            // Nor what is pressed.
        }

        public void Changed(DeviceStatus status) => Reports.Add(status);
    }
}
