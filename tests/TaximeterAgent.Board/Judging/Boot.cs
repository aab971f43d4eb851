using TaximeterAgent.Board.Power;
using TaximeterAgent.Simulator.Scenarios;

namespace TaximeterAgent.Board.Judging;

/// <summary>The power comes, and after a while the agent says HELLO to the meter: by itself, each time.</summary>
internal sealed class Boot
{
    private readonly World _world;
    private readonly Tally _tally;
    private readonly TimeProvider _time;
    private readonly int _hellos;

    private Boot(World world, Tally tally, TimeProvider time)
    {
        (_world, _tally, _time) = (world, tally, time);
        _hellos = world.Meter.AgentHellos;
        tally.Boots++;
        world.StartAgent();
    }

    public static Boot Begin(World world, Tally tally, TimeProvider time) => new(world, tally, time);

    public bool IsReady { get; private set; }

    /// <summary>Looks whether it is ready; to be called often, because it takes the time.</summary>
    public bool Look()
    {
        if (IsReady || _world.Meter.AgentHellos <= _hellos)
            return IsReady;
        // What makes the disk ready before is this machine's work and not the board's.
        _tally.Ready(_time.GetUtcNow() - LifeFacts.Read(_world.Board().Facts)[^1].PowerAt);
        return IsReady = true;
    }
}
