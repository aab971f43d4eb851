using System.Globalization;
using TaximeterAgent.Configuration;
using TaximeterAgent.Core.Fares;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.Core.Ports;
using TaximeterAgent.Driver.Screens;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Server;
using Operation = TaximeterAgent.Simulator.Server.Operation;

namespace TaximeterAgent.Simulation;

/// <summary>
/// Holds the agent to its promise by what can be seen from outside: the server's events, the bytes on the meter's line and the display. It knows nothing of the
/// agent's state.
/// </summary>
internal sealed class Judge(VirtualClock clock, Recipe recipe)
{
    private static readonly Words s_words = Words.Of(Language.English);

    /// <summary>Screens that say: nothing of this trip can be approved or captured any more.</summary>
    private static readonly string[] s_over =
    [
        .. new Func<Words, string>[] { words => words.Refused, words => words.Expired, words => words.Rejected, words => words.Offline, words => words.Cancelled }.SelectMany(Translation.OfAll),
    ];

    /// <summary>How long the network may hold a request back; the agent has to reckon with more.</summary>
    private static readonly TimeSpan s_mayStillArrive = TimeSpan.FromMinutes(9);

    /// <summary>No try of the client's takes longer.</summary>
    private static readonly TimeSpan s_try = TimeSpan.FromSeconds(30);

    private static readonly Operation[] s_money = [Operation.Capture, Operation.Refund];

    private readonly Dictionary<string, PaymentTruth> _payments = [];
    private readonly List<TripTruth> _trips = [];
    private readonly Dictionary<string, Tfp1Message> _saidByMeter = [];
    private readonly HashSet<string> _heard = [];
    private readonly Dictionary<(string Reference, Operation Kind), MoneyTry> _moneySent = [];
    private readonly KeysOnTheWire _keys = new();
    private IReadOnlyList<string> _screen = [];

    public IReadOnlyList<TripTruth> Trips => _trips;

    /// <summary>What was broken first.</summary>
    public BrokenPromise? Found { get; private set; }

    public IEnumerable<PaymentTruth> Payments => _payments.Values;

    /// <summary>Requests that a fault has put off and that have not arrived yet.</summary>
    public int UnderWay { get; set; }

    public TripTruth Expect(TripFare fare)
    {
        var trip = new TripTruth(fare);
        _trips.Add(trip);
        return trip;
    }

    public PaymentTruth? Payment(string? reference) => reference is null ? null : _payments.GetValueOrDefault(reference);

    public TripTruth? TripOf(PaymentTruth payment) => _trips.Find(trip => trip.Owns(payment));

    /// <summary>A payment was made.</summary>
    public void Created(PaymentTruth payment)
    {
        _payments.Add(payment.Reference, payment);
        foreach (var other in _payments.Values)
        {
            if (other != payment && other.IsLive && (other.Subject == payment.Subject || (TripOf(payment) is { } trip && trip.Owns(other))))
                Break(Broken.Double, $"{payment.Reference} was made while {other.Reference} could still be approved or captured");
        }
    }

    /// <summary>Something has happened to a payment.</summary>
    public void Happened(string reference, LedgerEvent e)
    {
        if (_payments.GetValueOrDefault(reference) is not { } payment)
            return;
        payment.Take(e);
        if (e.Name is "CAPTURED" or "REFUNDED" && _moneySent.TryGetValue((reference, e.Name == "CAPTURED" ? Operation.Capture : Operation.Refund), out var sent))
            _moneySent[(reference, e.Name == "CAPTURED" ? Operation.Capture : Operation.Refund)] = sent with { Happened = true };
        var trip = TripOf(payment);
        if (e.Name == "CAPTURED" && trip is { Word: { Kind: "UNPAID" } word } && payment.CreatedAt <= word.At)
            Break(Broken.Untrue, $"{reference} was captured after UNPAID was said of {trip.Key}");
        if (e.Name == "CAPTURED" && trip is null)
            Break(Broken.Double, $"{reference} was captured and no fare is known for it");
        LookAtScreen();
    }

    /// <summary>A capture or refund leaves the car.</summary>
    public void MoneySent(string reference, Operation kind, string key)
    {
        if (_moneySent.TryGetValue((reference, kind), out var before) && before.Key != key && !before.Settled && clock.Now - before.At < s_mayStillArrive.Ticks)
            Break(Broken.Double, $"a {kind} of {reference} was sent under a new key while an earlier one could still arrive");
        // One try is one decision: a client whose token was refused sends the same once more with a new one.
        var sameTry = before is { TokenRefused: true } && before.Key == key && clock.Now - before.At < s_try.Ticks;
        _moneySent[(reference, kind)] = new MoneyTry(key, clock.Now);
        if (kind == Operation.Capture && Payment(reference) is { } payment && TripOf(payment) is { } trip && (trip.VoidAcknowledgedAt ?? trip.ResolvedAt) is { } settled
            && !(sameTry && before.At <= settled))
            Break(Broken.Double, $"a capture of {reference} was sent after {trip.Key} was settled otherwise");
    }

