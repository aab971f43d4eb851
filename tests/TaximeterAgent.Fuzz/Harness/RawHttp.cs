using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace TaximeterAgent.Fuzz;

/// <summary>Sends bytes to a web server as they are, on a connection of their own, and reads all that comes back.</summary>
internal static partial class RawHttp
{
    /// <summary>A server that has not answered or hung up by then has stopped.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What follows the bytes that are tried, so that the server comes to an end with them whatever they are, and nobody has to wait for a timeout: a whole request
    /// that says it is the last, and then enough of what is no HTTP to fill any body that was promised.
    /// </summary>
    private static readonly byte[] s_end = [.. "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8, .. Enumerable.Repeat((byte)'x', 20_000)];

    /// <summary>Whether the server still answers a plain request as it should.</summary>
    public static async Task<bool> IsAliveAsync(EndPoint server, string path, int status) =>
        Statuses(await ExchangeAsync(server, Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))) is [var answered] && answered == status;

    /// <exception cref="CheckFailedException">Nobody listens, or nobody answers.</exception>
    public static Task<byte[]> SendAsync(EndPoint server, byte[] request) => ExchangeAsync(server, [.. request, .. s_end]);

    private static async Task<byte[]> ExchangeAsync(EndPoint server, byte[] request)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, server is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        using var answer = new MemoryStream();
        try
        {
            await socket.ConnectAsync(server, patience.Token);
        }
        catch (SocketException)
        {
            throw new CheckFailedException("the server does not take a connection any more");
        }

        try
        {
            await socket.SendAsync(request, patience.Token);
        }
        catch (SocketException)
        {
            // It has read enough and hung up; what it said may still be there.
        }
        catch (OperationCanceledException)
        {
            throw new CheckFailedException("the server does not read any more");
        }

        try
        {
            var buffer = new byte[8192];
            for (var read = await socket.ReceiveAsync(buffer, patience.Token); read > 0; read = await socket.ReceiveAsync(buffer, patience.Token))
                answer.Write(buffer, 0, read);
        }
        catch (SocketException)
        {
            // Hung up in the hard way.
        }
        catch (OperationCanceledException)
        {
            throw new CheckFailedException("the server neither answers nor hangs up");
        }

        return answer.ToArray();
    }

    /// <summary>The statuses of all answers in what came back.</summary>
    public static List<int> Statuses(byte[] answer) =>
        [.. StatusForm().Matches(Encoding.Latin1.GetString(answer)).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"HTTP/1\.1 ([0-9]{3}) [A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex StatusForm();
}
