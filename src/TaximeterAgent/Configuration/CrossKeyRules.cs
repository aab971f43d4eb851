using System.Collections.Immutable;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Meter.Print.Templates;
using TaximeterAgent.Optional;
using TaximeterAgent.Outbox;
using TaximeterAgent.Printer;

namespace TaximeterAgent.Configuration;

/// <summary>What one key's value asks of another's. Each rule looks only at values that are right by themselves, so that one slip is one fault.</summary>
internal static class CrossKeyRules
{
    /// <summary>What the real service does, whatever a configuration would like. Shorter is for a simulator on this machine.</summary>
    public static readonly ImmutableArray<(ConfigurationKey<TimeSpan> Key, TimeSpan Least)> LeastForTheRealService =
    [
        (Keys.PaymentLifetime, TimeSpan.FromMinutes(10)),
        (Keys.CertaintyMargin, TimeSpan.FromSeconds(10)),
        (Keys.RateWindow, TimeSpan.FromMinutes(1)),
        (Keys.PollEvery, TimeSpan.FromMilliseconds(500)),
    ];

    public static void Check(Collected values)
    {
        CurrencyOfSweden(values);
        NotLonger(values, Keys.ConnectTimeout, Keys.TryTimeout);
        NotLonger(values, Keys.BackoffFirst, Keys.BackoffMost);
        NotLonger(values, Keys.RelayReconnectFirst, Keys.RelayReconnectMost);
        NotLonger(values, Keys.Heartbeat, Keys.HeartbeatLost, equal: false);
        WaitsForTheRealService(values);
        Authorities(values);
        Devices(values);
        Meter(values);
        PrinterInLine(values);
        Matrix(values);
        Lcd(values);
        SecretOfWebhooks(values);
        PasswordOfRelay(values);
        BuiltIn(values);
    }

    // What is chosen is there, or the agent does not start: another driver in its place would be a surprise in a car.
    private static void BuiltIn(Collected values)
    {
        if (values.TryRead(Keys.OutboxStoreKind, out var store) && !OutboxStores.IsBuiltIn(store))
            values.Fault(Keys.OutboxStoreKind.Name, Found(values, Keys.OutboxStoreKind), $"\"sqlite\", or an agent that has LiteDB in it: build with {OutboxStores.LiteDbProperty}");
        BuiltIn(values, Keys.SerialDriverKind, SerialDriver.SystemIoPorts);
        BuiltIn(values, Keys.GpioDriverKind, GpioDriver.SystemDeviceGpio);
        BuiltIn(values, Keys.Keypad, KeypadKind.KeyMatrix);
        BuiltIn(values, Keys.Display, DisplayKind.CharacterLcd);
    }

    private static void BuiltIn<T>(Collected values, ConfigurationKey<T> key, T adapter)
        where T : struct, Enum
    {
        if (!IotAdapters.Built && values.TryRead(key, out var value) && value.Equals(adapter))
            values.Fault(key.Name, Found(values, key), $"another, or an agent that has System.IO.Ports and Iot.Device.Bindings in it: build with {IotAdapters.Property}");
    }

    private static void CurrencyOfSweden(Collected values)
    {
        if (values.TryRead(Keys.CarCountry, out var country) && country == Country.SE && !values.TryGet(Keys.CarCurrency, out _))
            values.Fault(Keys.CarCurrency.Name, "nothing", $"{Keys.CarCurrency.Expected}; with {Keys.CarCountry.Name} \"SE\" it has no default");
    }

    private static void NotLonger(Collected values, ConfigurationKey<TimeSpan> shorter, ConfigurationKey<TimeSpan> longer, bool equal = true)
    {
        if (!values.TryRead(shorter, out var low) || !values.TryRead(longer, out var high) || low < high || (equal && low == high))
            return;
        values.Fault(longer.Name, Found(values, longer), $"{(equal ? "at least" : "more than")} {shorter.Name}, which is {Text(values, shorter)}");
    }

    private static void WaitsForTheRealService(Collected values)
    {
        if (!values.TryRead(Keys.BaseUrl, out var text) || !Urls.TryService(text, out var url) || Urls.IsThisMachine(url))
            return;
        foreach (var (key, least) in LeastForTheRealService)
        {
            if (values.TryRead(key, out var value) && value < least)
                values.Fault(key.Name, Found(values, key), $"at least {Shown.Duration(least)}, unless {Keys.BaseUrl.Name} is a loopback address");
        }
    }

