using System.Globalization;

namespace TaximeterAgent.EPayment;

/// <summary>Understands ePayment's answers. An answer that lacks what money decisions need, contradicts itself or is about another payment is no answer:
/// null.</summary>
internal static class PaymentReader
{
    private static readonly string[] DateForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    internal static CreatedPayment? ReadCreated(byte[] body, string reference) =>
        WireReader.Read(body, WireJson.Reading.CreatedWire) is { } wire && wire.Reference == reference ? new CreatedPayment(reference, wire.RedirectUrl) : null;

    internal static Payment? ReadPayment(byte[] body, string reference)
    {
        if (WireReader.Read(body, WireJson.Reading.PaymentWire) is not { State: { } state, Aggregate: { } aggregate } wire) return null;
        if (wire.Reference != reference) return null;
        if (ReadAmount(wire.Amount) is not { } amount) return null;
        if (ReadPart(aggregate.AuthorizedAmount, amount) is not { } authorized
            || ReadPart(aggregate.CapturedAmount, amount) is not { } captured
            || ReadPart(aggregate.RefundedAmount, amount) is not { } refunded
            || ReadPart(aggregate.CancelledAmount, amount) is not { } cancelled)
            return null;
        return new Payment(reference, ReadState(state), amount, new Aggregate(authorized, captured, refunded, cancelled))
        {
            PspReference = SafeText.Identifier(wire.PspReference),
            Metadata = ReadMetadata(wire.Metadata),
            CaptureGuaranteedUntil = ReadTime(wire.CaptureGuaranteedUntil),
            RedirectUrl = wire.RedirectUrl,
        };
    }

    internal static IReadOnlyList<PaymentEvent>? ReadEvents(byte[] body, string reference)
    {
        if (WireReader.Read(body, WireJson.Reading.PaymentEventWireArray) is not { } wires) return null;
        var events = new List<PaymentEvent>(wires.Length);
        foreach (var wire in wires)
        {
            // One that cannot be read spoils the whole log: what is missing from it would look as if it had not happened.
            if (wire is not { Name: { } name, Success: { } success } || wire.Reference != reference) return null;
            if (ReadAmount(wire.Amount) is not { } amount || ReadTime(wire.Timestamp) is not { } timestamp) return null;
            events.Add(new PaymentEvent(ReadEventName(name), amount, timestamp, success)
            {
                IdempotencyKey = HeaderText.IsToken(wire.IdempotencyKey, 50) ? wire.IdempotencyKey : null,
                PspReference = SafeText.Identifier(wire.PspReference),
            });
        }

        return events;
    }

    internal static Amount? ReadAmount(AmountWire? wire) =>
        wire is { Value: >= 0 and var value, Currency: { Length: 3 } currency } && !currency.AsSpan().ContainsAnyExceptInRange('A', 'Z')
            ? new Amount(value, currency)
            : null;

    internal static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static long? ReadPart(AmountWire? wire, Amount whole) =>
        ReadAmount(wire) is { } part && (part.Currency == whole.Currency || part.Value == 0) ? part.Value : null;

    private static Dictionary<string, string> ReadMetadata(Dictionary<string, string?>? wire)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in wire ?? [])
        {
            if (value is not null) metadata[key] = value;
        }

        return metadata;
    }

    private static PaymentState ReadState(string state) => state switch
    {
        "CREATED" => PaymentState.Created,
        "AUTHORIZED" => PaymentState.Authorized,
        "ABORTED" => PaymentState.Aborted,
        "EXPIRED" => PaymentState.Expired,
        "TERMINATED" => PaymentState.Terminated,
        _ => PaymentState.Unknown,
    };

    internal static PaymentEventName ReadEventName(string name) => name switch
    {
        "CREATED" => PaymentEventName.Created,
        "AUTHORIZED" => PaymentEventName.Authorized,
        "ABORTED" => PaymentEventName.Aborted,
        "EXPIRED" => PaymentEventName.Expired,
        "TERMINATED" => PaymentEventName.Terminated,
        "CAPTURED" => PaymentEventName.Captured,
        "CANCELLED" => PaymentEventName.Cancelled,
        "REFUNDED" => PaymentEventName.Refunded,
        _ => PaymentEventName.Unknown,
    };
}
