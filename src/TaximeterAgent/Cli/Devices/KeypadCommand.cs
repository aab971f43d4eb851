using System.CommandLine;
using TaximeterAgent.Cli.Control;
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
        var test = AgentCommand.Build("test", "Says every key that is pressed: through the running agent, or where none runs on the keypad itself.", file, async (parsed, client, report, stop) =>
        {
            var length = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            try
            {
                return await new AgentKeypadTest(client, report).RunAsync(length, stop);
            }
            catch (CommandFailedException e) when (e.NoAgent)
            {
                await report.Error.WriteLineAsync(DeviceTest.NoAgent);
            }

            return await OnDeviceAsync(parsed.GetRequiredValue(file), parsed.InvocationConfiguration.Output, report.Error, length, stop);
        });
        test.Add(seconds);
        return new Command("keypad", "Looks at the driver's keypad.") { test };
    }

    private static Task<int> OnDeviceAsync(string file, TextWriter output, TextWriter error, TimeSpan length, CancellationToken stop) =>
        DeviceTest.WithOptionsAsync(file, error, async options =>
        {
            if (options.Driver.Keypad == KeypadKind.None)
                return await DeviceTest.TellAsync(new DeviceStatus(DeviceState.Missing, $"there is no keypad: {Configuration.Keys.Keypad.Name} is \"none\""), error);
            using var pad = DriverDevices.Keypad(options, TimeProvider.System);
            return await new KeypadTest(pad, output, error, TimeProvider.System).RunAsync(length, stop);
        });
}