    /// <summary>A request of a payment leaves the car. A try that was begun before a hold may be sent once more with a new token.</summary>
    public void Sent(string? reference)
    {
        if (Payment(reference) is { } payment && TripOf(payment) is { } trip)
            Sent(trip, reference!);
    }

    /// <summary>A request of a trip leaves the car.</summary>
    public void Sent(TripTruth trip, string what)
    {
        if (trip.HeldSince is { } held && clock.Now - held > s_try.Ticks)
            Break(Broken.Untrue, $"a request of {what} was sent while a technician holds {trip.Key}");
    }

    /// <summary>The agent has been told what came of a capture or refund.</summary>
    public void MoneyAnswered(string reference, Operation kind, string key, int status)
    {
        if (_moneySent.TryGetValue((reference, kind), out var sent) && sent.Key == key)
            _moneySent[(reference, kind)] = sent with { Settled = true, TokenRefused = status == 401 };
    }

    /// <summary>The agent has been told how a payment stands: what has happened by now cannot come any more.</summary>
    public void StandingTold(string reference)
    {
        foreach (var kind in s_money)
        {
            if (_moneySent.TryGetValue((reference, kind), out var sent) && sent.Happened)
                _moneySent[(reference, kind)] = sent with { Settled = true };
        }
    }

    /// <summary>A request with a key leaves the car.</summary>
    public void KeySent(string key, ServerRequest what)
    {
        // A client that was killed before it stored an answer may use its key again.
        if (!_keys.MaySend(key) && recipe is { Crash: 0, Disk: 0 })
            Break(Broken.Untrue, $"{what.Method} {what.Target} was sent again under {key}, which was definitely refused");
    }

    /// <summary>The agent has been told what came of a request with a key.</summary>
    public void KeyAnswered(string key, bool refused) => _keys.Answered(key, refused);

    /// <summary>A cancel leaves the car that ends the payment whether or not it is approved.</summary>
    public void CancelSent(string reference)
    {
        if (Payment(reference) is { ReadAsApproved: false })
            Break(Broken.Untrue, $"a cancel of {reference} was sent that takes no heed of an approval, and the agent has not read that it is approved");
    }

    /// <summary>A frame of the meter's is on the line.</summary>
    public void MeterSays(string payload)
    {
        // Most of what it says is where it stands and that it lives.
        if (!payload.StartsWith("FARE|", StringComparison.Ordinal) && !payload.StartsWith("VOID|", StringComparison.Ordinal))
            return;
        // What it repeats it has said.
        if (!_heard.Add(payload) || Tfp1Message.Parse(payload, out _) is not { Type: "FARE" or "VOID" } message)
            return;
        if (message.Type == "FARE" && Trip(message) is { } told)
            told.Said = true;
        // The meter says one thing after the other: the first fare that names a booking has its reservation, unless it was void before.
        if (message.Type == "FARE" && message["booking"] is { } booking && Trip(message) is { Reservation: null, VoidAcknowledgedAt: null } trip && !_trips.Exists(other => other.Reservation == booking))
            trip.Reservation = booking;
        _saidByMeter[$"{message.Seq}|{Crc32.Digits(System.Text.Encoding.ASCII.GetBytes(payload))}"] = message;
    }

    /// <summary>A whole frame of the agent's is on the line, whether or not the meter gets it.</summary>
    public void AgentSays(string payload)
    {
        if (Tfp1Message.Parse(payload, out _) is not { } message)
            return;
        switch (message.Type)
        {
            case "ACK" when _saidByMeter.TryGetValue($"{message.Seq}|{message["of"]}", out var said):
                Acknowledged(said);
                break;
            case "PAID":
                Paid(message);
                break;
            case "UNPAID":
                Unpaid(message);
                break;
            case "REFUNDED":
                Refunded(message);
                break;
        }
    }

    /// <summary>The display shows this; empty when it is dark.</summary>
    public void Shown(IReadOnlyList<string> lines)
    {
        _screen = lines;
        LookAtScreen();
    }

    /// <summary>True once every acknowledged fare has its last word.</summary>
    public bool AllHaveTheirWord => _trips.TrueForAll(trip => !trip.Acknowledged || trip.Word is not null || trip.VoidAcknowledgedAt is not null);

