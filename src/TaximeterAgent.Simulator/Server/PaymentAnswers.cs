using System.Text.Json;

namespace TaximeterAgent.Simulator.Server;

/// <summary>Payments as the ePayment API shows them.</summary>
internal static class PaymentAnswers
{
    public static ServerAnswer Created(Payment payment) => Answers.Json(201, json =>
    {
        json.WriteStartObject();
        json.WriteString("reference", payment.Reference);
        RedirectUrl(json, payment);
        json.WriteEndObject();
    });

    public static ServerAnswer Shown(Payment payment) => Answers.Json(200, json =>
    {
        json.WriteStartObject();
        Aggregate(json, payment);
        Amount(json, "amount", payment.Asked.Currency, payment.Asked.Amount);
        json.WriteString("state", payment.StateName);
        json.WriteStartObject("paymentMethod");
        json.WriteString("type", payment.Asked.MethodType);
        json.WriteEndObject();
        json.WriteStartObject("profile");
        json.WriteEndObject();
        json.WriteString("pspReference", payment.PspReference);
        RedirectUrl(json, payment);
        json.WriteString("reference", payment.Reference);
        if (payment.CaptureGuaranteedUntil is { } until)
            json.WriteString("captureGuaranteedUntil", Timestamps.Text(until));
        json.WriteStartObject("metadata");
        foreach (var (name, value) in payment.Asked.Metadata)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public static ServerAnswer Events(Payment payment) => Answers.Json(200, json =>
    {
        json.WriteStartArray();
        foreach (var entry in payment.Events)
        {
            json.WriteStartObject();
            json.WriteString("reference", payment.Reference);
            Event(json, payment, entry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>
    /// The answer to a capture, cancel or refund. Its content type is the specification's, and that of a problem, though it is none: a client that goes
    /// by the content type is found out.
    /// </summary>
    public static ServerAnswer Adjusted(Payment payment, string psp) => Answers.Json(200, json =>
    {
        json.WriteStartObject();
        Amount(json, "amount", payment.Asked.Currency, payment.Asked.Amount);
        json.WriteString("state", payment.StateName);
        Aggregate(json, payment);
        json.WriteString("pspReference", psp);
        json.WriteString("reference", payment.Reference);
        json.WriteEndObject();
    }, payment.Events.Count % 2 == 0 ? "application/json" : "application/problem+json");

    /// <summary>The fields that the event log and the webhooks share.</summary>
    public static void Event(Utf8JsonWriter json, Payment payment, PaymentEvent entry)
    {
        json.WriteString("pspReference", entry.PspReference);
        json.WriteString("name", entry.Name);
        Amount(json, "amount", payment.Asked.Currency, entry.Amount);
        json.WriteString("timestamp", Timestamps.Text(entry.At));
        if (entry.IdempotencyKey is { } key)
            json.WriteString("idempotencyKey", key);
        json.WriteBoolean("success", entry.Success);
    }

    private static void Aggregate(Utf8JsonWriter json, Payment payment)
    {
        json.WriteStartObject("aggregate");
        Amount(json, "authorizedAmount", payment.Asked.Currency, payment.Authorized);
        Amount(json, "cancelledAmount", payment.Asked.Currency, payment.Cancelled);
        Amount(json, "capturedAmount", payment.Asked.Currency, payment.Captured);
        Amount(json, "refundedAmount", payment.Asked.Currency, payment.Refunded);
        json.WriteEndObject();
    }

    private static void Amount(Utf8JsonWriter json, string name, string currency, long value)
    {
        json.WriteStartObject(name);
        json.WriteString("currency", currency);
        json.WriteNumber("value", value);
        json.WriteEndObject();
    }

    private static void RedirectUrl(Utf8JsonWriter json, Payment payment)
    {
        if (payment.RedirectUrl is { } url)
            json.WriteString("redirectUrl", url);
    }
}
