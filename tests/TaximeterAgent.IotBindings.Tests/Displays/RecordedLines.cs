using System.Device.Gpio;
using TaximeterAgent.IotBindings.Gpio;

namespace TaximeterAgent.IotBindings.Tests.Displays;

/// <summary>A chip of the library's, of whose lines 10 to 16 a display is wired to: RS, E, the light, D4 to D7. Its R/W is joined to ground.</summary>
/// <param name="fifo">Where the display's pins go.</param>
internal sealed class RecordedLines(string fifo) : IGpioChips
{
    public const int First = 10;

    // As a backpack has them, so that the same picture reads both.
    private static readonly byte[] s_bits = [0x01, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80];

    public GpioDriver? Open(string name, string chip, IReadOnlyList<string> lines, out int[] offsets, out DeviceStatus status)
    {
        offsets = [.. lines.Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
        try
        {
            var recorder = PinRecorder.Open(fifo);
            status = new DeviceStatus(DeviceState.Open, $"{name}: open.");
            return new Driver(recorder);
        }
        catch (IOException)
        {
            status = new DeviceStatus(DeviceState.Missing, $"{name}: there is no such chip.");
            return null;
        }
    }

    private sealed class Driver(PinRecorder recorder) : GpioDriver
    {
        private byte _pins;

        protected override int PinCount => 32;

        protected override void OpenPin(int pinNumber)
        {
            // Nothing changes.
        }

        protected override void ClosePin(int pinNumber)
        {
            // Nothing changes.
        }

        protected override PinMode GetPinMode(int pinNumber) => PinMode.Output;

        protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode == PinMode.Output;

        protected override void SetPinMode(int pinNumber, PinMode mode) => Assert.Equal(PinMode.Output, mode);

        protected override PinValue Read(int pinNumber) => (_pins & s_bits[pinNumber - First]) != 0;

        protected override void Write(int pinNumber, PinValue value)
        {
            var bit = s_bits[pinNumber - First];
            _pins = (byte)(value == PinValue.High ? _pins | bit : _pins & ~bit);
            recorder.Put(_pins);
        }

        protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => throw new NotSupportedException();

        protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => throw new NotSupportedException();

        protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

        protected override void Dispose(bool disposing) => recorder.Dispose();
    }
}
