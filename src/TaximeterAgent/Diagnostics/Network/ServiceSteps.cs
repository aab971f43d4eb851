using TaximeterAgent.Configuration;
using TaximeterAgent.EPayment;
using TaximeterAgent.Sync;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>What both calls may find in the service's place.</summary>
internal abstract class ServiceStep : NetworkStep
{
    protected const string PageCure = "open any http:// page in a browser on this network and log in, or use another network; mobile data may be used up";

    public override StepResult TimedOut(NetworkRoute route) => Lost($"nothing within {route.Limit.TotalSeconds:0.#} s");

    protected static StepResult Page(int status) => StepResult.Broken(
        $"HTTP {status} with a web page", "a web page came where the service's answer should be: a login page of the network, a filter or a proxy", PageCure) with { HttpStatus = status };

    protected static StepResult Redirect(int status) => StepResult.Broken(
        $"HTTP {status}, to another place", "the answer sends elsewhere, which the service never does: a login page of the network", PageCure) with { HttpStatus = status };

    protected static StepResult Lost(string detail) => StepResult.Broken(
        $"no answer: {detail}", "the connection was made before, and the call got no answer", "try again; if it stays so, something on the way lets connections pass and no data: reception, or a filter");

    protected static StepResult Failing(int status, string? traceId) => StepResult.Broken(
        $"HTTP {status}{Trace(traceId)}",
        status == 429 ? "the service says that it is called too often" : "the service is reached and fails itself",
        status == 429 ? "wait some minutes; is another program using the same keys?" : "wait, and look at the payment service's status page") with { HttpStatus = status, TraceId = traceId };

    protected static string Trace(string? traceId) => traceId is null ? "" : $", trace {traceId}";
}

/// <summary>The keys are exchanged for a token.</summary>
internal sealed class TokenStep : ServiceStep
{
    public override string Name => "token";

    public override string WaitsFor => "a token for the keys";

    public override async Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit)
    {
        if (!route.Options.EPayment.HasKeys)
            return StepResult.Broken("not asked for", "a key is missing in the configuration", "config check says which");
        // Not bound to this step's time: the next one waits for the rest of the same call.
        route.Call = ServiceCall.Start(route.Options, route.Limit, route.Time, new RandomIds().NewId(), CancellationToken.None);
        await Task.WhenAny(route.Call.TokenTaken, route.Call.Outcome).WaitAsync(limit);
        if (route.Call.TokenTaken.IsCompleted)
            return StepResult.Ok("the keys are taken") with { HttpStatus = route.Call.TokenAnswer?.Status };
        return Judge(await route.Call.Outcome, route.Call.TokenAnswer);
    }

    private static StepResult Judge(CallOutcome<Payment> outcome, (int Status, bool IsPage)? answer)
    {
        if (answer is { IsPage: true } page)
            return Page(page.Status);
        if (answer is { Status: >= 300 and < 400 } redirect)
            return Redirect(redirect.Status);
        return outcome switch
        {
            NotSent<Payment> { Kind: NotSentKind.TokenRefused } refused => StepResult.Broken(
                $"HTTP {refused.TokenProblem?.Status}{Trace(refused.TraceId)}",
                "the service does not take the keys",
                $"compare {Keys.ClientId.Name}, {Keys.ClientSecret.Name}, {Keys.SubscriptionKey.Name} and {Keys.MerchantSerialNumber.Name} with the portal: all of one sales unit, and of "
                    + "the same environment as EPayment:BaseUrl") with { HttpStatus = refused.TokenProblem?.Status, TraceId = refused.TraceId },
            NotSent<Payment> { TokenProblem: { } problem } => Failing(problem.Status, problem.TraceId),
            NotSent<Payment> when answer is { } other => StepResult.Broken(
                $"HTTP {other.Status}, and no token in it", "what answers is not the payment service", $"look at {Keys.BaseUrl.Name}; else something stands between") with { HttpStatus = other.Status },
            NotSent<Payment> lost => Lost(lost.Detail),
            _ => Lost("the call ended before the token came"),
        };
    }
}

/// <summary>A payment that cannot exist is read: that there is none, said by the service itself, is the whole way there and back.</summary>
internal sealed class EPaymentStep : ServiceStep
{
    public override string Name => "epayment";

    public override string WaitsFor => "the payment service's answer";

    public override async Task<StepResult> RunAsync(NetworkRoute route, CancellationToken limit)
    {
        var call = route.Call ?? throw new InvalidOperationException("No call was begun.");
        return Judge(await call.Outcome.WaitAsync(limit), call.PaymentAnswer);
    }

    private static StepResult Judge(CallOutcome<Payment> outcome, (int Status, bool IsPage)? answer)
    {
        if (answer is { IsPage: true } page)
            return Page(page.Status);
        return outcome switch
        {
            Answered<Payment> => StepResult.Ok("the service answers") with { HttpStatus = answer?.Status },
            Refused<Payment> { Problem: { Status: 404, IsStructured: true } } none => StepResult.Ok("the service answers that there is no such payment, as it should") with { HttpStatus = 404, TraceId = none.TraceId },
            Refused<Payment> { Problem.Status: 401 or 403 or 404 } refused => StepResult.Broken(
                $"HTTP {refused.Problem.Status}{Trace(refused.TraceId)}",
                refused.Problem.Status == 404 ? "a 404 that is not the service's own" : "the token is good, but these keys may not use ePayment for this sales unit",
                refused.Problem.Status == 404
                    ? $"look at {Keys.BaseUrl.Name}; else something stands between"
                    : $"look at {Keys.MerchantSerialNumber.Name} and {Keys.SubscriptionKey.Name}, and in the portal whether the sales unit has ePayment") with
                {
                    HttpStatus = refused.Problem.Status,
                    TraceId = refused.TraceId,
                },
            Refused<Payment> refused => Failing(refused.Problem.Status, refused.TraceId),
            Unknown<Payment> { Status: >= 300 and < 400 and var status } => Redirect(status),
            Unknown<Payment> { Status: >= 500 and var status } failed => Failing(status, failed.TraceId),
            Unknown<Payment> { Status: { } status } => StepResult.Broken(
                $"HTTP {status}, and not as documented", "what answers is not the payment service", $"look at {Keys.BaseUrl.Name}; else something stands between") with { HttpStatus = status },
            Unknown<Payment> lost => Lost(lost.Detail),
            NotSent<Payment> lost => Lost(lost.Detail),
            _ => Lost("the call ended in no known way"),
        };
    }
}
