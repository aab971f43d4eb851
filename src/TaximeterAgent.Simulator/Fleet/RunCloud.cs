using System.Globalization;

namespace TaximeterAgent.Simulator.Fleet;

/// <summary>What the scenarios of one call share of the fleet's cloud side: broker, database and the app's key at the relay. Started when first needed.</summary>
internal sealed class RunCloud(IReadOnlyList<string> relay) : IAsyncDisposable
{
    // The broker counts every so many milliseconds, so that a scenario need not wait for what it says.
    private const string CountEvery = "300";
    private const string ClientName = "app";

    private CloudServices? _services;
    private string? _key;
    private int _sides;

    /// <summary>The relay's program and its first arguments.</summary>
    public IReadOnlyList<string> Relay { get; set; } = relay;

    /// <exception cref="IOException">They do not start.</exception>
    public async Task<CloudServices> ServicesAsync()
    {
        if (_services is null)
            _services = await CloudServices.StartAsync(new Dictionary<string, string> { ["STATISTICS_EVERY"] = CountEvery });
        else
            await _services.StartBrokerAsync(); // a scenario that failed may have left it dead
        return _services;
    }

    /// <summary>The key of the taxi app's backend, made as an operator makes it.</summary>
    /// <param name="configuration">A relay's.</param>
    public async Task<string> KeyAsync(string configuration) => _key ??= await CommandAsync("clients", "add", ClientName, "--config", configuration);

    /// <summary>A number that no other world of this call has.</summary>
    public string NextNumber() => (++_sides).ToString(CultureInfo.InvariantCulture);

    /// <summary>A command of the relay's program; what it wrote on its standard output.</summary>
    /// <exception cref="IOException">It does not end with 0.</exception>
    public async Task<string> CommandAsync(params string[] arguments)
    {
        ScriptRun run = await ScriptRun.RunAsync([.. Relay, .. arguments], new Dictionary<string, string>());
        return run.Code == 0 ? run.Output.Trim() : throw new IOException($"'taximeter-relay {string.Join(' ', arguments)}' ended with {run.Code}: {run.Said.Trim()}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is { } services)
            await services.DisposeAsync();
    }
}
