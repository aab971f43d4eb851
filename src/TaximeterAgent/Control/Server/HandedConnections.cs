using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace TaximeterAgent.Control.Server;

/// <summary>A transport of Kestrel's that listens nowhere: it is handed connections that somebody else has accepted, and counts those that are open.</summary>
internal sealed class HandedConnections(SocketConnectionContextFactory contexts, Action idle) : IConnectionListenerFactory, IConnectionListener
{
    /// <summary>Accepted and not taken yet; Kestrel takes them at once.</summary>
    private const int Waiting = 16;

    private readonly Channel<Socket> _waiting = Channel.CreateBounded<Socket>(Waiting);
    private int _open;

    public EndPoint EndPoint { get; private set; } = new IPEndPoint(IPAddress.None, 0);

    /// <summary>Hands a connection over; one that does not fit is closed, and its other end tries again.</summary>
    public void Hand(Socket socket)
    {
        Interlocked.Increment(ref _open);
        if (_waiting.Writer.TryWrite(socket))
            return;
        socket.Dispose();
        Closed();
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        EndPoint = endpoint;
        return ValueTask.FromResult<IConnectionListener>(this);
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        if (!await _waiting.Reader.WaitToReadAsync(cancellationToken) || !_waiting.Reader.TryRead(out var socket))
            return null;
        var context = contexts.Create(socket);
        context.ConnectionClosed.UnsafeRegister(_ => Closed(), null);
        return context;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        while (_waiting.Reader.TryRead(out var socket))
            socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>True while no connection is open.</summary>
    public bool IsIdle => Volatile.Read(ref _open) == 0;

    private void Closed()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            idle();
    }
}
