using TaximeterAgent.Configuration;
using TaximeterAgent.Meter.Print.Templates;

namespace TaximeterAgent.Cli.Setup;

/// <summary>One thing that a person is asked, and the key that the answer goes to.</summary>
/// <param name="Key">The key; its rules are the answer's rules.</param>
/// <param name="Asks">In words, without the key's name.</param>
internal sealed record Question(ConfigurationKey Key, string Asks)
{
    /// <summary>False where the answers so far make it pointless.</summary>
    public Func<Draft, bool> Applies { get; init; } = _ => true;

    /// <summary>Devices that could be meant; chosen by their number.</summary>
    public Func<Draft, IReadOnlyList<Candidate>> Offers { get; init; } = _ => [];

    /// <summary>Words that stand for values.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    /// <summary>What Enter takes where the configuration has nothing.</summary>
    public Func<Draft, string?> Suggests { get; init; } = _ => null;

    /// <summary>Takes out of the file what the answer makes wrong and nobody asks about any more.</summary>
    public Action<Draft> Then { get; init; } = _ => { };

    /// <summary>Keys with whose faults it is asked again too: another answer here makes them right.</summary>
    public IReadOnlyList<ConfigurationKey> Mends { get; init; } = [];
}

/// <summary>All questions, in the order in which they are asked.</summary>
internal sealed class Questions(Candidates devices)
{
    private static readonly Dictionary<string, string> s_environments = new(StringComparer.Ordinal)
    {
        ["test"] = "https://apitest.vipps.no",
        ["production"] = "https://api.vipps.no",
    };

    public IReadOnlyList<Question> All =>
    [
        new(Keys.BaseUrl, "Environment: test, production, or an address") { Words = s_environments },
        new(Keys.MerchantSerialNumber, "Merchant serial number (MSN) of the sales unit"),
        new(Keys.ClientId, "Client id"),
        new(Keys.ClientSecret, "Client secret"),
        new(Keys.SubscriptionKey, "Subscription key"),
        new(Keys.CarId, "The car's number, unique in the fleet"),
        new(Keys.CarPrefix, "The fleet's prefix in payment references") { Suggests = _ => "taxi" },
        new(Keys.CarCountry, "Country: NO, SE, DK or FI"),
        new(Keys.CarCurrency, "Currency: NOK, DKK or EUR") { Applies = draft => draft.Effective(Keys.CarCountry) == "SE" },
        new(Keys.CarLanguage, "Language of the display: nb, sv, da, fi or en") { Suggests = LanguageOf },
        new(Keys.MeterSourceKind, "How the meter is heard: tfp1 (serial line), contacts or receipt-printer"),
        new(Keys.PrinterKindOf, "Printer for the customer's paper, the meter's own too: escpos, or none") { Then = WithoutPrinter },
        new(Keys.PrinterPort, "The printer's port") { Applies = HasPrinter, Offers = _ => devices.Printers() },
        new(Keys.PrinterMeterPort, "If it is the meter's own and the agent sits in the line between them: the port to the meter, or nothing")
        {
            Applies = HasPrinter,
            Offers = _ => devices.SerialLines(),
            Then = HeardInLine,
            Mends = [Keys.PrinterBypassKind],
        },
        new(Keys.PrinterBypassKind, "What connects meter and printer while the agent is off: dtr (a relay at that port's DTR)") { Applies = IsInLine },
        new(Keys.PrinterBaudRate, "The printer's speed, bits a second") { Applies = HasPrinter },
        new(Keys.PrinterColumns, "Characters in a line of its paper: 32 (58 mm), 42 or 48 (80 mm)") { Applies = HasPrinter },
        new(Keys.PrinterReceipt, "Receipts on paper: never, on-request or always") { Applies = HasPrinter },
        new(Keys.SerialPort, "The meter's serial line")
        {
            Applies = IsSerial,
            Offers = _ => devices.SerialLines(),
            Suggests = _ => devices.SerialLines() is [var only] ? only.Value : null,
        },
        new(Keys.SerialBaudRate, "Its speed, bits a second") { Applies = IsSerial },
        new(Keys.SerialParityBit, "Its parity: none, even or odd") { Applies = IsSerial },
        new(Keys.MeterId, "The meter's own name, or nothing for any meter"),
        new(Keys.ContactsChip, "The GPIO chip of the meter's contacts") { Applies = IsContacts },
        new(Keys.ContactsStopped, "The line of the contact for stopped") { Applies = IsContacts },
        new(Keys.ContactsHired, "The line of the contact for hired, or nothing") { Applies = IsContacts },
        new(Keys.ContactsPaid, "The line of the contact for closed at the meter, or nothing") { Applies = IsContacts },
        new(Keys.ContactsVat, "VAT within a fare, hundredths of a percent (1200 is 12 %)") { Applies = IsContacts },
        new(Keys.MeterPrinterTemplate, $"How it prints: {string.Join(", ", ShippedTemplates.Names)}, or a template file") { Applies = IsPrinter },
        new(Keys.MeterPrinterVat, "VAT within a fare whose receipt does not say it, hundredths of a percent") { Applies = IsPrinter },
        new(Keys.Keypad, "Keypad: input-events (USB and the like), matrix or none"),
        new(Keys.KeypadDevice, "The keypad's device")
        {
            Applies = draft => draft.Effective(Keys.Keypad) == "input-events",
            Offers = _ => devices.Keypads(),
            Suggests = _ => devices.Keypads() is [var only] ? only.Value : null,
        },
        new(Keys.MatrixChip, "The GPIO chip of the matrix") { Applies = IsMatrix },
        new(Keys.MatrixLayout, "The matrix: 3x4 or 4x4") { Applies = IsMatrix },
        new(Keys.MatrixRows, "The lines of its rows, top first, commas between") { Applies = IsMatrix },
        new(Keys.MatrixColumns, "The lines of its columns, left first, commas between") { Applies = IsMatrix },
        new(Keys.Display, "Display: lcd, pcf8574 (I2C), serial, terminal or none"),
        new(Keys.DisplayDevice, "The display's device")
        {
            Applies = draft => draft.Effective(Keys.Display) is "lcd" or "pcf8574" or "serial" or "character-lcd",
            Offers = draft => devices.Displays(draft.Effective(Keys.Display)),
            Suggests = draft => devices.Displays(draft.Effective(Keys.Display)) is [var only] ? only.Value : null,
        },
        new(Keys.DisplayAddress, "Its address on the bus") { Applies = draft => draft.Effective(Keys.Display) is "pcf8574" or "character-lcd" },
        new(Keys.DisplayColumns, "Its characters in a line") { Applies = HasDisplay },
        new(Keys.DisplayRows, "Its lines") { Applies = HasDisplay },
    ];

