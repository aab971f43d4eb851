using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>Waits until a RabbitMQ has written down which quorum queues it has: <c>quorum/NODE/names.dets</c>, which it writes late.</summary>
internal static class QueuesOnDisk
{
    private const string List = "names.dets";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(100);

    /// <param name="management">The broker's; disposed here.</param>
    /// <param name="data">The folder of its data.</param>
    /// <exception cref="IOException">It has not written them within 20 seconds; the message names one.</exception>
    public static async Task WaitAsync(HttpClient management, string data)
    {
        using (management)
        {
            var queues = await management.GetFromJsonAsync<JsonElement>("queues?columns=name,type");
            IReadOnlyList<string> names = [.. queues.EnumerateArray().Where(queue => queue.GetProperty("type").GetString() == "quorum").Select(queue => queue.GetProperty("name").GetString()!)];
            long began = Stopwatch.GetTimestamp();
            while (Missing(names, data) is { } missing)
            {
                if (Stopwatch.GetElapsedTime(began) > s_patience)
                    throw new IOException($"the broker has not written down within {s_patience.TotalSeconds} s that it has the queue {missing}");
                await Task.Delay(s_again);
            }
        }
    }

    private static string? Missing(IReadOnlyList<string> names, string data)
    {
        byte[] written = [.. Directory.EnumerateFiles(data, List, SearchOption.AllDirectories).SelectMany(File.ReadAllBytes)];
        // It names a queue by its virtual host and its name, VHOST_NAME.
        return names.FirstOrDefault(name => written.AsSpan().IndexOf(Encoding.ASCII.GetBytes('_' + name)) < 0);
    }
}