    // Whether they are good today is the doctor's affair: a clock that is wrong at the start of the car must not keep the agent from storing fares.
    private static void Authorities(Collected values)
    {
        if (!values.TryRead(Keys.CertificateAuthorities, out var file) || file.Length == 0)
            return;
        AuthorityFile.Read(file, out var fault);
        if (fault.Length > 0)
            values.Fault(Keys.CertificateAuthorities.Name, Found(values, Keys.CertificateAuthorities), $"a file of certificates as PEM: {fault}");
    }

    private static void Meter(Collected values)
    {
        if (!values.TryRead(Keys.MeterSourceKind, out var source))
            return;
        if (source != MeterSource.Contacts)
        {
            if (source == MeterSource.ReceiptPrinter)
                MeterPrinter(values);
            // Heard on the line that the agent sits in, a print needs no other port.
            var inLine = source == MeterSource.ReceiptPrinter && values.TryRead(Keys.PrinterMeterPort, out var meterPort) && meterPort.Length > 0;
            if (inLine && values.TryGet(Keys.SerialPort, out _))
                values.Fault(Keys.SerialPort.Name, Found(values, Keys.SerialPort), $"nothing, because {Keys.PrinterMeterPort.Name} is set: the meter's prints come by that port");
            else if (!inLine && values.Complete && !values.TryGet(Keys.SerialPort, out _))
                values.Fault(Keys.SerialPort.Name, "nothing", $"{Keys.SerialPort.Expected}, because {Keys.MeterSourceKind.Name} is {Shown.Quoted(Text(values, Keys.MeterSourceKind))}");
            return;
        }

        // The contacts cannot say whose they are, nor what tax is in the fare.
        Filled(values, Keys.MeterId, Keys.MeterSourceKind, "the meter's name");
        Filled(values, Keys.ContactsStopped, Keys.MeterSourceKind, "a GPIO line by number or name");
        Filled(values, Keys.ContactsVat, Keys.MeterSourceKind, "0 to 10000");
        var lines = new[] { Keys.ContactsHired, Keys.ContactsStopped, Keys.ContactsPaid }.Where(key => values.TryRead(key, out var line) && line.Length > 0).ToList();
        foreach (var (key, at) in lines.Select((key, at) => (key, at)))
        {
            if (lines.Take(at).FirstOrDefault(earlier => Text(values, earlier) == Text(values, key)) is { } same)
                values.Fault(key.Name, Found(values, key), $"another line than {same.Name} has");
        }
    }

    // Without a bypass the car would have no receipts as soon as the agent is off.
    private static void PrinterInLine(Collected values)
    {
        if (!values.TryRead(Keys.PrinterMeterPort, out var meter) || meter.Length == 0)
            return;
        var because = $"because {Keys.PrinterMeterPort.Name} is set";
        if (values.TryRead(Keys.PrinterBypassKind, out var bypass) && bypass == PrinterBypass.None)
        {
            values.Fault(
                Keys.PrinterBypassKind.Name, Found(values, Keys.PrinterBypassKind),
                $"\"dtr\", {because}: only with a relay that connects meter and printer while the agent does not run (docs/hardware/printer.md)");
        }

        if (values.TryRead(Keys.PrinterKindOf, out var kind) && kind == PrinterKind.None)
            values.Fault(Keys.PrinterKindOf.Name, Found(values, Keys.PrinterKindOf), $"\"escpos\", {because}");
        // The kernel would keep them, and the meter would print on into a printer that has said stop.
        if (values.TryRead(Keys.PrinterFlow, out var flow) && flow == FlowControl.Software)
            values.Fault(Keys.PrinterFlow.Name, Found(values, Keys.PrinterFlow), $"\"none\" or \"rts-cts\", {because}: XON and XOFF are bytes that pass, and the meter's to heed");
        if (values.TryRead(Keys.PrinterPort, out var printer) && printer == meter)
            values.Fault(Keys.PrinterMeterPort.Name, Found(values, Keys.PrinterMeterPort), $"another port than {Keys.PrinterPort.Name}");
    }

