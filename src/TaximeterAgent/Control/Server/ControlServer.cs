using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TaximeterAgent.Control.Server;

/// <summary>
/// The control socket: HTTP on a Unix socket, for the agent's own commands and for scripts. Listens nowhere else. If it cannot listen it says so in the log, and
/// payments go on without it. The web server is there only while somebody is connected: Kestrel wakes once a second for as long as it runs, and an agent in a
/// parked car has nobody to wake for.
/// </summary>
internal sealed partial class ControlServer(string path, IControlTarget target, ILoggerFactory logs, TimeProvider time) : IHostedService, IAsyncDisposable
{
    /// <summary>The largest body of a request, in bytes: an order is one line.</summary>
    public const int BodyMaximum = 4 * 1024;

    private const int Connections = 16;

    private static readonly TimeSpan s_stop = TimeSpan.FromSeconds(2);

    /// <summary>How long the web server stays after its last connection: commands come in groups.</summary>
    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(10);

    private readonly ILogger _log = logs.CreateLogger<ControlServer>();
    private readonly CancellationTokenSource _stopping = new();
    private Socket? _socket;
    private Task _accepting = Task.CompletedTask;
    private Served? _served;

    public ControlServer(string path, IControlTarget target, ILoggerFactory logs)
        : this(path, target, logs, TimeProvider.System)
    {
    }

    /// <summary>True while the web server runs.</summary>
    public bool Serving => Volatile.Read(ref _served) is not null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            SocketFile.Prepare(path);
            _socket = SocketFile.Bind(path);
            _socket.Listen(Connections);
            _accepting = AcceptAsync(_socket);
            Listening(path);
        }
        catch (Exception e) when (e is SocketFileException or IOException or SocketException or InvalidOperationException or UnauthorizedAccessException)
        {
            NotListening(e is SocketFileException ? e.Message : $"{path}: {e.Message}");
            _socket?.Dispose();
            _socket = null;
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _accepting;
        if (_socket is not null)
        {
            _socket.Dispose(); // takes its file with it
            _socket = null;
        }

        await EndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
    }

    // One loop accepts, starts the web server and ends it, so that none of these meets another.
    private async Task AcceptAsync(Socket listening)
    {
        Task<Socket>? next = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                next ??= listening.AcceptAsync(_stopping.Token).AsTask();
                if (_served is { } served && await Task.WhenAny(next, served.Over) != next)
                {
                    if (served.IsOver)
                        await EndAsync(_stopping.Token);
                    continue;
                }

                var connection = await next;
                next = null;
                await HandAsync(connection);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SocketException e)
            {
                // Too many open files, or a caller that went away: the next may have more luck, but not at once.
                next = null;
                AcceptFailed(e.Message);
                await Task.Delay(s_stop, time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HandAsync(Socket connection)
    {
        try
        {
            if (_served is null)
                Volatile.Write(ref _served, await Served.StartAsync(path, target, logs, time));
            _served!.Hand(connection);
        }
#pragma warning disable CA1031 // Whatever keeps a web server from starting, the payments go on and the next caller tries again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            connection.Dispose();
            NotServing(e);
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _served, null) is not { } served)
            return;
        // Whoever keeps a connection open does not keep the agent from stopping.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_stop);
        await served.EndAsync(patience.Token);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Control socket at {Path}.")]
    private partial void Listening(string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "There is no control socket, so the commands cannot reach this agent; payments go on. {Why}.")]
    private partial void NotListening(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The control socket could not take a connection: {Why}.")]
    private partial void AcceptFailed(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The control socket's web server did not start.")]
    private partial void NotServing(Exception exception);

    /// <summary>The web server, from a first connection until some seconds after the last.</summary>
    private sealed class Served
    {
        private readonly HandedConnections _connections;
        private readonly WebApplication _web;
        private readonly ITimer _linger;
        private readonly SocketConnectionContextFactory _contexts;
        private TaskCompletionSource _over = NewOver();

        private Served(string path, IControlTarget target, ILoggerFactory logs, TimeProvider time)
        {
            _contexts = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), logs.CreateLogger<SocketConnectionContextFactory>());
            _linger = time.CreateTimer(_ => Volatile.Read(ref _over).TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _connections = new HandedConnections(_contexts, () => _linger.Change(s_linger, Timeout.InfiniteTimeSpan));
            _web = EmbeddedWeb.Build(
                logs,
                BodyMaximum,
                Connections,
                services => services.AddSingleton<IConnectionListenerFactory>(_connections),
                kestrel => kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http1));
            ControlEndpoints.Map(_web, target, logs.CreateLogger(typeof(ControlEndpoints)));
        }

        /// <summary>Completes when it may be over; <see cref="IsOver"/> says whether it is.</summary>
        public Task Over => Volatile.Read(ref _over).Task;

        public bool IsOver
        {
            get
            {
                if (!_over.Task.IsCompleted)
                    return false;
                if (_connections.IsIdle)
                    return true;
                Volatile.Write(ref _over, NewOver());
                return false;
            }
        }

        public static async Task<Served> StartAsync(string path, IControlTarget target, ILoggerFactory logs, TimeProvider time)
        {
            var served = new Served(path, target, logs, time);
            try
            {
                await served._web.StartAsync();
                return served;
            }
            catch
            {
                await served.EndAsync(CancellationToken.None);
                throw;
            }
        }

        public void Hand(Socket connection)
        {
            _linger.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _connections.Hand(connection);
        }

        public async Task EndAsync(CancellationToken patience)
        {
            await _linger.DisposeAsync();
            try
            {
                await _web.StopAsync(patience);
            }
            catch (OperationCanceledException)
            {
                // Whoever is still connected is cut off below.
            }

            await _web.DisposeAsync();
            _contexts.Dispose();
        }

        private static TaskCompletionSource NewOver() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