    /// <summary>True while anything could still be approved or captured.</summary>
    public bool AnythingLive => _payments.Values.Any(payment => payment.IsLive) || UnderWay > 0;

    /// <summary>What was acknowledged is in the store.</summary>
    public void AllAreStored(IOutbox outbox)
    {
        foreach (var trip in _trips.Where(trip => trip.Acknowledged))
        {
            var known = outbox.Find(Identity.OfTrip(new TripId(trip.Key.Meter, trip.Key.Trip, trip.Key.Start)));
            if (known is null or { Content: 0 } || outbox.Load(known.Key)?.State.Fare?.Total.MinorUnits != trip.Fare.Total)
                Break(Broken.Lost, $"the fare of {trip.Key} was acknowledged and is in no store");
        }
    }

    /// <summary>All is quiet.</summary>
    public void AtEnd(IOutbox outbox, VippsServer server)
    {
        AllAreStored(outbox);
        foreach (var trip in _trips)
        {
            var kept = Kept(trip);
            var due = Due(trip);
            if (kept > due)
                Break(Broken.Double, $"{kept} is kept for {trip.Key}, {due} is due");
            if (trip.PaidSaid is { } paid && trip is { VoidAcknowledgedAt: null, ResolveOrdered: false } && kept < paid - trip.RefundOrdered)
                Break(Broken.Untrue, $"PAID said {paid} for {trip.Key}, {kept} is kept and {trip.RefundOrdered} was ordered back");
        }

        foreach (var payment in _payments.Values)
        {
            if (payment.Open || payment.Reserved > 0)
                Break(Broken.Stranded, $"{payment.Reference} still holds {payment.Reserved} of {payment.Authorized}{(payment.Open ? ", and can still be approved" : "")}");
            if (payment.Captured > payment.Refunded && TripOf(payment) is null)
                Break(Broken.Double, $"{payment.Reference} has captured {payment.Captured} and no fare is known for it");
        }

        foreach (var violation in server.AuditAtEnd())
        {
            if (violation.Rule == Rules.ReceiptMissing && Payment(violation.Reference) is { } payment && (payment.ReceiptExcused || payment.Captured == payment.Refunded))
                continue;
            if (violation.Rule == Rules.ReceiptSum && Payment(violation.Reference) is { ReceiptExcused: true })
                continue;
            Break(violation.Rule == Rules.ReceiptMissing ? Broken.Stuck : Broken.Untrue, $"{violation.Rule} {violation.Reference}: {violation.Detail}");
        }
    }

    // Noted as well as thrown: a payment client has to make an outcome of every exception, this one too.
    public void Break(Broken how, string what)
    {
        var broken = new BrokenPromise(how, what);
        Found ??= broken;
        throw broken;
    }

    /// <summary>The payments that were made for a trip.</summary>
    public IEnumerable<PaymentTruth> Of(TripTruth trip) => _payments.Values.Where(trip.Owns);

    private long Kept(TripTruth trip) => Of(trip).Sum(payment => payment.Captured - payment.Refunded);

    private long Due(TripTruth trip)
    {
        if (trip.VoidAcknowledgedAt is not null)
            return recipe.AskOnVoid ? trip.Fare.Total : 0;
        if (trip.ResolvedAt is not null)
            return 0;
        return trip.Word switch
        {
            null => 0,
            { Kind: "PAID" } word => word.Amount,
            { Kind: "UNPAID" } word => word.Amount,
            { } word => (trip.PaidSaid ?? trip.Fare.Total) - word.Amount,
        };
    }

    private void Acknowledged(Tfp1Message said)
    {
        if (said.Type == "VOID" && said["trip"] is null)
            return;
        var key = new TripKey(said["meter"]!, said["trip"]!, said["start"]!);
        if (_trips.Find(trip => trip.Key == key) is not { } trip)
            return;
        if (said.Type == "VOID")
        {
            trip.VoidAcknowledgedAt ??= clock.Now;
            return;
        }

        trip.Acknowledged = true;
    }

    private TripTruth? Trip(Tfp1Message message) => _trips.Find(trip => trip.Key == new TripKey(message["meter"]!, message["trip"]!, message["start"]!));

    private static long Amount(Tfp1Message message, string key) => long.Parse(message[key]!, CultureInfo.InvariantCulture);

