using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TaximeterAgent.Board.Guest;

/// <summary>Root's shell in the guest (<c>tests/board/guest/shell.c</c>), behind a Unix socket of QEMU's.</summary>
internal sealed class GuestShell(string socket)
{
    private const char EndOfText = '\x04';

    /// <summary>Runs one command; its output and errors come together.</summary>
    /// <param name="line">One line for /bin/sh.</param>
    /// <param name="patience">How long it may take, the boot before it included.</param>
    /// <exception cref="IOException">No answer in time, or the board is not there.</exception>
    public async Task<(int Code, string Output)> RunAsync(string line, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            using Socket connection = await ConnectAsync(limit.Token);
            await connection.SendAsync(Encoding.UTF8.GetBytes(line + "\n"), limit.Token);
            var answer = new List<byte>();
            var buffer = new byte[4096];
            while (true)
            {
                int count = await connection.ReceiveAsync(buffer, limit.Token);
                if (count == 0)
                    throw new IOException($"the board went away while it ran '{line}'");
                answer.AddRange(buffer.AsSpan(0, count));
                if (Whole(Encoding.UTF8.GetString([.. answer])) is { } whole)
                    return whole;
            }
        }
        catch (OperationCanceledException)
        {
            throw new IOException($"the board gave no answer to '{line}' within {patience.TotalSeconds:0} s");
        }
        catch (SocketException error)
        {
            throw new IOException($"the board went away while it ran '{line}': {error.Message}");
        }
    }

    /// <summary>As one word for the shell.</summary>
    public static string Quoted(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    internal static (int Code, string Output)? Whole(string answer)
    {
        int end = answer.LastIndexOf(EndOfText);
        return end >= 0 && answer.EndsWith('\n') && int.TryParse(answer[(end + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? (code, answer[..end]) : null;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
                return connection;
            }
            catch (SocketException)
            {
                connection.Dispose(); // QEMU is not up yet
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            }
        }
    }
}
