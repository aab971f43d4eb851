using TaximeterAgent.Core.Fleet;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Configuration;

/// <summary>Makes the typed options out of values that were checked.</summary>
internal static class OptionsBuilder
{
    public static AgentOptions Build(Collected values) =>
        new(Car(values), EPayment(values), Meter(values), Ignition(values), Signals(values), Get(values, Keys.GpioDriverKind), Driver(values), Printer(values), Outbox(values), Policy(values), Webhooks(values), Relay(values), Telemetry(values), Control(values))
        {
            Missing = [.. values.Missing],
        };

    private static CarOptions Car(Collected values) => new(
        Get(values, Keys.CarId),
        Get(values, Keys.CarPrefix),
        Get(values, Keys.CarCountry),
        Get(values, Keys.CarLanguage),
        Get(values, Keys.CarCurrency),
        Get(values, Keys.CarBrand));

    private static EPaymentOptions EPayment(Collected values) => new(
        new Uri(Get(values, Keys.BaseUrl)),
        Get(values, Keys.MerchantSerialNumber),
        Secret(values, Keys.ClientId),
        Secret(values, Keys.ClientSecret),
        Secret(values, Keys.SubscriptionKey),
        Get(values, Keys.CertificateAuthorities),
        Get(values, Keys.ConnectTimeout),
        Get(values, Keys.TryTimeout),
        Get(values, Keys.ConnectionLifetime),
        Get(values, Keys.PollFirst),
        Get(values, Keys.PollEvery),
        Get(values, Keys.PaymentLifetime),
        Get(values, Keys.CertaintyMargin),
        Get(values, Keys.BackoffFirst),
        Get(values, Keys.BackoffMost),
        Get(values, Keys.RateWindow));

    private static MeterOptions Meter(Collected values) => new(
        Get(values, Keys.MeterId),
        Get(values, Keys.MeterSourceKind),
        Serial(values),
        Get(values, Keys.AnswerTimeout),
        Get(values, Keys.AnswerPause),
        Get(values, Keys.Heartbeat),
        Get(values, Keys.HeartbeatLost),
        Contacts(values),
        MeterPrinter(values));

    private static ContactsOptions Contacts(Collected values) => new(
        Get(values, Keys.ContactsChip),
        Get(values, Keys.ContactsHired),
        Get(values, Keys.ContactsStopped),
        Get(values, Keys.ContactsPaid),
        Get(values, Keys.ContactsActiveLow),
        Get(values, Keys.ContactsBias),
        Get(values, Keys.ContactsDebounce),
        Keys.TryVat(Get(values, Keys.ContactsVat), out var vat) ? vat : 0,
        Get(values, Keys.ContactsFifo));

    private static MeterPrinterOptions MeterPrinter(Collected values) => new(
        Get(values, Keys.MeterSourceKind) == MeterSource.ReceiptPrinter ? TemplateFile.Read(Get(values, Keys.MeterPrinterTemplate)).Template : null,
        Get(values, Keys.MeterPrinterQuiet),
        Keys.TryVat(Get(values, Keys.MeterPrinterVat), out var vat) ? vat : 0);

    private static IgnitionOptions Ignition(Collected values) => new(
        Get(values, Keys.IgnitionChip),
        Get(values, Keys.IgnitionLine),
        Get(values, Keys.IgnitionActiveLow),
        Get(values, Keys.IgnitionBias),
        Get(values, Keys.IgnitionDebounce),
        Get(values, Keys.IgnitionHoldUp),
        Get(values, Keys.IgnitionFifo));

    private static SignalOptions Signals(Collected values) => new(
        Get(values, Keys.SignalsChip),
        Get(values, Keys.SignalsPaid),
        Get(values, Keys.SignalsRefused),
        Get(values, Keys.SignalsAttention),
        Get(values, Keys.SignalsActiveLow));

    private static MatrixOptions Matrix(Collected values) => new(
        Get(values, Keys.MatrixChip),
        Get(values, Keys.MatrixRows),
        Get(values, Keys.MatrixColumns),
        Get(values, Keys.MatrixLayout),
        Get(values, Keys.MatrixDebounce));

    private static LcdOptions Lcd(Collected values) => new(
        Get(values, Keys.LcdChip),
        Get(values, Keys.LcdRegisterSelect),
        Get(values, Keys.LcdEnable),
        Get(values, Keys.LcdData),
        Get(values, Keys.LcdLight));

