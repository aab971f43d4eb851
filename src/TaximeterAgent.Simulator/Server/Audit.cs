using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulator.Server;

/// <summary>
/// Judges what a client does by what it can know. The server sees both sides, so it knows which answers never came through and whether the client
/// looked before it went on. What a fault of ours brought about is never held against the client.
/// </summary>
internal sealed partial class Audit(ServerOptions options, ViolationLog violations)
{
    private readonly Dictionary<(string Msn, string Reference), OpenTries> _tries = [];

    /// <summary>Captures and refunds, by key, and a create, whose outcome the client has not been told; with the time of the last try.</summary>
    private sealed class OpenTries
    {
        public Dictionary<string, DateTimeOffset> Captures { get; } = new(StringComparer.Ordinal);
        public Dictionary<string, DateTimeOffset> Refunds { get; } = new(StringComparer.Ordinal);

        /// <summary>The last try of a create of unknown outcome, and what it was for.</summary>
        public (DateTimeOffset At, string Trip)? Create { get; set; }

        public Dictionary<string, DateTimeOffset>? Of(Operation operation) => operation switch
        {
            Operation.Capture => Captures,
            Operation.Refund => Refunds,
            _ => null,
        };
    }

    /// <summary>Runs of eight digits and more, in groups or not, that stand by themselves.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z])(?:\+|00)?[0-9](?:[ .-]?[0-9]){7,14}(?![0-9A-Za-z])", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneLike { get; }

    /// <summary>A date, or a date and time; without separators only with a time, for eight digits alone may be a number.</summary>
    [GeneratedRegex(
        @"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?"
        + @"|(?:19|20)[0-9]{6}[Tt][0-9]{6}[Zz]?",
        RegexOptions.CultureInvariant)]
    private static partial Regex TimeLike { get; }

    /// <summary>Whether a text holds what could be a phone number; dates and times are none.</summary>
    internal static bool LooksLikePhone(string text) => PhoneLike.IsMatch(TimeLike.Replace(text, "/"));

    public TimeSpan RefundDeadline => options.RefundDeadline;

    /// <summary>A well-formed write arrives, before it is acted on.</summary>
    public void Arrives(Call call)
    {
        if (call.Late || call.Reference is not { } reference || call.Key is not { } key
            || _tries.GetValueOrDefault((call.Unit.Msn, reference)) is not { } tries)
            return;
        if (tries.Of(call.Operation) is { } open && open.Count > 0 && !open.ContainsKey(key))
            violations.Add(call, Rules.NewKeyOverUnknown, "What became of an earlier try is not known, neither by an answer under its key nor by what was read since.");
    }

    /// <summary>A create that will be acted on. <paramref name="payments"/>: those of all sales units, for a trip has one live attempt whatever is configured.</summary>
    public void Creates(Call call, CreateBody asked, IEnumerable<Payment> payments)
    {
        if (asked.CustomerInteraction != "CUSTOMER_PRESENT")
            violations.Add(call, Rules.CustomerNotPresent, $"customerInteraction is {asked.CustomerInteraction}: the customer sits in the car.");
        if (asked.UserFlow is not ("PUSH_MESSAGE" or "QR"))
            violations.Add(call, Rules.CustomerNotPresent, $"userFlow is {asked.UserFlow}: there is no browser in the car.");
        if (asked.Reference.Length > 50)
            violations.Add(call, Rules.LongReference, $"The reference has {asked.Reference.Length} characters, above the 50 of the older specification.");
        Personal(call, asked);
        if (call.Trip is not { } trip)
            return;
        if (payments.FirstOrDefault(p => !IsSame(p.Unit.Msn, p.Reference) && p.IsLive && p.Trip == trip) is { } live)
            violations.Add(call, Rules.TwoLiveAttempts, $"{live.Reference} for the same {Kind(trip)} is {live.StateName}, {live.Reserved} reserved.");
        foreach (var ((msn, reference), tries) in _tries)
            if (!call.Late && !IsSame(msn, reference) && tries.Create is { } open && open.Trip == trip
                && call.Now < open.At + options.PaymentLifetime)
                violations.Add(call, Rules.AttemptOverUnknown, $"Whether {reference} for the same {Kind(trip)} was created is not known yet.");

        bool IsSame(string msn, string reference) => msn == call.Unit.Msn && reference == asked.Reference;
    }

    /// <summary>The client has the answer, or never will.</summary>
    /// <param name="call">The request.</param>
    /// <param name="answer">What the server would say or said; its status 0 if it did not get so far.</param>
    /// <param name="told">True if the client was told.</param>
    /// <param name="payment">The payment as it is, if there is one.</param>
    public void Answered(Call call, ServerAnswer answer, bool told, Payment? payment)
    {
        if (call.Reference is not { } reference || call.Msn is not { } msn || options.Unit(msn) is null)
            return;
        if (call.Operation is Operation.Get or Operation.Events)
        {
            if (told && answer.Status == 200 && payment is not null)
                Shown(call, payment);
            return;
        }

        if (call.Operation is not (Operation.Create or Operation.Capture or Operation.Refund) || call.Key is not { } key)
            return;
        var unknown = !told || answer.Status >= 500;
        var definite = told && (answer.Status is >= 200 and < 300 || options.RemembersRefusal(answer.Status, answer.ErrorCode));
        if (unknown && !_tries.ContainsKey((msn, reference)) && _tries.Count < options.MostPayments)
            _tries[(msn, reference)] = new OpenTries();
        if (_tries.GetValueOrDefault((msn, reference)) is not { } tries)
            return;
        if (call.Operation == Operation.Create)
            AnsweredCreate(call, tries, unknown, definite);
        else
            AnsweredMoney(call, tries.Of(call.Operation)!, key, unknown, definite);
        Tidy((msn, reference), tries);
    }

