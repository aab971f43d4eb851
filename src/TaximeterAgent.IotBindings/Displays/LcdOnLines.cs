using System.Device.Gpio;
using TaximeterAgent.IotBindings.Gpio;

namespace TaximeterAgent.IotBindings.Displays;

/// <summary>A display's GPIO lines, by number or name.</summary>
/// <param name="Chip">Their chip: device, name or label.</param>
/// <param name="RegisterSelect">RS.</param>
/// <param name="Enable">E.</param>
/// <param name="Data">D4 to D7.</param>
/// <param name="Light">Empty for a light that is not switched.</param>
public sealed record LcdLines(string Chip, string RegisterSelect, string Enable, IReadOnlyList<string> Data, string Light);

/// <summary>A display at GPIO lines, its R/W joined to ground: nothing comes back, so a display that is gone is not noticed.</summary>
/// <param name="lines">Which.</param>
/// <param name="chips">Where drivers come from.</param>
public sealed class LcdOnLines(LcdLines lines, IGpioChips chips) : LcdWiring
{
    /// <inheritdoc/>
    public override string Name => $"The display on {lines.Chip}";

    /// <inheritdoc/>
    public override TimeSpan CheckEvery => TimeSpan.FromSeconds(30); // the chip may be an expander, and go

    /// <inheritdoc/>
    public override GpioDriver? Open(out LcdPins pins, out IDisposable? claim, out DeviceStatus status)
    {
        claim = null;
        var light = lines.Light.Length > 0;
        List<string> all = [lines.RegisterSelect, lines.Enable, .. lines.Data];
        if (light)
            all.Add(lines.Light);
        var driver = chips.Open(Name, lines.Chip, all, out var offsets, out status);
        pins = new LcdPins(offsets[0], offsets[1], offsets[2..(2 + lines.Data.Count)], light ? offsets[^1] : -1, -1);
        return driver;
    }
}
