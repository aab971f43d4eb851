using TaximeterAgent.Benchmarks.Car;
using TaximeterAgent.Simulator.Car;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Benchmarks.Flash;

/// <summary>A shift of a car whose agent is the real process under strace: fares one after another, each asked for, approved, captured and told to the meter.</summary>
internal static class TracedShift
{
    /// <summary>
    /// Customers and polls forty times faster than in a car, so that between request and approval there are as many polls as there.
    /// </summary>
    private static readonly Pace s_pace = Pace.Shortened with
    {
        CustomerThinks = Pace.RealTime.CustomerThinks / 40,
        PollFirst = Pace.RealTime.PollFirst / 40,
        PollEvery = Pace.RealTime.PollEvery / 40,
        Heartbeat = Pace.RealTime.Heartbeat,
        HeartbeatLost = Pace.RealTime.HeartbeatLost,
    };

    /// <summary>Runs it to the agent's end in good order, with which all that was written to the log is in the database too.</summary>
    /// <param name="trips">Fares that are settled and counted; one more goes before.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>What the agent did to its disk after the first fare, its end included.</returns>
    public static async Task<DiskTrace> RunAsync(int trips, CancellationToken stop)
    {
        var output = Path.GetTempFileName();
        try
        {
            var options = new WorldOptions { Name = "flash", Pace = s_pace, AgentCommand = DiskTrace.Around(AgentCommand.BuiltWithUs(), output) };
            await using var world = await World.CreateAsync(options, new Transcript(TextWriter.Null, TimeProvider.System), TimeProvider.System, wire: null);
            await world.SwitchOnAsync();
            await world.SettleFareAsync(stop);
            var began = File.ReadLines(output).Count();
            for (var trip = 0; trip < trips; trip++)
                await world.SettleFareAsync(stop);
            await world.StopAgentAsync();
            return new DiskTrace(world.Places.Outbox).Read(File.ReadLines(output).Skip(began));
        }
        finally
        {
            File.Delete(output);
        }
    }
}
