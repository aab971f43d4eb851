using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Hosting;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Gpio;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Hosting;

/// <summary>
/// A car with contacts and ignition as the configuration makes it, with FIFOs in the chips' places. The test's thread is the engine's; somebody watches the keypad and
/// the lines from the start.
/// </summary>
internal sealed class CarBench : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();
    private readonly AutoResetEvent _woken = new(false);
    private readonly CarParts _parts;
    private readonly Dictionary<WatchTopic, Watcher> _watchers;

    /// <param name="keypad">As <c>Driver:Keypad</c> has it. A matrix has a chip that is not there.</param>
    /// <param name="printer">The port of a printer for the customer; null for none.</param>
    public CarBench(string keypad = "none", string? printer = null)
    {
        foreach (var (name, levels) in ((string, ulong)[])[("contacts", 0), ("ignition", 1ul << 17)])
        {
            Levels(name, levels);
            _files.Fifo(name);
        }

        if (keypad == "matrix")
            _configuration.With("Driver:KeypadDevice", null).With("Driver:Matrix:Chip", "\"no-such-chip\"").With("Driver:Matrix:Rows", "\"0,1,2,3\"").With("Driver:Matrix:Columns", "\"4,5,6\"");
        if (printer is not null)
            _configuration.With("Printer:Kind", "\"escpos\"").With("Printer:Port", $"\"{printer}\"");
        var options = _configuration
            .With("Car:Language", "\"en\"").With("Driver:Keypad", $"\"{keypad}\"").With("Driver:Display", "\"none\"").With("Outbox:Directory", $"\"{_files.Path("outbox")}\"")
            .With("Meter:Serial:Port", null).With("Meter:Source", "\"contacts\"").With("Meter:Id", "\"M-88\"").With("Meter:Contacts:Vat", "1200")
            .With("Meter:Contacts:Chip", $"\"{_files.Path("contacts")}\"").With("Meter:Contacts:Fifo", "true").With("Meter:Contacts:Hired", "\"4\"").With("Meter:Contacts:Stopped", "\"5\"")
            .With("Ignition:Chip", $"\"{_files.Path("ignition")}\"").With("Ignition:Fifo", "true").With("Ignition:Line", "\"17\"")
            .Options();
        var outbox = SqliteOutbox.Open(options.Outbox.Directory, TimeProvider.System);
        _parts = CarParts.Of(options, () => outbox, new TestService { Reachable = false }, TimeProvider.System, NullLogger.Instance);
        _watchers = new[] { WatchTopic.Keypad, WatchTopic.Gpio }.ToDictionary(topic => topic, topic => _parts.Watch.Watch(topic)!);
        Car = new Car(_parts, () => _woken.Set());
        Car.Engine.Settled += () => Shown = string.Join('|', Car.Driver.Shown);
        Car.Start();
    }

    public Car Car { get; }

    /// <summary>What stands on the display.</summary>
    public string Shown { get; private set; } = "";

    public DeviceStatus? GpioStatus => _parts.GpioStatus;

    /// <summary>How a chip's lines stand, for whoever reads them.</summary>
    public void Levels(string name, ulong levels) => File.WriteAllText(_files.Path(name) + GpioFifo.LevelsSuffix, levels.ToString(CultureInfo.InvariantCulture));

    public void Edge(string name, uint sequence, uint line, bool active)
    {
        var writer = TestFiles.Open(_files.Path(name));
        TestFiles.Write(writer, GpioEventsTests.Event(sequence, line, active));
        TestFiles.Close(writer);
    }

    /// <summary>The driver presses keys, and the engine takes them.</summary>
    public void Press(params Key[] keys)
    {
        foreach (var key in keys)
        {
            ((IKeypadEvents)Car).Pressed(key);
            Car.Engine.Drain();
        }
    }

    /// <summary>The next events that watchers of a topic are told.</summary>
    public List<string> Next(WatchTopic topic, int count)
    {
        var read = new List<string>();
        Until(() => (read = [.. read, .. Read(topic, count - read.Count)]).Count >= count, "the watched events");
        return read;
    }

    public List<string> Read(WatchTopic topic, int count = int.MaxValue)
    {
        var read = new List<string>();
        while (read.Count < count && _watchers[topic].TryRead(out var watched))
            read.Add($"{watched.Event.What} {watched.Event.Name} {watched.Event.Value} {watched.Event.Text}".TrimEnd());
        return read;
    }

    public void Until(Func<bool> condition, string what)
    {
        for (var turn = 0; turn < 3_000; turn++)
        {
            Car.Engine.Drain();
            if (condition())
                return;
            _woken.WaitOne(TimeSpan.FromMilliseconds(10));
        }

        throw new InvalidOperationException($"{what} did not come; shown last: {Shown}");
    }

    public void Dispose()
    {
        Car.Dispose();
        foreach (var watcher in _watchers.Values)
            watcher.Dispose();
        _woken.Dispose();
        _configuration.Dispose();
        _files.Dispose();
    }
}
