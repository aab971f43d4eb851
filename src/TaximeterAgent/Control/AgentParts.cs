using TaximeterAgent.Control.Watch;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Outbox;
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
    Func<OutboxReader> OpenReader,
    Func<DeviceStatus?> Line,
    Func<SerialTraffic> Traffic,
    Func<DeviceStatus?> Keypad,
    Func<DeviceStatus?> Display,
    WebhookCounters? Webhooks,
    TimeProvider Time)
{
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

    /// <summary>How the watched GPIO lines are; null where none is used.</summary>
    public Func<DeviceStatus?> Gpio { get; init; } = () => null;
}