    // Paper cannot say whose it is, nor what is meant by what stands on it.
    private static void MeterPrinter(Collected values)
    {
        Filled(values, Keys.MeterId, Keys.MeterSourceKind, "the meter's name");
        Filled(values, Keys.MeterPrinterVat, Keys.MeterSourceKind, "0 to 10000");
        Filled(values, Keys.MeterPrinterTemplate, Keys.MeterSourceKind, $"a template: {string.Join(", ", ShippedTemplates.Names)}, or a file");
        if (!values.TryRead(Keys.MeterPrinterTemplate, out var name) || name.Length == 0)
            return;
        var report = TemplateFile.Read(name);
        if (report.Template is not { } template)
            values.Fault(Keys.MeterPrinterTemplate.Name, Found(values, Keys.MeterPrinterTemplate), $"a template that can be read: {report.Faults[0]}");
        else if (values.TryRead(Keys.CarCurrency, out var currency) && currency != template.Currency)
            values.Fault(Keys.MeterPrinterTemplate.Name, Found(values, Keys.MeterPrinterTemplate), $"a template of receipts in {currency}, which is {Keys.CarCurrency.Name}; this one's are in {template.Currency}");
    }

    private static void Matrix(Collected values)
    {
        if (!values.TryRead(Keys.Keypad, out var keypad) || keypad is not (KeypadKind.Matrix or KeypadKind.KeyMatrix))
            return;
        Filled(values, Keys.MatrixRows, Keys.Keypad, "4 GPIO lines");
        Filled(values, Keys.MatrixColumns, Keys.Keypad, "3 or 4 GPIO lines");
        if (!values.TryRead(Keys.MatrixColumns, out var columns) || !values.TryRead(Keys.MatrixRows, out var rows) || columns.Length == 0 || !values.TryRead(Keys.MatrixLayout, out var layout))
            return;
        var count = layout == MatrixKeys.FourByFour ? 4 : 3;
        if (columns.Split(',').Length != count)
            values.Fault(Keys.MatrixColumns.Name, Found(values, Keys.MatrixColumns), $"{count} lines, because {Keys.MatrixLayout.Name} is {Shown.Quoted(Text(values, Keys.MatrixLayout))}");
        else if (columns.Split(',').Intersect(rows.Split(',')).Any())
            values.Fault(Keys.MatrixColumns.Name, Found(values, Keys.MatrixColumns), $"other lines than {Keys.MatrixRows.Name} has");
    }

    private static void Filled(Collected values, ConfigurationKey<string> key, ConfigurationKey because, string expected)
    {
        if (values.TryRead(key, out var text) && text.Length == 0)
            values.Fault(key.Name, Found(values, key), $"{expected}, because {because.Name} is {Shown.Quoted(Text(values, because))}");
    }

    private static void Devices(Collected values)
    {
        Device(values, Keys.Keypad, KeypadKind.InputEvents, Keys.KeypadDevice);
        Device(values, Keys.Display, DisplayKind.Lcd, Keys.DisplayDevice);
        Device(values, Keys.Display, DisplayKind.Pcf8574, Keys.DisplayDevice);
        Device(values, Keys.Display, DisplayKind.Serial, Keys.DisplayDevice);
        Device(values, Keys.PrinterKindOf, PrinterKind.EscPos, Keys.PrinterPort);
        DisplayPort(values);
        DisplaySize(values);
    }

    // The default is the device of one kind of display only: forgetting it would look like a fault of the wiring.
    private static void DisplayPort(Collected values)
    {
        if (values.TryRead(Keys.Display, out var kind) && (kind is DisplayKind.Pcf8574 or DisplayKind.Serial || (kind == DisplayKind.CharacterLcd && !OnLines(values)))
            && values.TryRead(Keys.DisplayDevice, out var device) && device == Keys.DefaultDisplayDevice)
        {
            values.Fault(
                Keys.DisplayDevice.Name,
                Found(values, Keys.DisplayDevice),
                $"{(kind == DisplayKind.Serial ? "the serial port" : "the bus, such as /dev/i2c-1")}, because {Keys.Display.Name} is {Shown.Quoted(Text(values, Keys.Display))}");
        }
    }

