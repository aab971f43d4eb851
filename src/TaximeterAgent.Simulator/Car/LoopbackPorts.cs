using System.Net;
using System.Net.Sockets;

namespace TaximeterAgent.Simulator.Car;

/// <summary>Ports below those that Linux hands out by itself, so that nobody takes one of ours while we do not listen there.</summary>
internal static class LoopbackPorts
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private const int Tries = 200;

    /// <summary>Some ports, drawn: whoever wants one takes the first on which it can listen.</summary>
    public static IEnumerable<int> Candidates()
    {
        int first = Random.Shared.Next(Count);
        return Enumerable.Range(0, Tries).Select(attempt => First + ((first + attempt) % Count));
    }

    /// <summary>One on which nobody listens now.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static int Free()
    {
        foreach (int port in Candidates())
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next.
            }
        }

        throw new IOException("no free port was found on loopback");
    }
}
