using System.Text;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Devices;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;
using Taximeter = TaximeterAgent.Simulator.Car.Meter;

namespace TaximeterAgent.Simulation;

/// <summary>
/// A day of one car, made from a seed: meter, driver, customers, network, server and power around the real agent, on one thread in virtual time. First the day with
/// all its trouble; then the world is healthy, and everything has to come to its end.
/// </summary>
internal sealed class World : IDisposable
{
    public const string Car = "NO4711";

    /// <summary>How long a healthy world may take to come to rest: longer than a booking waits and a request lives, and every retry between them.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromHours(12);

    private static readonly TimeSpan s_longestDay = TimeSpan.FromHours(24);

    /// <summary>Steps while the clock stands still: far more than what can be due at one moment.</summary>
    private const int StepsAtOnceMaximum = 10_000;

    /// <summary>A meter that is patient with an agent without power: each of its repeats into the void says the same.</summary>
    private static readonly MeterOptions s_meter = new() { Tries = 4, AnswerPause = TimeSpan.FromMinutes(2), Heartbeat = TimeSpan.FromMinutes(5) };

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Queue<(string Reference, LedgerEvent Event)> _noted = new();
    private readonly Day _day;
    private readonly DriverAtWheel _driver;
    private readonly RandomKeys? _randomKeys;
    private readonly Technician? _technician;
    private int _paymentsSeen;
    private int _restarts;
    private int _stepsAtOnce;
    private bool _strayed;

    /// <param name="seed">Makes everything that happens.</param>
    /// <param name="sabotage">What is broken on purpose.</param>
    /// <param name="disk">What keeps the outbox.</param>
    /// <param name="keepHistory">Write down what happens.</param>
    /// <param name="randomKeys">The driver presses any key in any order, until the world is healthy.</param>
    /// <param name="technician">A technician holds, releases, resolves and has things tried, until the world is healthy.</param>
    /// <param name="trips">How many rides the day has; null: as the seed has it.</param>
    public World(int seed, Saboteur sabotage, Func<IDisk> disk, bool keepHistory = false, bool randomKeys = false, bool technician = false, int? trips = null)
    {
        Seed = seed;
        Sabotage = sabotage;
        Clock = new VirtualClock();
        History = new History(Clock, keepHistory ? new StringBuilder() : null);
        Chance = new Chance(seed);
        Recipe = new Recipe(Chance);
        if (trips is { } many)
            Recipe = new Recipe(new Chance(seed)) { Trips = many };
        CrashRate = Recipe.Crash;
        Disk = disk();
        DiskTrouble = new DiskTrouble(Clock, Chance, Tally) { Rate = Recipe.Disk };
        Judge = new Judge(Clock, Recipe);
        DriverJudge = new DriverJudge(Judge, Tally);
        Weather = new Weather(Chance, Recipe, Tally);
        Line = new Line(Clock, Chance, Tally, Judge, History) { Trouble = Recipe.Line };
        ServerTime = new VirtualTime(Clock);
        Server = MakeServer();
        Meter = new Taximeter(Line, s_meter with { FirstSeq = (ushort)Chance.Between(0, 65536) }, new VirtualTime(Clock));
        Ids = new SimulatedIds(Chance);
        _day = new Day(this);
        _driver = new DriverAtWheel(this);
        _randomKeys = randomKeys ? new RandomKeys(this) : null;
        _technician = technician ? new Technician(this) : null;
        RefundPin = randomKeys ? "2580" : "";
        DisplaySize = randomKeys && seed % 2 == 0 ? (20, 4) : (16, 2);
    }

    public int Seed { get; }

    /// <summary>The driver's display. Only a driver who does not look at it can do with any.</summary>
    public (int Columns, int Rows) DisplaySize { get; }

    /// <summary>What the driver needs to refund a trip; empty where drivers do not.</summary>
    public string RefundPin { get; }

    public Saboteur Sabotage { get; }

    public VirtualClock Clock { get; }

