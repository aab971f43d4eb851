using System.CommandLine;
using TaximeterAgent.Configuration;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Cli.Devices;

/// <summary><c>taximeter-agent keypad test</c>.</summary>
internal static class KeypadCommand
{
    private const int Standard = 60;

    public static Command Build(Option<string> file)
    {
        var seconds = DeviceTest.Seconds(Standard, "How long keys are listened for.");
        var test = new Command("test", "Says every key that is pressed. The agent must not run: it holds the keypad.") { seconds };
        test.SetAction((parsed, stop) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return DeviceTest.WithOptionsAsync(parsed.GetRequiredValue(file), error, async options =>
            {
                if (options.Driver.Keypad == KeypadKind.None)
                    return await DeviceTest.TellAsync(new DeviceStatus(DeviceState.Missing, $"there is no keypad: {Configuration.Keys.Keypad.Name} is \"none\""), error);
                using var pad = DriverDevices.Keypad(options.Driver, TimeProvider.System);
                return await new KeypadTest(pad, output, error, TimeProvider.System).RunAsync(TimeSpan.FromSeconds(parsed.GetValue(seconds)), stop);
            });
        });
        return new Command("keypad", "Looks at the driver's keypad.") { test };
    }
}
