using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using TaximeterAgent.Configuration;
using TaximeterAgent.EPayment;
using TaximeterAgent.Hosting;
using TaximeterAgent.Meter.Tfp;

namespace TaximeterAgent.Fuzz;

/// <summary>What the agent may rely on in options that were accepted: the promises of docs/configuration.md, and that every part takes what it is given.</summary>
internal static partial class ConfigurationBounds
{
    public static void Judge(AgentOptions options)
    {
        Car(options.Car);
        EPayment(options);
        Meter(options);
        Rest(options);
    }

    private static void Car(CarOptions car)
    {
        Check.That(CarForm().IsMatch(car.Id) && car.Id.Length <= 30 && car.Id.Replace("-", "", StringComparison.Ordinal).Length is >= 1 and <= 14, "Car:Id is out of bounds");
        Check.That(PrefixForm().IsMatch(car.Prefix), "Car:Prefix is out of bounds");
        Check.That(car.Brand.Length is >= 1 and <= 16 && !car.Brand.Any(char.IsControl), "Car:Brand is out of bounds");
        Check.That(Enum.IsDefined(car.Country) && Enum.IsDefined(car.Currency) && Enum.IsDefined(car.Language), "Car: a choice that is none");
    }

    private static void EPayment(AgentOptions all)
    {
        var options = all.EPayment;
        var local = options.BaseUrl.Host == "localhost" || (IPAddress.TryParse(options.BaseUrl.DnsSafeHost, out var address) && IPAddress.IsLoopback(address));
        Check.That(options.BaseUrl.Scheme == "https" || (local && options.BaseUrl.Scheme == "http"), "EPayment:BaseUrl would send keys in the clear");
        Check.That(options.MerchantSerialNumber.Length is >= 4 and <= 7 && options.MerchantSerialNumber.All(char.IsAsciiDigit), "EPayment:MerchantSerialNumber is out of bounds");
        Check.That(options.ConnectTimeout > TimeSpan.Zero && options.ConnectTimeout <= options.TryTimeout, "EPayment:ConnectTimeout is out of bounds");
        Check.That(options.BackoffFirst > TimeSpan.Zero && options.BackoffFirst <= options.BackoffMost && options.BackoffMost <= TimeSpan.FromMinutes(5), "EPayment:Backoff is out of bounds");
        Check.That(options.PollFirst > TimeSpan.Zero && options.PollEvery > TimeSpan.Zero && options.RateWindow > TimeSpan.Zero, "EPayment: a time of nothing");
        if (!local)
        {
            Check.That(options.PaymentLifetime >= TimeSpan.FromMinutes(10) && options.CertaintyMargin >= TimeSpan.FromSeconds(10), "EPayment: a create could be held for dead while it lives");
            Check.That(options.RateWindow >= TimeSpan.FromMinutes(1) && options.PollEvery >= TimeSpan.FromMilliseconds(500), "EPayment: faster than the service allows");
        }

        // Without its keys the agent makes no client.
        if (!options.HasKeys)
            return;
        var faults = AgentHost.Client(all).FindFaults();
        Check.That(faults is [], $"the payment client does not take what was accepted: {faults.FirstOrDefault()}");
    }

    private static void Meter(AgentOptions options)
    {
        var meter = options.Meter;
        Check.That(meter.Heartbeat > TimeSpan.Zero && meter.Heartbeat < meter.HeartbeatLost, "Meter:HeartbeatLost is out of bounds");
        Check.That(meter.Serial.BaudRate is >= 300 and <= 921_600 && (meter.Source == MeterSource.Contacts || meter.Serial.Port.StartsWith('/')), "Meter:Serial is out of bounds");
        Check.That(
            meter.Source != MeterSource.Contacts || (meter is { Id.Length: > 0, Contacts: { Stopped.Length: > 0, Vat: >= 0 and <= 10_000 } } && meter.Contacts.Debounce > TimeSpan.Zero),
            "Meter:Contacts is out of bounds");
        Check.That(
            meter.Source != MeterSource.ReceiptPrinter || (meter is { Id.Length: > 0, Printer: { Template: not null, Vat: >= 0 and <= 10_000 } } && meter.Printer.Template.Currency == options.Car.Currency),
            "Meter:Printer is out of bounds");
        _ = new TfpLink(
            new TfpOptions
            {
                Agent = options.Car.Id,
                Version = "0.1.0",
                Currency = options.Car.Currency,
                Home = options.Car.Country,
                ExpectedMeter = meter.Id,
                AnswerTimeout = meter.AnswerTimeout,
                AnswerPause = meter.AnswerPause,
                HeartbeatLost = meter.HeartbeatLost,
            },
            TimeProvider.System,
            new LinkProbe(),
            _ => { });
    }

    private static void Rest(AgentOptions options)
    {
        Check.That(options.Driver.DisplayColumns is >= 16 and <= 40 && options.Driver.DisplayRows is >= 2 and <= 4, "Driver:Display is out of bounds");
        Check.That(
            options.Driver.Keypad != KeypadKind.InputEvents || options.Driver.KeypadDevice.StartsWith('/') || options.Driver.KeypadDevice.StartsWith("name:", StringComparison.Ordinal),
            "Driver:KeypadDevice is missing");
        Check.That(options.Driver.Keypad != KeypadKind.Matrix || (options.Driver.Matrix.Rows.Length > 0 && options.Driver.Matrix.Columns.Length > 0), "Driver:Matrix has no lines");
        Check.That(options.Driver.Display is not (DisplayKind.Lcd or DisplayKind.Pcf8574 or DisplayKind.Serial) || options.Driver.DisplayDevice.StartsWith('/'), "Driver:DisplayDevice is missing");
        Check.That(options.Policy.OfflineMaxAmount is >= 0 and <= 65_000_000 && options.Policy.OfflineMaxCount is >= 0 and <= 1000, "Policy:Offline is out of bounds");
        Check.That(options.Policy.OfflineMaxAge > TimeSpan.Zero && options.Policy.NoShowAfter > TimeSpan.Zero && options.Policy.ChoiceTimeout > TimeSpan.Zero, "Policy: a time of nothing");
        Check.That(options.Outbox.Directory.StartsWith('/') && options.Outbox.PhoneRetention > TimeSpan.Zero && options.Outbox.HistoryMaximum is >= 10_000 and <= 5_000_000, "Outbox is out of bounds");
        Check.That(options.Control.Socket.StartsWith('/') && Encoding.UTF8.GetByteCount(options.Control.Socket) <= 107, "Control:Socket is out of bounds");
        if (options.Webhooks.Listen is not { } listen)
            return;
        Check.That(options.Webhooks.Secret is { Length: >= 4 } && IPAddress.TryParse(listen.DnsSafeHost, out _) && listen.Port is > 0 and <= 65535, "Webhooks would listen where it cannot");
        _ = new WebhookVerifier([options.Webhooks.Secret!], TimeProvider.System);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex CarForm();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{0,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixForm();
}
