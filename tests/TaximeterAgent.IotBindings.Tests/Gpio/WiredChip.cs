using System.Device.Gpio;
using TaximeterAgent.IotBindings.Gpio;

namespace TaximeterAgent.IotBindings.Tests.Gpio;

/// <summary>
/// A chip of the library's that a test wires: lines that are joined, pulled and driven. A stand-in, because no kernel here has gpio-sim; what the library itself does
/// with a real chip is not seen by it.
/// </summary>
internal sealed class WiredChip : IGpioChips
{
    public const int Lines = 32;

    private readonly Lock _gate = new();
    private readonly HashSet<(int One, int Other)> _joined = [];
    private readonly List<string> _faults = [];
    private int _generation;
    private bool _there;
    private Driver? _driver;

    /// <summary>What would damage a real chip: outputs that were joined and did not agree.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (_gate)
                return [.. _faults];
        }
    }

    /// <summary>How often a line was driven so far.</summary>
    public int Drives { get; private set; }

    /// <summary>Told that number when it grows, before anything is read of what is driven.</summary>
    public Action<int>? Driven { get; set; }

    public GpioDriver? Open(string name, string chip, IReadOnlyList<string> lines, out int[] offsets, out DeviceStatus status)
    {
        offsets = [.. lines.Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];
        lock (_gate)
        {
            status = _there ? new DeviceStatus(DeviceState.Open, $"{name}: open.") : new DeviceStatus(DeviceState.Missing, $"{name}: there is no such chip.");
            if (!_there)
                return null;
            _driver = new Driver(this, _generation);
            return _driver;
        }
    }

    public void PlugIn()
    {
        lock (_gate)
        {
            (_there, _driver) = (true, null);
            _generation++;
            _joined.Clear();
        }
    }

    public void Unplug()
    {
        lock (_gate)
            _there = false;
    }

    public void Join(int one, int other)
    {
        lock (_gate)
        {
            _joined.Add((one, other));
            _driver?.Moved();
        }
    }

    public void Part(int one, int other)
    {
        lock (_gate)
        {
            _joined.Remove((one, other));
            _driver?.Moved();
        }
    }

    // Everything that is joined to a line, by whatever detour.
    private HashSet<int> Net(int line)
    {
        HashSet<int> net = [line];
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var (one, other) in _joined)
            {
                if (net.Contains(one) != net.Contains(other))
                    grown |= net.Add(one) | net.Add(other);
            }
        }

        return net;
    }

    /// <summary>What the library asks of a chip.</summary>
    private sealed class Driver(WiredChip chip, int generation) : GpioDriver
    {
        private readonly PinMode?[] _modes = new PinMode?[Lines];
        private readonly bool[] _driven = new bool[Lines];
        private readonly bool[] _told = new bool[Lines];
        private readonly Dictionary<int, PinChangeEventHandler> _listeners = [];

        protected override int PinCount => Lines;

        // Under the gate.
        public void Moved()
        {
            foreach (var (line, listener) in _listeners.ToList())
            {
                var now = Level(line);
                if (now == _told[line])
                    continue;
                _told[line] = now;
                listener(this, new PinValueChangedEventArgs(now ? PinEventTypes.Rising : PinEventTypes.Falling, line));
            }
        }

        protected override void OpenPin(int pinNumber) => With(() => _modes[pinNumber] ??= PinMode.Input);

        protected override void ClosePin(int pinNumber) => With(() => _modes[pinNumber] = null);

        protected override PinMode GetPinMode(int pinNumber) => With(() => _modes[pinNumber]!.Value);

        protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

        protected override void SetPinMode(int pinNumber, PinMode mode) => With(() =>
        {
            _modes[pinNumber] = mode;
            if (mode == PinMode.Output)
                {
                chip.Drives++;
                chip.Driven?.Invoke(chip.Drives);
            }

            Moved();
        });

        protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue) => With(() =>
        {
            _driven[pinNumber] = initialValue == PinValue.High;
            SetPinMode(pinNumber, mode);
        });

        protected override PinValue Read(int pinNumber) => With(() => (PinValue)Level(pinNumber));

        protected override void Write(int pinNumber, PinValue value) => With(() =>
        {
            _driven[pinNumber] = value == PinValue.High;
            Moved();
        });

        protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => With(() =>
        {
            Assert.Equal(PinEventTypes.Rising | PinEventTypes.Falling, eventTypes);
            _listeners.Add(pinNumber, callback);
            _told[pinNumber] = Level(pinNumber);
        });

        protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => With(() => _listeners.Remove(pinNumber));

        protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

        private void With(Action act) => With(() =>
        {
            act();
            return true;
        });

        private T With<T>(Func<T> ask)
        {
            lock (chip._gate)
                return chip._there && chip._generation == generation ? ask() : throw new IOException("No such device");
        }

        private bool Level(int line)
        {
            var net = chip.Net(line);
            var driven = net.Where(one => _modes[one] == PinMode.Output).Select(one => _driven[one]).Distinct().ToList();
            if (driven.Count > 1)
                chip._faults.Add($"line {line} is driven both ways");
            if (driven.Count > 0)
                return driven[0];
            return net.Any(one => _modes[one] == PinMode.InputPullUp);
        }
    }
}
