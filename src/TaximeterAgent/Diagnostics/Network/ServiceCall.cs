using TaximeterAgent.Configuration;
using TaximeterAgent.EPayment;
using TaximeterAgent.Hosting;

namespace TaximeterAgent.Diagnostics.Network;

/// <summary>
/// One real call by the real client, over a connection of its own: it fetches a token and reads a payment that cannot exist. The agent's own connections and
/// tokens are not touched.
/// </summary>
internal sealed class ServiceCall : IDisposable
{
    private readonly Tap _tap;

    private ServiceCall(Tap tap, Task<CallOutcome<Payment>> outcome)
    {
        _tap = tap;
        Outcome = outcome;
    }

    /// <summary>Ends with the call.</summary>
    public Task<CallOutcome<Payment>> Outcome { get; }

    /// <summary>Ends when the token is there and the payment is asked for.</summary>
    public Task TokenTaken => _tap.PaymentAsked;

    /// <summary>The answer to the token call: its status, and whether it is a page for people.</summary>
    public (int Status, bool IsPage)? TokenAnswer => _tap.Token;

    /// <summary>The answer to the payment call.</summary>
    public (int Status, bool IsPage)? PaymentAnswer => _tap.Payment;

    public static ServiceCall Start(AgentOptions agent, TimeSpan limit, TimeProvider time, string id, CancellationToken stop)
    {
        var options = AgentHost.Client(agent);
        options.TryTimeout = limit;
        options.ConnectTimeout = limit;
        var tap = new Tap(EPaymentHttpHandler.Create(options));
        var client = new EPaymentClient(new EPaymentConnection(options, tap, time));
        // A trip's reference has five parts, this one has three.
        return new ServiceCall(tap, client.GetAsync(options.SalesUnit, $"network-test-{id}", stop));
    }

    public void Dispose() => _tap.Dispose();

    /// <summary>Looks at what comes back, and changes nothing.</summary>
    private sealed class Tap(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task PaymentAsked => _asked.Task;

        public (int Status, bool IsPage)? Token { get; private set; }

        public (int Status, bool IsPage)? Payment { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var forToken = request.RequestUri!.AbsolutePath.EndsWith("/accesstoken/get", StringComparison.Ordinal);
            if (!forToken)
                _asked.TrySetResult();
            var response = await base.SendAsync(request, cancellationToken);
            var seen = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml");
            if (forToken)
                Token = seen;
            else
                Payment = seen;
            return response;
        }
    }
}
