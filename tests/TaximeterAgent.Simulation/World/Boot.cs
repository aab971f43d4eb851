using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Phones;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.EPayment;
using TaximeterAgent.Meter.Tfp;
using TaximeterAgent.Simulator.Server;
using TaximeterAgent.Sync;
using TaximeterAgent.Webhooks;
using EPaymentOptions = TaximeterAgent.EPayment.EPaymentOptions;
using SalesUnit = TaximeterAgent.Core.Payments.SalesUnit;

namespace TaximeterAgent.Simulation;

/// <summary>One life of the agent, from a start to the next: its own engine, desks and payment client, wired as <c>Car</c> wires them.</summary>
internal sealed partial class Boot
{
    private const string Host = "https://apitest.vipps.no";

    // Which one the driver has chosen is the agent's business.
    private static readonly Language[] s_languages = Enum.GetValues<Language>();

    private readonly World _world;
    private readonly Network _network;
    private readonly DeskOptions _desk;
    private bool _woken;

    public Boot(World world, TimeSpan wrongBy)
    {
        _world = world;
        Power = new Power(world.Chance, world.CrashRate, world.Tally, world.History);
        Time = new VirtualTime(world.Clock, wrongBy);
        _network = new Network(world, Power);
        var options = new EPaymentOptions
        {
            BaseUrl = new Uri(Host),
            MerchantSerialNumber = ServerDefaults.Msn,
            ClientId = ServerDefaults.ClientId,
            ClientSecret = ServerDefaults.ClientSecret,
            SubscriptionKey = ServerDefaults.SubscriptionKey,
        };
        var outbox = new FaultyOutbox(world.Sabotage.Outbox(world.Disk.Open(Time)), Power, world.DiskTrouble, world.Tally);
        IPaymentCalls calls = new EPaymentCalls(new EPaymentClient(new EPaymentConnection(options, _network, Time)), World.Car, Time);
        Engine = new Engine(
            new EngineParts
            {
                Outbox = outbox,
                Time = Time,
                Ids = world.Ids,
                Calls = world.Sabotage.Calls(calls, world, this),
                Policy = new PaymentPolicy
                {
                    Prefix = "taxi",
                    Car = World.Car,
                    SalesUnit = new SalesUnit(Host, ServerDefaults.Msn),
                    NoShowAfter = TimeSpan.FromHours(1),
                    ReserveAhead = world.Recipe.ReserveAhead,
                    AskOnVoidAfterCapture = world.Recipe.AskOnVoid,
                },
                Dispatch = new DispatchOptions { PollEvery = TimeSpan.FromSeconds(world.Recipe.PollEvery) },
                Meter = new TfpOptions { Agent = World.Car, Version = "1", Currency = Currency.NOK, Home = Country.NO, HeartbeatLost = TimeSpan.FromMinutes(7), FirstSequence = (ushort)world.Chance.Between(0, 65536) },
                WriteLine = frame => world.Line.WriteFromAgent(frame, Power),
                Log = NullLogger.Instance,
                OfflineMaxCount = world.Recipe.SmallRoom ? 1 : 10,
            },
            () => _woken = true);
        _desk = new DeskOptions
        {
            Columns = world.DisplaySize.Columns,
            Rows = world.DisplaySize.Rows,
            // Nothing that is judged moves every second.
            Tick = TimeSpan.FromSeconds(20),
            RefundPin = world.RefundPin,
            LastPaid = LastPaid,
        };
        Driver = new DriverDesk(Engine, Status, Time, Language.English, Country.NO, Show, _desk);
        Hints = new HintDesk(() => Power.IsOn ? Engine : null, new WebhookCounters(Time), Time);
    }

    [GeneratedRegex(@" +(\d+:\d\d|[.oO])$")]
    private static partial Regex Moving { get; }

    public Power Power { get; }

    public VirtualTime Time { get; }

    public Engine Engine { get; }

    public DriverDesk Driver { get; }

    public HintDesk Hints { get; }

    /// <summary>When it wants to go on, in the world's ticks. At a clean stop, as in the agent's host, only for what has been posted: nothing new is begun.</summary>
    public long? NextDue => _woken ? _world.Clock.Now : !Engine.Stopping && Engine.NextDue is { } due ? Time.ToWorld(due) : null;

    /// <summary>The display stands by itself: nothing is under way at it, and it shows that there is nothing to do or how a trip stands.</summary>
    public bool IsAtHome => Engine.Book.Trips.Select(TripState? (trip) => trip.Value).Concat(Settled).Append(null).Any(trip => s_languages.Any(language => Still(Itself(trip, language)).SequenceEqual(Still(Driver.Shown))));

    // A trip that is settled is not in the book any more, and the display may show it still.
    private IEnumerable<TripState?> Settled =>
        from trip in _world.Judge.Trips
        let known = Engine.Book.Find(Identity.OfTrip(new TripId(trip.Key.Meter, trip.Key.Trip, trip.Key.Start)))
        where known is not null
        select Engine.Book.Find(known.Key);

    /// <summary>As the agent's host starts it.</summary>
    public void Start()
    {
        Power.Step(CrashPoint.DuringStart);
        Engine.Start();
        Engine.Drain();
        Power.Step(CrashPoint.DuringStart);
        _world.Line.Agent = Receive;
        Engine.Post(Engine.Link.Start);
    }

    public void Drain()
    {
        Power.Step(CrashPoint.BetweenRounds);
        _woken = false;
        Engine.Drain();
    }

    public void Press(Key key)
    {
        if (Power.IsOn)
            Engine.Post(() => Driver.Press(key));
    }

    public void Receive(byte[] bytes)
    {
        if (Power.IsOn && !_world.Sabotage.Swallows(bytes, _world, this) && Power.IsOn)
            Engine.Post(() => Engine.Link.Receive(bytes));
    }

    /// <summary>Everything of it is gone but what is on the disk and what is on its way.</summary>
    public void End()
    {
        Power.Cut();
        Time.Dead = true;
        _network.Abandon();
    }

    // The disk in memory cannot be listed; the book still has what was paid in this life.
    private IReadOnlyList<MenuTrip> LastPaid(int most) =>
        [.. Engine.Book.Trips.Where(trip => trip.Value.Word?.Kind == WordKind.Paid).OrderByDescending(trip => trip.Key).Take(most).Select(trip => MenuTrips.Of(trip.Key, trip.Value))];

    private IReadOnlyList<string> Itself(TripState? trip, Language language) => Screen.Of(new ScreenView { Trip = trip, Car = Status(), Brand = _desk.Brand, Now = Time.GetUtcNow() }, _desk.Columns, _desk.Rows, language);

    // Without what the time alone changes: what is left of it, or the mark that something goes on.
    private static IEnumerable<string> Still(IReadOnlyList<string> lines) => lines.Select((line, row) => row == 0 ? Moving.Replace(line, "") : line);

    private CarStatus Status() => new() { MeterHeard = Engine.Link.MeterHeard, Online = Engine.Dispatcher.Online, StoreWritable = Engine.StoreWritable };

    private void Show(IReadOnlyList<string> lines)
    {
        Power.Step(CrashPoint.BeforeScreen);
        _world.History.Note("display", $"{lines[0]} / {lines[1]}");
        var seen = _world.Sabotage.Shows(lines);
        _world.Judge.Shown(Translation.ToEnglish(seen));
        _world.DriverJudge.Shown(seen);
        Power.Step(CrashPoint.AfterScreen);
    }
}
