using System.Globalization;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace TaximeterAgent.Simulator.Server;

/// <summary>
/// Carries a <see cref="VippsServer"/> on the loopback interface, and does what happens on the wire: withholds an answer by breaking the connection, sends
/// one late. Decides nothing.
/// </summary>
public sealed class KestrelCarrier : IAsyncDisposable
{
    /// <summary>Longer than any body that the server takes, so that it, and not the carrier, refuses one that is too long.</summary>
    private const int MostRead = 1024 * 1024;

    private readonly VippsServer _server;
    private readonly TimeProvider _time;
    private readonly WebApplication _app;
    private readonly WebhookSender _sender;
    private readonly string _scheme;

    private KestrelCarrier(VippsServer server, TimeProvider time, int port, HttpMessageHandler? deliveries, CarrierOptions options)
    {
        _scheme = options.Tls is null ? "http" : "https";
        _server = server;
        _time = time;
        _sender = new WebhookSender(server, time, deliveries);
        // Empty: no configuration files, no environment, no signal handlers, no log of its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (options.Tls is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.KeepAliveTimeout = options.IdleConnection ?? kestrel.Limits.KeepAliveTimeout;
            kestrel.Listen(IPAddress.Loopback, port, listen =>
            {
                if (options.Tls is { } tls)
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = tls.Context }) });
            });
        });
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.Loopback, 0);

    public Uri BaseAddress => new($"{_scheme}://{EndPoint}/");

    /// <summary>Listens on 127.0.0.1.</summary>
    /// <param name="server">What is carried.</param>
    /// <param name="time">The server's clock.</param>
    /// <param name="port">0: one that is free.</param>
    /// <param name="deliveries">What sends the webhooks, and is disposed of with the carrier; null: an ordinary client.</param>
    /// <param name="options">What is not as usual; null: nothing.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<KestrelCarrier> StartAsync(VippsServer server, TimeProvider time, int port = 0, HttpMessageHandler? deliveries = null, CarrierOptions? options = null)
    {
        var carrier = new KestrelCarrier(server, time, port, deliveries, options ?? new CarrierOptions());
        try
        {
            await carrier._app.StartAsync();
        }
        catch
        {
            await carrier.DisposeAsync();
            throw;
        }

        var addresses = carrier._app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses;
        carrier.EndPoint = new IPEndPoint(IPAddress.Loopback, new Uri(addresses.Single()).Port);
        carrier._sender.Start();
        return carrier;
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        using (var atOnce = new CancellationTokenSource())
        {
            // A client that holds its connection open is not waited for.
            await atOnce.CancelAsync();
            await _app.StopAsync(atOnce.Token);
        }

        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        ServerRequest request;
        try
        {
            request = await ReadAsync(context);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or BadHttpRequestException)
        {
            context.Abort(); // the client went away in the middle of its request
            return;
        }

        var answer = _server.Handle(request);
        if (answer.Withheld)
        {
            context.Abort();
            return;
        }

        if (answer.Delay == TimeSpan.Zero)
        {
            await SendAsync(context, answer);
            return;
        }

        try
        {
            await Task.Delay(answer.Delay, _time, context.RequestAborted);
            await SendAsync(context, answer);
            _server.Delivered(answer);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            _server.Lost(answer);
        }
    }

    private static async Task<ServerRequest> ReadAsync(HttpContext context)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (body.Length < MostRead)
        {
            var read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted);
            if (read == 0)
                break;
            body.Write(buffer, 0, read);
        }

        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var headers = raw.Headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value ?? "")).ToList();
        return new ServerRequest(raw.Method, raw.RawTarget, headers, body.ToArray());
    }

    private async Task SendAsync(HttpContext context, ServerAnswer answer)
    {
        // By the server's own clock, and not the machine's.
        context.Response.Headers.Date = _time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            context.Response.Headers.Append(name, value);
        if (answer.Status == 204)
            return;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        await context.Response.CompleteAsync();
    }
}
