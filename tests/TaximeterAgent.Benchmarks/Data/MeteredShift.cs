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

    /// <summary>Customers and polls forty times faster than in a car, so that between request and approval there are as many polls as there.</summary>
    private static readonly Pace s_pace = Pace.Shortened with
    {
        CustomerThinks = Pace.RealTime.CustomerThinks / 40,
        PollFirst = Pace.RealTime.PollFirst / 40,
        PollEvery = Pace.RealTime.PollEvery / 40,
        Heartbeat = Pace.RealTime.Heartbeat,
        HeartbeatLost = Pace.RealTime.HeartbeatLost,
    };

    /// <param name="agent">The agent's program.</param>
    /// <param name="trips">Fares that are settled and counted; one more goes before, with which the token is fetched.</param>
    /// <param name="apart">True: between trips the connection is closed for want of use, as between trips of a taxi.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<DataCount> RunAsync(IReadOnlyList<string> agent, int trips, bool apart, CancellationToken stop)
    {
        using var tls = new ServerTls(TimeProvider.System.GetUtcNow());
        var options = new WorldOptions
        {
            Name = "data",
            Pace = s_pace,
            AgentCommand = agent,
            Carrier = new CarrierOptions { Tls = tls, IdleConnection = apart ? s_idle : null },
            TokenLength = TokenLength,
        };
        await using var world = await World.CreateAsync(options, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, wire: null);
        await world.SwitchOnAsync();
        await SettleAsync(world, apart, stop);
        var (sent, received) = world.Network.Bytes;
        var (calls, connections) = (world.Apis.Wire.All.Count, world.Network.Connections);
        for (var trip = 0; trip < trips; trip++)
            await SettleAsync(world, apart, stop);
        var (sentAfter, receivedAfter) = world.Network.Bytes;
        var operations = world.Apis.Wire.All.Skip(calls).GroupBy(call => call.Operation).OrderBy(group => group.Key).ToDictionary(group => $"{group.Key}".ToLowerInvariant(), group => group.Count());
        if (world.Violations() is [var found, ..])
            throw new InvalidOperationException($"the agent broke a rule of the service's: {found.Rule}: {found.Detail}");
        return new DataCount(trips, sentAfter - sent, receivedAfter - received, world.Network.Connections - connections, operations);
    }

    private static async Task SettleAsync(World world, bool apart, CancellationToken stop)
    {
        var fare = world.NewTrip() with { Phone = world.NewCustomer().National };
        await Steps.FinishAsync(world, fare).WaitAsync(stop);
        await world.WaitForPaidAsync(fare).WaitAsync(stop);
        world.Meter.ForHire();
        await world.WaitAsync(() => !world.Meter.IsTalking, "the ACK of FORHIRE").WaitAsync(stop);
        if (apart)
            await world.WaitAsync(() => world.Network.OpenConnections == 0, "the end of the idle connection").WaitAsync(stop);
    }
}
