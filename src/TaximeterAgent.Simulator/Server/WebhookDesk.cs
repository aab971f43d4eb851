using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TaximeterAgent.Simulator.Server;

/// <summary>The Webhooks API, and the deliveries that are due.</summary>
internal sealed class WebhookDesk(ServerOptions options, Identifiers ids, Agenda agenda, ViolationLog violations)
{
    private const int MostPerEvent = 25;

    /// <summary>Deliveries that wait for one registration; beyond it the oldest is dropped.</summary>
    private const int MostWaiting = 1000;

    private static readonly string[] Events =
        [.. ((string[])["created", "aborted", "expired", "cancelled", "captured", "refunded", "authorized", "terminated"]).Select(EventName)];

    private readonly List<Registration> _registrations = [];
    private long _numbers;

    private sealed record Waiting(long Number, string Payload, DateTimeOffset EventAt, DateTimeOffset NotBefore, int Tries);

    private sealed class Registration(string id, string msn, Uri url, string[] events, string secret)
    {
        public string Id { get; } = id;
        public string Msn { get; } = msn;
        public Uri Url { get; } = url;
        public string[] Events { get; } = events;
        public string Secret { get; } = secret;
        public List<Waiting> Queue { get; } = [];

        /// <summary>The entry that is being sent: the next waits for its outcome.</summary>
        public long? Sending { get; set; }

        public DateTimeOffset? FailingSince { get; set; }
    }

    private sealed record RegisterAsked(Uri Url, string[] Events);

    public WebhookFaults Faults { get; set; } = WebhookFaults.None;

    /// <summary>True deliveries that were not taken.</summary>
    public int Refused { get; private set; }