    public Chance Chance { get; }

    public Recipe Recipe { get; }

    public Tally Tally { get; } = new();

    public History History { get; }

    public IDisk Disk { get; }

    public DiskTrouble DiskTrouble { get; }

    public Judge Judge { get; }

    public DriverJudge DriverJudge { get; }

    public Weather Weather { get; }

    public Line Line { get; }

    public VirtualTime ServerTime { get; }

    public VippsServer Server { get; }

    public Taximeter Meter { get; }

    public IIdSource Ids { get; }

    /// <summary>At each step of the agent; 0 once the world is healthy.</summary>
    public double CrashRate { get; private set; }

    /// <summary>The agent, while it has power.</summary>
    public Boot? Boot { get; private set; }

    /// <summary>Runs the day to its end.</summary>
    /// <returns>What was broken first; null if the promise was kept.</returns>
    public Verdict? Run()
    {
        // With a context of its own a test runner would take the continuations away from this thread.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Live();
            return null;
        }
        catch (BrokenPromise broken)
        {
            History.Note("judge", $"{broken.Verdict.How}: {broken.Verdict.What}");
            return broken.Verdict;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose()
    {
        Boot?.End();
        Meter.Dispose();
        Disk.Dispose();
    }

    /// <summary>A continuation that has left the one thread would make the run depend on chance that no seed gives.</summary>
    public void CheckThread()
    {
        if (Environment.CurrentManagedThreadId == _thread)
            return;
        _strayed = true;
        throw new InvalidOperationException("The agent has left the simulation's thread.");
    }

    /// <summary>Takes what the server has noted since: for the judge, and for the hints that it sends.</summary>
    public void LookAtLedger()
    {
        while (_noted.TryDequeue(out var noted))
        {
            var (reference, e) = noted;
            History.Note("ledger", $"{reference} {e.Name} {e.Amount}{(e.Success ? "" : " failed")}");
            if (e.Name == "CREATED")
            {
                var payment = Server.Payments()[_paymentsSeen++];
                var subject = payment.Metadata.TryGetValue("trip", out var trip) ? "trip " + trip : "booking " + payment.Metadata.GetValueOrDefault("booking");
                Judge.Created(new PaymentTruth(reference, subject, payment.Amount, Clock.Now));
            }
            else
            {
                Judge.Happened(reference, e);
            }

            Hint(reference);
        }
    }

    /// <summary>The driver presses a key, whatever is shown.</summary>
    public void Press(Key key)
    {
        if (Boot is not { } boot || Sabotage.Presses(key, boot.Driver.Shown) is not { } heard)
            return;
        Tally.Keys++;
        History.Note("key", $"{key}");
        DriverJudge.Pressed(key, boot.Driver.Shown);
        boot.Press(heard);
    }

    /// <summary>A technician wants a part of a fare to be given back.</summary>
    public void OrderRefund(TripFare fare)
    {
        if (Boot is not { } boot || Judge.Trips.FirstOrDefault(trip => trip.Key == fare.Key) is not { VoidAcknowledgedAt: null, Word.Kind: "PAID" } trip)
            return;
        var total = Chance.Of(0.3) ? fare.Total : Chance.Between(1000, 9000);
        if (total > fare.Total)
            return;
        boot.Engine.Post(() =>
        {
            if (boot.Engine.Book.Find(Identity.OfTrip(new TripId(fare.Key.Meter, fare.Key.Trip, fare.Key.Start))) is not { } known)
                return;
            Tally.Count(FaultKind.RefundOrdered);
            trip.RefundOrdered = Math.Max(trip.RefundOrdered, total);
            boot.Engine.Book.Take(known.Key, (at, id) => new Input.RefundOrdered(total) { At = at, Id = id });
        });
    }

    private VippsServer MakeServer() => new(
        ServerTime,
        new ServerOptions
        {
            Seed = Seed,
            CaptureGuarantee = Recipe.ShortGuarantee ? TimeSpan.FromMinutes(Chance.Between(1, 20)) : TimeSpan.FromDays(7),
            // Judged on the wire: the server does not know what was lost on its way to it.
            RefusedKeyIsViolation = false,
            SalesUnits = [ServerDefaults.SalesUnit with { PartialCaptureAllowed = Recipe.PartialCapture, PushAllowed = Recipe.PushAllowed }],
        },
        new Customers(Chance, Recipe, Weather, Tally))
    {
        PaymentNoted = (reference, e) => _noted.Enqueue((reference, e)),
    };

    private void Live()
    {
        if (Recipe.ShortGuarantee)
            Tally.Count(FaultKind.GuaranteeShort);
        if (!Recipe.PartialCapture)
            Tally.Count(FaultKind.FullCaptureOnly);
        Start();
        Meter.SwitchOn();
        _day.Start();
        if (_randomKeys is { } keys)
            keys.Start();
        else
            _driver.Start();
        _technician?.Start();
        if (Recipe.Outages)
            Clock.After(Chance.Seconds(10, 1800), Outage);
        if (Recipe.Trouble > 0)
            Clock.After(Chance.Seconds(60, 3600), MeterRestart);
        if (Recipe.Crash > 0)
            Clock.After(Chance.Seconds(60, 3600), Stop);
        RunUntil(s_longestDay, () => _day.IsOver);
        RunUntil(TimeSpan.FromTicks(Clock.Now) + Chance.Seconds(0, 900), () => false);
        Heal();
        RunUntil(TimeSpan.FromTicks(Clock.Now) + s_patience, IsQuiet);
        Judge.AllAreStored(Disk.Open(ServerTime));
        if (!IsQuiet())
            throw new BrokenPromise(NothingIsBusy && Judge.AnythingLive ? Broken.Stranded : Broken.Stuck, WhyNotQuiet());
        LookAtViolations();
        Judge.AtEnd(Disk.Open(ServerTime), Server);
    }

    private void RunUntil(TimeSpan end, Func<bool> enough)
    {
        while (!enough())
        {
            var serverDue = ServerDue();
            var next = Earliest(Clock.NextDue, Boot?.NextDue, serverDue);
            if (next is not { } at || at > end.Ticks)
            {
                Clock.MoveTo(end.Ticks);
                return;
            }

            _stepsAtOnce = at > Clock.Now ? 0 : _stepsAtOnce + 1;
            if (_stepsAtOnce > StepsAtOnceMaximum)
                throw new BrokenPromise(Broken.Stuck, WhoSpins());
            Clock.MoveTo(at);
            if (serverDue <= Clock.Now)
            {
                Server.CatchUp();
                LookAtLedger();
            }

            RunNext();
            if (Boot is { } boot)
                Turn(boot);
            if (Judge.Found is { } broken)
                throw broken;
            if (_strayed)
                throw new InvalidOperationException("The agent has left the simulation's thread.");
        }
    }

    private void RunNext()
    {
        try
        {
            Clock.RunNext();
        }
        catch (PowerCut)
        {
            // The agent was at work in it; seen at its next turn.
        }
    }

    private void Turn(Boot boot)
    {
        CheckThread();
        if (!boot.Power.IsOn)
        {
            PowerIsGone(boot);
            return;
        }

        if (boot.NextDue is not { } due || due > Clock.Now)
            return;
        Guard(boot, boot.Drain);
    }

    private void Guard(Boot boot, Action act)
    {
        try
        {
            act();
        }
        catch (PowerCut)
        {
            // Seen below.
        }
        catch (OutboxFailedException)
        {
            // The process ends itself; what the operating system has taken is not lost by that.
            History.Note("agent", $"ends: the store has failed");
            boot.End();
            Boot = null;
            Judge.Shown([]);
            Line.Agent = null;
            Clock.After(Chance.Seconds(1, 10), Start);
            return;
        }

        if (!boot.Power.IsOn)
            PowerIsGone(boot);
    }

    private void PowerIsGone(Boot boot)
    {
        boot.End();
        Boot = null;
        Line.Agent = null;
        Judge.Shown([]);
        Disk.LosePower(Chance);
        Clock.After(Chance.Of(0.1) ? Chance.Seconds(60, 3600) : Chance.Seconds(1, 60), Start);
        // The ignition takes both.
        if (Chance.Of(0.3))
            RestartMeter();
    }

    private void Start()
    {
        if (Boot is not null)
            return;
        var wrongBy = TimeSpan.Zero;
        if (_restarts++ > 0 && Recipe.ClockWrong && Chance.Of(0.5))
        {
            Tally.Count(FaultKind.ClockWrong);
            wrongBy = TimeSpan.FromHours(Chance.Pick(-24 * 365 * 10, -24 * 30, -2, 2, 24 * 30, 24 * 365));
        }

        History.Note("agent", $"starts");
        var boot = new Boot(this, wrongBy);
        if (Weather.IsHealthy)
            boot.Power.Keep();
        Boot = boot;
        Guard(boot, boot.Start);
    }

    // SIGTERM: what is on its way gets a moment, then the process ends.
    private void Stop()
    {
        if (Boot is { } boot && !Weather.IsHealthy && Chance.Of(0.3))
        {
            Tally.Count(FaultKind.CleanStop);
            boot.Engine.Stopping = true;
            Clock.After(TimeSpan.FromSeconds(3), () =>
            {
                if (Boot != boot)
                    return;
                Guard(boot, boot.Drain);
                if (Boot != boot)
                    return;
                boot.End();
                Boot = null;
                Line.Agent = null;
                Judge.Shown([]);
                Clock.After(Chance.Seconds(1, 30), Start);
            });
        }

        if (!Weather.IsHealthy)
            Clock.After(Chance.Seconds(60, 3600), Stop);
    }

    private void Outage()
    {
        if (Weather.IsHealthy)
            return;
        if (Chance.Of(0.7))
            Weather.IsDown = true;
        else
            Weather.ServerDown = true;
        History.Note("world", $"network down {Weather.IsDown}, server down {Weather.ServerDown}");
        Clock.After(Chance.Of(0.2) ? Chance.Seconds(600, 3600) : Chance.Seconds(10, 600), () =>
        {
            Weather.IsDown = Weather.ServerDown = false;
            Clock.After(Chance.Seconds(60, 3600), Outage);
        });
    }

    private void MeterRestart()
    {
        if (Weather.IsHealthy)
            return;
        if (Chance.Of(0.3))
            RestartMeter();
        Clock.After(Chance.Seconds(60, 3600), MeterRestart);
    }

    private void RestartMeter()
    {
        Tally.Count(FaultKind.MeterRestarts);
        Meter.SwitchOff();
        var seq = Chance.Of(0.5) ? 0 : Chance.Between(0, 65536);
        Clock.After(Chance.Seconds(1, 30), () => Meter.Restart((ushort)seq));
    }

    private void Heal()
    {
        History.Note("world", $"is healthy from now on");
        CrashRate = 0;
        Boot?.Power.Keep();
        Weather.Heal();
        DiskTrouble.Heal();
        Line.Trouble = 0;
        _driver.BringToAnEnd();
        if (_randomKeys is not null)
            _driver.Start();
    }

    private string WhoSpins() =>
        $"{StepsAtOnceMaximum} steps at {TimeSpan.FromTicks(Clock.Now)} and no end: world due {Clock.NextDue}, server {ServerDue()}, agent {Boot?.NextDue}"
        + (Boot is { Engine: var engine } ? $" (timers {engine.Timers.NextDue}, dispatcher {engine.Dispatcher.NextDue}, line {engine.Link.NextDue}, stopping {engine.Stopping}, store {engine.StoreWritable})" : "");

    private bool IsQuiet() =>
        // Asked at every step of a healthy world: what is cheap to see comes first.
        Boot is { } boot && boot.Power.IsOn && boot.Engine.Dispatcher.Count == 0 && boot.Engine.StoreWritable && Judge.AllHaveTheirWord
        && !Meter.IsTalking && !Judge.AnythingLive && NothingIsBusy;

    private bool NothingIsBusy => Boot is { } boot && boot.Engine.Book.Trips.All(trip => !trip.Value.Busy && trip.Value.Stopped is null);

    private string WhyNotQuiet()
    {
        if (Boot is not { } boot)
            return "the agent does not start";
        var busy = boot.Engine.Book.Trips.Where(trip => trip.Value.Busy || trip.Value.Stopped is not null).Select(trip => $"{trip.Value.Trip}{(trip.Value.Stopped is { } why ? $" stopped: {why}" : "")}");
        foreach (var (_, state) in boot.Engine.Book.Trips.Where(trip => trip.Value.Busy))
            History.Note("stuck", $"{System.Text.Encoding.UTF8.GetString(TaximeterAgent.Outbox.State.TripStateJson.Write(state))}");
        var wordless = Judge.Trips.Where(trip => trip is { Acknowledged: true, Word: null, VoidAcknowledgedAt: null }).Select(trip => $"{trip.Key}");
        return $"after {s_patience.TotalHours} healthy hours: busy {string.Join(", ", busy)}; without a word {string.Join(", ", wordless)}; meter talking {Meter.IsTalking}; operations {boot.Engine.Dispatcher.Count}; live {string.Join(", ", Judge.Payments.Where(p => p.IsLive).Select(p => p.Reference))}";
    }

    private void LookAtViolations()
    {
        foreach (var violation in Server.Violations)
        {
            // A new life of the agent knows nothing of the last one's calls and tokens.
            if (violation.Rule is Rules.TooManyCalls or Rules.TooManyTokens && _restarts > 1)
                continue;
            throw new BrokenPromise(violation.Rule is Rules.TwoLiveAttempts or Rules.AttemptOverUnknown or Rules.NewKeyOverUnknown ? Broken.Double : Broken.Untrue, $"{violation.Rule} {violation.Operation} {violation.Reference}: {violation.Detail}");
        }
    }

    private void Hint(string reference)
    {
        if (!Recipe.Hints || !Reference.TryParse(reference, out var parsed))
            return;
        var copies = 1;
        var late = Chance.Seconds(0.1, 3);
        if (!Weather.IsHealthy && Chance.Of(0.3 * Recipe.Trouble))
        {
            switch (Chance.Between(0, 4))
            {
                case 0:
                    Tally.Count(FaultKind.HintLost);
                    return;
                case 1:
                    Tally.Count(FaultKind.HintLate);
                    late = Chance.Seconds(3, 1200);
                    break;
                case 2:
                    Tally.Count(FaultKind.HintDoubled);
                    copies = Chance.Between(2, 5);
                    break;
                default:
                    // Nothing has happened at all: a hint that anybody could have sent again.
                    Tally.Count(FaultKind.HintForged);
                    Clock.After(Chance.Seconds(0, 600), () => TakeHint(parsed));
                    break;
            }
        }

        for (var copy = 0; copy < copies; copy++)
            Clock.After(late + Chance.Seconds(0, copy * 5), () => TakeHint(parsed));
    }

    private void TakeHint(Reference reference)
    {
        if (Boot is not { } boot)
            return;
        Sabotage.Hinted(reference);
        boot.Hints.Take(reference);
    }

    private long? ServerDue() => Server.NextDue is { } due ? (due - VirtualTime.Epoch).Ticks : null;

    private static long? Earliest(params ReadOnlySpan<long?> times)
    {
        long? earliest = null;
        foreach (var time in times)
        {
            if (time is { } at && !(earliest <= at))
                earliest = at;
        }

        return earliest;
    }

    private sealed class SimulatedIds(Chance chance) : IIdSource
    {
        private long _given;

        public string NewId() => $"{++_given:x32}";

        public double NextFraction() => chance.Fraction();
    }
}
