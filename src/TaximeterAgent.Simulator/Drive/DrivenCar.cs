using System.ComponentModel;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>The real thing: a <see cref="World"/> with the real agent's process in it, in real time.</summary>
/// <remarks>Belongs to one thread, but for <see cref="CutPower"/>.</remarks>
internal sealed class DrivenCar : IDrivenCar, IAsyncDisposable
{
    /// <summary>What the app books: reserve up to 500,00.</summary>
    private const long BookedMaximum = 50_000;

    private const int EventsShown = 60;
    private const int PaymentsShown = 30;

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(400);

    private readonly World _world;
    private readonly RecentEvents _events;
    private readonly TimeProvider _time;
    private readonly bool _kept;
    private readonly ControlSocket _control;
    private readonly CommitWatch _commits;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _polling;
    private volatile OutboxFace _outbox = new();
    private volatile string? _asked;
    private Position _position;
    private DateTimeOffset _hiredAt;
    private TripFare? _fare;
    private string? _trip;
    private string? _booking;
    private int _bookings;
    private Customer _customer;
    private int _paymentsBefore;
    private bool _powered;
    private int _hellosBefore;
    private int? _endedWith;

    private DrivenCar(World world, RecentEvents events, TimeProvider time, bool kept)
    {
        _world = world;
        _events = events;
        _time = time;
        _kept = kept;
        _customer = world.NewCustomer();
        // Every customer waits for the person at the keyboard.
        world.Apis.Server.Customers = new ScriptedCustomers { Otherwise = CustomerPlan.DoesNothing };
        _control = new ControlSocket(world.Places.ControlSocket);
        _commits = new CommitWatch(world.Places.Outbox, _ => { });
        _polling = PollAsync();
    }

    /// <summary>Makes the car and turns its ignition on.</summary>
    /// <param name="agent">How the agent is called.</param>
    /// <param name="keep">Where the car's files are kept; null: they are removed at the end.</param>
    /// <param name="time">Real time.</param>
    /// <exception cref="IOException">The folder is not empty, or the files cannot be made.</exception>
    public static async Task<DrivenCar> CreateAsync(IReadOnlyList<string> agent, string? keep, TimeProvider time)
    {
        var options = new WorldOptions
        {
            Name = "drive",
            Pace = Pace.RealTime,
            AgentCommand = agent,
            Keep = keep,
            // Other trips and numbers each time.
            Seed = (int)(time.GetUtcNow().ToUnixTimeSeconds() % int.MaxValue),
        };
        var events = new RecentEvents();
        World world = await World.CreateAsync(options, new Transcript(events, time), time, wire: null);
        DrivenCar? car = null;
        try
        {
            if (keep is not null)
                events.KeepIn(Path.Combine(world.Places.Root, "transcript.txt"));
            car = new DrivenCar(world, events, time, kept: keep is not null);
            world.Meter.SwitchOn();
            car.Start();
            return car;
        }
        catch
        {
            await (car is null ? world.DisposeAsync() : car.DisposeAsync());
            throw;
        }
    }

    /// <summary>What server, meter and display found the agent to do wrong.</summary>
    public IReadOnlyList<Violation> Violations => _world.Violations();

    public string Folder => _world.Places.Root;

    public CarModel Look()
    {
        IReadOnlyList<LedgerPayment> payments = _world.Apis.Server.Payments();
        return new CarModel
        {
            Meter = LookAtMeter(),
            Board = LookAtBoard(),
            Display = new Rows<string>(_world.Display.Current.Lines),
            NetworkOn = _world.Network.IsOn,
            Phone = LookAtPhone(payments),
            Outbox = _outbox,
            Ledger = Rows.Of(payments.Reverse().Take(PaymentsShown).Select(LedgerFaces.Of)),
            Events = _events.Last(EventsShown),
            Violations = _world.Violations().Count,
            Folder = Folder,
            Kept = _kept,
        };
    }

    public void Book()
    {
        Require(_position == Position.ForHire && _booking is null, "a booking is for the next ride");
        NewCustomer();
        string booking = "B-" + (++_bookings);
        Meter(meter => meter.Book(booking, _customer.National, "NOK", BookedMaximum));
        _booking = booking;
        _fare = null;
        _trip = null;
    }

    public void Hire()
    {
        Require(_position != Position.Hired, "the meter runs already");
        Meter(meter => meter.Hired());
        if (_booking is null)
            NewCustomer();
        _position = Position.Hired;
        _hiredAt = _time.GetUtcNow();
        TripFare trip = _world.NewTrip();
        _fare = null;
        _asked = null;
        _trip = trip.Key.Trip;
    }

    public void Stop()
    {
        Require(_position == Position.Hired && _trip is not null, "the meter does not run");
        long amount = Tariff.Of(_time.GetUtcNow() - _hiredAt);
        var key = new TripKey(_world.Meter.Id, _trip, MeterWords.Time(_hiredAt));
        var fare = new TripFare(key, amount, "NOK")
        {
            Fare = amount,
            Finish = MeterWords.Time(_time.GetUtcNow()),
            Distance = Tariff.Metres(_time.GetUtcNow() - _hiredAt),
            Booking = _booking,
        };
        Meter(meter =>
        {
            meter.Stopped();
            meter.Finish(fare);
        });
        _position = Position.Stopped;
        _fare = fare;
        _asked = key.ToString();
        _booking = null;
    }

    public void ForHire()
    {
        Require(_position == Position.Stopped, "stop the meter first");
        Meter(meter => meter.ForHire());
        _position = Position.ForHire;
    }

