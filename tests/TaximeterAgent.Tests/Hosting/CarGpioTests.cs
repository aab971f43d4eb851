using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Gpio;
using TaximeterAgent.Hosting;
using TaximeterAgent.Outbox;
using TaximeterAgent.Tests.Configuration;
using TaximeterAgent.Tests.Control;
using TaximeterAgent.Tests.Gpio;
using TaximeterAgent.Tests.Support;

namespace TaximeterAgent.Tests.Hosting;

/// <summary>The car as the configuration makes it, with FIFOs in the chips' places: from an edge to what the engine and the display make of it.</summary>
public sealed class CarGpioTests : IDisposable
{
    private readonly TestFiles _files = new();
    private readonly TestConfiguration _configuration = new();
    private readonly Car _car;
    private readonly List<string> _shown = [];
    private readonly AutoResetEvent _woken = new(false);

    public CarGpioTests()
    {
        foreach (var (name, levels) in ((string, ulong)[])[("contacts", 0), ("ignition", 1ul << 17)])
        {
            Levels(name, levels);
            _files.Fifo(name);
        }

        var options = _configuration
            .With("Car:Language", "\"en\"").With("Driver:Keypad", "\"none\"").With("Driver:Display", "\"none\"").With("Outbox:Directory", $"\"{_files.Path("outbox")}\"")
            .With("Meter:Serial:Port", null).With("Meter:Source", "\"contacts\"").With("Meter:Id", "\"M-88\"").With("Meter:Contacts:Vat", "1200")
            .With("Meter:Contacts:Chip", $"\"{_files.Path("contacts")}\"").With("Meter:Contacts:Fifo", "true").With("Meter:Contacts:Hired", "\"4\"").With("Meter:Contacts:Stopped", "\"5\"")
            .With("Ignition:Chip", $"\"{_files.Path("ignition")}\"").With("Ignition:Fifo", "true").With("Ignition:Line", "\"17\"")
            .Options();
        var outbox = SqliteOutbox.Open(options.Outbox.Directory, TimeProvider.System);
        var parts = CarParts.Of(options, outbox, new TestService(), TimeProvider.System, NullLogger.Instance);
        _car = new Car(parts, () => _woken.Set());
        _car.Engine.Settled += () => _shown.Add(string.Join('|', _car.Driver.Shown));
        _car.Start();
    }

    public void Dispose()
    {
        _car.Dispose();
        _woken.Dispose();
        _configuration.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void A_stop_asks_for_the_amount()
    {
        Until(() => _car.Engine.MeterHeard, "the contacts");
        Edge("contacts", 1, 4, true);
        Edge("contacts", 2, 5, true);
        Until(() => _shown[^1].EndsWith(" Amount?|0,00 kr", StringComparison.Ordinal), "the question for the amount");
    }

    [Fact]
    public void The_ignition_goes_and_comes()
    {
        Until(() => _car.Engine.MeterHeard, "the contacts");
        Edge("ignition", 1, 17, false);
        Until(() => _car.Engine.Power!.AtRest, "rest");
        Assert.Equal("Ready|Ignition is off", _shown[^1]);
        Edge("ignition", 2, 17, true);
        Until(() => !_car.Engine.Power!.Failing, "the ignition");
        Until(() => _shown[^1] == "Ready|", "a ready display");
    }

    private void Levels(string name, ulong levels) => File.WriteAllText(_files.Path(name) + GpioFifo.LevelsSuffix, levels.ToString(CultureInfo.InvariantCulture));

    private void Edge(string name, uint sequence, uint line, bool active)
    {
        var writer = TestFiles.Open(_files.Path(name));
        TestFiles.Write(writer, GpioEventsTests.Event(sequence, line, active));
        TestFiles.Close(writer);
    }

    private void Until(Func<bool> condition, string what)
    {
        for (var turn = 0; turn < 3_000; turn++)
        {
            _car.Engine.Drain();
            if (condition())
                return;
            _woken.WaitOne(TimeSpan.FromMilliseconds(10));
        }

        throw new InvalidOperationException($"{what} did not come; shown last: {(_shown.Count == 0 ? "nothing" : _shown[^1])}");
    }
}
