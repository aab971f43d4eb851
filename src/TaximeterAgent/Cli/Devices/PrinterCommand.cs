using System.CommandLine;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control;
using TaximeterAgent.Control.Health;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Cli.Devices;

/// <summary><c>taximeter-agent printer test</c>.</summary>
internal static class PrinterCommand
{
    private const int Standard = 30;

    public static Command Build(Option<string> file)
    {
        var seconds = DeviceTest.Seconds(Standard, "How long the page may wait for the printer, or for the meter to be quiet.");
        var test = AgentCommand.Build("test", "Prints a page to look at: through the running agent, or where none runs on the printer itself.", file, async (parsed, client, report, stop) =>
        {
            var patience = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            try
            {
                return await new PrinterTest(LookAsync, GiveAsync, report, TimeProvider.System).RunAsync(patience, stop);
            }
            catch (CommandFailedException e) when (e.NoAgent)
            {
                await report.Error.WriteLineAsync(DeviceTest.NoAgent);
            }

            return await OnDeviceAsync(parsed.GetRequiredValue(file), report, patience, TimeProvider.System, stop);

            async Task<PrinterReport?> LookAsync(CancellationToken asked) => (await client.GetAsync("/v1/status", ControlJson.Default.StatusReport, asked)).Value.Printer;

            Task GiveAsync(CancellationToken asked) => client.PostAsync("/v1/printer/test", "", ControlJson.Default.PrinterReport, asked);
        });
        test.Add(seconds);
        return new Command("printer", "Looks at the customer's printer.") { test };
    }

    private static Task<int> OnDeviceAsync(string file, Report report, TimeSpan patience, TimeProvider time, CancellationToken stop) =>
        DeviceTest.WithOptionsAsync(file, report.Error, async options =>
        {
            // To open the port to the meter is to hold the bypass: then the meter's bytes are ours to pass on, and a command has its end.
            if (options.Printer.MeterPort.Length > 0)
            {
                throw new CommandFailedException(
                    ExitCode.Unavailable,
                    $"the printer is the meter's ({Configuration.Keys.PrinterMeterPort.Name}), and only the running agent may take its line; meter and printer are connected by the bypass now");
            }

            using var printer = DriverDevices.Printer(options.Printer, options.Car, heard: false, time);
            var reports = new DeviceReports();
            if (printer.Fitted)
            {
                printer.Start(reports.Add, _ => { });
                if (await reports.FirstAsync("The printer", time, stop) is { State: not DeviceState.Open } first)
                    return await DeviceTest.TellAsync(first, report.Error);
            }

            return await new PrinterTest(_ => Task.FromResult(Reporting.Of(printer)), Give, report, time).RunAsync(patience, stop);

            Task Give(CancellationToken asked)
            {
                printer.PrintTestPage(options.Car.Language);
                return Task.CompletedTask;
            }
        });
}
