namespace TaximeterAgent.Simulator.Car;

/// <summary>
/// What the meter knows and has been told, and the judge of what the agent says. A refusal comes with a violation: nothing that an agent
/// should ever send is refused here. Guarded by the meter's lock.
/// </summary>
internal sealed class MeterLedger(string meterId)
{
    private static readonly string[] HelloKeys = ["proto", "agent", "ver"];
    private static readonly string[] PaidKeys = ["meter", "trip", "start", "amount", "cur", "ref", "method"];
    private static readonly string[] UnpaidKeys = ["meter", "trip", "start", "ref", "paid", "due", "reason"];
    private static readonly string[] RefundedKeys = ["meter", "trip", "start", "ref", "amount"];
    private static readonly string[] UnpaidReasons = ["aborted", "expired", "rejected", "cancelled", "offline"];
    private static readonly string[] RefusalReasons = ["type", "conflict", "trip", "booking"];

    /// <summary>What a run gone wild may say before no more is noted.</summary>
    private const int MaximumNoted = 1000;

    private readonly Dictionary<TripKey, TripFare> _fares = [];
    private string _meterId = meterId;
    private readonly Dictionary<(TripKey Trip, string Ref), string> _results = [];

    public HashSet<TripKey> Known { get; } = [];

    public HashSet<string> Bookings { get; } = new(StringComparer.Ordinal);

    public List<string> AcknowledgedBookings { get; } = [];

    public List<AcknowledgedFare> Acknowledged { get; } = [];

    public List<VoidedTrip> Voided { get; } = [];

    public List<PaidResult> Paid { get; } = [];

    public List<UnpaidResult> Unpaid { get; } = [];

    public List<RefundedResult> Refunded { get; } = [];

    public List<MeterAnswer> Answers { get; } = [];

    public List<string> Violations { get; } = [];

    public int AgentHellos { get; private set; }

    /// <summary>From now on another meter is told; what the old one's trips came to stays noted.</summary>
    public void Replaced(string id) => _meterId = id;

    public void Finished(TripFare fare)
    {
        Known.Add(fare.Key);
        _fares.TryAdd(fare.Key, fare); // the first stands; a conflicting one is the agent's to refuse
    }

    public void Note(string violation)
    {
        if (Violations.Count < MaximumNoted)
            Violations.Add(violation);
    }

    public void NoteAnswer(MeterAnswer answer)
    {
        if (Answers.Count < MaximumNoted)
            Answers.Add(answer);
    }

    public void Acknowledge(TripFare fare, DateTimeOffset at)
    {
        AcknowledgedFare? earlier = Acknowledged.Find(known => known.Key == fare.Key);
        if (earlier is null)
            Acknowledged.Add(new AcknowledgedFare(fare.Key, fare.Total, fare.Currency, fare.Phone, fare.Booking, at));
        else if (earlier.Total != fare.Total || earlier.Currency != fare.Currency)
            Note($"ACK: the FARE of {fare.Key} was acknowledged with {earlier.Total} {earlier.Currency} and again with {fare.Total} {fare.Currency}");
    }

    public void TakeHello(Tfp1Message hello)
    {
        AgentHellos++;
        if (hello["proto"] != "1")
            Note($"HELLO: proto is '{hello["proto"]}', expected 1");
        CheckKeys(hello, HelloKeys);
    }

    /// <summary>What is wrong with the form of an ACK or NAK, or null.</summary>
    public string? AnswerFault(Tfp1Message answer)
    {
        bool refusal = answer.Type == "NAK";
        string[] expected = refusal ? ["of", "reason"] : ["of"];
        foreach (string key in answer.Keys)
        {
            if (!expected.Contains(key))
                return $"key '{key}' does not belong to {answer.Type}";
        }

        if (answer["of"] is not { Length: Tfp1.CrcDigits } of || !of.All(digit => digit is (>= '0' and <= '9') or (>= 'A' and <= 'F')))
            return "of is not eight upper-case hexadecimal digits";
        if (!refusal)
            return null;
        string reason = answer["reason"] ?? "";
        return RefusalReasons.Contains(reason) || (reason.StartsWith("field:", StringComparison.Ordinal) && reason.Length > 6) ? null : $"reason '{reason}' is none of the protocol's";
    }

