using System.Device.Gpio;

namespace TaximeterAgent.IotBindings.Gpio;

/// <summary>
/// A controller as KeyMatrix wants it, high for pressed, on lines that are wired as the agent's own matrix is: rows are only ever pulled down, columns are pulled up. A
/// row that is let go is an input, as the kernel does it for a chip without open drain; so two rows that a finger joins do no harm.
/// </summary>
/// <param name="driver">The chip's.</param>
/// <param name="last">The last row of a scan.</param>
/// <param name="scanned">Told when that row was read: KeyMatrix itself tells nobody where a scan ends.</param>
internal sealed class OpenDrainController(GpioDriver driver, int last, Action scanned) : GpioController(driver)
{
    private readonly HashSet<int> _rows = [];

    /// <inheritdoc/>
    public override bool IsPinModeSupported(int pinNumber, PinMode mode) => base.IsPinModeSupported(pinNumber, mode == PinMode.InputPullDown ? PinMode.InputPullUp : mode);

    /// <inheritdoc/>
    public override void SetPinMode(int pinNumber, PinMode mode)
    {
        if (mode != PinMode.Output)
        {
            base.SetPinMode(pinNumber, PinMode.InputPullUp);
            return;
        }

        _rows.Add(pinNumber);
        LetGo(pinNumber);
    }

    /// <inheritdoc/>
    public override PinValue Read(int pinNumber) => !base.Read(pinNumber);

    /// <inheritdoc/>
    public override void Write(int pinNumber, PinValue value)
    {
        if (!_rows.Contains(pinNumber))
            throw new InvalidOperationException($"Line {pinNumber} is no row.");
        if (value == PinValue.Low)
        {
            LetGo(pinNumber);
            if (pinNumber == last)
                scanned();
            return;
        }

        // The level first, while it is an input and only remembered: an output that began high would fight another row.
        base.Write(pinNumber, PinValue.Low);
        base.SetPinMode(pinNumber, PinMode.Output);
    }

    private void LetGo(int pinNumber) => base.SetPinMode(pinNumber, PinMode.InputPullUp);
}
