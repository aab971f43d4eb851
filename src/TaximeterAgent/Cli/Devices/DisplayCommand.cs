using System.CommandLine;
using TaximeterAgent.Cli.Control;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Cli.Devices;

/// <summary><c>taximeter-agent display test</c>.</summary>
internal static class DisplayCommand
{
    private const int Standard = 3;

    public static Command Build(Option<string> file)
    {
        var seconds = DeviceTest.Seconds(Standard, "How long each picture is shown on the display itself; the running agent shows its own for some seconds.");
        var test = AgentCommand.Build("test", "Shows pictures to look at: through the running agent, or where none runs on the display itself.", file, async (parsed, client, report, stop) =>
        {
            try
            {
                return await new AgentDisplayTest(client, report, TimeProvider.System).RunAsync(stop);
            }
            catch (CommandFailedException e) when (e.NoAgent)
            {
                await report.Error.WriteLineAsync(DeviceTest.NoAgent);
            }

            var each = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            return await OnDeviceAsync(parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output, report.Error, each, stop);
        });
        test.Add(seconds);
        return new Command("display", "Looks at the driver's display.") { test };
    }

    private static Task<int> OnDeviceAsync(string file, TextWriter output, TextWriter error, TimeSpan each, CancellationToken stop) =>
        DeviceTest.WithOptionsAsync(file, error, async options =>
        {
            if (options.Driver.Display == DisplayKind.None)
                return await DeviceTest.TellAsync(new DeviceStatus(DeviceState.Missing, $"there is no display: {Configuration.Keys.Display.Name} is \"none\""), error);
            using var display = DriverDevices.Display(options.Driver, options.Car.Language, TimeProvider.System);
            return await new DisplayTest(display, options.Car.Language, output, error, TimeProvider.System).RunAsync(each, stop);
        });
}
