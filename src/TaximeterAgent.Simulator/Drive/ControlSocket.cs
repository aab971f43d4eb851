using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Simulator.Drive;

/// <summary>Reads what the agent says of itself at its control socket, as docs/control.md has it.</summary>
internal sealed class ControlSocket : IDisposable
{
    private const int MostTrips = 12;

    private readonly HttpClient _http;

    public ControlSocket(string path)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        })
        {
            BaseAddress = new Uri("http://agent/v1/"),
            Timeout = TimeSpan.FromSeconds(6), // the agent's own patience is 5 s
            MaxResponseContentBufferSize = 4 * 1024 * 1024,
        };
    }

    /// <summary>How it stands now, without the commits; <see cref="OutboxFace.Known"/> is false if nobody answers.</summary>
    /// <param name="trip"><c>meter/trip/start</c> of the newest fare, whose phase is asked for; null: none.</param>
    public async Task<OutboxFace> AskAsync(string? trip, CancellationToken cancellation)
    {
        try
        {
            JsonNode? status = await GetAsync("status", cancellation);
            JsonNode? trips = await GetAsync(string.Create(CultureInfo.InvariantCulture, $"trips?limit={MostTrips}"), cancellation);
            JsonNode? newest = trip is null ? null : await GetAsync("trips/" + Uri.EscapeDataString(trip), cancellation);
            return status is null || trips is null ? new OutboxFace() : Face(status, trips, newest);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or IOException or InvalidOperationException or FormatException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new OutboxFace();
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> GetAsync(string path, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path, cancellation);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation)) : null;
    }

    private static OutboxFace Face(JsonNode status, JsonNode trips, JsonNode? newest)
    {
        JsonNode outbox = status["outbox"]!;
        var next = outbox["waiting"]!.AsArray().ToDictionary(one => one!["trip"]!.GetValue<string>(), one => Next(one!["next"]!));
        return new OutboxFace
        {
            Known = true,
            Online = status["online"]!.GetValue<bool>(),
            Writable = outbox["writable"]!.GetValue<bool>(),
            Operations = outbox["operations"]!.GetValue<int>(),
            OnTheirWay = outbox["onTheirWay"]!.GetValue<int>(),
            Phase = newest?["phase"]?.GetValue<string>(),
            Trips = Rows.Of(trips["trips"]!.AsArray().Select(trip => Trip(trip!, next))),
        };
    }

    private static OutboxTrip Trip(JsonNode trip, Dictionary<string, string> next)
    {
        string id = trip["id"]!.GetValue<string>();
        bool open = trip["open"]!.GetValue<bool>();
        string label = trip["trip"]?.GetValue<string>() ?? id;
        string text = next.TryGetValue(id, out string? waiting) ? waiting
            : trip["word"]?["kind"]?.GetValue<string>() ?? (trip["unpaid"]!.GetValue<bool>() ? "not paid" : open ? "open" : "settled otherwise");
        return new OutboxTrip(label, trip["total"]?.GetValue<long>(), text, open);
    }

    // Short, and without the seconds that count down: those would have the picture drawn anew all the time.
    private static string Next(JsonNode next) => next["what"]!.GetValue<string>() switch
    {
        "nothing" => "done",
        "driver" => "ask driver",
        "fare" => "on the ride",
        "meter" => "tell meter",
        "timer" => "waiting",
        "technician" => "technician",
        "post-receipt" => "receipt" + When(next),
        "cancel-unapproved" => "cancel" + When(next),
        var operation => operation + When(next),
    };

    private static string When(JsonNode next) => next["inSeconds"] is null ? " sent" : " due";
}
