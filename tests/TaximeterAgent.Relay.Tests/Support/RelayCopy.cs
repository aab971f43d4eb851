using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaximeterAgent.Relay.Clients;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Hosting;
using TaximeterAgent.Relay.Webhooks;

namespace TaximeterAgent.Relay.Tests.Support;

/// <summary>One copy of the relay, on a port of its own, spoken to over a socket.</summary>
internal sealed class RelayCopy : IAsyncDisposable
{
    /// <summary>The registration's secret, if a test does not say otherwise.</summary>
    public const string Secret = "A0+AeKBRG2KRGvnNwJpQlb6I";

    private readonly WebApplication _web;
    private readonly LogLines _log = new();

    private RelayCopy(RelayOptions options)
    {
        Options = options;
        _web = RelayHost.Build(options);
        _web.Services.GetRequiredService<ILoggerFactory>().AddProvider(_log);
    }

    public RelayOptions Options { get; }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromMinutes(1) };

    public Uri Address => Http.BaseAddress!;

    /// <summary>What it has logged, from warnings on.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    /// <summary>Starts one.</summary>
    /// <param name="services">The broker and the database.</param>
    /// <param name="change">What is other than usual in its options.</param>
    /// <param name="ready">False: something is away, so it is not waited for.</param>
    public static async Task<RelayCopy> StartAsync(Services services, Action<RelayOptions>? change = null, bool ready = true)
    {
        var options = services.Options();
        change?.Invoke(options);
        if (!Directory.Exists(options.Webhooks.SecretsDirectory))
            SecretFiles.Write(options.Webhooks.SecretsDirectory, Guid.NewGuid(), Secret);
        var copy = new RelayCopy(options);
        await copy._web.StartAsync();
        var addresses = copy._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        copy.Http.BaseAddress = new Uri(addresses.Single());
        if (ready)
            await Eventually.TrueAsync(async () => (await copy.HealthAsync()).Status == HttpStatusCode.OK, "the relay is ready");
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _web.DisposeAsync();
        _log.Dispose();
    }

    public async Task<(HttpStatusCode Status, string Text)> HealthAsync()
    {
        using var answer = await Http.GetAsync("/health/ready");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A client's key, made as <c>clients add</c> does.</summary>
    public async Task<string> KeyAsync(Services services, string role) =>
        await _web.Services.GetRequiredService<ClientKeys>().AddAsync(services.Name(role), role, CancellationToken.None) ?? throw new InvalidOperationException("the name was taken");

    /// <summary>Asks with a key; the answer and its JSON.</summary>
    public async Task<Answer> AskAsync(HttpMethod method, string path, string? key, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text),
            _ => JsonContent.Create(body),
        };
        using var answer = await Http.SendAsync(request);
        var said = await answer.Content.ReadAsStringAsync();
        return new Answer((int)answer.StatusCode, said, said.StartsWith('{') ? JsonNode.Parse(said) : null);
    }

    /// <summary>A number of <c>/metrics</c>; zero if it is not there.</summary>
    /// <param name="name">After <c>taximeteragent_relay_</c>, with its labels: <c>webhooks{result="taken"}</c>.</param>
    public async Task<double> CountAsync(string name)
    {
        var text = await Http.GetStringAsync("/metrics");
        var start = "taximeteragent_relay_" + name + " ";
        return text.Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) is { } line
            ? double.Parse(line[start.Length..], CultureInfo.InvariantCulture)
            : 0;
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}

/// <summary>What the relay answered.</summary>
/// <param name="Json">The body, if it is an object.</param>
internal sealed record Answer(int Status, string Text, JsonNode? Json)
{
    /// <summary>A text of the body's top; null if it is missing.</summary>
    public string? this[string name] => Json?[name]?.GetValue<string>();
}
