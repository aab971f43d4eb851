using System.Net.Sockets;
using System.Runtime.InteropServices;
using TaximeterAgent.Configuration;

namespace TaximeterAgent.Control.Server;

/// <summary>Who is at the other end of a Unix socket, as the kernel says it; for the history.</summary>
internal static class Caller
{
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    /// <summary>Such as <c>anna (uid 1000)</c>, or <c>uid 1000</c> for a user without a name.</summary>
    public static string Of(Socket? socket)
    {
        // struct ucred: process, user, group.
        Span<byte> credentials = stackalloc byte[12];
        try
        {
            if (socket is null || socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) < credentials.Length)
                return "unknown";
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return "unknown";
        }

        return Named(MemoryMarshal.Read<uint>(credentials[4..]));
    }

    /// <summary>Who runs this process; behind sudo, whoever called that. Only root is believed what sudo has said.</summary>
    public static string Here()
    {
        var user = PosixFiles.RealUser();
        return user == 0 && Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } before ? $"{Shown.Plain(before)} (by sudo)" : Named(user);
    }

    private static string Named(uint user) => PosixFiles.UserName(user) is { } name ? $"{Shown.Plain(name)} (uid {user})" : $"uid {user}";
}