    // What the controller's memory has room for.
    private static void DisplaySize(Collected values)
    {
        if (!values.TryRead(Keys.Display, out var kind) || kind is not (DisplayKind.Pcf8574 or DisplayKind.CharacterLcd))
            return;
        if (!values.TryRead(Keys.DisplayRows, out var rows) || !values.TryRead(Keys.DisplayColumns, out var columns))
            return;
        if (rows == 3)
            values.Fault(Keys.DisplayRows.Name, Found(values, Keys.DisplayRows), $"2 or 4, because {Keys.Display.Name} is {Shown.Quoted(Text(values, Keys.Display))}");
        else if (rows == 4 && columns > 20)
            values.Fault(Keys.DisplayColumns.Name, Found(values, Keys.DisplayColumns), $"at most 20, because {Keys.DisplayRows.Name} is 4");
        // The library has the third line begin where that of 20 columns does.
        else if (rows == 4 && columns < 20 && kind == DisplayKind.CharacterLcd)
            values.Fault(Keys.DisplayColumns.Name, Found(values, Keys.DisplayColumns), $"20, because {Keys.DisplayRows.Name} is 4 and {Keys.Display.Name} is \"character-lcd\"");
    }

    private static bool OnLines(Collected values) => values.TryRead(Keys.LcdData, out var data) && data.Length > 0;

    private static void Lcd(Collected values)
    {
        if (!values.TryRead(Keys.Display, out var kind) || kind != DisplayKind.CharacterLcd)
            return;
        if (!OnLines(values))
        {
            Device(values, Keys.Display, DisplayKind.CharacterLcd, Keys.DisplayDevice);
            return;
        }

        Filled(values, Keys.LcdRegisterSelect, Keys.LcdData, "a GPIO line by number or name");
        Filled(values, Keys.LcdEnable, Keys.LcdData, "a GPIO line by number or name");
        var taken = Text(values, Keys.LcdData).Split(',').ToList();
        foreach (var key in (ConfigurationKey<string>[])[Keys.LcdRegisterSelect, Keys.LcdEnable, Keys.LcdLight])
        {
            if (!values.TryRead(key, out var line) || line.Length == 0)
                continue;
            if (taken.Contains(line))
                values.Fault(key.Name, Found(values, key), "a line that nothing else of the display has");
            taken.Add(line);
        }
    }

    private static void Device<T>(Collected values, ConfigurationKey<T> kind, T needs, ConfigurationKey<string> device)
        where T : struct, Enum
    {
        if (values.TryRead(kind, out var value) && value.Equals(needs) && values.TryRead(device, out var path) && path.Length == 0)
            values.Fault(device.Name, Found(values, device), $"an absolute path, because {kind.Name} is {Shown.Quoted(Text(values, kind))}");
    }

    // Without a secret anybody who reaches the port could make the agent poll: then it does not listen.
    private static void SecretOfWebhooks(Collected values)
    {
        if (values.TryRead(Keys.WebhookListen, out var listen) && listen.Length > 0 && values.Complete && !values.TryGet(Keys.WebhookSecret, out _))
            values.Miss(Keys.WebhookSecret, ConfigurationLoader.Wanted(Keys.WebhookSecret) + $", because {Keys.WebhookListen.Name} is set");
    }

    // Without one the car polls, as without a relay.
    private static void PasswordOfRelay(Collected values)
    {
        if (values.TryRead(Keys.RelayUri, out var uri) && uri.Length > 0 && values.Complete && !values.TryGet(Keys.RelayPassword, out _) && !values.Encrypted.ContainsKey(Keys.RelayPassword))
            values.Miss(Keys.RelayPassword, ConfigurationLoader.Wanted(Keys.RelayPassword) + $", because {Keys.RelayUri.Name} is set");
    }

    private static string Found(Collected values, ConfigurationKey key) =>
        values.TryGet(key, out var raw) ? $"{raw.Describe(key.Secret)} in {raw.Source}" : "nothing";

    private static string Text(Collected values, ConfigurationKey key) => values.TryGet(key, out var raw) ? Shown.Plain(raw.Text) : "";
}
