using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TaximeterAgent.Simulator.Measure;

/// <summary>systemd's end of the socket over which a service says that it lives: counts the ticks.</summary>
internal sealed class WatchdogListener : IDisposable
{
    private const int LongestMessage = 4096;

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private int _ticks;

    /// <summary>Heard so far.</summary>
    public int Ticks => Volatile.Read(ref _ticks);

    /// <summary>Sets what systemd would set for a service that it watches, and begins to listen.</summary>
    public void Watch(IDictionary<string, string> environment, TimeSpan limit)
    {
        // Abstract: the name goes with the socket.
        string name = $"taximeter-measure-{Environment.ProcessId}";
        _socket.Bind(new UnixDomainSocketEndPoint("\0" + name));
        environment["NOTIFY_SOCKET"] = "@" + name;
        environment["WATCHDOG_USEC"] = ((long)limit.TotalMicroseconds).ToString(CultureInfo.InvariantCulture);
        _ = ListenAsync();
    }

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        byte[] buffer = new byte[LongestMessage];
        try
        {
            while (true)
            {
                int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, _stop.Token);
                if (Encoding.UTF8.GetString(buffer, 0, length).Split('\n').Contains("WATCHDOG=1"))
                    Interlocked.Increment(ref _ticks);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The measurement is over.
        }
    }
}
