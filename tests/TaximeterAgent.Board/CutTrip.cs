using System.Globalization;
using TaximeterAgent.Board.Disk;
using TaximeterAgent.Board.Judging;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board;

/// <summary>What a trip has come to when the power goes.</summary>
internal enum Moment
{
    /// <summary>Some seconds after it began, whatever it has come to.</summary>
    Anytime,

    FareAcknowledged,

    CustomerAsked,

    Approved,

    Captured,

    PaidSaid,
}

/// <summary>How the customer's number comes.</summary>
internal enum Way
{
    /// <summary>The driver types it.</summary>
    Keyed,

    /// <summary>With the fare.</summary>
    Known,

    /// <summary>A booking brought it, and a maximum that was reserved.</summary>
    Reserved,
}

/// <summary>One trip, in which the power is cut and comes again; it must have been paid in the end.</summary>
internal sealed class CutTrip
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly World _world;
    private readonly Tally _tally;
    private readonly Random _random;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _begun;
    private readonly Customer _customer;
    private readonly string? _booking;
    private readonly Moment _moment;
    private readonly TimeSpan _after;
    private readonly bool _twice;
    private DateTimeOffset _typedFor;
    private DateTimeOffset? _secondCut;
    private bool _finished;
    private bool _cut;
    private Boot? _boot;

    public CutTrip(World world, Tally tally, Random random, TimeProvider time)
    {
        (_world, _tally, _random, _time) = (world, tally, random, time);
        _begun = time.GetUtcNow();
        _customer = world.NewCustomer();
        Way way = (Way)random.Next(3);
        Fare = world.NewTrip(fare: 10_000 + (100 * random.Next(400)));
        if (way == Way.Known)
            Fare = Fare with { Phone = _customer.National };
        if (way == Way.Reserved)
        {
            _booking = "B-" + Fare.Key.Trip;
            Fare = Fare with { Booking = _booking };
        }

        _moment = (Moment)random.Next(6);
        // Mostly at once: what comes of a moment happens within a second.
        _after = _moment == Moment.Anytime ? Longest * random.NextDouble() : TimeSpan.FromMilliseconds(Math.Pow(random.NextDouble(), 2) * 1500);
        // One board in seven is cut off again while it boots, or as soon as it is up.
        _twice = random.Next(7) == 0;
        What = string.Create(CultureInfo.InvariantCulture, $"trip {Fare.Key.Trip}, {way}, cut {_after.TotalMilliseconds:0} ms after {_moment}{(_twice ? ", and again" : "")}");
    }

    public TripFare Fare { get; }

    public string What { get; }

    /// <summary>Plays it to its end; what is wrong with it.</summary>
    public async Task<IReadOnlyList<Finding>> PlayAsync()
    {
        _world.Transcript.Say("board", What);
        if (_booking is not null)
            _world.Meter.Book(_booking, "+" + _customer.Msisdn, "NOK", Fare.Total + 5_000);
        var findings = new List<Finding>();
        try
        {
            await _world.WaitAsync(() => _cut && _secondCut is null && _boot!.Look() && IsOver, $"the end of {What}", MeanwhileAsync);
            _world.Meter.ForHire();
        }
        catch (ScenarioFailed failed)
        {
            findings.Add(new Finding(_boot is { IsReady: false } ? Harm.Other : Harm.Lost, failed.Message));
        }

        // A receipt, a release may be under way still.
        DateTimeOffset end = _time.GetUtcNow() + TimeSpan.FromSeconds(60);
        while (findings.Count == 0 && Judged().Any() && _time.GetUtcNow() < end)
            await Task.Delay(TimeSpan.FromMilliseconds(200), _time);
        await Task.Delay(_world.Pace.Quiet, _time);
        findings.AddRange(Judged());
        return findings;
    }

    private IEnumerable<Finding> Judged() => Judge.Money(Judge.Trip(_world.Evidence(), Fare, _begun), Fare);

    private bool IsOver => _world.Meter.Paid.Any(paid => paid.Key == Fare.Key)
        && Judge.Trip(_world.Evidence(), Fare, _begun).Screens.Any(screen => ScreenWords.Verdict(screen) == Verdict.Paid);

    private async Task MeanwhileAsync()
    {
        if (!_finished && (_booking is null || _world.Meter.AcknowledgedBookings.Contains(_booking)))
        {
            _finished = true;
            if (_booking is not null)
                await _world.WaitSomeAsync(TimeSpan.FromSeconds(3));
            _world.Meter.Hired();
            _world.Meter.Stopped();
            _world.Meter.Finish(Fare);
        }

        LookAndType();
        if (!_cut && (HasCome(_moment) || (_finished && IsOver)))
        {
            if (_moment != Moment.Anytime)
                await Task.Delay(_after, _time);
            _cut = true;
            await CutAsync();
            if (_twice)
                _secondCut = _time.GetUtcNow() + (TimeSpan.FromSeconds(30) * _random.NextDouble());
        }
        else if (_secondCut <= _time.GetUtcNow())
        {
            _secondCut = null;
            await CutAsync();
        }

        _boot?.Look();
    }

    private async Task CutAsync()
    {
        _tally.Cuts++;
        // Three in four while the disk is at work.
        if (_random.Next(4) > 0)
            DiskMoment.Await(_world.Board().Log, _random.Next(1, 5), TimeSpan.FromSeconds(1));
        _world.CutPower();
        await _world.KillAgentAsync("cut");
        _typedFor = default;
        _boot = Boot.Begin(_world, _tally, _time);
    }

    private bool HasCome(Moment moment)
    {
        PaymentFacts[] payments = [.. _world.Apis.Payments().Where(payment => payment.IsFor(Fare.Key.ToString(), _booking))];
        return moment switch
        {
            Moment.FareAcknowledged => _world.Meter.Acknowledged.Any(known => known.Key == Fare.Key),
            Moment.CustomerAsked => payments.Length > 0,
            Moment.Approved => payments.Any(payment => payment.Authorized > 0),
            Moment.Captured => payments.Any(payment => payment.Captured > 0),
            Moment.PaidSaid => _world.Meter.Paid.Any(paid => paid.Key == Fare.Key),
            _ => _time.GetUtcNow() >= _begun + _after,
        };
    }

    private void LookAndType()
    {
        if (_typedFor == _world.StartedAt || _world.Agent is not { HasExited: false } || !ScreenWords.Asks(_world.Display.Current, Fare.Total))
            return;
        _typedFor = _world.StartedAt;
        _world.TypeNumber(_customer);
    }
}