    private static void AnsweredCreate(Call call, OpenTries tries, bool unknown, bool definite)
    {
        if (definite)
            tries.Create = null;
        else if (unknown && call.Trip is { } trip)
            (call.UnknownBefore, tries.Create) = ((true, tries.Create?.At), (call.Now, trip));
        else if (call is { UnknownBefore: { } before, Trip: { } same })
            tries.Create = before.At is { } at ? (at, same) : null;
    }

    private static void AnsweredMoney(Call call, Dictionary<string, DateTimeOffset> open, string key, bool unknown, bool definite)
    {
        if (definite)
        {
            open.Remove(key);
        }
        else if (unknown)
        {
            call.UnknownBefore = (true, open.TryGetValue(key, out var earlier) ? earlier : null);
            open[key] = call.Now;
        }
        else if (call.UnknownBefore is { } before)
        {
            // Its answer was on its way, and says that it was not served: all is as it was before it.
            if (before.At is { } at)
                open[key] = at;
            else
                open.Remove(key);
        }
    }

    /// <summary>
    /// The client has read the payment. That settles a create; of captures and refunds it settles those that it shows to have happened, those for which nothing is left
    /// any more, and those so old that they can no longer be on their way. That another does not show is no proof: it may still arrive.
    /// </summary>
    private void Shown(Call read, Payment payment)
    {
        var at = (payment.Unit.Msn, payment.Reference);
        if (_tries.GetValueOrDefault(at) is not { } tries)
            return;
        tries.Create = null;
        Settle(tries.Captures, "CAPTURED", payment.Reserved == 0 && payment.State != PaymentState.Created);
        Settle(tries.Refunds, "REFUNDED", payment.Captured > 0 && payment.Refunded == payment.Captured);
        Tidy(at, tries);

        void Settle(Dictionary<string, DateTimeOffset> open, string name, bool nothingLeft)
        {
            foreach (var (key, since) in open.ToArray())
                if (nothingLeft || read.Now >= since + options.PaymentLifetime
                    || payment.Events.Any(entry => entry.Success && entry.Name == name && entry.IdempotencyKey == key && entry.At <= read.Now))
                    open.Remove(key);
        }
    }

    private void Tidy((string Msn, string Reference) at, OpenTries tries)
    {
        if (tries is { Create: null, Captures.Count: 0, Refunds.Count: 0 })
            _tries.Remove(at);
    }

    /// <summary>True if the client may have done the same already without knowing: what it asks for then is an honest question.</summary>
    public bool HasUnknown(Call call) =>
        call.Reference is { } reference && _tries.GetValueOrDefault((call.Unit.Msn, reference))?.Of(call.Operation) is { Count: > 0 };

    /// <summary>What must hold when all is over.</summary>
    public static IEnumerable<Violation> AtEnd(DateTimeOffset now, IEnumerable<Payment> payments)
    {
        foreach (var payment in payments)
        {
            if (payment.State == PaymentState.Created)
                yield return Found(payment, Rules.LeftCreated, "The request was left open: the customer may still approve it.");
            if (payment.Reserved > 0)
                yield return Found(payment, Rules.LeftReserved, $"{payment.Reserved} of {payment.Authorized} is neither captured nor released.");
            if (payment.Captured > 0 && payment.Receipt is null)
                yield return Found(payment, Rules.ReceiptMissing, $"{payment.Captured} was captured without a receipt.");
            else if (payment.Captured > 0 && payment.Receipt is { } receipt && !receipt.ComesTo(payment.Captured))
                yield return Found(payment, Rules.ReceiptSum, $"The receipt comes to {receipt.LinesTotal}, {payment.Captured} was captured.");
        }

        Violation Found(Payment payment, string rule, string detail) => new(now, rule, "AtEnd", payment.Reference, detail);
    }

    private void Personal(Call call, CreateBody asked)
    {
        // The national part of the customer's own number, however it is dressed up; and whatever else looks like a number.
        var own = asked.PhoneNumber?[^8..];
        if (own is not null && asked.Reference.Contains(own, StringComparison.Ordinal))
            violations.Add(call, Rules.PersonalData, "The reference holds the customer's phone number.");
        foreach (var (name, text) in asked.Metadata.Select(p => ("metadata." + p.Key, p.Value)).Append(("paymentDescription", asked.Description ?? "")))
            if (LooksLikePhone(text) || (own is not null && string.Concat(text.Where(char.IsAsciiDigit)).Contains(own, StringComparison.Ordinal)))
                violations.Add(call, Rules.PersonalData, $"{name} holds what looks like a phone number.");
    }

    private static string Kind(string trip) => trip.Split(' ', 2)[0];
}
