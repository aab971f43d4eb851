using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>The line that senses the ignition. While it cannot be read the ignition counts as on, so that payments go on.</summary>
internal static class IgnitionHealth
{
    public static Grade Of(IgnitionReport ignition)
    {
        var line = new DeviceReport(ignition.State, ignition.Message);
        if (!DeviceHealth.IsOpen(line))
            return DeviceHealth.Of(line, Keys.IgnitionLine.Name, "gpio watch") switch
            {
                { Level: Level.Red } bad => bad with { Level = Level.Yellow },
                var other => other,
            };
        return ignition.On ? Grade.Green("on") : Grade.Yellow("off: nothing new is begun", $"turn it on; if it is on, check {Keys.IgnitionActiveLow.Name}");
    }
}