    private static SerialOptions Serial(Collected values) => new(
        values.TryRead(Keys.SerialPort, out var port) ? port : "",
        Get(values, Keys.SerialBaudRate),
        Get(values, Keys.SerialParityBit),
        Get(values, Keys.SerialDriverKind));

    private static DriverOptions Driver(Collected values) => new(
        Get(values, Keys.Keypad),
        Get(values, Keys.KeypadDevice),
        Get(values, Keys.KeypadFifo),
        Matrix(values),
        Get(values, Keys.KeypadMap),
        Get(values, Keys.Display),
        Get(values, Keys.DisplayDevice),
        Get(values, Keys.DisplayAddress),
        Get(values, Keys.DisplayFifo),
        Get(values, Keys.DisplayBaudRate),
        Get(values, Keys.DisplayCodePage),
        Get(values, Keys.DisplayColumns),
        Get(values, Keys.DisplayRows),
        Lcd(values),
        values.TryRead(Keys.RefundPin, out var pin) ? pin : "");

    private static PrinterOptions Printer(Collected values) => new(
        Get(values, Keys.PrinterKindOf),
        Get(values, Keys.PrinterPort),
        Get(values, Keys.PrinterBaudRate),
        Get(values, Keys.PrinterFlow),
        Get(values, Keys.PrinterStatus),
        Get(values, Keys.PrinterColumns),
        Get(values, Keys.PrinterCodePage),
        Get(values, Keys.PrinterQr),
        Get(values, Keys.PrinterCut),
        Keys.HeaderLines(Get(values, Keys.PrinterHeader)),
        Get(values, Keys.PrinterReceipt),
        Get(values, Keys.PrinterMeterPort),
        Get(values, Keys.PrinterQuiet));

    private static OutboxOptions Outbox(Collected values) => new(
        Get(values, Keys.OutboxStoreKind),
        Get(values, Keys.OutboxDirectory),
        Get(values, Keys.PhoneRetention),
        Get(values, Keys.HistoryRetention),
        Get(values, Keys.HistoryMaximum),
        Get(values, Keys.OutboxReserve) * 1024L,
        Get(values, Keys.UpkeepEvery));

    private static PolicyOptions Policy(Collected values) => new(
        Get(values, Keys.OfflineMaxAge),
        Get(values, Keys.OfflineMaxCount),
        Get(values, Keys.OfflineMaxAmount),
        Get(values, Keys.NoShowAfter),
        Get(values, Keys.OrphanAfter),
        Get(values, Keys.ReserveAhead),
        Get(values, Keys.ChoiceTimeout),
        Get(values, Keys.VoidAfterCaptureChoice));

    private static WebhookOptions Webhooks(Collected values)
    {
        var listen = Get(values, Keys.WebhookListen);
        var secret = values.TryRead(Keys.WebhookSecret, out var read) ? read : null;
        return new WebhookOptions(listen.Length == 0 ? null : new Uri(listen), Get(values, Keys.WebhookPath), secret);
    }

    private static RelayOptions Relay(Collected values)
    {
        var uri = Get(values, Keys.RelayUri);
        var user = Get(values, Keys.RelayUser);
        return new RelayOptions(
            uri.Length == 0 ? null : new Uri(uri),
            user.Length == 0 && CarAddress.TryOf(Get(values, Keys.CarPrefix), Get(values, Keys.CarId), out var address) ? address.User : user,
            values.TryRead(Keys.RelayPassword, out var password) ? password : "",
            Get(values, Keys.RelayCaFile),
            Get(values, Keys.RelayReportEvery),
            Get(values, Keys.RelayReconnectFirst),
            Get(values, Keys.RelayReconnectMost),
            Get(values, Keys.RelayHeartbeat));
    }

    private static TelemetryOptions Telemetry(Collected values)
    {
        var endpoint = Get(values, Keys.OtlpEndpoint);
        return new TelemetryOptions(
            endpoint.Length == 0 ? null : new Uri(endpoint),
            values.TryRead(Keys.OtlpHeaders, out var headers) ? headers : "",
            Get(values, Keys.OtlpInterval));
    }

    private static ControlOptions Control(Collected values) => new(Get(values, Keys.ControlSocket));

    private static string Secret(Collected values, ConfigurationKey<string> key) => values.TryRead(key, out var secret) ? secret : "";

    // No fault means that every key asked for here has a value; anything else is a mistake in this program.
    private static T Get<T>(Collected values, ConfigurationKey<T> key) =>
        values.TryRead(key, out var value) ? value : throw new InvalidOperationException($"{key.Name} has no value though no fault was found.");
}
