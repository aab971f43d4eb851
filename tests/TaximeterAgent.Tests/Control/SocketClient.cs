using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TaximeterAgent.Tests.Control;

/// <summary>Speaks HTTP over a Unix socket as curl does, and keeps all that it was answered.</summary>
internal sealed class SocketClient : IDisposable
{
    private readonly HttpClient _http;

    public SocketClient(string path)
    {
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = new Uri("http://agent"),
            Timeout = TimeSpan.FromMinutes(1),
        };
    }

    public StringBuilder Heard { get; } = new();

    public Task<(int Status, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<(int Status, JsonElement Body)> PostAsync(string path, string? body) => SendAsync(HttpMethod.Post, path, body);

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Heard.AppendLine(text);
        using var json = JsonDocument.Parse(text);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return ((int)response.StatusCode, json.RootElement.Clone());
    }

    /// <summary>What is answered as text and no JSON.</summary>
    public async Task<(int Status, string Type, string Text)> TextAsync(string path)
    {
        using var response = await _http.GetAsync(path);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}
