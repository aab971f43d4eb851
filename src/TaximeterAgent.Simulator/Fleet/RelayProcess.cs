using System.Globalization;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>One copy of the relay, as its own process.</summary>
internal sealed class RelayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AgentProcess _process;

    private RelayProcess(AgentProcess process) => _process = process;

    /// <summary>Starts it; returns when it says that it is ready.</summary>
    /// <param name="command">The program and its first arguments.</param>
    /// <param name="configuration">Its configuration file.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="folder">Where it may write.</param>
    /// <param name="log">Path without ending.</param>
    /// <exception cref="IOException">It ends, or is not ready in time.</exception>
    public static async Task<RelayProcess> StartAsync(IReadOnlyList<string> command, string configuration, int port, string folder, string log)
    {
        var relay = new RelayProcess(AgentProcess.Start(command, ["run", "--config", configuration], folder, log));
        try
        {
            await relay.ReadyAsync(port);
            return relay;
        }
        catch
        {
            await relay.DisposeAsync();
            throw;
        }
    }

    public int Id => _process.Id;

    /// <summary>SIGKILL, by its process id; returns when it is gone.</summary>
    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task ReadyAsync(int port)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var ready = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/health/ready");
        long began = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(began) < Patience && !_process.HasExited)
        {
            try
            {
                using HttpResponseMessage answer = await http.GetAsync(ready);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            await Task.Delay(Glance);
        }

        throw new IOException($"the relay {(_process.HasExited ? $"ended with {_process.ExitCode}" : "is not ready")}; it wrote last: {string.Join(" / ", _process.Tail.TakeLast(5))}");
    }
}
