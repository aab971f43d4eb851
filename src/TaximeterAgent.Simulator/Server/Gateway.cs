using System.Text.RegularExpressions;

namespace TaximeterAgent.Simulator.Server;

/// <summary>What is checked in front of all four APIs: path, method, size, headers, credentials, the number of calls.</summary>
internal sealed partial class Gateway(ServerOptions options, TokenDesk tokens, CallLimits limits, ViolationLog violations)
{
    private const int LongestSystemHeader = 30;
    private const int LongestKey = 50;

    [GeneratedRegex(@"^[0-9]{4,6}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MsnPattern { get; }

    /// <summary>The refusal; null if the call may pass, and then its sales unit is set.</summary>
    public ServerAnswer? Check(Call call)
    {
        // Whoever measures the way says hello: without a key, and for nothing.
        if (call.Request is { Method: "HEAD", Path: "/" })
            return Answers.Gateway(404, "Resource not found");
        if (call.Operation == Operation.Unknown)
            return Refuse(Rules.UnknownPath, $"{call.Request.Method} {call.Request.Path} leads nowhere.", Answers.Gateway(404, "Resource not found"));
        if (call.Route.WrongMethod)
            return Refuse(Rules.WrongMethod, $"{call.Request.Method} is not allowed on {call.Request.Path}.", Answers.Gateway(405, "Method not allowed"));
        if (call.Request.Body.Length > options.LargestBody)
            return Refuse(Rules.BodyTooLarge, $"The body has {call.Request.Body.Length} bytes.", Answers.Gateway(413, "Request entity too large"));
        if (Credentials(call) is { } unauthorized)
            return unauthorized;
        if (FormFaults(call) is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
                violations.Add(call, fault.Rule, $"{fault.Name}: {fault.Reason}");
            return Answers.Fields(call, faults);
        }

        if (call.Late || limits.Count(call) is not { } wait)
            return null;
        return Refuse(Rules.TooManyCalls, $"Too many calls of {call.Operation} for this reference.", Answers.Gateway(429, "Rate limit is exceeded.", wait));

        ServerAnswer Refuse(string rule, string detail, ServerAnswer answer)
        {
            violations.Add(call, rule, detail);
            return answer;
        }
    }

    private ServerAnswer? Credentials(Call call)
    {
        var isToken = call.Operation == Operation.Token;
        foreach (var name in isToken ? HeaderNames.OfTokenCall : HeaderNames.OfOtherCall)
        {
            if (string.IsNullOrWhiteSpace(call.Request.Header(name)))
                return Unauthorized(Rules.MissingHeader, $"{name} is missing.", "Access denied due to missing credentials.");
        }

        // An MSN that cannot be one is told as a wrong field, further on; the credentials then have nothing to be compared with.
        if (call.Msn is not { } msn || !MsnPattern.IsMatch(msn))
            return null;
        if (options.Unit(msn) is not { } unit)
            return Unauthorized(Rules.BadCredentials, "The Merchant-Serial-Number is not one of these keys.", "Access denied.", 403);
        var keys = unit.Keys;
        if (call.Request.Header(HeaderNames.SubscriptionKey) != keys.SubscriptionKey)
            return Unauthorized(Rules.BadCredentials, "The subscription key is not this sales unit's.", "Access denied due to invalid subscription key.");
        if (isToken && (call.Request.Header(HeaderNames.ClientId) != keys.ClientId || call.Request.Header(HeaderNames.ClientSecret) != keys.ClientSecret))
            return Unauthorized(Rules.BadCredentials, "client_id or client_secret is not this sales unit's.", "Unauthorized.");
        call.Unit = unit;
        if (isToken || call.Late)
            return null;
        var authorization = call.Request.Header(HeaderNames.Authorization)!;
        if (tokens.Fault(authorization, unit, call.Now) is not { } fault)
            return null;
        if (!tokens.WasRevoked(authorization))
            return Unauthorized(Rules.BadToken, fault, "Unauthorized.");
        call.Revoked = authorization;
        return Answers.Gateway(401, "Unauthorized.");

        ServerAnswer Unauthorized(string rule, string detail, string message, int status = 401)
        {
            violations.Add(call, rule, detail);
            return Answers.Gateway(status, message);
        }
    }

    private static List<FieldFault> FormFaults(Call call)
    {
        var faults = new List<FieldFault>();
        foreach (var name in HeaderNames.Single)
            if (call.Request.Count(name) > 1)
                faults.Add(new FieldFault(name, "The header is given more than once.", Rules.BadHeader));
        if (Required(HeaderNames.Msn) is { } msn && !MsnPattern.IsMatch(msn))
            faults.Add(new FieldFault(HeaderNames.Msn, $"Must match {MsnPattern}.", Rules.BadHeader));
        if (call.Operation is Operation.Get or Operation.Events or Operation.Capture or Operation.Cancel or Operation.Refund or Operation.ForceApprove
            && !CreateBody.ReferencePattern.IsMatch(call.Reference!))
            faults.Add(new FieldFault("reference", $"Must match {CreateBody.ReferencePattern}.", Rules.BadReference));
        foreach (var name in HeaderNames.System)
            if (Required(name) is { Length: > LongestSystemHeader })
                faults.Add(new FieldFault(name, $"Must have at most {LongestSystemHeader} characters.", Rules.BadHeader));
        if (call.Operation is Operation.Create or Operation.Capture or Operation.Cancel or Operation.Refund
            && Required(HeaderNames.IdempotencyKey) is { Length: > LongestKey })
            faults.Add(new FieldFault(HeaderNames.IdempotencyKey, $"Must have at most {LongestKey} characters.", Rules.BadHeader));
        return faults;

        string? Required(string name)
        {
            var value = call.Request.Header(name);
            if (!string.IsNullOrWhiteSpace(value))
                return value;
            faults.Add(new FieldFault(name, "The header is required.", Rules.MissingHeader));
            return null;
        }
    }
}
