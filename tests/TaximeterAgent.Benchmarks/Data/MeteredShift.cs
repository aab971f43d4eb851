using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;
using TaximeterAgent.Simulator.Server;

namespace TaximeterAgent.Benchmarks.Data;

/// <summary>A shift whose bytes on the mobile network are counted: the real agent over TLS, and a server that shows certificates and tokens as large as real ones.</summary>
internal static class MeteredShift
{
    /// <summary>Of a real token, a signed JWT.</summary>
    private const int TokenLength = 1_100;

    /// <summary>The shortest that the server keeps: it looks once a second.</summary>
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);

    /// <summary>Customers and polls are faster than in a car, all by the same, so that between request and approval there are as many polls as there.</summary>
    private const int Faster = 20;
    private const int FasterUnanswered = 75;

    /// <param name="agent">The agent's program.</param>
    /// <param name="trips">Fares that are settled and counted; one more goes before, with which the token is fetched.</param>
    /// <param name="apart">True: between trips the connection is closed for want of use, as between trips of a taxi.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<DataCount> RunAsync(IReadOnlyList<string> agent, int trips, bool apart, CancellationToken stop)
    {
        using var tls = new ServerTls(TimeProvider.System.GetUtcNow());
        await using var world = await StartAsync(agent, tls, Faster, apart ? s_idle : null);
        await SettleAsync(world, apart, stop);
        return await CountAsync(world, trips, async () =>
        {
            for (var trip = 0; trip < trips; trip++)
                await SettleAsync(world, apart, stop);
        });
    }

    /// <summary>One request that nobody answers, from the fare until the agent knows that it has expired.</summary>
    public static async Task<DataCount> UnansweredAsync(IReadOnlyList<string> agent, CancellationToken stop)
    {
        using var tls = new ServerTls(TimeProvider.System.GetUtcNow());
        await using var world = await StartAsync(agent, tls, FasterUnanswered, idle: null);
        await SettleAsync(world, apart: false, stop);
        return await CountAsync(world, 1, async () =>
        {
            var nobody = world.NewCustomer();
            world.Apis.Customers.Number(nobody.Msisdn, CustomerPlan.DoesNothing);
            await Steps.FinishAsync(world, Ride.BegunHere(world.NewTrip()) with { Phone = nobody.National }).WaitAsync(stop);
            await world.WaitAsync(() => world.Apis.Wire.Of(Operation.Get) is [.., { Answer: var last }] && last.Contains("\"EXPIRED\"", StringComparison.Ordinal), "a look at the expired request").WaitAsync(stop);
        });
    }

    private static async Task<World> StartAsync(IReadOnlyList<string> agent, ServerTls tls, int faster, TimeSpan? idle)
    {
        var options = new WorldOptions
        {
            Name = "data",
            Pace = Pace.Shortened with
            {
                CustomerThinks = Pace.RealTime.CustomerThinks / faster,
                PollFirst = Pace.RealTime.PollFirst / faster,
                PollEvery = Pace.RealTime.PollEvery / faster,
                PaymentLifetime = Pace.RealTime.PaymentLifetime / faster,
                // Looks come faster than the service allows, by the same.
                RateWindow = Pace.RealTime.RateWindow / faster,
                Heartbeat = Pace.RealTime.Heartbeat,
                HeartbeatLost = Pace.RealTime.HeartbeatLost,
            },
            AgentCommand = agent,
            Carrier = new CarrierOptions { Tls = tls, IdleConnection = idle },
            TokenLength = TokenLength,
        };
        var world = await World.CreateAsync(options, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, wire: null);
        await world.SwitchOnAsync();
        return world;
    }

    private static async Task<DataCount> CountAsync(World world, int trips, Func<Task> drive)
    {
        var (sent, received) = world.Network.Bytes;
        var (calls, connections) = (world.Apis.Wire.All.Count, world.Network.Connections);
        await drive();
        var (sentAfter, receivedAfter) = world.Network.Bytes;
        var operations = world.Apis.Wire.All.Skip(calls).GroupBy(call => call.Operation).OrderBy(group => group.Key).ToDictionary(group => $"{group.Key}".ToLowerInvariant(), group => group.Count());
        if (world.Violations() is [var found, ..])
            throw new InvalidOperationException($"the agent broke a rule of the service's: {found.Rule}: {found.Detail}");
        return new DataCount(trips, sentAfter - sent, receivedAfter - received, world.Network.Connections - connections, operations);
    }

    private static async Task SettleAsync(World world, bool apart, CancellationToken stop)
    {
        await world.SettleFareAsync(stop);
        if (apart)
            await world.WaitAsync(() => world.Network.OpenConnections == 0, "the end of the idle connection").WaitAsync(stop);
    }
}
