using System.CommandLine;
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
        var seconds = DeviceTest.Seconds(Standard, "How long each picture is shown.");
        var test = new Command("test", "Shows pictures to look at. The agent must not run: it holds the display.") { seconds };
        test.SetAction((parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return DeviceTest.WithOptionsAsync(parsed.GetRequiredValue(file), error, async options =>
            {
                if (options.Driver.Display == DisplayKind.None)
                    return await DeviceTest.TellAsync(new DeviceStatus(DeviceState.Missing, $"there is no display: {Configuration.Keys.Display.Name} is \"none\""), error);
                using var display = DriverDevices.Display(options.Driver, options.Car.Language, TimeProvider.System);
                return await new DisplayTest(display, options.Car.Language, output, error, TimeProvider.System).RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop);
            });
        });
        return new Command("display", "Looks at the driver's display.") { test };
    }
}
