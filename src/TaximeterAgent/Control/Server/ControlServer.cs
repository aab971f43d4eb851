using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Control.Server;

/// <summary>
/// The control socket: HTTP on a Unix socket, for the agent's own commands and for scripts. Listens nowhere else. If it cannot listen it says so in the log, and
/// payments go on without it.
/// </summary>
internal sealed partial class ControlServer(string path, IControlTarget target, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    /// <summary>The largest body of a request, in bytes: an order is one line.</summary>
    public const int BodyMaximum = 4 * 1024;

    private const int Connections = 16;

    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(2);

    private readonly ILogger _log = logs.CreateLogger<ControlServer>();
    private WebApplication? _web;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        WebApplication? web = null;
        try
        {
            SocketFile.Prepare(path);
            web = EmbeddedWeb.Build(
                logs,
                BodyMaximum,
                Connections,
                services => services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = _ => SocketFile.Bind(path)),
                kestrel => kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http1));
            ControlEndpoints.Map(web, target, logs.CreateLogger(typeof(ControlEndpoints)));
            await web.StartAsync(cancellationToken);
            _web = web;
            Listening(path);
        }
        catch (Exception e) when (e is SocketFileException or IOException or SocketException or InvalidOperationException or UnauthorizedAccessException)
        {
            NotListening(e is SocketFileException ? e.Message : $"{path}: {e.Message}");
            if (web is not null)
                await web.DisposeAsync();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_web is null)
            return;
        // Whoever keeps a connection open does not keep the agent from stopping.
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Control socket at {Path}.")]
    private partial void Listening(string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "There is no control socket, so the commands cannot reach this agent; payments go on. {Why}.")]
    private partial void NotListening(string why);
}
