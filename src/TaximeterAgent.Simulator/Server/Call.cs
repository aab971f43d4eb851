using System.Text.Json;

namespace TaximeterAgent.Simulator.Server;

/// <summary>A request on its way through the server, with what is known of it before anything has been checked.</summary>
internal sealed class Call
{
    private Call(ServerRequest request, Route route, DateTimeOffset now, string traceId)
    {
        Request = request;
        Route = route;
        Now = now;
        TraceId = traceId;
        Reference = route.Operation is Operation.DeleteWebhook ? null : route.Argument;
    }

    public ServerRequest Request { get; }
    public Route Route { get; }
    public string TraceId { get; }

    /// <summary>The payment's reference: of the path, or for a create of the body, as far as it can be read.</summary>
    public string? Reference { get; private set; }

    /// <summary>What the metadata of a create says the payment is for; null if it says nothing.</summary>
    public string? Trip { get; private set; }

    /// <summary>When it is acted on: later than it was sent if it was held up on its way.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>True if it was held up on its way. What is wrong with it only for that is not the client's fault.</summary>
    public bool Late { get; private set; }

    /// <summary>The sales unit acted for; set once the credentials have been checked.</summary>
    public SalesUnit Unit { get; set; } = null!;

    /// <summary>What its idempotency key was used for, if it has one and got so far.</summary>
    public UsedKey? Used { get; set; }

    /// <summary>The Authorization header, if its token had been revoked by a fault.</summary>
    public string? Revoked { get; set; }

    /// <summary>The access token that it was given, if it asked for one.</summary>
    public string? Token { get; set; }

    /// <summary>While its answer is on its way it counts as unknown: when an earlier try of the same did so, for the case that the answer says nothing of either.</summary>
    public (bool Marked, DateTimeOffset? At)? UnknownBefore { get; set; }

    public string? Msn => Request.Header(HeaderNames.Msn);
    public string? Key => Request.Header(HeaderNames.IdempotencyKey);
    public Operation Operation => Route.Operation;

    public static Call Of(ServerRequest request, DateTimeOffset now, string traceId)
    {
        var call = new Call(request, Route.Of(request.Method, request.Path), now, traceId);
        if (call.Operation == Operation.Create)
            call.Peek();
        return call;
    }

    public void ArrivesLate(DateTimeOffset at)
    {
        Now = at;
        Late = true;
    }

    /// <summary>Faults and limits go by reference, before the body has been judged; a body that cannot be read has none.</summary>
    private void Peek()
    {
        try
        {
            using var body = JsonDocument.Parse(Request.Body, JsonFields.Parsing);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                return;
            if (Text(body.RootElement, "reference") is { } reference)
                Reference = reference;
            if (body.RootElement.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object)
                Trip = TripKey(Text(metadata, "trip"), Text(metadata, "booking"));
        }
        catch (JsonException)
        {
            // It will be refused for it further on.
        }
    }

    internal static string? TripKey(string? trip, string? booking) => trip is not null ? "trip " + trip : booking is not null ? "booking " + booking : null;

    private static string? Text(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // an escaped half of a surrogate pair: the body's own checks say so
        }
    }
}
