using Microsoft.Extensions.Logging;
using TaximeterAgent.Configuration;
using TaximeterAgent.Control.Watch;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Fleet;
using TaximeterAgent.Gpio;
using TaximeterAgent.Meter.Contacts;
using TaximeterAgent.Meter.Print.Desk;
using TaximeterAgent.Meter.Serial;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Printer;
using TaximeterAgent.Printer.InLine;
using TaximeterAgent.Sync;
using Settings = TaximeterAgent.Configuration.AgentOptions;

namespace TaximeterAgent.Hosting;

/// <summary>What a car is made of: the engine's parts and the devices around it.</summary>
internal sealed record CarParts(Settings Options, EngineParts Engine, ISerialLine Line, IKeypad Keypad, ICharacterDisplay Display, ILogger Log)
{
    /// <summary>The contacts of a meter that has no line; null for one that has.</summary>
    public ContactLines? Contacts { get; init; }

    /// <summary>The line that senses the ignition; null where there is none.</summary>
    public IgnitionSense? Ignition { get; init; }

    /// <summary>What the store knows of all its trips; on the engine's thread.</summary>
    public Func<StoreFigures> Figures { get; init; } = () => default;

    /// <summary>Makes what is stored visible to those who read the store over a connection of their own; on the engine's thread.</summary>
    public Action Publish { get; init; } = () => { };

    /// <summary>Opens the store to read only, beside the engine.</summary>
    public Func<IOutboxReader> OpenReader { get; init; } = () => throw new InvalidOperationException("There is no store to be read.");

    /// <summary>What the driver's desk is told besides.</summary>
    public DeskOptions Desk { get; init; } = new();

    /// <summary>Buzzer and lamps; null where there are none.</summary>
    public SignalLines? Signals { get; init; }

    /// <summary>Paper for the customer.</summary>
    public ICustomerPrinter Printer { get; init; } = new NoPrinter();

    /// <summary>How it stands with whatever the meter is heard by.</summary>
    public DeviceStatus? MeterStatus => Contacts is { } contacts ? contacts.Status : Line.Status;

    /// <summary>How it stands with all GPIO lines in use: the first that is not open, else all; null where none is used or none has said anything yet.</summary>
    public DeviceStatus? GpioStatus
    {
        get
        {
            DeviceStatus?[] all = [Contacts?.Status, Ignition?.Status, (Keypad as IMatrixKeypad)?.Status, Signals?.Status];
            var told = all.OfType<DeviceStatus>().ToList();
            return told.Find(status => status.State != DeviceState.Open)
                ?? (told.Count > 0 ? new DeviceStatus(DeviceState.Open, string.Join(' ', told.Select(status => status.Message))) : null);
        }
    }

    /// <summary>Where watchers hear of what happens.</summary>
    public WatchBus Watch { get; } = new(Engine.Time);

    /// <summary>What a try may take beyond its limit on a board that is busy.</summary>
    private static readonly TimeSpan s_tryMargin = TimeSpan.FromSeconds(30);

    /// <summary>Not while the car is busy starting.</summary>
    private static readonly TimeSpan s_upkeepFirst = TimeSpan.FromMinutes(1);

    /// <summary>The parts that the configuration asks for.</summary>
    /// <param name="options">The configuration.</param>
    /// <param name="open">Waits for the outbox; asked when the devices are made, which need none.</param>
    /// <param name="calls">The payment service.</param>
    /// <param name="time">How time passes.</param>
    /// <param name="log">The engine's.</param>
    /// <param name="witness">Who looks on.</param>
    /// <param name="last">What the service answered last.</param>
    public static CarParts Of(Settings options, Func<IOutboxStore> open, IPaymentCalls calls, TimeProvider time, ILogger log, ITripWitness? witness = null, LastCalls? last = null)
    {
        var serial = options.Meter.Serial;
        var driver = options.Driver;
        var display = DriverDevices.Display(driver, options.Car.Language, time);
        var contacts = options.Meter.Source == MeterSource.Contacts;
        // The meter's prints come by the line that the agent sits in, where it sits in one.
        var heardInLine = options.Meter.Source == MeterSource.ReceiptPrinter && options.Printer.MeterPort.Length > 0;
        var printer = DriverDevices.Printer(options.Printer, options.Car, heardInLine, time);
        ISerialLine meter = contacts ? new NoSerialLine()
            : heardInLine && printer is InLinePrinter line ? line
            : SerialLines.Of(serial, time);
        var keypad = DriverDevices.Keypad(options, time);
        var outbox = open();
        TellOfReserve(outbox.Reserve, log);
        return new CarParts(
            options,
            Parts(options, outbox, calls, time, log, witness, last),
            meter,
            keypad,
            display,
            log)
        {
            Desk = new DeskOptions
            {
                Columns = display.Columns,
                Rows = display.Rows,
                Brand = options.Car.Brand,
                RefundPin = driver.RefundPin,
                Light = display is ISwitchableLight light ? light.Light : null,
                Receipt = options.Printer.Receipt,
                ReceiptGiven = trip => outbox.Reader.HistoryOf(trip).Any(line => line.What == ReceiptDesk.Given),
                LastPaid = most => MenuTrips.LastPaid(outbox.Reader, most),
            },
            Figures = () => new StoreFigures(outbox.Reader.Failed(), outbox.Reader.OldestOpen()),
            Publish = () => outbox.Publish(),
            OpenReader = outbox.OpenReader,
            Contacts = contacts ? ContactsOf(options.Meter.Contacts, options.GpioDriver, time) : null,
            Ignition = options.Ignition.Line.Length > 0 ? IgnitionOf(options.Ignition, options.GpioDriver, time) : null,
            Printer = printer,
            Signals = options.Signals.Any ? SignalsOf(options.Signals, options.GpioDriver, time) : null,
        };
    }