    /// <summary>Takes PAID, UNPAID or REFUNDED; the reason of a NAK, or null for an ACK.</summary>
    public string? TakeResult(Tfp1Message message, DateTimeOffset now)
    {
        string[]? keys = message.Type switch
        {
            "PAID" => PaidKeys,
            "UNPAID" => UnpaidKeys,
            "REFUNDED" => RefundedKeys,
            _ => null,
        };
        if (keys is null)
            return Refuse(message, "no message of the agent's", "type");
        CheckKeys(message, keys);
        foreach (string key in keys)
        {
            if (message[key] is not { Length: > 0 })
                return Refuse(message, $"{key} is missing", "field:" + key);
        }

        var trip = new TripKey(message["meter"]!, message["trip"]!, message["start"]!);
        if (message["meter"] != _meterId)
            return Refuse(message, $"meter is {message["meter"]}, this is {_meterId}", "field:meter");
        if (!Known.Contains(trip) || !_fares.TryGetValue(trip, out TripFare? fare))
            return Refuse(message, $"the meter knows no fare of {trip}", "trip");

        string content = message.Type + "|" + string.Join('|', keys.Select(key => Tfp1.Escape(message[key]!)));
        if (_results.TryGetValue((trip, message["ref"]!), out string? known))
            return known == content ? null : Refuse(message, $"ref {message["ref"]} of {trip} said something else before", "conflict");
        string? refusal = message.Type switch
        {
            "PAID" => TakePaid(message, fare, now),
            "UNPAID" => TakeUnpaid(message, fare, now),
            _ => TakeRefunded(message, fare, now),
        };
        if (refusal is null)
            _results.Add((trip, message["ref"]!), content);
        return refusal;
    }

    private string? TakePaid(Tfp1Message paid, TripFare fare, DateTimeOffset now)
    {
        if (!Tfp1Message.IsAmount(paid["amount"], out long amount))
            return Refuse(paid, $"amount '{paid["amount"]}' is no amount", "field:amount");
        if (paid["cur"] != fare.Currency)
            return Refuse(paid, $"cur is {paid["cur"]}, the fare's is {fare.Currency}", "field:cur");
        if (paid["method"] != "wallet")
            return Refuse(paid, $"method is '{paid["method"]}', expected wallet", "field:method");
        if (amount != fare.Total)
            Note($"PAID: amount {amount} is not the total {fare.Total} of {fare.Key}");
        if (Paid.Exists(earlier => earlier.Key == fare.Key))
            Note($"PAID: {fare.Key} was paid before under another ref");
        Paid.Add(new PaidResult(fare.Key, amount, paid["cur"]!, paid["ref"]!, now));
        return null;
    }

    private string? TakeUnpaid(Tfp1Message unpaid, TripFare fare, DateTimeOffset now)
    {
        if (!Tfp1Message.IsAmount(unpaid["paid"], out long paid))
            return Refuse(unpaid, $"paid '{unpaid["paid"]}' is no amount", "field:paid");
        if (!Tfp1Message.IsAmount(unpaid["due"], out long due))
            return Refuse(unpaid, $"due '{unpaid["due"]}' is no amount", "field:due");
        if (!UnpaidReasons.Contains(unpaid["reason"]))
            return Refuse(unpaid, $"reason '{unpaid["reason"]}' is none of the protocol's", "field:reason");
        if (paid + due != fare.Total)
            Note($"UNPAID: paid {paid} and due {due} are not the total {fare.Total} of {fare.Key}");
        if (due == 0)
            Note($"UNPAID: nothing is due of {fare.Key}");
        if (Paid.Exists(earlier => earlier.Key == fare.Key))
            Note($"UNPAID: {fare.Key} was said to be paid before");
        Unpaid.Add(new UnpaidResult(fare.Key, paid, due, unpaid["reason"]!, unpaid["ref"]!, now));
        return null;
    }

    private string? TakeRefunded(Tfp1Message refunded, TripFare fare, DateTimeOffset now)
    {
        if (!Tfp1Message.IsAmount(refunded["amount"], out long amount) || amount == 0)
            return Refuse(refunded, $"amount '{refunded["amount"]}' is no amount", "field:amount");
        if (!Paid.Exists(earlier => earlier.Key == fare.Key))
            Note($"REFUNDED: {fare.Key} was never said to be paid");
        // All that has been given back so far: only the newest result is sent, so a part of it could be lost without anybody knowing.
        if (Refunded.FindLast(earlier => earlier.Key == fare.Key) is { } before && amount <= before.Amount)
            Note($"REFUNDED: {amount} in all of {fare.Key}, after {before.Amount} in all");
        if (amount > fare.Total)
            Note($"REFUNDED: {amount} is more than the total {fare.Total} of {fare.Key}");
        Refunded.Add(new RefundedResult(fare.Key, amount, refunded["ref"]!, now));
        return null;
    }

    private void CheckKeys(Tfp1Message message, string[] expected)
    {
        foreach (string key in message.Keys)
        {
            if (!expected.Contains(key))
                Note($"{message.Type}: key '{key}' is none of the protocol's");
        }

        foreach (string key in expected)
        {
            if (message[key] is null)
                Note($"{message.Type}: key '{key}' is missing");
        }
    }

    private string Refuse(Tfp1Message message, string why, string reason)
    {
        string violation = $"{message.Type}: {why}";
        if (!Violations.Contains(violation))
            Note(violation);
        return reason;
    }
}
