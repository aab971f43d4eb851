using TaximeterAgent.Control.Wire;
using TaximeterAgent.Driver.Devices;

namespace TaximeterAgent.Control.Health;

/// <summary>A device by its own words: its message names it and says what is wrong with it.</summary>
internal static class DeviceHealth
{
    /// <param name="device">The device.</param>
    /// <param name="key">The key of the configuration that names it.</param>
    /// <param name="test">The command that tries it.</param>
    public static Grade Of(DeviceReport device, string key, string test)
    {
        if (device.Fitted == false)
            return Grade.Green($"none, by the configuration ({key})");
        var message = device.Message ?? device.State;
        return StateOf(device) switch
        {
            null => Grade.Yellow("has not said anything yet", $"wait some seconds; then: {Grade.Command(test)}"),
            DeviceState.Open => Grade.Green(message),
            DeviceState.Lost => Grade.Red(message, "check plug and cable; it is opened again by itself"),
            DeviceState.Missing => Grade.Red(message, $"plug it in, or mend its name: {Grade.Command($"config explain {key}")}"),
            DeviceState.Busy => Grade.Red(message, "end the program that holds it; it is opened again by itself"),
            DeviceState.Forbidden => Grade.Red(message, "let the agent's user in, then restart the agent"),
            DeviceState.Stalled => Grade.Red(message, $"check cable and power; then: {Grade.Command(test)}"),
            _ => Grade.Red(message, $"check {key}; then: {Grade.Command(test)}"),
        };
    }

    /// <summary>True if the device works.</summary>
    public static bool IsOpen(DeviceReport device) => StateOf(device) == DeviceState.Open;

    // From the word on the wire, as a command has it. One that this version does not know is as bad as unusable.
    private static DeviceState? StateOf(DeviceReport device)
    {
        if (device.State == Reporting.UnknownState)
            return null;
        foreach (var state in Enum.GetValues<DeviceState>())
        {
            if (Kebab.Of(state) == device.State)
                return state;
        }

        return DeviceState.Unusable;
    }
}
