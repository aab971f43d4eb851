using Microsoft.AspNetCore.Http;
using Npgsql;
using TaximeterAgent.Relay.Hosting;

namespace TaximeterAgent.Relay.Clients;

/// <summary>Lets in who shows a key of the right role: <c>Authorization: Bearer KEY</c>.</summary>
internal sealed class Authorized(ClientKeys keys, string role) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private static readonly object s_name = new();

    /// <summary>The client that asks.</summary>
    public static string Name(HttpContext context) => (string)context.Items[s_name]!;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers.Authorization is not [{ } shown] || !shown.StartsWith(Scheme, StringComparison.Ordinal))
            return Answers.Problem(401, "no-key", "Show a key: Authorization: Bearer KEY. The operator makes one with taximeter-relay clients add.");
        try
        {
            if (await keys.NameAsync(shown[Scheme.Length..].Trim(), role, http.RequestAborted) is not { } name)
                return Answers.Problem(401, "wrong-key", $"This key is not known here, or is not one for {role}.");
            http.Items[s_name] = name;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return Answers.DatabaseAway;
        }

        return await next(context);
    }
}
