using System.Text;

namespace TaximeterAgent.EPayment;

/// <summary>Registers, lists and deletes webhooks. These calls have no idempotency key: after an unknown outcome, list.</summary>
/// <param name="connection">Keys, transport, tokens.</param>
public sealed class WebhookRegistrationClient(EPaymentConnection connection)
{
    private const string Path = "webhooks/v1/webhooks";
    private readonly EPaymentConnection _connection = connection ?? throw new ArgumentNullException(nameof(connection));

    /// <summary>Registers. The secret in the answer is shown only this once.</summary>
    /// <param name="unit">Whose payments.</param>
    /// <param name="url">Absolute, https.</param>
    /// <param name="events">Of <see cref="WebhookEvents"/>.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    /// <exception cref="RequestFieldException">A field is outside its limits.</exception>
    public Task<CallOutcome<WebhookRegistration>> RegisterAsync(
        SalesUnit unit, Uri url, IReadOnlyList<string> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var request = new ApiRequest(Operation.RegisterWebhook, unit, HttpMethod.Post, Path, Body: RequestBodies.RegisterWebhook(url, events));
        return _connection.CallAsync(request, ReadRegistration, cancellationToken);
    }

    /// <summary>Lists.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<IReadOnlyList<RegisteredWebhook>>> ListAsync(SalesUnit unit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return _connection.CallAsync(new ApiRequest(Operation.ListWebhooks, unit, HttpMethod.Get, Path), ReadList, cancellationToken);
    }

    /// <summary>Deletes.</summary>
    /// <param name="unit">Whose.</param>
    /// <param name="id">As registered.</param>
    /// <param name="cancellationToken">The caller's own.</param>
    public Task<CallOutcome<Done>> DeleteAsync(SalesUnit unit, Guid id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return _connection.CallAsync(new ApiRequest(Operation.DeleteWebhook, unit, HttpMethod.Delete, $"{Path}/{id:D}"), cancellationToken);
    }

    private static WebhookRegistration? ReadRegistration(byte[] body) =>
        WireReader.Read(body, WireJson.Reading.RegisteredWebhookWire) is { Secret: { Length: > 0 and <= 1024 } secret } wire
            && Guid.TryParse(wire.Id, out var id)
            ? new WebhookRegistration(id, secret)
            : null;

    private static IReadOnlyList<RegisteredWebhook>? ReadList(byte[] body)
    {
        if (WireReader.Read(body, WireJson.Reading.WebhookListWire)?.Webhooks is not { } wires) return null;
        var webhooks = new List<RegisteredWebhook>(wires.Length);
        foreach (var wire in wires)
        {
            if (wire is not { Url: { } url, Events: { } events } || !Guid.TryParse(wire.Id, out var id)) return null;
            webhooks.Add(new RegisteredWebhook(id, url, events));
        }

        return webhooks;
    }
}

/// <summary>A new registration.</summary>
/// <param name="Id">To delete it by.</param>
/// <param name="Secret">Signs its deliveries; shown by the server only once, and never by <see cref="object.ToString"/>.</param>
public sealed record WebhookRegistration(Guid Id, string Secret)
{
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id).Append(", Secret = (not shown)");
        return true;
    }
}

/// <summary>A registration as listed, without its secret.</summary>
/// <param name="Id">To delete it by.</param>
/// <param name="Url">Where it delivers.</param>
/// <param name="Events">What it delivers.</param>
public sealed record RegisteredWebhook(Guid Id, string Url, IReadOnlyList<string> Events);
