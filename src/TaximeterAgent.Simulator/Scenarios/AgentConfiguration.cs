using System.Globalization;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>The agent's configuration file for a world. Written readable for its owner only: it holds the keys.</summary>
internal static class AgentConfiguration
{
    public const string CarId = "NO-4711-T7";

    /// <summary>What a meter that cannot name itself is called.</summary>
    public const string ContactMeterId = "M-88";

    /// <summary>What a meter that only prints is called.</summary>
    public const string PrinterMeterId = "P-88";

    /// <summary>The first line of every slip of the agent's.</summary>
    public const string PaperHeader = "Simulated Taxis AS";

    public static void Write(string path, WorldOptions options, WorldPlaces places, Uri server, ApiCredentials credentials, BrokerAccess? broker = null, BypassRelay? box = null)
    {
        Pace pace = options.Pace;
        var root = new JsonObject
        {
            ["Car"] = new JsonObject
            {
                ["Id"] = CarId,
                ["Prefix"] = "taxi",
                ["Country"] = "NO",
                ["Language"] = "en",
                ["Currency"] = "NOK",
            },
            ["EPayment"] = new JsonObject
            {
                ["BaseUrl"] = server.ToString().TrimEnd('/'),
                ["MerchantSerialNumber"] = credentials.MerchantSerialNumber,
                ["ClientId"] = credentials.ClientId,
                ["ClientSecret"] = credentials.ClientSecret,
                ["SubscriptionKey"] = credentials.SubscriptionKey,
                ["ConnectTimeout"] = Text(pace.ConnectTimeout),
                ["TryTimeout"] = Text(pace.TryTimeout),
                ["PollFirst"] = Text(pace.PollFirst),
                ["PollEvery"] = Text(pace.PollEvery),
                ["PaymentLifetime"] = Text(pace.PaymentLifetime),
                ["CertaintyMargin"] = Text(pace.CertaintyMargin),
                ["BackoffFirst"] = Text(pace.BackoffFirst),
                ["BackoffMost"] = Text(pace.BackoffMost),
                ["RateWindow"] = Text(pace.RateWindow),
            },
            ["Meter"] = options.ContactMeter ? Contacts(places) : options.PrinterMeter ? Printer(options, places, box is not null) : Line(options, places),
            ["Driver"] = new JsonObject
            {
                ["Keypad"] = "input-events",
                ["KeypadDevice"] = places.Keypad,
                ["KeypadFifo"] = true,
                ["Display"] = options.Display == DisplayModel.Backpack ? "pcf8574" : "lcd",
                ["DisplayDevice"] = places.Display,
                ["DisplayFifo"] = true,
                ["DisplayColumns"] = options.DisplayColumns,
                ["DisplayRows"] = options.DisplayRows,
            },
            ["Outbox"] = new JsonObject { ["Directory"] = places.Outbox },
            ["Policy"] = new JsonObject
            {
                ["OfflineMaxAge"] = Text(pace.OfflineMaxAge),
                ["NoShowAfter"] = Text(pace.NoShowAfter),
                ["OrphanAfter"] = Text(pace.OrphanAfter),
            },
            ["Control"] = new JsonObject { ["Socket"] = places.ControlSocket },
        };
        if (options.Store is not null)
            root["Outbox"]!["Store"] = options.Store;
        if (options.Ignition)
            root["Ignition"] = new JsonObject { ["Chip"] = places.Ignition, ["Fifo"] = true, ["Line"] = Number(Car.IgnitionSwitch.Line), ["HoldUp"] = "00:00:05" };
        if (options.Printer || box is not null)
        {
            var printer = new JsonObject
            {
                ["Kind"] = "escpos",
                ["Port"] = box?.PrinterPort ?? places.Printer,
                ["Header"] = $"{PaperHeader}|Org.nr. 987 654 321",
                ["Receipt"] = options.PrintsReceipt,
                ["Cut"] = "partial",
            };
            if (box is not null)
            {
                printer["MeterPort"] = box.MeterPort;
                printer["Bypass"] = "dtr";
                printer["Quiet"] = "00:00:01";
            }

            root["Printer"] = printer;
        }

        if (broker is not null)
        {
            root["Relay"] = new JsonObject
            {
                ["Uri"] = broker.Uri,
                ["Password"] = broker.Password,
                ["CaFile"] = broker.CaFile,
                ["ReportEvery"] = Text(pace.ReportEvery),
                ["ReconnectFirst"] = Text(pace.ReconnectFirst),
                ["ReconnectMost"] = Text(pace.ReconnectMost),
            };
        }

        PrivateFile.Write(path, root);
    }

    /// <summary>Changes a file that was written before; the agent sees it at its next start.</summary>
    public static void Change(string path, Action<JsonObject> change)
    {
        JsonObject root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(root);
        File.Delete(path);
        PrivateFile.Write(path, root);
    }

    private static JsonObject Line(WorldOptions options, WorldPlaces places)
    {
        Pace pace = options.Pace;
        return new JsonObject
        {
            ["Source"] = "tfp1",
            ["Serial"] = WithDriver(new JsonObject { ["Port"] = places.SerialPort }, options),
            ["AnswerTimeout"] = Text(pace.AnswerTimeout),
            ["AnswerPause"] = Text(pace.AnswerPause),
            ["Heartbeat"] = Text(pace.Heartbeat),
            ["HeartbeatLost"] = Text(pace.HeartbeatLost),
        };
    }

    private static JsonObject WithDriver(JsonObject serial, WorldOptions options)
    {
        if (options.SerialDriver is { } driver)
            serial["Driver"] = driver;
        return serial;
    }

    private static JsonObject Contacts(WorldPlaces places) => new()
    {
        ["Id"] = ContactMeterId,
        ["Source"] = "contacts",
        ["Contacts"] = new JsonObject
        {
            ["Chip"] = places.Contacts,
            ["Fifo"] = true,
            ["Hired"] = Number(Car.ContactMeter.HiredLine),
            ["Stopped"] = Number(Car.ContactMeter.StoppedLine),
            ["Paid"] = Number(Car.ContactMeter.PaidLine),
            ["Vat"] = 1200,
        },
    };

    private static JsonObject Printer(WorldOptions options, WorldPlaces places, bool inLine)
    {
        var meter = new JsonObject
        {
            ["Id"] = PrinterMeterId,
            ["Source"] = "receipt-printer",
            ["Printer"] = new JsonObject { ["Template"] = "narrow-en", ["Quiet"] = "00:00:00.500", ["Vat"] = 1200 },
        };
        // In the line its prints come by that port; it may think before a line.
        if (inLine)
            meter["Printer"]!["Quiet"] = "00:00:01";
        else
            meter["Serial"] = WithDriver(new JsonObject { ["Port"] = places.PrinterTap, ["BaudRate"] = 9600 }, options);
        return meter;
    }

    private static string Number(int line) => line.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.ToString("c", CultureInfo.InvariantCulture);
}

/// <summary>The keys that the agent is given.</summary>
internal sealed record ApiCredentials(string MerchantSerialNumber, string ClientId, string ClientSecret, string SubscriptionKey);

/// <summary>How the car reaches the broker, and as whom.</summary>
internal sealed record BrokerAccess(string Uri, string Password, string CaFile);
