using System.Net.Sockets;
using System.Text.Json;

namespace TaximeterAgent.Tests.Control;

/// <summary>A stream of JSON lines from the control socket, as a watcher reads it.</summary>
internal sealed class LineStream : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private LineStream(HttpClient http, HttpResponseMessage response, Stream stream)
    {
        _http = http;
        _response = response;
        _reader = new StreamReader(stream);
    }

    public static async Task<LineStream> OpenAsync(string socketPath, string path)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, stop) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        var response = await http.GetAsync(new Uri("http://agent" + path), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        return new LineStream(http, response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next line; null at the end.</summary>
    public Task<string?> LineAsync() => _reader.ReadLineAsync().WaitAsync(s_patience);

    public async Task<JsonElement> NextAsync()
    {
        using var json = JsonDocument.Parse(await LineAsync() ?? throw new InvalidOperationException("The stream has ended."));
        return json.RootElement.Clone();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
        _http.Dispose();
    }
}
