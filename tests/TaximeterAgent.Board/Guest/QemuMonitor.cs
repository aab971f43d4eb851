using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace TaximeterAgent.Board.Guest;

/// <summary>QEMU's monitor (QMP): the cables and chips of the board, from outside.</summary>
/// <param name="socket">QEMU's Unix socket.</param>
internal sealed class QemuMonitor(string socket)
{
    /// <summary>The network's cable in or out: the guest sees its carrier come and go.</summary>
    public Task LinkAsync(bool up) => CallAsync("set_link", new JsonObject { ["name"] = "nic", ["up"] = up });

    /// <summary>A byte of a chip's register, by its port's number.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<byte> PortAsync(int port)
    {
        JsonNode? said = await CallAsync("human-monitor-command", new JsonObject { ["command-line"] = $"i /1bx {port}" });
        string text = said!.GetValue<string>();
        int at = text.LastIndexOf("0x", StringComparison.Ordinal);
        return at < 0 ? throw new IOException($"the monitor said of port {port:x}: {text}") : Convert.ToByte(text[(at + 2)..].Trim(), 16);
    }

    private async Task<JsonNode?> CallAsync(string command, JsonObject arguments)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket));
        await using var stream = new NetworkStream(connection);
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { AutoFlush = true };
        await reader.ReadLineAsync(); // its greeting
        await AskAsync("qmp_capabilities", []);
        return await AskAsync(command, arguments);

        async Task<JsonNode?> AskAsync(string name, JsonObject with)
        {
            await writer.WriteLineAsync(new JsonObject { ["execute"] = name, ["arguments"] = with }.ToJsonString());
            while (await reader.ReadLineAsync() is { } line)
            {
                JsonObject answer = JsonNode.Parse(line)!.AsObject();
                if (answer["error"] is { } error)
                    throw new IOException($"the monitor refused {name}: {error["desc"]}");
                // Events come between.
                if (answer.ContainsKey("return"))
                    return answer["return"];
            }

            throw new IOException($"the monitor went away at {name}");
        }
    }
}