    public void TakeCash()
    {
        Require(_fare is not null && LookAtMeter().CanTakeCash, "nothing is due");
        Meter(meter => meter.Void(_fare.Key, "cash"));
    }

    public void PressPad(char key)
    {
        Require(_powered, "the ignition is off");
        try
        {
            _world.Keypad.Type(key.ToString());
        }
        catch (InvalidOperationException)
        {
            throw new CannotNow("the agent does not read its keypad");
        }
    }

    public void AnswerPhone(bool approve)
    {
        LedgerPayment? asked = Asked(_world.Apis.Server.Payments());
        Require(asked is not null, "no request is on the phone");
        _world.Apis.Server.CustomerActs(asked.Reference, approve ? CustomerAct.Approve : CustomerAct.Refuse);
    }

    public void SwitchNetwork()
    {
        try
        {
            if (_world.Network.IsOn)
                _world.Network.SwitchOff();
            else
                _world.Network.SwitchOn();
        }
        catch (IOException error)
        {
            throw new CannotNow(error.Message);
        }

        _world.Transcript.Say("network", _world.Network.IsOn ? "is back" : "is gone");
    }

    public async Task TurnIgnitionAsync()
    {
        if (_powered)
        {
            _powered = false;
            _endedWith = null;
            await _world.KillAgentAsync("the ignition is off: the agent's power is cut");
            return;
        }

        if (_endedWith is not null)
            await _world.KillAgentAsync("the ignition is turned off and on: the agent had ended by itself");
        Start();
    }

    /// <summary>Kills the agent at once and on the caller's thread, which may be any.</summary>
    public void CutPower() => _world.CutPower();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _control.Dispose();
        _commits.Dispose();
        await _world.DisposeAsync();
        await _events.DisposeAsync();
        _ended.Dispose();
    }

    private void Start()
    {
        _hellosBefore = _world.Meter.AgentHellos;
        try
        {
            _world.StartAgent();
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            throw new CannotNow("the agent cannot be started: " + error.Message);
        }

        _endedWith = null;
        _powered = true;
    }

    private MeterFace LookAtMeter() => new()
    {
        Position = _position,
        Amount = _fare?.Total ?? (_position == Position.Hired ? Tariff.Of(_time.GetUtcNow() - _hiredAt) : 0),
        Trip = _trip,
        Word = WordOf(_fare, out string? reason),
        Reason = reason,
        Unanswered = _world.Meter.HasUnanswered,
        Booking = _booking,
    };

    private FareWord WordOf(TripFare? fare, out string? reason)
    {
        reason = null;
        if (fare is null)
            return FareWord.None;
        Meter meter = _world.Meter;
        if (meter.Refunded.Any(word => word.Key == fare.Key))
            return FareWord.Refunded;
        if (meter.Voided.Any(word => word.Key == fare.Key))
            return FareWord.Cash;
        if (meter.Paid.Any(word => word.Key == fare.Key))
            return FareWord.Paid;
        reason = meter.Unpaid.LastOrDefault(word => word.Key == fare.Key)?.Reason;
        return reason is null ? FareWord.Due : FareWord.Unpaid;
    }

    private BoardFace LookAtBoard()
    {
        if (_powered && _world.Agent is { HasExited: true } ended)
        {
            _powered = false;
            _endedWith = ended.ExitCode;
            _world.Display.LosePower();
        }

        if (!_powered)
            return new BoardFace { Power = Power.Off, EndedWith = _endedWith };
        return new BoardFace { Power = _world.Meter.AgentHellos > _hellosBefore ? Power.On : Power.Starting, Process = _world.Agent?.Id };
    }

    private PhoneFace LookAtPhone(IReadOnlyList<LedgerPayment> payments)
    {
        LedgerPayment? shown = Asked(payments) ?? (payments.Count > _paymentsBefore ? payments[^1] : null);
        if (shown is null)
            return new PhoneFace { Number = LedgerFaces.Grouped(_customer.Msisdn) };
        return new PhoneFace
        {
            Number = LedgerFaces.Grouped(shown.PhoneNumber ?? ""),
            Push = LedgerFaces.PushOf(shown),
            Amount = LedgerFaces.PushOf(shown) == Push.Paid ? shown.Captured : shown.Amount,
            Reservation = shown.Metadata.ContainsKey("booking") && shown.Captured == 0,
            HasReceipt = shown.ReceiptTotal is not null,
            Others = Math.Max(0, payments.Count(payment => payment.State == "CREATED") - 1),
        };
    }

    /// <summary>The request that waits for a customer: the newest.</summary>
    private static LedgerPayment? Asked(IReadOnlyList<LedgerPayment> payments) => payments.LastOrDefault(payment => payment.State == "CREATED");

    private void NewCustomer()
    {
        _customer = _world.NewCustomer();
        _paymentsBefore = _world.Apis.Server.Payments().Count;
    }

    private void Meter(Action<Meter> say)
    {
        try
        {
            say(_world.Meter);
        }
        catch (InvalidOperationException)
        {
            throw new CannotNow("the meter has more to say than it can keep: the agent does not answer it");
        }
    }

    private static void Require([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool condition, string otherwise)
    {
        if (!condition)
            throw new CannotNow(otherwise);
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(PollEvery, _time);
        while (await timer.WaitForNextTickAsync(_ended.Token))
            _outbox = (await _control.AskAsync(_asked, _ended.Token)) with { Commits = Commits() };
    }

    private int Commits()
    {
        try
        {
            return _commits.Count();
        }
        catch (IOException)
        {
            return _outbox.Commits; // the log is being taken away at this moment
        }
    }
}
