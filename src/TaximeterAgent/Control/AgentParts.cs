using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Control.Wire;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.EPayment;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Printer;
using TaximeterAgent.Sync;
using TaximeterAgent.Webhooks;

namespace TaximeterAgent.Control;

/// <summary>What the control socket sees of the agent. The functions are called from any thread.</summary>
/// <param name="Car">The car's identity.</param>
/// <param name="Version">The agent's version.</param>
/// <param name="Engine">Null before it has started and after it has ended.</param>
/// <param name="Load">A stored trip's state; called on the engine's thread, whose outbox it is.</param>
/// <param name="OpenReader">Opens the outbox to read only; called once, when it is first needed.</param>
/// <param name="Line">The meter's line.</param>
/// <param name="Traffic">What has gone over it.</param>
internal sealed record AgentParts(
    string Car,
    string Version,
    Func<Engine?> Engine,
    Func<long, TripState?> Load,
    Func<IOutboxReader> OpenReader,
    Func<DeviceStatus?> Line,
    Func<SerialTraffic> Traffic,
    Func<DeviceStatus?> Keypad,
    Func<DeviceStatus?> Display,
    WebhookCounters? Webhooks,
    TimeProvider Time)
{
    /// <summary>Makes what is stored visible to the reader; called on the engine's thread, whose outbox it is.</summary>
    public Action Publish { get; init; } = () => { };

    /// <summary>All metrics in Prometheus' text format; null where none are kept.</summary>
    public Func<CancellationToken, Task<string>>? Metrics { get; init; }

    /// <summary>How the sending of metrics and traces goes; null where they are sent nowhere.</summary>
    public Func<TelemetryReport>? Exports { get; init; }

    /// <summary>Where watchers hear of what happens.</summary>
    public WatchBus Watch { get; init; } = new(Time);

    /// <summary>The names of secrets that are nowhere.</summary>
    public IReadOnlyList<string> MissingSecrets { get; init; } = [];

    /// <summary>The driver's desk; null while there is none. To be used on the engine's thread only.</summary>
    public Func<DriverDesk?> Desk { get; init; } = () => null;

    /// <summary>What a test shows on the driver's display.</summary>
    public IReadOnlyList<string> TestPicture { get; init; } = [];

    /// <summary>How long it stands there; whole seconds.</summary>
    public TimeSpan TestLength { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>What the payment service last said; null where its calls are not noted.</summary>
    public LastCalls? Calls { get; init; }

    /// <summary>How it stands with the token for the configured sales unit.</summary>
    public Func<TokenState?> Token { get; init; } = () => null;

    /// <summary>The disk that the outbox is on; null if it does not say.</summary>
    public Func<DiskReport?> Disk { get; init; } = () => null;

    /// <summary>How it stands with the fleet's relay; null where the car is in no fleet.</summary>
    public Func<RelayReport>? Relay { get; init; }

    /// <summary>False where the configuration has no keypad.</summary>
    public bool KeypadFitted { get; init; } = true;

    /// <summary>False where the configuration has no display.</summary>
    public bool DisplayFitted { get; init; } = true;

    /// <summary>True if the meter is heard by its contacts and has no line.</summary>
    public bool ByContacts { get; init; }

    /// <summary>The line that senses the ignition; null where it is not sensed.</summary>
    public Func<DeviceStatus?>? Ignition { get; init; }

    /// <summary>Buzzer and lamps; null where there are none.</summary>
    public Func<DeviceStatus?>? Signals { get; init; }

    /// <summary>What prints for the customer.</summary>
    public ICustomerPrinter Printer { get; init; } = new NoPrinter();

    /// <summary>The language of what a technician is given to look at.</summary>
    public Language Language { get; init; }

    /// <summary>How the watched GPIO lines are; null where none is used.</summary>
    public Func<DeviceStatus?> Gpio { get; init; } = () => null;
}
