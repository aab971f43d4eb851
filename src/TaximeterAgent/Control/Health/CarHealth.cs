using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Wire;

namespace TaximeterAgent.Control.Health;

/// <summary>The whole car: one grade for each part, in the order in which a technician looks. Pure: it knows what the status says, and no more.</summary>
internal static class CarHealth
{
    public const string Service = "service";
    public const string Network = "network";
    public const string Token = "token";
    public const string EPayment = "epayment";
    public const string Outbox = "outbox";
    public const string Trips = "trips";
    public const string Disk = "disk";
    public const string Version = "version";

    /// <param name="status">The facts; its own parts are not looked at.</param>
    /// <param name="installed">The version of the program that asks; null if it is not known.</param>
    public static IReadOnlyList<PartReport> Of(StatusReport status, string? installed = null) => [.. Parts(status, installed)];

    /// <summary>The parts of the worst level there is.</summary>
    public static bool IsRed(IEnumerable<PartReport> parts) => parts.Any(part => part.Level == Kebab.Of(Level.Red));

    private static IEnumerable<PartReport> Parts(StatusReport status, string? installed)
    {
        var now = status.Clock.Now;
        yield return ServiceHealth.Of(status.Clock.UptimeSeconds).As(Service);
        yield return MeterHealth.Of(status.Meter).As("meter");
        if (status.Meter.Source == Reporting.Contacts)
            yield return DeviceHealth.Of(status.Meter.Line, Keys.ContactsChip.Name, "gpio watch").As("contacts");
        yield return DeviceHealth.Of(status.Keypad, Keys.Keypad.Name, "keypad test").As("keypad");
        yield return DeviceHealth.Of(status.Display, Keys.Display.Name, "display test").As("display");
        yield return NetworkHealth.Of(status.Online, status.EPayment, now).As(Network);
        yield return (KeysHealth.Of(status.MissingKeys) ?? TokenHealth.Of(status.Token, now)).As(Token);
        yield return (KeysHealth.Of(status.MissingKeys) ?? EPaymentHealth.Of(status.EPayment, now)).As(EPayment);
        yield return OutboxHealth.Of(status.Outbox, now).As(Outbox);
        yield return TripsHealth.Of(status.Trips).As(Trips);
        yield return ClockHealth.Of(status.Clock).As("clock");
        yield return DiskHealth.Of(status.Disk).As(Disk);
        if (status.Ignition is { } ignition)
            yield return IgnitionHealth.Of(ignition).As("ignition");
        if (status.Signals is { } signals)
            yield return DeviceHealth.Of(signals, Keys.SignalsChip.Name, "gpio watch").As("signals");
        if (status.Printer is { } printer)
            yield return PrinterHealth.Of(printer).As("printer");
        if (status.Webhooks is { } webhooks)
            yield return WebhookHealth.Of(webhooks, now).As("webhooks");
        if (status.Relay is { } relay)
            yield return RelayHealth.Of(relay, now).As("relay");
        yield return VersionHealth.Of(status.Version, status.Schema, status.Runtime, installed).As(Version);
    }
}