    private void Paid(Tfp1Message message)
    {
        if (Trip(message) is not { } trip)
        {
            Break(Broken.Untrue, "PAID of a trip that there never was");
            return;
        }

        var amount = Amount(message, "amount");
        if (Of(trip).Sum(payment => payment.Captured) < amount || amount != trip.Fare.Total)
            Break(Broken.Untrue, $"PAID said {amount} for {trip.Key} of {trip.Fare.Total}, captured {Of(trip).Sum(payment => payment.Captured)}");
        trip.PaidSaid = amount;
        Say(trip, "PAID", amount);
    }

    private void Unpaid(Tfp1Message message)
    {
        if (Trip(message) is not { } trip)
        {
            Break(Broken.Untrue, "UNPAID of a trip that there never was");
            return;
        }

        var paid = Amount(message, "paid");
        // A word that is repeated may be older than a new request of the driver's; it was judged when it was new.
        if (trip.Word is not { Kind: "UNPAID" } before || before.Amount != paid)
        {
            if (Of(trip).FirstOrDefault(payment => payment.IsLive) is { } live)
                Break(Broken.Untrue, $"UNPAID was said of {trip.Key} while {live.Reference} could still be approved or captured");
            if (Kept(trip) != paid || paid + Amount(message, "due") != trip.Fare.Total)
                Break(Broken.Untrue, $"UNPAID said {paid} paid and {message["due"]} due for {trip.Key} of {trip.Fare.Total}, {Kept(trip)} is kept");
            Say(trip, "UNPAID", paid);
        }
    }

    private void Refunded(Tfp1Message message)
    {
        if (Trip(message) is not { } trip)
        {
            Break(Broken.Untrue, "REFUNDED of a trip that there never was");
            return;
        }

        var amount = Amount(message, "amount");
        if (Of(trip).Sum(payment => payment.Refunded) < amount)
            Break(Broken.Untrue, $"REFUNDED said {amount} for {trip.Key}, {Of(trip).Sum(payment => payment.Refunded)} was refunded");
        Say(trip, "REFUNDED", amount);
    }

    private void Say(TripTruth trip, string kind, long amount)
    {
        if (trip.Word is not { } before || before.Kind != kind || before.Amount != amount)
            trip.Word = new LastWord(kind, amount, clock.Now);
    }

    // Nearly every trip of a day has its own total, so the amount says whose screen it is. Other amounts, such as a difference or the nothing of two trips, are not judged.
    private void LookAtScreen()
    {
        if (_screen.Count < 2 || MinorUnits(_screen[0]) is not { } amount || _trips.Find(trip => trip.Fare.Total == amount) is not { } trip
            || _trips.FindLast(other => other.Fare.Total == amount) != trip)
            return;
        var second = _screen[1];
        if (second == s_words.Paid && Of(trip).Sum(payment => payment.Captured) < amount)
            Break(Broken.Untrue, $"the display says {amount} PAID, captured is {Of(trip).Sum(payment => payment.Captured)}");
        if (second == s_words.Refunded && Of(trip).Sum(payment => payment.Refunded) < amount)
            Break(Broken.Untrue, $"the display says {amount} REFUNDED, refunded is {Of(trip).Sum(payment => payment.Refunded)}");
        if (second == s_words.Approved && Of(trip).All(payment => payment.Authorized == 0))
            Break(Broken.Untrue, $"the display says that {amount} is approved, and nobody has approved it");
        var over = second == s_words.Void || second == s_words.NotPossible || second == s_words.CollectOtherwise || second == s_words.NothingDue || s_over.Any(word => _screen[0].EndsWith(' ' + word, StringComparison.Ordinal));
        if (over && Of(trip).FirstOrDefault(payment => payment.IsLive) is { } live)
            Break(Broken.Untrue, $"the display says '{_screen[0].Trim()} / {second}' while {live.Reference} could still be approved or captured");
        if (second == s_words.Void && Kept(trip) > 0 && !recipe.AskOnVoid)
            Break(Broken.Untrue, $"the display says {amount} VOID while {Kept(trip)} is kept");
    }

    private static long? MinorUnits(string line)
    {
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && line.Length >= comma + 3 && long.TryParse(line.AsSpan(0, comma), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            && long.TryParse(line.AsSpan(comma + 1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var rest)
            ? whole * 100 + rest
            : null;
    }

    /// <summary>The last capture or refund of a payment that left the car.</summary>
    /// <param name="Key">Its idempotency key.</param>
    /// <param name="At">When, in the world's ticks.</param>
    /// <param name="Happened">The server has acted on it, or on one before it.</param>
    /// <param name="Settled">The agent knows what became of it.</param>
    /// <param name="TokenRefused">It was answered with 401: not carried out, and to be sent once more within the same try.</param>
    private readonly record struct MoneyTry(string Key, long At, bool Happened = false, bool Settled = false, bool TokenRefused = false);
}
