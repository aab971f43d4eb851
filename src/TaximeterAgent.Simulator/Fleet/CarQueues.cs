using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>
/// What the broker lays into the car's queues, seen without touching them: beside each stands a second queue with the same binding, which is emptied by the
/// broker's management. It also says how many messages the car has not acknowledged, and whether the car is connected.
/// </summary>
internal sealed class CarQueues : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _management;
    private readonly string _car;
    private readonly Transcript _transcript;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly List<QueuedHint> _hints = [];
    private readonly List<QueuedOrder> _orders = [];
    private Task _watching = Task.CompletedTask;
    private long _waiting;
    private long _hintsWaiting;
    private bool _connected;

    private CarQueues(HttpClient management, string car, Transcript transcript, TimeProvider time)
    {
        _management = management;
        _car = car;
        _transcript = transcript;
        _time = time;
    }

    /// <param name="management">The broker's; disposed of with this.</param>
    /// <param name="car">Whose queues, <c>prefix.car</c>.</param>
    /// <param name="transcript">Where it is told.</param>
    /// <param name="time">For the messages' times.</param>
    /// <exception cref="IOException">The broker refuses it.</exception>
    public static async Task<CarQueues> WatchAsync(HttpClient management, string car, Transcript transcript, TimeProvider time)
    {
        var queues = new CarQueues(management, car, transcript, time);
        try
        {
            await queues.DoAsync(HttpMethod.Put, "permissions/taxi/admin", new JsonObject { ["configure"] = ".*", ["write"] = ".*", ["read"] = ".*" });
            foreach (string exchange in (string[])["hints", "bookings"])
            {
                string beside = Uri.EscapeDataString(queues.Beside(exchange));
                await queues.DoAsync(HttpMethod.Delete, "queues/taxi/" + beside, null, mayBeMissing: true);
                await queues.DoAsync(HttpMethod.Put, "queues/taxi/" + beside, new JsonObject { ["durable"] = true, ["arguments"] = new JsonObject { ["x-queue-type"] = "quorum" } });
                await queues.DoAsync(HttpMethod.Post, $"bindings/taxi/e/{exchange}/q/{beside}", new JsonObject { ["routing_key"] = car });
            }
        }
        catch
        {
            await queues.DisposeAsync();
            throw;
        }

        queues._watching = queues.WatchAsync();
        return queues;
    }

    public IReadOnlyList<QueuedHint> Hints
    {
        get
        {
            lock (_gate)
                return [.. _hints];
        }
    }

    public IReadOnlyList<QueuedOrder> Orders
    {
        get
        {
            lock (_gate)
                return [.. _orders];
        }
    }

    /// <summary>Orders that the car has not acknowledged, as last counted by the broker.</summary>
    public long OrdersWaiting => Interlocked.Read(ref _waiting);

    /// <summary>Hints that the car has not acknowledged, as last counted by the broker.</summary>
    public long HintsWaiting => Interlocked.Read(ref _hintsWaiting);

    /// <summary>True: somebody reads the car's queue of bookings, as last counted by the broker.</summary>
    public bool CarIsConnected => Volatile.Read(ref _connected);

    /// <summary>Lays an order into the car's queue once more, or by itself, as another copy of the relay may.</summary>
    /// <param name="kind"><c>book</c> or <c>cancel</c>.</param>
    /// <param name="booking">Its name.</param>
    /// <param name="customer">Of a booking.</param>
    /// <param name="maximum">What is reserved ahead, of a booking.</param>
    public Task RepeatAsync(string kind, string booking, Customer? customer = null, long? maximum = null)
    {
        var order = new JsonObject { ["kind"] = kind, ["booking"] = booking, ["at"] = _time.GetUtcNow().ToString("O") };
        if (customer is not null)
            (order["phone"], order["currency"], order["maximum"]) = (customer.Msisdn, "NOK", maximum);
        return DoAsync(HttpMethod.Post, "exchanges/taxi/bookings/publish", new JsonObject
        {
            ["properties"] = new JsonObject { ["delivery_mode"] = 2, ["content_type"] = "application/json" },
            ["routing_key"] = _car,
            ["payload"] = order.ToJsonString(),
            ["payload_encoding"] = "string",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watching;
        _end.Dispose();
        _management.Dispose();
    }

    private string Beside(string exchange) => $"beside.{_car}.{exchange}";

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                foreach (JsonNode message in await EmptyAsync("hints"))
                    Note(new QueuedHint(Text(message, "reference"), Text(message, "event"), _time.GetUtcNow()));
                foreach (JsonNode message in await EmptyAsync("bookings"))
                    Note(new QueuedOrder(Text(message, "kind"), Text(message, "booking"), _time.GetUtcNow()));
                JsonNode bookings = await QueueAsync("bookings");
                Interlocked.Exchange(ref _waiting, bookings["messages"]?.GetValue<long>() ?? 0);
                Volatile.Write(ref _connected, bookings["consumers"]?.GetValue<long>() > 0);
                Interlocked.Exchange(ref _hintsWaiting, (await QueueAsync("hints"))["messages"]?.GetValue<long>() ?? 0);
            }
            catch (Exception error) when (error is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                // The broker is away; it is looked at again.
            }

            await Task.Delay(Glance, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<JsonNode> QueueAsync(string kind) => (await _management.GetFromJsonAsync<JsonNode>($"queues/taxi/car.{_car}.{kind}", _end.Token))!;

    private void Note(QueuedHint hint)
    {
        lock (_gate)
            _hints.Add(hint);
        _transcript.Say("broker", $"a hint for the car: {hint.Reference} {hint.Event}");
    }

    private void Note(QueuedOrder order)
    {
        lock (_gate)
            _orders.Add(order);
        _transcript.Say("broker", $"an order for the car: {order.Kind} {order.Booking}");
    }

    private static string Text(JsonNode message, string name) => message[name]?.GetValue<string>() ?? "";

    private async Task<IReadOnlyList<JsonNode>> EmptyAsync(string exchange)
    {
        var ask = new JsonObject { ["count"] = 1000, ["ackmode"] = "ack_requeue_false", ["encoding"] = "auto" };
        using HttpResponseMessage answer = await _management.PostAsJsonAsync($"queues/taxi/{Beside(exchange)}/get", ask, _end.Token);
        answer.EnsureSuccessStatusCode();
        JsonArray messages = (await answer.Content.ReadFromJsonAsync<JsonArray>(_end.Token))!;
        return [.. messages.Select(message => JsonNode.Parse(message!["payload"]!.GetValue<string>())!)];
    }

    private async Task DoAsync(HttpMethod method, string path, JsonObject? body, bool mayBeMissing = false)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using HttpResponseMessage answer = await _management.SendAsync(request, _end.Token);
        if (!answer.IsSuccessStatusCode && !(mayBeMissing && answer.StatusCode == System.Net.HttpStatusCode.NotFound))
            throw new IOException($"the broker's management answered {method} {path} with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