    public ServerAnswer Register(Call call)
    {
        if (RequestBody.Read(call, violations, ReadRegistration, out var asked) is { } refused)
            return refused;
        foreach (var name in asked!.Events)
            if (_registrations.Count(r => r.Msn == call.Unit.Msn && r.Events.Contains(name)) >= MostPerEvent)
                return Answers.Problem(call, 409, "Too many webhooks", $"At most {MostPerEvent} webhooks can be registered for {name}.");
        var registration = new Registration(ids.Guid().ToString(), call.Unit.Msn, asked.Url, asked.Events, ids.Base64(64));
        _registrations.Add(registration);
        return Answers.Json(201, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", registration.Id);
            json.WriteString("secret", registration.Secret);
            json.WriteEndObject();
        });
    }

    public ServerAnswer List(Call call) => Answers.Json(200, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("webhooks");
        foreach (var registration in _registrations.Where(r => r.Msn == call.Unit.Msn))
        {
            json.WriteStartObject();
            json.WriteString("id", registration.Id);
            json.WriteString("url", registration.Url.OriginalString);
            json.WriteStartArray("events");
            foreach (var name in registration.Events)
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    public ServerAnswer Delete(Call call) => _registrations.RemoveAll(r => r.Msn == call.Unit.Msn && r.Id == call.Route.Argument) > 0
        ? Answers.Empty(204)
        : Answers.Problem(call, 404, "Not found", "There is no such webhook.");

    /// <summary>An event of a payment: every registration for it gets a delivery, behind those that wait already.</summary>
    public void Publish(Payment payment, PaymentEvent entry)
    {
        string? payload = null;
        foreach (var registration in _registrations.Where(r => r.Msn == payment.Unit.Msn && r.Events.Contains(EventName(entry.Name.ToLowerInvariant()))))
        {
            if (registration.Queue.Count >= MostWaiting)
                registration.Queue.RemoveAt(0);
            payload ??= Payload(payment, entry);
            var due = entry.At + Faults.Delay;
            registration.Queue.Add(new Waiting(++_numbers, payload, entry.At, due, 0));
            agenda.At(due, _ => { });
        }
    }

    /// <summary>What is to be sent now, in this order. The outcome of each has to be reported before the next of its registration is given out.</summary>
    public IReadOnlyList<WebhookDelivery> Take(DateTimeOffset now)
    {
        var taken = new List<WebhookDelivery>();
        foreach (var registration in _registrations)
        {
            if (registration.Sending is not null || registration.Queue.Count == 0)
                continue;
            // In order: an entry that waits for its retry holds up the later ones, unless the fault is just that it does not.
            var next = Faults.Reorder ? registration.Queue.LastOrDefault(w => w.NotBefore <= now) : registration.Queue[0];
            if (next is null || next.NotBefore > now)
                continue;
            registration.Sending = next.Number;
            var date = now + Faults.DateOff;
            if (Faults.Forge)
                taken.Add(Signed(registration, next.Payload.Replace("\"success\":true", "\"success\":false", StringComparison.Ordinal), "not the secret", date));
            taken.Add(Signed(registration, next.Payload, registration.Secret, date) with { Number = next.Number });
            for (var copy = 1; copy < Faults.Copies; copy++)
                taken.Add(Signed(registration, next.Payload, registration.Secret, date));
        }

        return taken;
    }

    /// <summary>What became of a delivery: a 2xx in time, or anything else.</summary>
    public void Report(WebhookDelivery delivery, bool accepted, DateTimeOffset now)
    {
        if (delivery.Number is not { } number || _registrations.FirstOrDefault(r => r.Id == delivery.Registration) is not { } registration)
            return;
        registration.Sending = null;
        var index = registration.Queue.FindIndex(w => w.Number == number);
        if (index < 0)
            return;
        var sent = registration.Queue[index];
        if (accepted)
        {
            registration.FailingSince = null;
            registration.Queue.RemoveAt(index);
            return;
        }

        Refused++;
        registration.FailingSince ??= now;
        if (now - registration.FailingSince >= options.WebhookDeletedAfter)
        {
            _registrations.Remove(registration);
            return;
        }

        if (now - sent.EventAt >= options.WebhookGivesUpAfter)
        {
            registration.Queue.RemoveAt(index);
            return;
        }

        var due = now + options.WebhookRetries[Math.Min(sent.Tries, options.WebhookRetries.Count - 1)];
        registration.Queue[index] = sent with { NotBefore = due, Tries = sent.Tries + 1 };
        agenda.At(due, _ => { });
    }

    private static WebhookDelivery Signed(Registration registration, string payload, string secret, DateTimeOffset now)
    {
        var body = Encoding.UTF8.GetBytes(payload);
        var date = now.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);
        var hash = WebhookSignature.ContentHash(body);
        var signature = WebhookSignature.Sign(secret, registration.Url.PathAndQuery, date, registration.Url.Authority, hash);
        return new WebhookDelivery(
            registration.Url,
            [
                new("x-ms-date", date),
                new("x-ms-content-sha256", hash),
                new("Authorization", $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}"),
            ],
            body)
        { Registration = registration.Id };
    }

    private static string Payload(Payment payment, PaymentEvent entry) => Answers.Json(0, json =>
    {
        json.WriteStartObject();
        json.WriteString("msn", payment.Unit.Msn);
        json.WriteString("reference", payment.Reference);
        PaymentAnswers.Event(json, payment, entry);
        if (entry.Name == "AUTHORIZED" && payment.CaptureGuaranteedUntil is { } until)
            json.WriteString("captureGuaranteedUntil", Timestamps.Text(until));
        json.WriteEndObject();
    }).BodyText;

    private static RegisterAsked? ReadRegistration(JsonElement body, JsonFields fields)
    {
        if (!fields.IsObject(body, "", "url", "events"))
            return null;
        var text = fields.Text(body, "", "url", required: true);
        // The real service takes https only; a receiver on this machine may do without.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !(url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)))
            fields.Fault("url", "Must be an https URL.");
        var names = new List<string>();
        if (fields.Has(body, "", "events", required: true, out var events))
        {
            if (events.ValueKind != JsonValueKind.Array || events.GetArrayLength() == 0)
                fields.Fault("events", "Must be an array of at least one name.");
            else
                foreach (var entry in events.EnumerateArray())
                    if (JsonFields.TryText(entry, out var name) && Events.Contains(name))
                        names.Add(name);
                    else
                        fields.Fault("events", "Holds a name that is not known.");
        }

        return fields.Faults.Count == 0 && url is not null ? new RegisterAsked(url, [.. names.Distinct()]) : null;
    }

    private static string EventName(string name) => $"epayments.payment.{name}.v1";
}
