using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TaximeterAgent.Benchmarks.Limits;

/// <summary>
/// The least between a hint and PAID: the payment is read, the capture is on the disk before it is sent, what came of it before PAID is said; 512 bytes each. Nothing is
/// verified, checked, decided or remembered.
/// </summary>
internal static class BareHint
{
    public const string Name = "bare-hint";

    private static readonly byte[] s_good = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    /// <param name="arguments">The port that hints come to, the line, the service, the file.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var record = new byte[512];
        // As long as the agent's.
        var paid = new byte[220];
        paid[^1] = (byte)'\r';
        using var calls = await BareCalls.ConnectAsync(arguments[2], stop);
        using var line = new FileStream(arguments[1], FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var file = File.OpenHandle(arguments[3], FileMode.Create, FileAccess.Write);
        using var listener = new TcpListener(IPAddress.Loopback, int.Parse(arguments[0], CultureInfo.InvariantCulture));
        listener.Start();
        Console.WriteLine("ready");
        using var sender = await listener.AcceptSocketAsync(stop);
        var hint = new byte[4096];
        var written = 0;
        while (Console.ReadLine() is not null)
        {
            var reference = BareCalls.NewReference();
            await calls.CreateAsync(reference, stop);
            Console.WriteLine(reference);

            // A hint is smaller than a packet.
            sender.Receive(hint);
            sender.Send(s_good);
            await calls.ReadAsync(reference, stop);
            BareLoop.Append(file, record, written++);
            await calls.ReceiptAsync(reference, stop);
            await calls.CaptureAsync(reference, stop);
            BareLoop.Append(file, record, written++);
            line.Write(paid);
        }
    }
}
