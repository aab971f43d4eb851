using System.Globalization;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Fleet;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Scenarios;

/// <summary>Everything around one agent, and the agent's process itself: what a scenario's script plays with.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>Bytes; SQLite's own default.</summary>
    private const int DatabasePage = 4096;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    /// <summary>A command of the agent's itself gives up after 8 s.</summary>
    private static readonly TimeSpan CommandPatience = TimeSpan.FromSeconds(30);

    private readonly WorldOptions _options;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly SerialCable _line;
    private readonly MeterTranscript _meterTranscript;
    private readonly System.Text.StringBuilder _keys = new();
    private readonly Lock _keysGate = new();
    private readonly List<KeyedAmount> _keyed = [];
    private readonly List<KeyedReceipt> _keyedReceipts = [];
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly SerialCable? _printerLine;
    private int _starts;
    private int _commands;
    private int _trips;
    private int _printedRides;
    private bool _keyMistyped;

    private readonly CloudSide? _cloud;

    private World(WorldOptions options, Transcript transcript, TimeProvider time, WorldPlaces places, SimulatedApis apis, CloudSide? cloud)
    {
        _cloud = cloud;
        _options = options;
        _time = time;
        _random = new Random(options.Seed);
        AgentProgram = options.AgentCommand;
        Transcript = transcript;
        Places = places;
        Apis = apis;
        Network = new MobileNetwork(apis.EndPoint, time);
        _line = new SerialCable(places.SerialPort);
        Meter = new Meter(_line, new MeterOptions
        {
            FirstSeq = options.MeterFirstSeq,
            Copies = options.MeterCopies,
            AnswerTimeout = options.Pace.AnswerTimeout,
            AnswerPause = options.Pace.AnswerPause,
            Heartbeat = options.Pace.Heartbeat,
        }, time);
        _meterTranscript = new MeterTranscript(transcript);
        Meter.FrameLogged += _meterTranscript.Take;
        Keypad = new Keypad(places.Keypad, options.Keypad, time, options.PluggableKeypad);
        Keypad.Pressed += Pressed;
        if (options.ContactMeter)
        {
            Contacts = new ContactMeter(places.Contacts, AgentConfiguration.ContactMeterId, time);
            Contacts.Moved += what => transcript.Say("contacts", what);
        }

        if (options.PrinterInLine)
        {
            Box = new BypassRelay(time) { Falling = BypassRelay.Settled };
            Cable = new MeterCable(Box);
        }
        else if (options.PrinterMeter)
        {
            _printerLine = new SerialCable(places.PrinterTap);
        }

        if (options.PrinterMeter)
        {
            Printer = new PrinterMeter(Cable ?? (ISerialLine)_printerLine!, AgentConfiguration.PrinterMeterId, time);
            Printer.Printed += what => transcript.Say("printer", what);
            Printer.Printed += _ => Cable?.Begin();
        }

        if (options.Ignition)
        {
            Ignition = new IgnitionSwitch(places.Ignition, time);
            Ignition.Turned += on => transcript.Say("ignition", on);
        }

        if (options.Printer)
        {
            Paper = new PaperPrinter(places.Printer);
            Paper.Printed += slip => transcript.Say("paper", string.Join(" | ", slip.Lines));
        }

        Display = new Display(places.Display, () => PictureOf(options), time);
        Display.Changed += screen => transcript.Say("display", screen.ToString());
        AgentConfiguration.Write(places.Configuration, options, places, Address(options, places), apis.Credentials, Access(cloud), Box);
    }

    // OpenSSL's own way to say whom a process trusts.
    private Uri Address(WorldOptions options, WorldPlaces places)
    {
        if (options.Carrier?.Tls is not { } tls)
            return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Network.Port}"));
        string authority = Path.Combine(places.Root, "authority.pem");
        File.WriteAllText(authority, tls.Authority);
        AgentEnvironment["SSL_CERT_FILE"] = authority;
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"https://localhost:{Network.Port}"));
    }

    // Over the same network as the payment service: a tunnel cuts both.
    private BrokerAccess? Access(CloudSide? cloud) => cloud is null
        ? null
        : new BrokerAccess(string.Create(CultureInfo.InvariantCulture, $"amqps://localhost:{Network.Open(cloud.Broker)}/taxi"), cloud.CarPassword, cloud.BrokerAuthority);

    public Transcript Transcript { get; }

    public WorldPlaces Places { get; }

    public SimulatedApis Apis { get; }

    /// <summary>The fleet's cloud side; only where a scenario needs it, or <c>--relay</c> was given.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public CloudSide Cloud => _cloud ?? throw new InvalidOperationException("this world has no cloud side");

    public MobileNetwork Network { get; }

    public Meter Meter { get; }

    /// <summary>The meter of a car whose meter has no line; null for one that has.</summary>
    public ContactMeter? Contacts { get; }

    /// <summary>The meter of a car whose meter only prints; null for another.</summary>
    public PrinterMeter? Printer { get; }

    /// <summary>The box in the line between that meter and its printer, where the agent sits in it; null where it does not.</summary>
    public BypassRelay? Box { get; }

    /// <summary>That meter's end of the line; null with <see cref="Box"/>.</summary>
    public MeterCable? Cable { get; }

    /// <summary>The ignition of a car whose agent senses it; null where it does not.</summary>
    public IgnitionSwitch? Ignition { get; }

    /// <summary>The customer's paper; null in a car without a printer.</summary>
    public PaperPrinter? Paper { get; }

    public Keypad Keypad { get; }

    public Display Display { get; }

    public Pace Pace => _options.Pace;

    /// <summary>The date in a world in which years pass.</summary>
    /// <exception cref="InvalidOperationException">In this one they do not.</exception>
    public WorldCalendar Calendar => _options.Calendar ?? throw new InvalidOperationException("in this world no years pass");

    /// <summary>What the agent's process is given besides a bare environment, from its next start on.</summary>
    public Dictionary<string, string> AgentEnvironment { get; } = [];

    /// <summary>The program that the next start is of; a scenario may replace it by another version.</summary>
    public IReadOnlyList<string> AgentProgram { get; set; }

    /// <summary>True: not the agent that was built with us.</summary>
    public bool ForeignAgent => _options.ForeignAgent;

    /// <summary>The agent that runs or ran last; null before the first start.</summary>
    public AgentProcess? Agent { get; private set; }

    /// <summary>The moment of the agent's last start: screens from then on are its own.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    public static async Task<World> CreateAsync(WorldOptions options, Transcript transcript, TimeProvider time, WireLog? wire)
    {
        var places = new WorldPlaces(options.Name, options.Keep);
        SimulatedApis? apis = null;
        CloudSide? cloud = null;
        try
        {
            CloudServices? services = options.Cloud is null ? null : await options.Cloud.ServicesAsync();
            apis = await SimulatedApis.StartAsync(options, transcript, time, wire, services is null ? null : new Authority(services.Authority));
            if (services is not null)
                cloud = await CloudSide.StartAsync(options.Cloud!, services, options, places, apis, transcript, time);
            return new World(options, transcript, time, places, apis, cloud);
        }
        catch
        {
            if (cloud is not null)
                await cloud.DisposeAsync();
            if (apis is not null)
                await apis.DisposeAsync();
            places.Dispose();
            throw;
        }
    }

    /// <summary>The meter's cable is pulled out of the board.</summary>
    public void PullCable()
    {
        Transcript.Say("driver", "pulls the meter's cable");
        _line.Pull();
    }

    public void PlugCable()
    {
        Transcript.Say("driver", "plugs the meter's cable in");
        _line.Plug();
    }

    /// <summary>The ignition is on: the agent starts.</summary>
    public void StartAgent()
    {
        _line.ReadyForNextHolder();
        _printerLine?.ReadyForNextHolder();
        Keypad.Forget();
        Contacts?.Forget();
        Ignition?.Forget();
        Paper?.ReadyForNextHolder();
        _starts++;
        StartedAt = _time.GetUtcNow();
        Apis.Server.ClientStartsAnew();
        Agent = AgentProcess.Start(AgentProgram, ["run", "--config", Places.Configuration], Places.Root, Places.AgentLog(_starts), AgentEnvironment);
        Transcript.Say("power", $"the agent starts (process {Agent.Id}, log agent-{_starts})");
    }

    /// <summary>The board gets a new, empty card: everything that the agent ever stored is gone.</summary>
    /// <param name="evenIfEmpty">The agent may have had no time to store anything.</param>
    /// <exception cref="ScenarioFailed">There was nothing to lose.</exception>
    public void EmptyOutbox(bool evenIfEmpty = false)
    {
        string[] files = Directory.Exists(Places.Outbox) ? Directory.GetFiles(Places.Outbox) : [];
        if (files.Length == 0 && !evenIfEmpty)
            throw new ScenarioFailed("the agent has stored nothing in its outbox");
        foreach (string file in files)
            File.Delete(file);
        Transcript.Say("person", $"puts a new card into the board: {files.Length} files are gone");
    }

    /// <summary>True: the agent's outbox is not SQLite's.</summary>
    public bool OtherStore => _options.Store is not null;

    // Where the agent's store has its trips.
    private string Database => Path.Combine(Places.Outbox, OtherStore ? "outbox.litedb" : "outbox.db");

    /// <summary>The card gives back something else than what was written to it.</summary>
    /// <exception cref="ScenarioFailed">There is no database to spoil.</exception>
    public void SpoilDatabase()
    {
        string database = Database;
        if (!File.Exists(database))
            throw _options.ForeignAgent ? new ScenarioSkipped("this agent's database has another name") : new ScenarioFailed("the agent has no database in its outbox");
        var spoilt = new byte[new FileInfo(database).Length];
        Array.Fill(spoilt, (byte)0xA5);
        File.WriteAllBytes(database, spoilt);
        Transcript.Say("person", $"the card spoils the database: {spoilt.Length} bytes");
    }

    /// <summary>The card spoils a part of the database: it still begins as one.</summary>
    /// <exception cref="ScenarioFailed">There is no such part.</exception>
    public void SpoilPages()
    {
        string database = Database;
        byte[] content = File.Exists(database) ? File.ReadAllBytes(database) : [];
        if (content.Length <= DatabasePage)
            throw new ScenarioFailed("the agent's database has no second page to spoil");
        content.AsSpan(DatabasePage).Fill(0xA5);
        File.WriteAllBytes(database, content);
        Transcript.Say("person", $"the card spoils {content.Length - DatabasePage} bytes of the database");
    }

    /// <summary>A clock for the agent from its next start on: right until it is set.</summary>
    /// <exception cref="ScenarioSkipped">This machine has none to give.</exception>
    public FakeClock GiveClock()
    {
        FakeClock clock = FakeClock.Find(Path.Combine(Places.Root, "clock")) ?? throw new ScenarioSkipped("libfaketime is not installed (Debian's package faketime)");
        foreach ((string name, string value) in clock.Environment)
            AgentEnvironment[name] = value;
        return clock;
    }

    /// <summary>Changes the agent's configuration file; the agent sees it at its next start.</summary>
    public void Reconfigure(Action<JsonObject> change) => AgentConfiguration.Change(Places.Configuration, change);

    /// <summary>Somebody has mistyped a key in the agent's configuration: that the service is told a wrong one is then no mistake of the agent's.</summary>
    public void MistypeKey()
    {
        _keyMistyped = true;
        Reconfigure(root => root["EPayment"]!["SubscriptionKey"] = new string('0', Apis.Credentials.SubscriptionKey.Length));
    }

    /// <summary>The exit code of a status or doctor that was read whole and has something red in it.</summary>
    public const int CodeRed = 2;

    /// <summary>The doctor's, where nothing is worse than yellow.</summary>
    public const int CodeYellow = 3;

    /// <summary>Another command of the agent's program, such as a technician types.</summary>
    /// <param name="arguments">The command and its arguments; <c>--config FILE</c> is appended.</param>
    /// <returns>What it wrote on its standard output.</returns>
    /// <exception cref="ScenarioFailed">It did not end with 0 in time.</exception>
    /// <exception cref="ScenarioSkipped">Neither did a foreign agent, which need not know it.</exception>
    public async Task<string> CommandAsync(params string[] arguments) => (await AnsweredAsync(arguments)).Output;

    /// <summary>The same, with how it ended: 0, <see cref="CodeRed"/> or <see cref="CodeYellow"/>.</summary>
    public async Task<(int Code, string Output)> AnsweredAsync(params string[] arguments)
    {
        Transcript.Say("person", "types taximeter-agent " + string.Join(' ', arguments));
        // Named like the agent's logs, so that what it writes is searched for secrets like them.
        string log = Places.AgentLog(++_commands) + "-command";
        AgentProcess command = AgentProcess.Start(AgentProgram, [.. arguments, "--config", Places.Configuration], Places.Root, log, AgentEnvironment);
        int? code = null;
        string said;
        await using (command)
        {
            using var limit = new CancellationTokenSource(CommandPatience, _time);
            try
            {
                await command.WaitForExitAsync(limit.Token);
                code = command.ExitCode;
            }
            catch (OperationCanceledException)
            {
                // It is killed.
            }

            said = string.Join(" / ", command.Tail);
        }

        Transcript.Say("person", $"reads, exit code {code?.ToString(CultureInfo.InvariantCulture) ?? "none"}: {said}");
        // A status that is read whole and has something red in it is an answer too.
        if (code is 0 or CodeRed or CodeYellow)
            return (code.Value, ReadShared(command.OutputFile));
        string what = $"'{string.Join(' ', arguments)}' {(code is null ? "did not end" : $"ended with {code}")}: {said}";
        throw _options.ForeignAgent ? new ScenarioSkipped($"this agent cannot do it: {what}") : new ScenarioFailed(what);
    }

    /// <summary>The meter has power, the agent starts and has said HELLO to it.</summary>
    public async Task SwitchOnAsync()
    {
        int hellos = Meter.AgentHellos;
        Meter.SwitchOn();
        StartAgent();
        await WaitAsync(() => Meter.AgentHellos > hellos, "the agent's HELLO to the meter");
    }

    /// <summary>SIGKILL: the power is cut. The display goes dark with it.</summary>
    public async Task KillAgentAsync(string why)
    {
        if (Agent is not { } agent)
            return;
        await agent.KillAsync();
        await agent.DisposeAsync();
        Display.LosePower();
        Transcript.Say("power", why);
    }

    /// <summary>The first half of <see cref="KillAgentAsync"/>, at once and on the caller's thread.</summary>
    public void CutPower() => Agent?.Kill();

    /// <summary>SIGTERM. A script that has no handler for it ends by the signal itself; that is no fault.</summary>
    public async Task StopAgentAsync()
    {
        if (Agent is not { HasExited: false } agent)
            return;
        int? code = await agent.StopAsync(TimeSpan.FromSeconds(30));
        Transcript.Say("power", code is null ? "the agent does not stop" : $"the agent has stopped with {code}");
        if (code is not (0 or 128 + 15))
            throw new ScenarioFailed(code is null ? "the agent did not stop within 30 s of SIGTERM" : $"the agent stopped with exit code {code} after SIGTERM");
    }

    /// <summary>A trip that has just ended: 12.4 km, 310.00 and 35.00 for the airport, 12 % VAT within.</summary>
    public TripFare NewTrip(long fare = 31_000, long supplement = 3_500)
    {
        DateTimeOffset finish = _time.GetUtcNow();
        if (_trips == 0)
            _trips = _random.Next(1_000, 9_000);
        var key = new TripKey(Meter.Id, (_trips++).ToString(CultureInfo.InvariantCulture), MeterWords.Time(finish - TimeSpan.FromMinutes(24)));
        return new TripFare(key, fare + supplement, "NOK") { Fare = fare, Supplement = supplement, Finish = MeterWords.Time(finish) };
    }

    /// <summary>A customer with a Norwegian mobile number of eight digits.</summary>
    public Customer NewCustomer()
    {
        string digits = _random.Next(2) == 0 ? "4" : "9";
        return new Customer(digits + _random.Next(10_000_000).ToString("D7", CultureInfo.InvariantCulture));
    }

    /// <summary>The passenger gets in, and out again: HIRED, then STOPPED.</summary>
    public async Task DriveAsync()
    {
        Meter.Hired();
        await WaitAsync(() => !Meter.IsTalking, "the ACK of HIRED");
        Meter.Stopped();
    }

    /// <summary>The driver types a number and confirms it.</summary>
    public void TypeNumber(Customer customer) => Keypad.Type(customer.National + "#");

    /// <summary>The driver is about to confirm what was keyed for the last ride of a meter with contacts.</summary>
    public void Keyed(long minor) => _keyed.Add(new KeyedAmount(Contacts!.Rides[^1], minor, _time.GetUtcNow()));

    /// <summary>The driver is about to confirm what was keyed for a print in doubt.</summary>
    public void Keyed(PrintedReceipt receipt, long minor) => _keyedReceipts.Add(new KeyedReceipt(receipt, minor, _time.GetUtcNow()));

    /// <summary>A ride that has just ended, by the clock of a meter that prints; no two are over in the same minute.</summary>
    public PrintedRide NewPrintedRide(long fare = 31_000, long toll = 3_500)
    {
        if (_trips == 0)
            _trips = _random.Next(1_000, 9_000);
        DateTime now = _time.GetUtcNow().UtcDateTime;
        DateTime finish = new DateTime(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0).AddMinutes(-30 + (_printedRides++ * 5));
        return new PrintedRide((_trips++).ToString(CultureInfo.InvariantCulture), finish.AddMinutes(-24), finish, fare, toll);
    }

    public Task WaitForAcknowledgedAsync(TripFare fare) =>
        WaitAsync(() => Meter.Acknowledged.Any(known => known.Key == fare.Key), $"the ACK of the FARE of {fare.Key}");

    public Task WaitForPaidAsync(TripFare fare) => WaitAsync(() => Meter.Paid.Any(paid => paid.Key == fare.Key), $"PAID for {fare.Key}");

    /// <summary>Waits for a picture that is or was on the display since the agent's last start.</summary>
    public Task WaitForScreenAsync(Func<Screen, bool> matches, string what) =>
        WaitAsync(() => Display.History.Any(screen => screen.At >= StartedAt && matches(screen)), $"a screen with {what}");

    /// <summary>Waits until it is true; fails when patience is over or the agent ends by itself.</summary>
    /// <param name="condition">What is awaited.</param>
    /// <param name="what">Its name, for the message.</param>
    /// <param name="meanwhile">What the driver and the car do while it is awaited, over and over.</param>
    public async Task WaitAsync(Func<bool> condition, string what, Func<Task>? meanwhile = null)
    {
        DateTimeOffset end = _time.GetUtcNow() + Pace.Patience;
        while (true)
        {
            if (meanwhile is not null)
                await meanwhile();
            if (condition())
                return;
            if (Agent is { HasExited: true } agent)
                throw new ScenarioFailed($"the agent ended with exit code {agent.ExitCode} while {what} was awaited{Tail(agent)}");
            if (_time.GetUtcNow() >= end)
                throw new ScenarioFailed($"{what} did not come within {Pace.Patience.TotalSeconds:0} s; last seen: {LastSeen()}{(Agent is null ? "" : Tail(Agent))}");
            await Task.Delay(Glance, _time);
        }
    }

    /// <summary>Lets some time pass, drawn from the seed; gives how long.</summary>
    public async Task<TimeSpan> WaitSomeAsync(TimeSpan most)
    {
        TimeSpan wait = most * _random.NextDouble();
        await Task.Delay(wait, _time);
        return wait;
    }

    /// <summary>Gives what is still under way (a receipt, a release) the time to come about, then sees that nothing more happens.</summary>
    public async Task SettleAsync(Expectation expectation, TimeSpan patience)
    {
        DateTimeOffset end = _time.GetUtcNow() + patience;
        while (_time.GetUtcNow() < end && Agent is { HasExited: false } && MayComeAbout(Evidence(), expectation))
            await Task.Delay(Glance * 5, _time);
        await Task.Delay(Pace.Quiet, _time);
    }

    /// <summary>Something is missing yet, and nothing is broken for good.</summary>
    private static bool MayComeAbout(Evidence evidence, Expectation expectation) =>
        Checker.Check(evidence, expectation).Count > 0 && !Invariants.Always.Any(rule => rule(evidence).Any());

    /// <summary>What server, meter and display found the agent to do wrong.</summary>
    public IReadOnlyList<Violation> Violations()
    {
        DateTimeOffset now = _time.GetUtcNow();
        return
        [
            .. Apis.Server.Violations.Where(found => !_keyMistyped || found.Rule != Rules.BadCredentials),
            .. Meter.Violations.Select(found => new Violation(now, "meter", "TFP/1", null, found)),
            .. (Paper?.Faults ?? []).Select(found => new Violation(now, "printer", "write", null, found)),
            .. Display.Faults.Select(found => new Violation(now, "display", "write", null, found)),
            .. (Printer?.Violations ?? []).Select(found => new Violation(now, "printer", "tap", null, found)),
        ];
    }

    public Evidence Evidence() => new()
    {
        Name = _options.Name,
        // First: what has reached the car is then in the ledger, which is looked at afterwards.
        Fleet = _cloud?.Facts() ?? new FleetFacts(),
        Payments = Apis.Payments(),
        Meter = Contacts is { } contacts ? ContactEvidence.Of(contacts, _keyed, Apis.Payments(), Display.History)
            : Printer is { } printer ? PrintEvidence.Of(printer, _keyedReceipts, Apis.Payments(), Display.History)
            : Recorded(),
        Screens = Display.History,
        Violations = [.. Violations().Select(found => $"{found.Rule}: {found.Detail}{(found.Reference is null ? "" : $" ({found.Operation} of {found.Reference})")}")],
        Keys = Keys(),
        Leaks = Leaks(),
    };

    private MeterFacts Recorded() => new()
    {
        Acknowledged = Meter.Acknowledged,
        Voided = Meter.Voided,
        Paid = Meter.Paid,
        Unpaid = Meter.Unpaid,
        Refunded = Meter.Refunded,
        Named = Meter.Named,
    };

    /// <summary>What the agent stands on, such as its disk: it is there for as long as the agent is.</summary>
    public void Own(IAsyncDisposable thing) => _owned.Add(thing);

    /// <summary>Waits until the agent has ended by itself, with this exit code.</summary>
    /// <exception cref="ScenarioFailed">It goes on, or ended otherwise.</exception>
    public async Task WaitForEndAsync(int code, string why)
    {
        AgentProcess agent = Agent!;
        using var limit = new CancellationTokenSource(Pace.Patience, _time);
        try
        {
            await agent.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ScenarioFailed($"the agent went on though {why}");
        }

        Transcript.Say("power", $"the agent has ended with {agent.ExitCode}");
        if (agent.ExitCode != code && !_options.ForeignAgent)
            throw new ScenarioFailed($"the agent ended with {agent.ExitCode} when {why}, expected {code}{Tail(agent)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (Agent is { } agent)
            await agent.DisposeAsync();
        foreach (IAsyncDisposable thing in _owned)
            await thing.DisposeAsync();
        Meter.Dispose();
        _line.Dispose();
        Contacts?.Dispose();
        _printerLine?.Dispose();
        Cable?.Dispose();
        Box?.Dispose();
        Ignition?.Dispose();
        Paper?.Dispose();
        Keypad.Dispose();
        Display.Dispose();
        await Network.DisposeAsync();
        await Apis.DisposeAsync();
        if (_cloud is not null)
            await _cloud.DisposeAsync();
        Places.Dispose();
    }

    private static IDisplayPicture PictureOf(WorldOptions options) => options.Display switch
    {
        DisplayModel.Backpack => new BackpackPicture(options.DisplayColumns, options.DisplayRows),
        _ => new LcdPicture(options.DisplayColumns, options.DisplayRows),
    };

    private void Pressed(char key)
    {
        lock (_keysGate)
            _keys.Append(key);
        Transcript.Say("driver", $"presses {key}");
    }

    private string Keys()
    {
        lock (_keysGate)
            return _keys.ToString();
    }

    private string LastSeen()
    {
        string frame = _meterTranscript.LastFromAgent ?? "nothing from the agent";
        string[] payments = [.. Apis.Payments().Select(payment => $"{payment.Reference} {payment.State}")];
        return $"display {Display.Current}, line '{frame}', payments: {(payments.Length == 0 ? "none" : string.Join(", ", payments))}";
    }

    private static string Tail(AgentProcess agent) => agent.Tail.Count == 0 ? "" : "; it wrote last: " + string.Join(" / ", agent.Tail.TakeLast(5));

    /// <summary>Whether the agent's log, of any of its starts, holds a text.</summary>
    public bool AgentWrote(string text) =>
        Directory.EnumerateFiles(Places.Root, "agent-*.*").Any(file => ReadShared(file).Contains(text, StringComparison.Ordinal));

    /// <summary>Secrets and whole numbers have no place in a log.</summary>
    private List<string> Leaks()
    {
        var leaks = new List<string>();
        foreach (string file in ((string[])["agent-*.*", "relay-*.out", "relay-*.err"]).SelectMany(pattern => Directory.EnumerateFiles(Places.Root, pattern)))
        {
            string text = ReadShared(file);
            foreach ((string what, string secret) in Secrets())
            {
                if (text.Contains(secret, StringComparison.Ordinal))
                    leaks.Add($"{what} stands in {Path.GetFileName(file)}");
            }
        }

        return leaks;
    }

    private IEnumerable<(string What, string Secret)> Secrets()
    {
        yield return ("the client secret", Apis.Credentials.ClientSecret);
        yield return ("the subscription key", Apis.Credentials.SubscriptionKey);
        foreach (string number in Apis.Payments().Select(payment => payment.PhoneNumber).OfType<string>().Distinct())
            yield return ("a full phone number", number.Length > 8 ? number[^8..] : number);
        foreach ((string What, string Secret) more in _cloud?.AllSecrets() ?? [])
            yield return more;
    }

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}

/// <param name="National">Eight digits.</param>
internal sealed record Customer(string National)
{
    public string Msisdn => "47" + National;
}
