// The agent runs on Linux only.
#pragma warning disable CA1416

using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace TaximeterAgent.Control.Server;

/// <summary>
/// The socket's place in the file system: its directory, what an agent that was killed has left there, and who may connect.
/// </summary>
internal static class SocketFile
{
    /// <summary>The longest path of a Unix socket on Linux, in bytes.</summary>
    public const int LongestPath = 107;

    /// <summary>Owner and group: whoever may order refunds is in the agent's group.</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    public const UnixFileMode DirectoryMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>Makes the directory if it is not there, and the place free.</summary>
    /// <exception cref="SocketFileException">The path cannot be used; the message says why and what to do.</exception>
    public static void Prepare(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
            throw new SocketFileException($"the path of the socket has more than {LongestPath} bytes: {path}");
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } directory && !Directory.Exists(directory))
            {
                Directory.CreateDirectory(directory, DirectoryMode);
                // The umask may have taken the group's rights away.
                File.SetUnixFileMode(directory, DirectoryMode);
            }

            if (Path.Exists(path) || PosixFiles.IsSocket(path))
                RemoveStale(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SocketFileException($"{path} cannot be made: {e.Message}", e);
        }
    }

    /// <summary>A socket that is bound to the path and that never, not even for a moment, lets others in than <see cref="Mode"/> says.</summary>
    /// <exception cref="SocketFileException">The path cannot be bound.</exception>
    public static Socket Bind(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // Linux makes the file with the socket's own mode less the umask: narrow it before, and give the group its due after.
            using (var handle = new SafeFileHandle(socket.Handle, ownsHandle: false))
                File.SetUnixFileMode(handle, Mode);
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, Mode);
            return socket;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new SocketFileException($"{path} cannot be bound: {e.Message}", e);
        }
    }

    private static void RemoveStale(string path)
    {
        if (!PosixFiles.IsSocket(path))
            throw new SocketFileException($"{path} is there and is not a socket. It was not touched; move it away or set Control:Socket to another path");
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            // Nobody listens: an agent was killed.
            File.Delete(path);
            return;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new SocketFileException($"{path} is the socket of another user; this agent may not connect to it. Set Control:Socket to another path", e);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            // Gone in this moment.
            return;
        }
        catch (SocketException)
        {
            // Anything else, such as a full queue, is the answer of somebody who is there.
        }

        throw new SocketFileException($"another agent listens at {path}. Stop it, or set Control:Socket to another path");
    }
}

/// <summary>The control socket cannot be where it should be. The message says why; it holds nothing secret.</summary>
internal sealed class SocketFileException(string message, Exception? inner = null) : Exception(message, inner);
