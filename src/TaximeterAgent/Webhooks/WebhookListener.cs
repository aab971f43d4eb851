using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using TaximeterAgent.Control.Server;
using TaximeterAgent.Core.Payments;
using TaximeterAgent.EPayment;

namespace TaximeterAgent.Webhooks;

/// <summary>
/// The agent's own listener for webhooks, for a car with a reachable address. It answers as soon as a delivery is verified; what follows is done afterwards. If
/// it cannot listen it says so in the log: polling finds the same, a little later.
/// </summary>
internal sealed partial class WebhookListener(Uri listen, string path, WebhookVerifier verifier, HintDesk hints, WebhookCounters counters, ILoggerFactory logs)
    : IHostedService, IAsyncDisposable
{
    /// <summary>The largest delivery that is read, in bytes; real ones have some hundred.</summary>
    public const int BodyMaximum = 16 * 1024;

    private const int Connections = 32;

    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(2);

    private readonly ILogger _log = logs.CreateLogger<WebhookListener>();
    private WebApplication? _web;

    /// <summary>Where it listens; null while it does not. With port 0 the system chooses one, for tests.</summary>
    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        WebApplication? web = null;
        try
        {
            var place = new IPEndPoint(IPAddress.Parse(listen.DnsSafeHost), listen.Port);
            web = EmbeddedWeb.Build(logs, BodyMaximum, Connections, _ => { }, kestrel => kestrel.Listen(place, options => options.Protocols = HttpProtocols.Http1));
            web.Run(ReceiveAsync);
            await web.StartAsync(cancellationToken);
            _web = web;
            Address = new Uri(web.Urls.Single());
            counters.Listening = true;
            Listening(Address, path);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            NotListening(listen, e.Message);
            if (web is not null)
                await web.DisposeAsync();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        counters.Listening = false;
        if (_web is null)
            return;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_stop);
        await _web.StopAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (_web is not null)
            await _web.DisposeAsync();
        _web = null;
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        counters.Received();
        try
        {
            context.Response.StatusCode = await AnswerAsync(context);
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            // Too large, too slow, or broken off.
            counters.Malformed();
            context.Response.StatusCode = e.StatusCode;
        }
        catch (IOException)
        {
            // Kestrel says so of a chunk whose size is no number that it can count to.
            counters.Malformed();
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            counters.Malformed();
        }
#pragma warning disable CA1031 // Whoever sends here is not trusted to find a way to end the process.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failed(e);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private async Task<int> AnswerAsync(HttpContext context)
    {
        // As sent: the signature covers these bytes, not what they decode to.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Split('?', 2)[0] != path)
            return Malformed(StatusCodes.Status404NotFound);
        // Letter by letter, as the signature has it: "post" is another method, whatever the framework's own check says.
        if (context.Request.Method != HttpMethods.Post)
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            return Malformed(StatusCodes.Status405MethodNotAllowed);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BodyMaximum);
        try
        {
            var length = await ReadAsync(context, buffer);
            return Judge(Delivery(context, target), buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<int> ReadAsync(HttpContext context, byte[] buffer)
    {
        var length = 0;
        while (length < BodyMaximum)
        {
            var read = await context.Request.Body.ReadAsync(buffer.AsMemory(length, BodyMaximum - length), context.RequestAborted);
            if (read == 0)
                return length;
            length += read;
        }

        // Kestrel throws here if there is more.
        var one = new byte[1];
        _ = await context.Request.Body.ReadAsync(one, context.RequestAborted);
        return length;
    }

    private int Judge(WebhookRequest delivery, ReadOnlySpan<byte> body)
    {
        switch (verifier.Verify(delivery, body))
        {
            case WebhookVerdict.Genuine:
                counters.Accepted();
                // Signed, and of no use to us: refusing it would only hold up what comes after it.
                if (WebhookPayload.TryParse(body, out var payload) && Reference.TryParse(payload.Reference, out var reference))
                    hints.Take(reference);
                else
                    counters.UnknownPayment();
                return StatusCodes.Status200OK;
            case WebhookVerdict.Stale:
                counters.Stale();
                return StatusCodes.Status401Unauthorized;
            default:
                counters.Forged();
                return StatusCodes.Status401Unauthorized;
        }
    }

    private static WebhookRequest Delivery(HttpContext context, string target)
    {
        var headers = context.Request.Headers;
        return new WebhookRequest(target, One(headers.Host) ?? "", One(headers["x-ms-date"]), One(headers["x-ms-content-sha256"]), One(headers.Authorization));
    }

    // A header that is there twice could be read one way by a proxy and another way by us.
    private static string? One(StringValues values) => values.Count == 1 ? values[0] : null;

    private int Malformed(int status)
    {
        counters.Malformed();
        return status;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhooks are taken at {Address}, path {Path}.")]
    private partial void Listening(Uri address, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "No webhooks are taken at {Address}, polling goes on: {Why}")]
    private partial void NotListening(Uri address, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A webhook met a mistake in the program.")]
    private partial void Failed(Exception exception);
}
