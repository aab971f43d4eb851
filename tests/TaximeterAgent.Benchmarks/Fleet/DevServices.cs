using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>RabbitMQ and PostgreSQL by <c>deploy/relay/dev.sh</c>, in a folder of their own that goes with them.</summary>
internal sealed class DevServices : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("taximeter-bench-");
    private readonly Dictionary<string, string> _environment = [];

    private DevServices()
    {
    }

    public string Folder => _directory.FullName;

    /// <summary>What the relay has to be told to find both.</summary>
    public IReadOnlyDictionary<string, string> Environment => _environment;

    /// <summary>The broker's own process.</summary>
    public int BrokerId => int.Parse(File.ReadAllText(Path.Combine(Folder, "rabbitmq", "pid")), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Starts both.</summary>
    /// <param name="memory">What the broker may take before it holds publishers back, such as <c>4GB</c>; null: what <c>dev.sh</c> gives it.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="NotHereException">Something is not installed.</exception>
    public static async Task<DevServices> StartAsync(string? memory, CancellationToken stop)
    {
        var services = new DevServices();
        try
        {
            if (memory is not null)
                services._environment["DEV_BROKER_MEMORY"] = memory;
            var (code, said) = await services.RunAsync("start", stop);
            if (code != 0 && said.Contains(" is missing; install ", StringComparison.Ordinal))
                throw new NotHereException(said.Trim());
            if (code != 0)
                throw new InvalidOperationException($"dev.sh start: {code}\n{said}");
            await services.ReadEnvironmentAsync(stop);
            return services;
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>The broker's management, with its administrator's rights.</summary>
    public HttpClient Management() => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(_environment["RABBITMQ_API"] + "/api/"),
        Timeout = TimeSpan.FromMinutes(10),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(_environment["RABBITMQ_ADMIN"]))) },
    };

    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop", CancellationToken.None);
        _directory.Delete(recursive: true);
    }

    private async Task ReadEnvironmentAsync(CancellationToken stop)
    {
        // What a shell makes of it is what it says; words parted by NUL, for values have spaces.
        var start = new ProcessStartInfo("bash", ["-c", ". \"$0\" && env -0", Path.Combine(Folder, "env")]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        foreach (var pair in (await shell.StandardOutput.ReadToEndAsync(stop)).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.StartsWith("RELAY_", StringComparison.Ordinal) || pair.StartsWith("RABBITMQ_", StringComparison.Ordinal))
                _environment[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];
        }
    }

    private async Task<(int Code, string Said)> RunAsync(string what, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        var start = new ProcessStartInfo("bash", [Repository.PathOf("deploy/relay/dev.sh"), what, Folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in _environment)
            start.Environment[name] = value;
        using var script = Process.Start(start)!;
        try
        {
            var output = script.StandardOutput.ReadToEndAsync(patience.Token);
            var error = script.StandardError.ReadToEndAsync(patience.Token);
            await script.WaitForExitAsync(patience.Token);
            return (script.ExitCode, await output + await error);
        }
        catch (OperationCanceledException)
        {
            script.Kill();
            throw;
        }
    }
}
