using System.Globalization;
using TaximeterAgent.Relay.Configuration;
using TaximeterAgent.Relay.Webhooks;
using TaximeterAgent.Simulator.Car;

namespace TaximeterAgent.Benchmarks.Fleet;

/// <summary>
/// Webhooks that the relay verifies and lays, confirmed, into a car's queue, a second: the real relay with a real broker and a real database, against an endpoint
/// that only reads the body and publishes it.
/// </summary>
internal sealed class RelayBenchmark : Benchmark
{
    public const string LimitName = "relay";

    private const double Goal = 1.3;
    private const int Cars = 100;
    private const int Connections = 64;
    private const string Secret = "A0+AeKBRG2KRGvnNwJpQlb6I";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public override string Name => "relay";

    public override async Task RunAsync(Measurements run, CancellationToken stop)
    {
        await using var services = await Cloud.StartAsync();
        using (var broker = Cloud.ManagementOf(services))
            await FleetCars.AddAsync(broker, 0, Cars, stop);
        var secrets = Path.Combine(services.Folder, "webhooks");
        SecretFiles.Write(secrets, Guid.NewGuid(), Secret);

        var (ours, limit) = (LoopbackPorts.Free(), LoopbackPorts.Free());
        await using var relay = AgentProcess.Start(
            [AgentCommand.DotnetHost(), typeof(RelayOptions).Assembly.Location, "run"],
            [],
            services.Folder,
            Path.Combine(services.Folder, "relay"),
            new Dictionary<string, string>(services.Environment) { ["RELAY_Listen"] = Local(ours), ["RELAY_Webhooks__SecretsDirectory"] = secrets });
        await using var least = AgentProcess.Start(
            [AgentCommand.DotnetHost(), typeof(RelayBenchmark).Assembly.Location, CommandLine.LimitVerb, LimitName],
            [.. new[] { limit, new RelayOptions().Broker.Channels, Cars }.Select(number => number.ToString(CultureInfo.InvariantCulture))],
            services.Folder,
            Path.Combine(services.Folder, "limit"),
            services.Environment);
        await AnswersAsync(relay, Local(ours) + "/health/ready", stop);
        var load = new WebhookLoad(Secret, Cars, Connections, TimeProvider.System);
        await AnswersAsync(least, Local(limit), stop);

        var count = run.Quick ? 1_500 : 5_000;
        var (ourUse, limitUse) = (new ProcessorUse(relay.Id, services.BrokerId), new ProcessorUse(least.Id, services.BrokerId));
        await run.CompareAsync(
            new Comparison(
                Name,
                Unit.PerSecond,
                Goal,
                token => ourUse.DuringAsync(() => load.SendAsync(ours, count, token)),
                token => limitUse.DuringAsync(() => load.SendAsync(limit, count, token)))
            {
                MoreIsBetter = true,
                WarmUps = 3,
                Remarks = () =>
                [
                    $"{count} webhooks a round over {Connections} connections to {Cars} cars, broker, database and sender on the same machine",
                    $"processor time for each: the relay {ourUse.Each(0, count)} and the broker {ourUse.Each(1, count)}; the limit {limitUse.Each(0, count)} and the broker {limitUse.Each(1, count)}",
                ],
            },
            stop);
    }

    private static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>Waits until a process listens and, where it tells so, is ready.</summary>
    private static async Task AnswersAsync(AgentProcess process, string address, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(s_patience);
        while (!await OnceAsync(http, address, patience.Token))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"ended with {process.ExitCode}: {string.Join(" / ", process.Tail)}");
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task<bool> OnceAsync(HttpClient http, string address, CancellationToken stop)
    {
        try
        {
            using var answer = await http.GetAsync(address, stop);
            return (int)answer.StatusCode != 503;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
