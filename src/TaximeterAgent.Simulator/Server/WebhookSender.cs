namespace TaximeterAgent.Simulator.Server;

/// <summary>Keeps a carried server going by itself and sends its webhook deliveries.</summary>
internal sealed class WebhookSender : IAsyncDisposable
{
    /// <summary>How long a receiver may take, as documented.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How often to look at least: a request may have put something on the agenda meanwhile.</summary>
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);

    private readonly VippsServer _server;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _sending = [];
    private Task _running = Task.CompletedTask;

    /// <param name="server">Whose deliveries.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="handler">What sends them; null: an ordinary one.</param>
    public WebhookSender(VippsServer server, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
        _server = server;
        _time = time;
    }

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                // One delivery of a registration at a time, but nobody waits for another's receiver. Not more tasks than there are registrations.
                foreach (var deliveries in _server.TakeDeliveries().GroupBy(d => d.Registration))
                    _sending.Add(SendAsync([.. deliveries]));
                _sending.RemoveAll(task => task.IsCompleted);
                await Task.Delay(Glance, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(_sending);
        }
    }

    private async Task SendAsync(IReadOnlyList<WebhookDelivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            int status = await AnswerAsync(delivery);
            _server.DeliveryAnswered?.Invoke(delivery, status);
            _server.Report(delivery, accepted: status is >= 200 and < 300);
        }
    }

    private async Task<int> AnswerAsync(WebhookDelivery delivery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new ReadOnlyMemoryContent(delivery.Body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        foreach (var (name, value) in delivery.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _stop.Token);
            return (int)response.StatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return 0;
        }
    }
}