    private static void TellOfReserve(IOutboxReserve reserve, ILogger log)
    {
        void Tell(long left)
        {
            if (reserve.InUse)
                Sync.Log.ReserveUsed(log, left, reserve.Whole);
            else
                Sync.Log.ReserveWhole(log, reserve.Whole);
        }

        reserve.Changed = Tell;
        // A start may have used of it, or found no room to make it.
        if (reserve.InUse)
            Tell(reserve.Left);
    }

    private static ContactLines ContactsOf(ContactsOptions options, GpioDriver driver, TimeProvider time) => new(
        new LinePlan { Chip = options.Chip, ActiveLow = options.ActiveLow, Bias = LinePlans.Bias(options.Bias), Debounce = options.Debounce },
        options.Hired,
        options.Stopped,
        options.Paid,
        GpioPorts.Of(driver, options.Fifo),
        time);

    private static IgnitionSense IgnitionOf(IgnitionOptions options, GpioDriver driver, TimeProvider time) => new(
        new LinePlan { Chip = options.Chip, Inputs = [options.Line], ActiveLow = options.ActiveLow, Bias = LinePlans.Bias(options.Bias), Debounce = options.Debounce },
        GpioPorts.Of(driver, options.Fifo),
        time);

    private static SignalLines SignalsOf(SignalOptions options, GpioDriver driver, TimeProvider time) => new(
        new LinePlan { Chip = options.Chip, ActiveLow = options.ActiveLow },
        new Dictionary<Signal, string> { [Signal.Paid] = options.Paid, [Signal.Refused] = options.Refused, [Signal.Attention] = options.Attention },
        GpioPorts.Of(driver),
        time);

    private static EngineParts Parts(Settings options, IOutboxStore outbox, IPaymentCalls calls, TimeProvider time, ILogger log, ITripWitness? witness, LastCalls? last) => new()
    {
        Outbox = outbox,
        Time = time,
        Ids = new RandomIds(),
        Calls = calls,
        Log = log,
        Witness = witness,
        WriteLine = _ => { },
        Power = options.Ignition.Line.Length > 0 ? new PowerPlan(options.Ignition.HoldUp, outbox.Flush) : null,
        Contacts = options.Meter.Source == MeterSource.Contacts ? new ContactOptions(options.Meter.Id, options.Car.Currency, options.Meter.Contacts.Vat) : null,
        Prints = options.Meter.Printer is { Template: { } template } printer ? new PrintOptions(options.Meter.Id, options.Car.Currency, template, printer.Quiet, printer.Vat) : null,
        Upkeep = new Upkeep(time, new Housekeeping(options.Outbox, outbox, time, () => last?.Skew).Piece, options.Outbox.UpkeepEvery < s_upkeepFirst ? options.Outbox.UpkeepEvery : s_upkeepFirst, options.Outbox.UpkeepEvery),
        OfflineMaxCount = options.Policy.OfflineMaxCount,
        OfflineMaxAmount = options.Policy.OfflineMaxAmount,
        Policy = new PaymentPolicy
        {
            Prefix = options.Car.Prefix,
            Car = options.Car.Id,
            Currency = options.Car.Currency,
            SalesUnit = new SalesUnit(options.EPayment.BaseUrl.AbsoluteUri.TrimEnd('/'), options.EPayment.MerchantSerialNumber),
            OfflineMaxAge = options.Policy.OfflineMaxAge,
            RequestLifetime = options.EPayment.PaymentLifetime,
            CertainAfter = options.EPayment.PaymentLifetime + options.EPayment.CertaintyMargin,
            NoShowAfter = options.Policy.NoShowAfter,
            OrphanAfter = options.Policy.OrphanAfter,
            ChoiceTimeout = options.Policy.ChoiceTimeout,
            ReserveAhead = options.Policy.ReserveAhead,
            AskOnVoidAfterCapture = options.Policy.VoidAfterCapture == VoidAfterCapture.Ask,
        },
        Dispatch = new DispatchOptions
        {
            PollFirst = options.EPayment.PollFirst,
            PollEvery = options.EPayment.PollEvery,
            BackoffFirst = options.EPayment.BackoffFirst,
            BackoffMost = options.EPayment.BackoffMost,
            RateWindow = options.EPayment.RateWindow,
            TryBound = 2 * options.EPayment.TryTimeout + s_tryMargin,
        },
        Meter = new TfpOptions
        {
            Agent = options.Car.Id,
            Version = Banner.Version,
            Currency = options.Car.Currency,
            Home = options.Car.Country,
            ExpectedMeter = options.Meter.Id,
            AnswerTimeout = options.Meter.AnswerTimeout,
            AnswerPause = options.Meter.AnswerPause,
            HeartbeatLost = options.Meter.HeartbeatLost,
            // A SEQ may start anywhere; a new one at each start keeps late answers to the last run apart from those to this one.
            FirstSequence = (ushort)Random.Shared.Next(ushort.MaxValue),
        },
    };
}