    private static bool IsSerial(Draft draft) => draft.Effective(Keys.MeterSourceKind) is "tfp1" || (IsPrinter(draft) && !IsInLine(draft));

    private static bool HasPrinter(Draft draft) => draft.Effective(Keys.PrinterKindOf) != "none";

    private static bool IsInLine(Draft draft) => HasPrinter(draft) && draft.Effective(Keys.PrinterMeterPort).Length > 0;

    private static void WithoutPrinter(Draft draft)
    {
        if (HasPrinter(draft))
            return;
        draft.Remove(Keys.PrinterMeterPort);
        draft.Remove(Keys.PrinterBypassKind);
    }

    // Heard on the printer's line the meter has no other.
    private static void HeardInLine(Draft draft)
    {
        if (IsPrinter(draft) && IsInLine(draft))
            draft.Remove(Keys.SerialPort);
        if (!IsInLine(draft))
            draft.Remove(Keys.PrinterBypassKind);
    }

    private static bool IsPrinter(Draft draft) => draft.Effective(Keys.MeterSourceKind) == "receipt-printer";

    private static bool IsContacts(Draft draft) => draft.Effective(Keys.MeterSourceKind) == "contacts";

    private static bool IsMatrix(Draft draft) => draft.Effective(Keys.Keypad) is "matrix" or "key-matrix";

    private static bool HasDisplay(Draft draft) => draft.Effective(Keys.Display) != "none";

    private static string LanguageOf(Draft draft) => draft.Effective(Keys.CarCountry) switch
    {
        "SE" => "sv",
        "DK" => "da",
        "FI" => "fi",
        _ => "nb",
    };
}
